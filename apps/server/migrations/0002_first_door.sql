-- The nouns of the first door: Owner, Entity, User, Membership, Device, Lock, Claim, Command, Activity, Audit.
-- Every row of a tenant carries entity_id in its primary key; row-level security knows the five scopes.

set local search_path = claviger, pg_catalog;

create table installations (
  id uuid primary key,
  only_one boolean not null default true unique check (only_one),
  created_at timestamptz not null default now()
);

create table owners (
  id uuid primary key,
  name text not null check (char_length(name) between 1 and 200),
  created_at timestamptz not null default now()
);

create table entities (
  id uuid primary key,
  owner_id uuid not null references owners,
  code text not null check (code ~ '^[A-Z0-9_]{1,40}$'),
  name text not null check (char_length(name) between 1 and 80),
  kind text not null check (kind in ('home', 'community', 'commercial')),
  zone text not null check (char_length(zone) between 1 and 64),
  address text not null default '' check (char_length(address) <= 200),
  created_at timestamptz not null default now(),
  unique (owner_id, code),
  unique (owner_id, id)
);

-- A person as one Owner knows them; the Account is the person's own and belongs to schema auth.
create table users (
  id uuid primary key,
  owner_id uuid not null references owners,
  account_id uuid,
  name text not null check (char_length(name) between 1 and 80),
  email text not null check (char_length(email) <= 254),
  status text not null default 'active' check (status in ('active', 'deactivated')),
  created_at timestamptz not null default now(),
  unique (owner_id, id),
  unique (id, account_id)
);
create unique index users_one_per_account on users (owner_id, account_id) where account_id is not null;
create index users_by_account on users (account_id) where account_id is not null;

-- account_id repeats the User's, so that a policy need not look there.
create table memberships (
  entity_id uuid not null,
  user_id uuid not null,
  owner_id uuid not null,
  account_id uuid,
  role text not null check (role in ('community_manager', 'local_admin', 'installer', 'resident')),
  until timestamptz,
  created_at timestamptz not null default now(),
  primary key (entity_id, user_id),
  foreign key (owner_id, entity_id) references entities (owner_id, id),
  foreign key (owner_id, user_id) references users (owner_id, id),
  foreign key (user_id, account_id) references users (id, account_id) on update cascade
);
create index memberships_by_user on memberships (user_id);
create index memberships_by_account on memberships (account_id) where account_id is not null;

-- The stock of devices that this installation knows. code_mac = HMAC-SHA256(pepper, pairing code).
create table devices (
  id uuid primary key,
  serial text not null unique check (serial ~ '^[0-9A-Z]{12}$'),
  model text not null,
  code_mac bytea not null check (octet_length(code_mac) = 32),
  owner_entity_id uuid references entities,
  ownership_epoch integer not null default 0 check (ownership_epoch >= 0),
  identity_key bytea check (octet_length(identity_key) = 32),
  imported_at timestamptz not null default now(),
  check ((owner_entity_id is null) or (identity_key is not null and ownership_epoch > 0))
);

create table locks (
  entity_id uuid not null references entities,
  id uuid not null,
  device_id uuid not null references devices,
  number smallint not null default 1 check (number between 1 and 64),
  name text not null check (char_length(name) between 1 and 80),
  location text not null default '' check (char_length(location) <= 120),
  status text not null check (status in ('unclaimed', 'claiming', 'active', 'inactive', 'error')),
  unlock_for_ms integer not null default 5000 check (unlock_for_ms between 500 and 255000),
  held_open_after_ms integer not null default 30000 check (held_open_after_ms between 1000 and 3600000),
  openable_at timestamptz not null default '-infinity',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (entity_id, id),
  unique (entity_id, device_id, number)
);
create index locks_by_device on locks (device_id);

