-- Access requests and what they become: somebody asks for access to locks or to an Entity, a community_manager approves, and
-- a Mandate gives a role until an instant. A transaction knows until when its caller's role holds, and whose Mandate it is:
-- after that instant its policies show nothing, and an installer's transaction sees the locks of the Mandate alone.
set local search_path = claviger, pg_catalog;

-- What an Account asked for, as it was typed: whether there is such an owner, lock or Entity, nothing here says.
create table access_requests (
  id uuid primary key,
  account_id uuid not null,
  kind text not null check (kind in ('installer', 'entity_management', 'break_glass')),
  email text not null check (char_length(email) <= 254),
  owner_email text not null check (char_length(owner_email) <= 254 and owner_email = lower(owner_email)),
  serials text[] not null default '{}' check (cardinality(serials) <= 20),
  entity_code text check (entity_code ~ '^[A-Z0-9_]{1,40}$'),
  wanted_for_minutes integer not null check (wanted_for_minutes between 15 and 525600),
  reason text not null default '' check (char_length(reason) <= 500),
  language text not null check (language in ('en', 'de', 'zh')),
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  withdrawn_at timestamptz,
  check ((kind = 'installer') = (cardinality(serials) > 0)),
  check ((kind <> 'installer') = (entity_code is not null)),
  check (expires_at > asked_at)
);
create index access_requests_by_account on access_requests (account_id, asked_at desc);

-- An access request as one Entity received it: of an installer's, the locks that this Entity has. Whether it is over is
-- computed from expires_at.
create table incoming_requests (
  entity_id uuid not null references entities,
  id uuid not null,
  request_id uuid not null references access_requests,
  account_id uuid not null,
  kind text not null check (kind in ('installer', 'entity_management', 'break_glass')),
  email text not null check (char_length(email) <= 254),
  wanted_for_minutes integer not null,
  reason text not null check (char_length(reason) <= 500),
  language text not null check (language in ('en', 'de', 'zh')),
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null default 'pending' check (state in ('pending', 'approved', 'rejected', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  primary key (entity_id, id),
  unique (entity_id, request_id),
  check ((state in ('approved', 'rejected')) = (decided_by is not null)),
  check ((state = 'pending') = (decided_at is null))
);
create index incoming_requests_by_request on incoming_requests (request_id);
create index incoming_requests_newest on incoming_requests (entity_id, asked_at desc);

create table incoming_request_locks (
  entity_id uuid not null,
  incoming_id uuid not null,
  lock_id uuid not null,
  primary key (entity_id, incoming_id, lock_id),
  foreign key (entity_id, incoming_id) references incoming_requests (entity_id, id),
  foreign key (entity_id, lock_id) references locks (entity_id, id)
);

-- until_at is the end that counts, also where somebody ended it before; settled_at: when its Keys were suspended.
create table mandates (
  entity_id uuid not null references entities,
  id uuid not null,
  incoming_id uuid not null,
  user_id uuid not null,
  account_id uuid not null,
  role text not null check (role in ('installer', 'local_admin')),
  from_at timestamptz not null,
  until_at timestamptz not null,
  approved_by uuid not null,
  ended_by uuid,
  settled_at timestamptz,
  primary key (entity_id, id),
  unique (entity_id, incoming_id),
  foreign key (entity_id, incoming_id) references incoming_requests (entity_id, id),
  check (until_at >= from_at)
);
create index mandates_by_account on mandates (account_id);

create table mandate_locks (
  entity_id uuid not null,
  mandate_id uuid not null,
  lock_id uuid not null,
  primary key (entity_id, mandate_id, lock_id),
  foreign key (entity_id, mandate_id) references mandates (entity_id, id),
  foreign key (entity_id, lock_id) references locks (entity_id, id)
);

-- A role that a Mandate gave, and no other way to it.
alter table memberships
  add column mandate_id uuid,
  add foreign key (entity_id, mandate_id) references mandates (entity_id, id);

-- A Key that was made under a Mandate ends with it: valid_until is never later. wanted_until is what was asked for, and what
-- the Key gets when it is adopted.
alter table keys
  add column mandate_id uuid,
  add column wanted_until timestamptz,
  add column adopted_at timestamptz,
  add foreign key (entity_id, mandate_id) references mandates (entity_id, id),
  add check (adopted_at is null or mandate_id is not null),
  drop constraint keys_suspension_check,
  add constraint keys_suspension_check check (suspension in ('not_restored', 'mandate_ended'));
create index keys_by_mandate on keys (entity_id, mandate_id) where mandate_id is not null;

-- The scope of a transaction --------------------------------------------------------------------------------------

-- Whether the role in which the caller acts holds, at the beginning of this transaction.
create function scope_holds() returns boolean language sql stable parallel safe
return coalesce(nullif(current_setting('claviger.scope_until', true), '')::timestamptz > now(), true);

-- The Mandate of an installer: in such a transaction nothing but what it is about is seen.
create function scope_mandate() returns uuid language sql stable parallel safe
return nullif(current_setting('claviger.scope_mandate', true), '')::uuid;

create or replace function scope_owner() returns uuid language sql stable parallel safe
return case when current_setting('claviger.scope_kind', true) = 'owner' and claviger.scope_holds()
  then nullif(current_setting('claviger.scope_id', true), '')::uuid end;

create or replace function scope_entity() returns uuid language sql stable parallel safe
return case when current_setting('claviger.scope_kind', true) = 'entity' and claviger.scope_holds()
  then nullif(current_setting('claviger.scope_id', true), '')::uuid end;

-- Who may see what ------------------------------------------------------------------------------------------------

alter table access_requests enable row level security, force row level security;
create policy account_own on access_requests
  using (account_id = claviger.scope_account()) with check (account_id = claviger.scope_account());
create policy installation_delivers on access_requests for select using (claviger.scope_kind() = 'installation');

-- Who asked sees what became of it, and may take it back while nobody has decided.
alter table incoming_requests enable row level security, force row level security;
create policy entity_own on incoming_requests
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy owner_own on incoming_requests
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e))
  with check (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));
