-- What a community_manager makes of Entities: description, deletion, holidays. A deleted Entity keeps its row, because its
-- Audit stays; nobody has a role in it any more, and its code is free again. The owner of the tables looks past the
-- row-level security that is forced on it too, for this transaction alone.
set local search_path = claviger, pg_catalog;

alter table entities no force row level security;

-- is_provisional: kind and code were drawn at a registration, and may be chosen once.
alter table entities
  add column description text not null default '' check (char_length(description) <= 500),
  add column is_provisional boolean not null default false,
  add column version integer not null default 1,
  add column deleted_at timestamptz;
-- Until now a registration made every Entity.
update entities set is_provisional = true;
alter table entities drop constraint entities_owner_id_code_key;
create unique index entities_one_per_code on entities (owner_id, code) where deleted_at is null;

alter table entities force row level security;

-- Dates of the Entity's calendar, first and last included; without hours the holiday closes them whole.
create table holidays (
  entity_id uuid not null references entities,
  id uuid not null,
  name text not null check (char_length(name) between 1 and 80),
  first_date date not null,
  last_date date not null,
  is_yearly boolean not null,
  hours_from text check (hours_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  hours_until text check (hours_until ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (entity_id, id),
  check (first_date <= last_date),
  check ((hours_from is null) = (hours_until is null)),
  check (hours_from <> hours_until and (hours_from, hours_until) <> ('00:00', '24:00'))
);

-- Who may see what ---------------------------------------------------------------------------------------------

alter table holidays enable row level security, force row level security;
create policy entity_own on holidays
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());

-- The list of the Entities of an Owner says how many locks each has.
create policy owner_reads on locks for select
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));

-- A call in the scope of an Owner stands in the Audit of the Entity by whose Membership it was let in.
create policy owner_own on audit_chains
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e))
  with check (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));
create policy owner_adds_to_own on audit_entries for insert
  with check (scope = 'entity' and claviger.scope_kind() = 'owner'
    and entity_id in (select e.id from claviger.entities e));
