-- A device whose disk went back in time: since when that is known, by what, and whether the log in which it goes on was
-- begun. newest_log_epoch: each older disk that came back began another log; log_epoch is the one that the device says.
set local search_path = claviger, pg_catalog;

alter table device_states
  add column newest_log_epoch bigint not null default 1 check (newest_log_epoch > 0),
  add column doubt_since timestamptz,
  add column doubt_cause text check (doubt_cause in ('other_history', 'earlier_boot')),
  add column doubt_has_log boolean not null default false,
  add check ((doubt_since is null) = (doubt_cause is null)),
  add check (doubt_since is not null or not doubt_has_log);

-- Of events_unknown: from here until the event's instant nothing is known of the door.
alter table activity_events add column unknown_since timestamptz;

-- uses_spent counts the uses of all histories of a door: a grant is one use, whichever of its logs tells it.
alter table bindings drop column uses_log_epoch;
