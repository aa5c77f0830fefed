-- What a lock asks of a credential, and what its Entity allows there although it can be copied: static pictures of
-- permanent Keys, bare card numbers (decision record 0027).
set local search_path = claviger, pg_catalog;

alter table locks no force row level security;
alter table card_values no force row level security;

alter table locks
  add column minimum_assurance text not null default 'low' check (minimum_assurance in ('low', 'medium', 'high')),
  add column takes_static_qr boolean not null default false,
  add column takes_card_numbers boolean not null default false;

-- Where cards were given before anybody was asked, nobody shall stand before a shut door.
update locks l set takes_card_numbers = true
  where exists (select from card_values v where v.entity_id = l.entity_id and v.lock_id = l.id);

alter table card_values force row level security;
alter table locks force row level security;