create policy account_reads on incoming_requests for select using (account_id = claviger.scope_account());
create policy account_withdraws on incoming_requests for update
  using (account_id = claviger.scope_account() and state = 'pending')
  with check (account_id = claviger.scope_account() and state in ('pending', 'withdrawn'));

alter table incoming_request_locks enable row level security, force row level security;
create policy entity_own on incoming_request_locks
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy owner_reads on incoming_request_locks for select
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));

alter table mandates enable row level security, force row level security;
create policy entity_own on mandates
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy owner_own on mandates
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e))
  with check (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));
create policy account_reads on mandates for select using (account_id = claviger.scope_account());

alter table mandate_locks enable row level security, force row level security;
create policy entity_own on mandate_locks
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy owner_own on mandate_locks
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e))
  with check (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));

-- What an installer sees: the own Mandate, its locks, what they tell, and the Keys that were made under it.
create policy mandate_alone on mandates as restrictive
  using ((select claviger.scope_mandate()) is null or id = claviger.scope_mandate())
  with check ((select claviger.scope_mandate()) is null);
create policy mandate_alone on mandate_locks as restrictive
  using ((select claviger.scope_mandate()) is null or mandate_id = claviger.scope_mandate())
  with check ((select claviger.scope_mandate()) is null);
create policy mandate_alone on memberships as restrictive
  using ((select claviger.scope_mandate()) is null or mandate_id = claviger.scope_mandate())
  with check ((select claviger.scope_mandate()) is null);
create policy mandate_alone on locks as restrictive
  using ((select claviger.scope_mandate()) is null or id in (select m.lock_id from claviger.mandate_locks m))
  with check ((select claviger.scope_mandate()) is null or id in (select m.lock_id from claviger.mandate_locks m));
create policy mandate_alone on keys as restrictive
  using ((select claviger.scope_mandate()) is null
    or (mandate_id = claviger.scope_mandate() and adopted_at is null))
  with check ((select claviger.scope_mandate()) is null
    or (mandate_id = claviger.scope_mandate() and adopted_at is null));
create policy mandate_alone on bindings as restrictive
  using ((select claviger.scope_mandate()) is null or lock_id in (select l.id from claviger.locks l))
  with check ((select claviger.scope_mandate()) is null or lock_id in (select l.id from claviger.locks l));
create policy mandate_alone on credentials as restrictive
  using ((select claviger.scope_mandate()) is null or key_id in (select k.id from claviger.keys k))
  with check ((select claviger.scope_mandate()) is null or key_id in (select k.id from claviger.keys k));
create policy mandate_alone on key_tokens as restrictive
  using ((select claviger.scope_mandate()) is null or key_id in (select k.id from claviger.keys k))
  with check ((select claviger.scope_mandate()) is null or key_id in (select k.id from claviger.keys k));
create policy mandate_alone on mails as restrictive
  using ((select claviger.scope_mandate()) is null or key_id in (select k.id from claviger.keys k))
  with check ((select claviger.scope_mandate()) is null or key_id in (select k.id from claviger.keys k));
create policy mandate_alone on commands as restrictive
  using ((select claviger.scope_mandate()) is null or lock_id in (select l.id from claviger.locks l))
  with check ((select claviger.scope_mandate()) is null or lock_id in (select l.id from claviger.locks l));
create policy mandate_alone on claims as restrictive
  using ((select claviger.scope_mandate()) is null or lock_id in (select l.id from claviger.locks l))
  with check ((select claviger.scope_mandate()) is null or lock_id in (select l.id from claviger.locks l));
-- Of all other people and places, of the events and of the Audit, nothing.
create policy mandate_none on activity_events as restrictive for select
  using ((select claviger.scope_mandate()) is null);
create policy mandate_none on audit_entries as restrictive for select
  using ((select claviger.scope_mandate()) is null);
create policy mandate_none on incoming_requests as restrictive
  using ((select claviger.scope_mandate()) is null) with check ((select claviger.scope_mandate()) is null);
create policy mandate_none on invitations as restrictive
  using ((select claviger.scope_mandate()) is null) with check ((select claviger.scope_mandate()) is null);
create policy mandate_none on buildings as restrictive
  using ((select claviger.scope_mandate()) is null) with check ((select claviger.scope_mandate()) is null);
create policy mandate_none on units as restrictive
  using ((select claviger.scope_mandate()) is null) with check ((select claviger.scope_mandate()) is null);
create policy mandate_none on imports as restrictive
  using ((select claviger.scope_mandate()) is null) with check ((select claviger.scope_mandate()) is null);
create policy mandate_none on unit_import_lines as restrictive
  using ((select claviger.scope_mandate()) is null) with check ((select claviger.scope_mandate()) is null);
create policy mandate_none on wanted_welcomes as restrictive
  using ((select claviger.scope_mandate()) is null) with check ((select claviger.scope_mandate()) is null);
