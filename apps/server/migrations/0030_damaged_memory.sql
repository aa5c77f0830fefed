-- A device whose memory is damaged waits for its counters too, and is not taken for one that has an older disk (decision
-- record 0052).
set local search_path = claviger, pg_catalog;

alter table device_states
  drop constraint device_states_doubt_cause_check,
  add constraint device_states_doubt_cause_check
    check (doubt_cause in ('other_history', 'earlier_boot', 'damaged_memory'));
