-- A Key whose record at a door was damaged is held back there until the door has its counter back (decision record 0045).
-- counter_lost_at: since then. is_count_unsure: events that would tell its uses are lost, and the door has not said since
-- how many they are, so that only the door could know. What doors have told before this migration counts as unsure where
-- anything was ever lost. The owner of the tables looks past the row-level security that is forced on it too, for this
-- transaction alone.
set local search_path = claviger, pg_catalog;

alter table bindings
  add column counter_lost_at timestamptz,
  add column is_count_unsure boolean not null default false;

create index bindings_without_counter on bindings (entity_id, lock_id) where counter_lost_at is not null;

alter table bindings no force row level security;
alter table activity_events no force row level security;
alter table locks no force row level security;
alter table restores no force row level security;

update bindings b set counter_lost_at = e.at
  from (
    select entity_id, lock_id, key_id, max(at) as at from activity_events
      where type = 'memory_damaged' and detail = 'damaged_key' and key_id is not null
      group by entity_id, lock_id, key_id
  ) e
  where e.entity_id = b.entity_id and e.lock_id = b.lock_id and e.key_id = b.key_id;

update bindings b set is_count_unsure = true
  where exists (select from restores)
    or exists (
      select from activity_events e join locks l on l.entity_id = e.entity_id and l.device_id = e.device_id
        where e.type = 'events_lost' and l.entity_id = b.entity_id and l.id = b.lock_id
    );

alter table bindings force row level security;
alter table activity_events force row level security;
alter table locks force row level security;
alter table restores force row level security;
