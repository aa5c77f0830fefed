-- Keys: what a person may open, when and with what; the access lists that carry them to the doors; the mails that carry
-- them to people.
set local search_path = claviger, pg_catalog;

-- state is what was asked for; expired and not yet are computed from the bounds. ended_at: when it was revoked.
create table keys (
  entity_id uuid not null references entities,
  id uuid not null,
  type text not null check (type in ('app', 'smart', 'fingerprint', 'wallet', 'physical', 'intercom', 'guest',
    'visitor', 'delivery', 'staff')),
  state text not null check (state in ('available', 'pending', 'active', 'suspended', 'revoked')),
  holder_name text not null check (char_length(holder_name) between 1 and 80),
  email text check (char_length(email) <= 254),
  valid_from timestamptz,
  valid_until timestamptz,
  max_uses smallint check (max_uses between 1 and 255),
  issue integer not null default 1 check (issue between 1 and 65535),
  made_by uuid not null,
  ended_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (entity_id, id),
  check (valid_from < valid_until),
  check ((state = 'revoked') = (ended_at is not null))
);

-- The desired state since when; the list that first carried it (listed_*), and since when the door decides by that list
-- or a newer one. uses_spent is what the door last told, within the log epoch in which it told it.
create table bindings (
  entity_id uuid not null,
  key_id uuid not null,
  lock_id uuid not null,
  state text not null default 'active' check (state in ('active', 'suspended', 'revoked')),
  since timestamptz not null,
  listed_incarnation bigint,
  listed_version bigint,
  enforced_at timestamptz,
  uses_spent integer not null default 0 check (uses_spent >= 0),
  uses_log_epoch bigint,
  primary key (entity_id, key_id, lock_id),
  foreign key (entity_id, key_id) references keys (entity_id, id),
  foreign key (entity_id, lock_id) references locks (entity_id, id),
  check ((listed_incarnation is null) = (listed_version is null)),
  check (enforced_at is null or listed_version is not null)
);
create index bindings_by_lock on bindings (entity_id, lock_id);

-- sealed_secret: the digits of a PIN or the token of a link, while the Key lives; sealed_digest: the slow digest by which
-- the doors' digests of a PIN are made.
create table credentials (
  entity_id uuid not null,
  id uuid not null,
  key_id uuid not null,
  kind text not null check (kind in ('pin', 'qr', 'link', 'pass', 'app_key', 'card', 'button', 'finger')),
  state text not null default 'active' check (state in ('pending', 'active', 'suspended', 'revoked')),
  sealed_secret bytea,
  sealed_digest bytea,
  created_at timestamptz not null default now(),
  primary key (entity_id, id),
  foreign key (entity_id, key_id) references keys (entity_id, id)
);
create index credentials_by_key on credentials (entity_id, key_id);

-- SHA-256 of the token of a Key's page: whoever has the token finds the Key, and nobody finds the token.
create table key_tokens (
  entity_id uuid not null,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  key_id uuid not null,
  primary key (entity_id, token_hash),
  foreign key (entity_id, key_id) references keys (entity_id, id)
);
create index key_tokens_by_key on key_tokens (entity_id, key_id);

-- The PINs of a lock, as HMAC under a key of the installation: one value is one Key's until 30 days after lives_until.
create table pin_values (
  entity_id uuid not null,
  lock_id uuid not null,
  tag bytea not null check (octet_length(tag) = 32),
  key_id uuid not null,
  digits smallint not null check (digits between 6 and 9),
  lives_until timestamptz not null,
  primary key (entity_id, lock_id, tag),
  foreign key (entity_id, lock_id) references locks (entity_id, id),
  foreign key (entity_id, key_id) references keys (entity_id, id)
);
create index pin_values_by_key on pin_values (entity_id, key_id);

-- Of each lock: the newest list, what the door last said that it decides by, and since when another list is wanted.
create table lock_lists (
  entity_id uuid not null,
  lock_id uuid not null,
  device_id uuid not null references devices,
  wanted_at timestamptz,
  incarnation bigint,
  version bigint,
  ownership_epoch integer,
  signed_at timestamptz,
  sent_at timestamptz,
  refused_at timestamptz,
  told_incarnation bigint,
  told_version bigint,
  told_at timestamptz,
  primary key (entity_id, lock_id),
  foreign key (entity_id, lock_id) references locks (entity_id, id),
  check ((version is null) = (incarnation is null) and (version is null) = (signed_at is null)
    and (version is null) = (ownership_epoch is null)),
  check ((told_version is null) = (told_incarnation is null))
);
create index lock_lists_by_device on lock_lists (device_id);
create index lock_lists_wanted on lock_lists (wanted_at) where wanted_at is not null;

