-- One change of a Key makes one delta upon the list of its lock instead of a whole list (decision record 0033).
set local search_path = claviger, pg_catalog;

-- Every delta that was signed, so that an event can be explained by the list that it made. root: of the list since then;
-- delta: the body of its message; keys: how many Keys it puts or removes.
create table list_deltas (
  entity_id uuid not null,
  lock_id uuid not null,
  incarnation bigint not null check (incarnation > 0),
  version bigint not null check (version > 1),
  device_id uuid not null references devices,
  ownership_epoch integer not null,
  signed_at timestamptz not null,
  root bytea not null check (octet_length(root) = 32),
  keys integer not null check (keys > 0),
  delta bytea not null,
  primary key (entity_id, lock_id, incarnation, version),
  foreign key (entity_id, lock_id) references locks (entity_id, id)
);

-- Keys that are others now than the newest list of a lock says: the next one carries them. A lock is marked before the Key
-- is made, so the reference is looked at when both are there.
create table list_changes (
  entity_id uuid not null,
  lock_id uuid not null,
  key_id uuid not null,
  device_id uuid not null references devices,
  primary key (entity_id, lock_id, key_id),
  foreign key (entity_id, lock_id) references locks (entity_id, id),
  foreign key (entity_id, key_id) references keys (entity_id, id) deferrable initially deferred
);
create index list_changes_by_key on list_changes (entity_id, key_id);

-- wants_whole: something else than Keys has changed. root: of the newest list; whole_*: the whole list below it, when it was
-- signed (its table of zone offsets is as old) and how many Keys it has; changed_keys: how many the deltas since then have named. told_root: the beginning of the root by
-- which the door decides, null where it knows no deltas.
alter table lock_lists
  add column wants_whole boolean not null default false,
  add column root bytea check (octet_length(root) = 32),
  add column whole_version bigint,
  add column whole_signed_at timestamptz,
  add column whole_keys integer not null default 0,
  add column changed_keys integer not null default 0,
  add column told_root bytea;

alter table access_lists no force row level security;
alter table lock_lists no force row level security;

update lock_lists
  set wants_whole = wanted_at is not null, whole_version = version, whole_signed_at = signed_at;
update lock_lists l set root = a.hash from access_lists a
  where (a.entity_id, a.lock_id, a.incarnation, a.version) = (l.entity_id, l.lock_id, l.incarnation, l.version);

alter table lock_lists force row level security;
alter table access_lists force row level security;

-- What one change looks for among the Bindings of a lock does not become more with them.
create index bindings_unlisted on bindings (entity_id, lock_id) where listed_version is null;
create index bindings_unenforced on bindings (entity_id, lock_id, listed_incarnation, listed_version)
  where enforced_at is null;
create index bindings_enforced on bindings (entity_id, lock_id, listed_incarnation, listed_version)
  where enforced_at is not null;

alter table list_deltas enable row level security, force row level security;
create policy entity_own on list_deltas
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_own on list_deltas
  using (device_id = claviger.scope_device()) with check (device_id = claviger.scope_device());

alter table list_changes enable row level security, force row level security;
create policy entity_own on list_changes
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy device_own on list_changes
  using (device_id = claviger.scope_device()) with check (device_id = claviger.scope_device());

-- What was signed does not change.
revoke update on list_deltas from claviger_app;