-- A claim waits for the device to prove that it knows the pairing code. sealed_key is what the proof is checked
-- with, sealed under the installation secret, and gone as soon as the claim is proven.
create table claims (
  entity_id uuid not null,
  id uuid not null,
  lock_id uuid not null,
  device_id uuid not null references devices,
  nonce bytea not null check (octet_length(nonce) = 32),
  sealed_key bytea,
  state text not null check (state in ('waiting', 'proven', 'expired')),
  request_digest bytea check (octet_length(request_digest) = 32),
  ownership_epoch integer,
  certificate text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (entity_id, id),
  foreign key (entity_id, lock_id) references locks (entity_id, id),
  check ((state = 'proven') = (certificate is not null and ownership_epoch is not null
    and request_digest is not null))
);
create unique index claims_one_waiting_per_lock on claims (entity_id, lock_id) where state = 'waiting';
create index claims_by_device on claims (device_id, created_at desc);

-- What the device last said of itself, within one ownership.
create table device_states (
  entity_id uuid not null references entities,
  device_id uuid not null references devices,
  ownership_epoch integer not null,
  command_sequence bigint not null default 0,
  certificate_fingerprint bytea,
  certificate_until timestamptz,
  boot_nonce bytea check (octet_length(boot_nonce) = 16),
  boot_number bigint,
  hello_number bigint not null default 0,
  is_online boolean not null default false,
  last_heard_at timestamptz,
  offline_since timestamptz,
  agent_version text check (char_length(agent_version) <= 40),
  log_epoch bigint,
  primary key (entity_id, device_id)
);
create index device_states_online on device_states (last_heard_at) where is_online;

create table door_states (
  entity_id uuid not null,
  lock_id uuid not null,
  state text not null check (state in ('secured', 'unlocked', 'open', 'held_open', 'forced_open', 'unknown')),
  is_tampered boolean not null default false,
  since timestamptz not null,
  primary key (entity_id, lock_id),
  foreign key (entity_id, lock_id) references locks (entity_id, id)
);

create table commands (
  entity_id uuid not null,
  id uuid not null,
  lock_id uuid not null,
  device_id uuid not null,
  ownership_epoch integer not null,
  sequence bigint not null,
  type text not null check (type in ('open')),
  stage text not null check (stage in ('issued', 'sent', 'accepted', 'unlocked', 'opened', 'closed', 'relocked',
    'refused', 'expired')),
  reason text,
  requested_by uuid not null,
  issued_at timestamptz not null,
  not_after timestamptz not null,
  primary key (entity_id, id),
  unique (entity_id, device_id, ownership_epoch, sequence),
  foreign key (entity_id, lock_id) references locks (entity_id, id),
  foreign key (entity_id, requested_by) references memberships (entity_id, user_id),
  foreign key (entity_id, device_id) references device_states (entity_id, device_id),
  check (not_after > issued_at)
);
create index commands_by_lock on commands (entity_id, lock_id, issued_at desc);

create table command_stages (
  entity_id uuid not null,
  command_id uuid not null,
  stage text not null,
  at timestamptz not null,
  primary key (entity_id, command_id, stage),
  foreign key (entity_id, command_id) references commands (entity_id, id)
);

-- How far the log of one device is stored without a gap; the chain's hash at that point.
create table event_logs (
  entity_id uuid not null,
  device_id uuid not null,
  ownership_epoch integer not null,
  log_epoch bigint not null,
  stored_through bigint not null default 0,
  last_hash bytea not null check (octet_length(last_hash) = 32),
  primary key (entity_id, device_id, ownership_epoch, log_epoch),
  foreign key (entity_id, device_id) references device_states (entity_id, device_id)
);

