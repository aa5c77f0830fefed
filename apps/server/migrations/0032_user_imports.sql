-- Users from a CSV: its lines wait for a check like those of Units, in one table of imports for both. Who is to be welcomed
-- by mail waits for it, since so many mails do not leave at once.
set local search_path = claviger, pg_catalog;

alter table unit_imports rename to imports;
alter table imports rename constraint unit_imports_pkey to imports_pkey;
alter table imports rename constraint unit_imports_entity_id_fkey to imports_entity_id_fkey;
alter table imports add column kind text not null default 'units' check (kind in ('units', 'users'));
alter table imports alter column kind drop default;
create index imports_by_age on imports (created_at);

-- A person as the line says, with the identifier that the User will have. problems says what is wrong with a line by itself.
create table user_import_lines (
  entity_id uuid not null,
  import_id uuid not null,
  line integer not null check (line > 0),
  user_id uuid not null,
  name text not null,
  email text not null,
  phone text not null,
  mobile text not null,
  plates text[] not null,
  entity_codes text[] not null,
  is_welcome boolean not null,
  is_deactivated boolean not null,
  problems text[] not null,
  primary key (entity_id, import_id, line),
  foreign key (entity_id, import_id) references imports (entity_id, id) on delete cascade
);

-- Users whom a welcome email is still to reach, and for whom: whoever invites may lose the right to before that.
create table wanted_welcomes (
  entity_id uuid not null,
  user_id uuid not null,
  invited_by uuid not null,
  language text not null check (language in ('en', 'de', 'zh')),
  primary key (entity_id, user_id),
  foreign key (entity_id, user_id) references memberships (entity_id, user_id)
);

-- Who may see what ---------------------------------------------------------------------------------------------

-- People are of an Owner, so their import is too. What nobody applied in a day is forgotten.
create policy owner_own on imports
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e))
  with check (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));
create policy installation_reads on imports for select
  using (claviger.scope_kind() = 'installation' and created_at < now() - interval '1 day');
create policy installation_forgets on imports for delete
  using (claviger.scope_kind() = 'installation' and created_at < now() - interval '1 day');

alter table user_import_lines enable row level security, force row level security;
create policy owner_own on user_import_lines
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e))
  with check (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));

alter table wanted_welcomes enable row level security, force row level security;
create policy entity_own on wanted_welcomes
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy owner_adds on wanted_welcomes for insert
  with check (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));
create policy owner_reads on wanted_welcomes for select
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));
