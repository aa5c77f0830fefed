-- Activity is filtered by a person's e-mail address: this is resolved to Users and Keys first, and their events are
-- found by an index. An event of a command keeps the User who asked for it; events from before this migration get it
-- from their commands. The owner of the tables looks past the row-level security that is forced on it too, for this
-- transaction alone. Capitals of an address do not matter; `lower` in a query would keep row-level security from using
-- an index, so the address is kept without them beside what was typed.
set local search_path = claviger, pg_catalog;

alter table commands no force row level security;
alter table activity_events no force row level security;

alter table activity_events add column user_id uuid;
update activity_events e set user_id = c.requested_by
  from commands c
  where c.entity_id = e.entity_id and c.id = e.command_id and c.requested_by is not null and c.key_id is null;
create index activity_by_user on activity_events (entity_id, user_id, at desc) where user_id is not null;

alter table commands force row level security;
alter table activity_events force row level security;

alter table keys add column email_lower text generated always as (lower(email)) stored;
create index keys_by_email on keys (entity_id, email_lower) where email_lower is not null;