create table activity_events (
  entity_id uuid not null,
  device_id uuid not null,
  ownership_epoch integer not null,
  log_epoch bigint not null,
  sequence bigint not null check (sequence > 0),
  lock_id uuid not null,
  type text not null,
  at timestamptz not null,
  uncertainty_ms integer not null check (uncertainty_ms >= 0),
  received_at timestamptz not null default now(),
  method text,
  reason text,
  command_id uuid,
  detail text check (char_length(detail) <= 200),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (entity_id, device_id, ownership_epoch, log_epoch, sequence),
  foreign key (entity_id, lock_id) references locks (entity_id, id),
  foreign key (entity_id, device_id) references device_states (entity_id, device_id)
);
create index activity_newest on activity_events (entity_id, at desc, device_id desc, log_epoch desc, sequence desc);
create index activity_newest_by_lock on activity_events
  (entity_id, lock_id, at desc, device_id desc, log_epoch desc, sequence desc);
create index activity_newest_by_type on activity_events
  (entity_id, type, at desc, device_id desc, log_epoch desc, sequence desc);

-- Messages that came over a device's own connection and were refused: one row a day and cause, however many.
create table message_refusals (
  entity_id uuid not null references entities,
  device_id uuid not null references devices,
  day date not null,
  cause text not null check (char_length(cause) <= 60),
  count bigint not null default 1,
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  primary key (entity_id, device_id, day, cause)
);

create table audit_entries (
  id uuid primary key,
  scope text not null check (scope in ('installation', 'account', 'owner', 'entity', 'device')),
  entity_id uuid references entities,
  owner_id uuid references owners,
  account_id uuid,
  device_id uuid,
  operation text not null check (char_length(operation) <= 80),
  object_type text,
  object_id uuid,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  reason text check (char_length(reason) <= 200),
  before jsonb,
  after jsonb,
  request_id text,
  address inet,
  at timestamptz not null default now()
);
create index audit_by_entity on audit_entries (entity_id, at desc, id desc) where entity_id is not null;

