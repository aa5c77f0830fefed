-- The photo of a User, as the server drew it anew: small, a JPEG, without anything that the camera wrote into it. id is
-- another one for each picture, so that one that a browser keeps is never an older one.
set local search_path = claviger, pg_catalog;

create table user_photos (
  owner_id uuid not null,
  user_id uuid not null,
  id uuid not null,
  picture bytea not null check (octet_length(picture) <= 400000),
  created_at timestamptz not null default now(),
  primary key (owner_id, user_id),
  foreign key (owner_id, user_id) references users (owner_id, id)
);

alter table user_photos enable row level security, force row level security;
create policy owner_own on user_photos
  using (owner_id = claviger.scope_owner()) with check (owner_id = claviger.scope_owner());
