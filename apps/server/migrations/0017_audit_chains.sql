-- Audit as evidence (decision record 0035): every entry stands in a chain of hashes, one chain for each Entity and one for
-- the installation (the nil UUID), which has what belongs to no Entity. Names and what else tells of a person is sealed
-- under a key of that person, so that erasing the key erases it and the chain still holds.
set local search_path = claviger, pg_catalog;

-- Entries from before this migration. The server chains them when it starts, for it has the keys; then this is empty.
alter table audit_entries rename to unchained_audit_entries;
alter index audit_entries_pkey rename to unchained_audit_entries_pkey;
drop index audit_by_entity;
drop policy entity_reads on unchained_audit_entries;
drop policy entity_adds on unchained_audit_entries;
drop policy account_adds on unchained_audit_entries;
drop policy device_adds on unchained_audit_entries;
drop policy installation_adds on unchained_audit_entries;
drop policy installation_reads on unchained_audit_entries;
create index unchained_audit_by_entity on unchained_audit_entries (entity_id, at, id);
create policy entity_reads on unchained_audit_entries for select using (entity_id = claviger.scope_entity());
create policy entity_moves on unchained_audit_entries for delete using (entity_id = claviger.scope_entity());
create policy installation_reads on unchained_audit_entries for select using (claviger.scope_kind() = 'installation');
create policy installation_moves on unchained_audit_entries for delete
  using (claviger.scope_kind() = 'installation' and entity_id is null);
revoke insert, update on unchained_audit_entries from claviger_app;
grant select, delete on unchained_audit_entries to claviger_app;

-- The last entry of each chain: whoever adds one holds this row until the commit.
create table audit_chains (
  chain uuid primary key,
  entity_id uuid references entities,
  sequence bigint not null check (sequence > 0),
  previous bytea not null check (octet_length(previous) = 32),
  hash bytea not null check (octet_length(hash) = 32),
  check (chain = coalesce(entity_id, '00000000-0000-0000-0000-000000000000'))
);

-- hash: SHA-256 of previous, sequence (8 bytes) and the SHA-256 of all the columns that follow, in one deterministic form.
-- actor: name and address of the User, sealed under that User's key; address: of a caller who is no User here.
-- subject_id: under whose key fields of before and after are sealed. count, first_at: of repeats that are one entry.
create table audit_entries (
  chain uuid not null,
  sequence bigint not null check (sequence > 0),
  previous bytea not null check (octet_length(previous) = 32),
  hash bytea not null check (octet_length(hash) = 32),
  scope text not null check (scope in ('installation', 'account', 'owner', 'entity', 'device')),
  entity_id uuid references entities,
  owner_id uuid references owners,
  account_id uuid,
  user_id uuid,
  device_id uuid,
  actor bytea,
  mandate_id uuid,
  operation text not null check (char_length(operation) <= 80),
  object_type text check (char_length(object_type) <= 80),
  object_id uuid,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  code text check (char_length(code) <= 80),
  cause text check (char_length(cause) <= 200),
  reason text check (char_length(reason) <= 500),
  subject_id uuid,
  before jsonb,
  after jsonb,
  count integer not null default 1 check (count > 0),
  first_at timestamptz check (first_at = date_trunc('milliseconds', first_at)),
  request_id text check (char_length(request_id) <= 80),
  address text check (char_length(address) <= 45),
  at timestamptz not null check (at = date_trunc('milliseconds', at)),
  primary key (chain, sequence),
  check (chain = coalesce(entity_id, '00000000-0000-0000-0000-000000000000')),
  check ((scope = 'entity') = (entity_id is not null))
);
create index audit_by_time on audit_entries (chain, at desc, sequence desc);

-- The key of each person of whom an Entity's Audit tells, a User or the holder of a guest Key, sealed by the installation's
-- own key. Once erased only the row stays, so that no other key takes its place.
create table subject_keys (
  entity_id uuid not null references entities,
  subject_id uuid not null,
  sealed bytea,
  made_at timestamptz not null default now(),
  erased_at timestamptz,
  primary key (entity_id, subject_id),
  check ((sealed is null) = (erased_at is not null))
);

