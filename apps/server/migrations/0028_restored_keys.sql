-- Why a Key is suspended that was active: its holder came back and the Key was not among what was restored. Whoever
-- reactivates a User acts for the Owner: there the Keys that Users hold are seen, and suspended or restored.
set local search_path = claviger, pg_catalog;

alter table keys
  add column suspension text check (suspension = 'not_restored'),
  add check (suspension is null or state in ('suspended', 'revoked'));

create policy owner_reads_held on keys for select
  using (claviger.scope_kind() = 'owner' and holder_id is not null
    and entity_id in (select e.id from claviger.entities e));
create policy owner_restores_held on keys for update
  using (claviger.scope_kind() = 'owner' and holder_id is not null
    and entity_id in (select e.id from claviger.entities e))
  with check (claviger.scope_kind() = 'owner' and holder_id is not null
    and entity_id in (select e.id from claviger.entities e) and state in ('active', 'suspended'));
create policy owner_reads on bindings for select
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));
