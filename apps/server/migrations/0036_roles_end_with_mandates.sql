-- A role that a Mandate gave ends with it: one without an end could make Keys that outlive the Mandate.
set local search_path = claviger, pg_catalog;

alter table memberships add check (mandate_id is null or until is not null);
