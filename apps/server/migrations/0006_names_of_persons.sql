-- Who acted keeps the name that he or she had then: in a command from the moment it is asked for, in the events that
-- come of it, in Audit. It is missing where the scope that wrote sees no persons. Rows from before this migration get the
-- name of today, as far as it is known. The owner of the tables looks past the row-level security that is forced on it
-- too, for this transaction alone.
set local search_path = claviger, pg_catalog;

alter table users no force row level security;
alter table memberships no force row level security;
alter table commands no force row level security;
alter table activity_events no force row level security;
alter table audit_entries no force row level security;

alter table commands add column requested_by_name text check (char_length(requested_by_name) between 1 and 80);
update commands c set requested_by_name = u.name from users u where u.id = c.requested_by;

alter table activity_events add column person_name text check (char_length(person_name) between 1 and 80);
update activity_events e set person_name = c.requested_by_name
  from commands c where c.entity_id = e.entity_id and c.id = e.command_id;

alter table audit_entries add column actor_name text check (char_length(actor_name) between 1 and 80);
update audit_entries a set actor_name = u.name
  from memberships m join users u on u.id = m.user_id
  where a.scope = 'entity' and m.entity_id = a.entity_id and m.account_id = a.account_id;

alter table users force row level security;
alter table memberships force row level security;
alter table commands force row level security;
alter table activity_events force row level security;
alter table audit_entries force row level security;
