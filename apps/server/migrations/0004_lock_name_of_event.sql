-- An event keeps the name that its lock had when the server stored it: a log does not change when somebody renames.
-- Events from before this migration get the name of today. The owner of the tables looks past the row-level security
-- that is forced on it too, for this transaction alone.
set local search_path = claviger, pg_catalog;

alter table activity_events no force row level security;
alter table locks no force row level security;

alter table activity_events add column lock_name text check (char_length(lock_name) between 1 and 80);
update activity_events e set lock_name = l.name from locks l where l.entity_id = e.entity_id and l.id = e.lock_id;
alter table activity_events alter column lock_name set not null;

alter table activity_events force row level security;
alter table locks force row level security;