-- Refusals of one source, operation and code that wait to become one entry; the first had an entry of its own. The other
-- columns tell of the last of them.
create table audit_repeats (
  chain uuid not null,
  source text not null check (char_length(source) <= 80),
  operation text not null check (char_length(operation) <= 80),
  code text not null check (char_length(code) <= 80),
  scope text not null check (scope in ('installation', 'account', 'owner', 'entity', 'device')),
  entity_id uuid references entities,
  account_id uuid,
  user_id uuid,
  object_type text,
  object_id uuid,
  outcome text not null check (outcome in ('refused', 'failed')),
  cause text,
  request_id text,
  address text,
  count integer not null default 0 check (count >= 0),
  opened_at timestamptz not null,
  first_at timestamptz,
  last_at timestamptz,
  primary key (chain, source, operation, code),
  check (chain = coalesce(entity_id, '00000000-0000-0000-0000-000000000000'))
);
create index audit_repeats_by_age on audit_repeats (opened_at);

-- What the installation signed about all chains together. heads: what the signature stands for; forgotten when old.
create table audit_checkpoints (
  number bigint primary key check (number > 0),
  at timestamptz not null,
  signed bytea not null,
  signature bytea not null check (octet_length(signature) = 64),
  heads bytea
);
create index audit_checkpoints_by_age on audit_checkpoints (at) where heads is not null;

-- Who may see what ---------------------------------------------------------------------------------------------

-- What belongs to no Entity is written by whoever acts outside of one.
alter table audit_chains enable row level security, force row level security;
create policy entity_own on audit_chains
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy outside_own on audit_chains
  using (entity_id is null and claviger.scope_kind() in ('installation', 'account', 'owner', 'device'))
  with check (entity_id is null and claviger.scope_kind() in ('installation', 'account', 'owner', 'device'));
create policy installation_watches on audit_chains for select using (claviger.scope_kind() = 'installation');

alter table audit_entries enable row level security, force row level security;
create policy entity_reads on audit_entries for select using (entity_id = claviger.scope_entity());
create policy entity_adds on audit_entries for insert
  with check (scope = 'entity' and entity_id = claviger.scope_entity());
create policy account_adds on audit_entries for insert
  with check (scope = 'account' and entity_id is null and account_id = claviger.scope_account());
create policy owner_adds on audit_entries for insert
  with check (scope = 'owner' and entity_id is null and owner_id = claviger.scope_owner());
create policy device_adds on audit_entries for insert
  with check (scope = 'device' and entity_id is null and device_id = claviger.scope_device());
create policy installation_adds on audit_entries for insert
  with check (scope in ('installation', 'account') and entity_id is null
    and claviger.scope_kind() = 'installation');
create policy installation_reads on audit_entries for select
  using (claviger.scope_kind() = 'installation' and entity_id is null);

alter table subject_keys enable row level security, force row level security;
create policy entity_own on subject_keys
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy owner_own on subject_keys
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e))
  with check (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));

alter table audit_repeats enable row level security, force row level security;
create policy entity_own on audit_repeats
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy outside_own on audit_repeats
  using (entity_id is null and claviger.scope_kind() in ('installation', 'account', 'owner', 'device'))
  with check (entity_id is null and claviger.scope_kind() in ('installation', 'account', 'owner', 'device'));
create policy installation_watches on audit_repeats for select using (claviger.scope_kind() = 'installation');

alter table audit_checkpoints enable row level security, force row level security;
create policy installation_all on audit_checkpoints
  using (claviger.scope_kind() = 'installation') with check (claviger.scope_kind() = 'installation');

-- What happened stays: the server's role adds, and cannot change or remove. Of a checkpoint it may forget the heads.
revoke update, delete on audit_entries from claviger_app;
revoke delete on audit_chains, subject_keys from claviger_app;
revoke update, delete on audit_checkpoints from claviger_app;
grant update (heads) on audit_checkpoints to claviger_app;
