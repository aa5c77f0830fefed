-- Access lists lie in columns now (decision record 0030). Lists of the earlier form are read by no door and by nothing
-- here; each lock gets a new one, of a higher version.
set local search_path = claviger, pg_catalog;

alter table access_lists no force row level security;
alter table lock_lists no force row level security;

delete from access_lists;
update lock_lists set wanted_at = coalesce(wanted_at, now());

alter table lock_lists force row level security;
alter table access_lists force row level security;