-- Every list that was signed, so that an event can be explained by the one that decided.
create table access_lists (
  entity_id uuid not null,
  lock_id uuid not null,
  incarnation bigint not null check (incarnation > 0),
  version bigint not null check (version > 0),
  device_id uuid not null references devices,
  ownership_epoch integer not null,
  signed_at timestamptz not null,
  hash bytea not null check (octet_length(hash) = 32),
  encoded bytea not null,
  primary key (entity_id, lock_id, incarnation, version),
  foreign key (entity_id, lock_id) references locks (entity_id, id)
);

-- sealed_text holds the link: it goes when the mail has gone, but for a demo's. kept_at: a demo without a mail server keeps
-- the mail here, and nowhere else it goes.
create table mails (
  entity_id uuid not null references entities,
  id uuid not null,
  key_id uuid not null,
  recipient text not null check (char_length(recipient) <= 254),
  subject text not null check (char_length(subject) <= 200),
  sealed_text bytea,
  created_at timestamptz not null,
  sent_at timestamptz,
  kept_at timestamptz,
  failure text check (char_length(failure) <= 300),
  primary key (entity_id, id),
  foreign key (entity_id, key_id) references keys (entity_id, id)
);
create index mails_newest on mails (entity_id, id desc);
create index mails_by_key on mails (entity_id, key_id, id desc);

-- An opening on the page of a Key is asked for by the Key, not by a person who has signed in; requested_by_name is then
-- that of its holder.
alter table commands alter column requested_by drop not null;
alter table commands add column key_id uuid;
alter table commands add foreign key (entity_id, key_id) references keys (entity_id, id);
alter table commands add check ((requested_by is null) <> (key_id is null));

-- Whose Key it was; person_name is its holder's then. key_tag: a QR's Key that nobody here knows.
alter table activity_events
  add column key_id uuid,
  add column key_tag bytea check (octet_length(key_tag) = 8),
  add column uses_spent bigint,
  add column uses_max smallint,
  add column list_incarnation bigint,
  add column list_version bigint,
  add column reader_path text check (char_length(reader_path) <= 32);
create index activity_by_key on activity_events (entity_id, key_id, at desc) where key_id is not null;

-- Who may see what ---------------------------------------------------------------------------------------------

alter table bindings enable row level security, force row level security;
create policy entity_own on bindings
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_own on bindings
  using (claviger.scope_kind() = 'device' and lock_id in (select l.id from claviger.locks l))
  with check (claviger.scope_kind() = 'device' and lock_id in (select l.id from claviger.locks l));

alter table keys enable row level security, force row level security;
create policy entity_own on keys
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_reads on keys for select
  using (claviger.scope_kind() = 'device' and id in (select b.key_id from claviger.bindings b));

alter table credentials enable row level security, force row level security;
create policy entity_own on credentials
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());

alter table key_tokens enable row level security, force row level security;
create policy entity_own on key_tokens
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy installation_finds on key_tokens for select using (claviger.scope_kind() = 'installation');

alter table pin_values enable row level security, force row level security;
create policy entity_own on pin_values
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());

alter table lock_lists enable row level security, force row level security;
create policy entity_own on lock_lists
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_own on lock_lists
  using (device_id = claviger.scope_device()) with check (device_id = claviger.scope_device());
create policy installation_watches on lock_lists for select using (claviger.scope_kind() = 'installation');

alter table access_lists enable row level security, force row level security;
create policy entity_own on access_lists
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_own on access_lists
  using (device_id = claviger.scope_device()) with check (device_id = claviger.scope_device());

alter table mails enable row level security, force row level security;
create policy entity_own on mails
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());

-- A list that was signed does not change.
revoke update on access_lists from claviger_app;

-- From now on the answers that are kept for repeated requests are sealed: they can hold what opens a door.
truncate idempotency_keys;