create table idempotency_keys (
  entity_id uuid not null references entities,
  account_id uuid not null,
  key uuid not null,
  request_hash bytea not null check (octet_length(request_hash) = 32),
  status smallint,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (entity_id, account_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

-- Who may see what ---------------------------------------------------------------------------------------------

alter table installations enable row level security, force row level security;
create policy anyone_reads on installations for select using (claviger.scope_kind() is not null);
create policy installation_makes on installations for insert with check (claviger.scope_kind() = 'installation');

alter table owners enable row level security, force row level security;
create policy owner_own on owners using (id = claviger.scope_owner()) with check (id = claviger.scope_owner());
create policy installation_makes on owners for insert with check (claviger.scope_kind() = 'installation');

alter table entities enable row level security, force row level security;
create policy entity_own on entities using (id = claviger.scope_entity()) with check (id = claviger.scope_entity());
create policy owner_own on entities
  using (owner_id = claviger.scope_owner()) with check (owner_id = claviger.scope_owner());
create policy account_reads on entities for select
  using (claviger.scope_kind() = 'account' and id in (select m.entity_id from claviger.memberships m));
create policy installation_makes on entities for insert with check (claviger.scope_kind() = 'installation');

alter table users enable row level security, force row level security;
create policy owner_own on users
  using (owner_id = claviger.scope_owner()) with check (owner_id = claviger.scope_owner());
create policy account_reads on users for select using (account_id = claviger.scope_account());
create policy entity_reads on users for select
  using (claviger.scope_kind() = 'entity' and id in (select m.user_id from claviger.memberships m));
create policy installation_makes on users for insert with check (claviger.scope_kind() = 'installation');

alter table memberships enable row level security, force row level security;
create policy entity_own on memberships
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy owner_own on memberships
  using (owner_id = claviger.scope_owner()) with check (owner_id = claviger.scope_owner());
create policy account_reads on memberships for select
  using (account_id = claviger.scope_account());
create policy installation_makes on memberships for insert with check (claviger.scope_kind() = 'installation');

alter table devices enable row level security, force row level security;
create policy installation_all on devices
  using (claviger.scope_kind() = 'installation') with check (claviger.scope_kind() = 'installation');
create policy device_own on devices
  using (id = claviger.scope_device()) with check (id = claviger.scope_device());
create policy entity_reads on devices for select
  using (claviger.scope_kind() = 'entity' and id in (select l.device_id from claviger.locks l));

alter table locks enable row level security, force row level security;
create policy entity_own on locks
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_reads on locks for select using (device_id = claviger.scope_device());
create policy device_changes on locks for update
  using (device_id = claviger.scope_device()) with check (device_id = claviger.scope_device());
create policy account_reads on locks for select
  using (claviger.scope_kind() = 'account' and entity_id in (select m.entity_id from claviger.memberships m));
create policy installation_makes on locks for insert with check (claviger.scope_kind() = 'installation');

alter table claims enable row level security, force row level security;
create policy entity_own on claims
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_own on claims
  using (device_id = claviger.scope_device()) with check (device_id = claviger.scope_device());
create policy installation_makes on claims for insert with check (claviger.scope_kind() = 'installation');

alter table device_states enable row level security, force row level security;
create policy entity_own on device_states
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_own on device_states
  using (device_id = claviger.scope_device()) with check (device_id = claviger.scope_device());
create policy installation_watches on device_states for select using (claviger.scope_kind() = 'installation');

alter table door_states enable row level security, force row level security;
create policy entity_own on door_states
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_own on door_states
  using (claviger.scope_kind() = 'device' and lock_id in (select l.id from claviger.locks l))
  with check (claviger.scope_kind() = 'device' and lock_id in (select l.id from claviger.locks l));

alter table commands enable row level security, force row level security;
create policy entity_own on commands
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_own on commands
  using (device_id = claviger.scope_device()) with check (device_id = claviger.scope_device());

alter table command_stages enable row level security, force row level security;
create policy entity_own on command_stages
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_own on command_stages
  using (claviger.scope_kind() = 'device' and command_id in (select c.id from claviger.commands c))
  with check (claviger.scope_kind() = 'device' and command_id in (select c.id from claviger.commands c));

alter table event_logs enable row level security, force row level security;
create policy entity_reads on event_logs for select using (entity_id = claviger.scope_entity());
create policy device_own on event_logs
  using (device_id = claviger.scope_device()) with check (device_id = claviger.scope_device());

alter table activity_events enable row level security, force row level security;
create policy entity_reads on activity_events for select using (entity_id = claviger.scope_entity());
create policy device_reads on activity_events for select using (device_id = claviger.scope_device());
create policy device_adds on activity_events for insert with check (device_id = claviger.scope_device());

alter table message_refusals enable row level security, force row level security;
create policy entity_reads on message_refusals for select using (entity_id = claviger.scope_entity());
create policy device_own on message_refusals
  using (device_id = claviger.scope_device()) with check (device_id = claviger.scope_device());

-- Audit: each scope adds its own entries.
alter table audit_entries enable row level security, force row level security;
create policy entity_reads on audit_entries for select using (entity_id = claviger.scope_entity());
create policy entity_adds on audit_entries for insert
  with check (scope = 'entity' and entity_id = claviger.scope_entity());
create policy account_adds on audit_entries for insert
  with check (scope = 'account' and entity_id is null and account_id = claviger.scope_account());
create policy device_adds on audit_entries for insert
  with check (scope = 'device' and device_id = claviger.scope_device());
create policy installation_adds on audit_entries for insert
  with check (scope = 'installation' and claviger.scope_kind() = 'installation');
create policy installation_reads on audit_entries for select
  using (claviger.scope_kind() = 'installation' and entity_id is null);

alter table idempotency_keys enable row level security, force row level security;
create policy entity_own on idempotency_keys
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy installation_forgets on idempotency_keys for select
  using (claviger.scope_kind() = 'installation' and created_at < now() - interval '24 hours');
create policy installation_deletes on idempotency_keys for delete
  using (claviger.scope_kind() = 'installation' and created_at < now() - interval '24 hours');

-- What happened stays: the server's role cannot change or remove it.
revoke update, delete on activity_events, audit_entries, command_stages from claviger_app;
