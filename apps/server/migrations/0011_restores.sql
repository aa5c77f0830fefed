-- An installation that was made again from a backup: it knows less than its doors do (decision record 0028).
set local search_path = claviger, pg_catalog;

-- Counts the histories of this installation: each restore begins another one. No access list has a lower incarnation, and
-- no new ownership a lower epoch, than this, so that nothing that was signed in a history that is lost is met again.
alter table installations add column incarnation bigint not null default 1 check (incarnation > 0);

-- reached_at: the instant to which everything was brought back.
create table restores (
  incarnation bigint primary key,
  restored_at timestamptz not null,
  reached_at timestamptz not null
);

-- log_broken_since: since a restore, until the device has told its whole log. That may go on after a gap, for the events in
-- it were stored by a server that is lost. doubt_ended_at: when it last had its counters back.
alter table device_states
  add column log_broken_since timestamptz,
  add column doubt_ended_at timestamptz;

-- report_owed_since: since then the door may decide by a list that this server does not know. No new one is made until that
-- is told, or what it has ended would open again. uses_owed: what the door knows of the uses of Keys is asked for.
alter table lock_lists
  add column report_owed_since timestamptz,
  add column uses_owed boolean not null default false;

-- What doors give back of lists that were lost, piece by piece; head is the letter with which the list had been signed.
create table reported_pieces (
  entity_id uuid not null,
  lock_id uuid not null,
  device_id uuid not null references devices,
  incarnation bigint not null,
  version bigint not null,
  index integer not null check (index >= 0),
  pieces integer not null check (pieces > index),
  head bytea not null check (octet_length(head) <= 512),
  piece bytea not null,
  primary key (entity_id, lock_id, index),
  foreign key (entity_id, lock_id) references locks (entity_id, id)
);

-- What became known at each lock after a restore; found: counts and names, for people.
create table restore_findings (
  entity_id uuid not null,
  id uuid not null,
  lock_id uuid not null,
  device_id uuid not null references devices,
  restore_incarnation bigint not null references restores,
  kind text not null check (kind in ('list', 'nothing', 'unproven')),
  at timestamptz not null,
  found jsonb not null,
  primary key (entity_id, id),
  foreign key (entity_id, lock_id) references locks (entity_id, id)
);
create index restore_findings_by_restore on restore_findings (restore_incarnation, at);

alter table restores enable row level security, force row level security;
create policy anyone_reads on restores for select using (claviger.scope_kind() is not null);

alter table reported_pieces enable row level security, force row level security;
create policy entity_own on reported_pieces
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_own on reported_pieces
  using (device_id = claviger.scope_device()) with check (device_id = claviger.scope_device());

alter table restore_findings enable row level security, force row level security;
create policy entity_own on restore_findings
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_own on restore_findings
  using (device_id = claviger.scope_device()) with check (device_id = claviger.scope_device());
create policy installation_reads on restore_findings for select
  using (claviger.scope_kind() = 'installation');

revoke insert, update, delete on restores from claviger_app;
revoke update, delete on restore_findings from claviger_app;
