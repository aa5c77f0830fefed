-- A command belongs to the boot that it was issued to: when the device starts again, its end is known to stay untold.
-- Of commands from before this migration nobody knows the boot; 0 comes before every boot, so the next start ends them.
set local search_path = claviger, pg_catalog;

alter table commands add column boot_number bigint not null default 0 check (boot_number >= 0);
alter table commands alter column boot_number drop default;

alter table commands drop constraint commands_stage_check;
alter table commands add constraint commands_stage_check check (stage in ('issued', 'sent', 'expired', 'refused',
  'accepted', 'unlocked', 'opened', 'interrupted', 'relocked', 'closed'));

-- What a starting device ends: few of many.
create index commands_under_way on commands (entity_id, device_id, sequence)
  where stage not in ('expired', 'refused', 'interrupted', 'relocked', 'closed');
