-- Buildings of an Entity and the Units in them: apartments of a community, companies of a commercial Entity. Whatever will
-- belong to a Unit refers to it and is not removed with it, so that a Unit in use stays.
set local search_path = claviger, pg_catalog;

create table buildings (
  entity_id uuid not null references entities,
  id uuid not null,
  name text not null check (char_length(name) between 1 and 80),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (entity_id, id)
);
create unique index buildings_one_per_name on buildings (entity_id, lower(name));

create table units (
  entity_id uuid not null,
  id uuid not null,
  building_id uuid not null,
  name text not null check (char_length(name) between 1 and 80),
  floors smallint[] not null default '{}' check (cardinality(floors) <= 20),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (entity_id, id),
  foreign key (entity_id, building_id) references buildings (entity_id, id)
);
create unique index units_one_per_name on units (entity_id, building_id, lower(name));

-- The lines of a CSV that somebody is importing: nothing of them counts before all are there and right. problem says what
-- is wrong with a line by itself.
create table unit_imports (
  entity_id uuid not null references entities,
  id uuid not null,
  made_by uuid not null,
  created_at timestamptz not null,
  primary key (entity_id, id)
);

create table unit_import_lines (
  entity_id uuid not null,
  import_id uuid not null,
  line integer not null check (line > 0),
  building text not null,
  unit text not null,
  floors smallint[] not null,
  problem text,
  primary key (entity_id, import_id, line),
  foreign key (entity_id, import_id) references unit_imports (entity_id, id) on delete cascade
);

-- Who may see what ---------------------------------------------------------------------------------------------

alter table buildings enable row level security, force row level security;
create policy entity_own on buildings
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());

alter table units enable row level security, force row level security;
create policy entity_own on units
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());

alter table unit_imports enable row level security, force row level security;
create policy entity_own on unit_imports
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());

alter table unit_import_lines enable row level security, force row level security;
create policy entity_own on unit_import_lines
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
