-- Finding: how Users are searched and listed, what lists of Activity go by, and views that people keep.
set local search_path = claviger, pg_catalog;

-- Both come with PostgreSQL. Nobody but the planner uses them, so nobody is granted their schema.
create schema trigrams;
create extension pg_trgm schema trigrams;
create extension btree_gin schema trigrams;

-- What a transaction looks for among Users, as patterns of LIKE: null outside of a search, and then none is found.
create function scope_search() returns text[]
language sql stable parallel safe
return nullif(current_setting('claviger.search', true), '')::text[];

-- What Users are found and sorted by. The patterns stand in a policy and not in the query: a query's own LIKE is tried
-- after row-level security, so never by an index (decision record 0058).
create table findable_users (
  owner_id uuid not null,
  user_id uuid not null,
  sorted_name text not null,
  status text not null,
  text text not null,
  primary key (owner_id, user_id),
  foreign key (owner_id, user_id) references users (owner_id, id) on delete cascade
);
create index findable_users_by_name on findable_users (owner_id, sorted_name, user_id);
create index findable_users_by_status on findable_users (owner_id, status, sorted_name, user_id);
create index findable_users_by_text on findable_users using gin (owner_id, text trigrams.gin_trgm_ops);

alter table users no force row level security;
insert into findable_users (owner_id, user_id, sorted_name, status, text)
  select owner_id, id, lower(name), status, search_text from users;
alter table users force row level security;

-- Follows every change of a User; for the moment of the change it finds whatever there is.
create function keep_user_findable() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  -- As a setting of the function it would need a right that only a superuser gives.
  looked_for constant text := coalesce(pg_catalog.current_setting('claviger.search', true), '');
begin
  perform pg_catalog.set_config('claviger.search', '{%}', true);
  if tg_op = 'INSERT' then
    insert into claviger.findable_users (owner_id, user_id, sorted_name, status, text)
      values (new.owner_id, new.id, lower(new.name), new.status, new.search_text);
  else
    update claviger.findable_users
      set sorted_name = lower(new.name), status = new.status, text = new.search_text
      where owner_id = new.owner_id and user_id = new.id;
  end if;
  perform pg_catalog.set_config('claviger.search', looked_for, true);
  return null;
end
$$;
create trigger keeps_findable
  after insert or update of name, email, phone, mobile, plates, status on users
  for each row execute function keep_user_findable();

-- A hashed list of all Memberships would be planned, and paid for in every plan, with each look at a User.
alter policy entity_reads on users
  using (claviger.scope_kind() = 'entity'
    and exists (select from claviger.memberships m where m.user_id = users.id));

-- A list of somebody's that was given a name: which list, and its filters as they stand in the address.
create table saved_views (
  entity_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  list text not null check (list in ('entities', 'users', 'keys', 'activity', 'audit')),
  name text not null check (char_length(name) between 1 and 80),
  filters text not null check (char_length(filters) <= 2000),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (entity_id, id),
  foreign key (entity_id, user_id) references memberships (entity_id, user_id)
);
create unique index saved_views_one_per_name on saved_views (entity_id, user_id, list, lower(name));

-- Who may see what ---------------------------------------------------------------------------------------------

alter table findable_users enable row level security, force row level security;
create policy owner_own on findable_users
  using (owner_id = claviger.scope_owner()) with check (owner_id = claviger.scope_owner());
create policy installation_makes on findable_users for insert with check (claviger.scope_kind() = 'installation');
create policy only_found on findable_users as restrictive for select
  using (text like any (claviger.scope_search()));

alter table saved_views enable row level security, force row level security;
create policy entity_own on saved_views
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
-- An installer keeps no views: a Mandate ends, and shows nothing of what others keep.
create policy mandate_none on saved_views as restrictive
  using ((select claviger.scope_mandate()) is null) with check ((select claviger.scope_mandate()) is null);
