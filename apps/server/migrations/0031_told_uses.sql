-- When a door has last said itself how often a Key was used there, as it is asked after lost events and after a restore:
-- an opening that it had taken before is in that number, though its event never comes.
set local search_path = claviger, pg_catalog;

alter table bindings add column uses_told_at timestamptz;
