-- What an Owner knows of its people beyond name and address, and what they are found by; who was deactivated, when and
-- why. One Owner has each address once. An invitation may also be to sign in as the User that one is already.
set local search_path = claviger, pg_catalog;

-- array_to_string is stable for the sake of types whose text depends on settings; of text it does not.
create function joined(parts text[]) returns text language sql immutable parallel safe
  return array_to_string(parts, E'\n');

alter table users
  add column phone text not null default '' check (char_length(phone) <= 40),
  add column mobile text not null default '' check (char_length(mobile) <= 40),
  add column plates text[] not null default '{}' check (cardinality(plates) <= 10),
  add column deactivated_at timestamptz,
  add column deactivation_reason text check (char_length(deactivation_reason) <= 200),
  add column version integer not null default 1,
  -- Lines in small letters; numbers and plates without what stands between their characters.
  add column search_text text not null generated always as (
    lower(name) || E'\n' || lower(email) || E'\n'
    || regexp_replace(lower(phone || E'\n' || mobile || E'\n' || claviger.joined(plates)), '[ ()./-]', '', 'g')
  ) stored,
  add check (deactivated_at is null or status = 'deactivated');
create unique index users_one_per_address on users (owner_id, lower(email));

alter table invitations
  add column role text not null default 'local_admin' check (role in ('local_admin', 'resident'));

-- The User who holds a Key, with a role, or once with one, in its Entity; without: a Named holder.
alter table keys
  add column holder_id uuid,
  add foreign key (entity_id, holder_id) references memberships (entity_id, user_id);
create index keys_by_holder on keys (entity_id, holder_id) where holder_id is not null;
