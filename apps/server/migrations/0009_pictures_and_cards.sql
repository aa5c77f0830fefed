-- What a guest Key can be known by beside link, rotating QR and PIN: a static picture of its QR, a card.
set local search_path = claviger, pg_catalog;

-- picture_issue: the issue of the QR that was last shared as a static picture, and when. While it is the Key's issue, that
-- picture opens; a higher issue has ended it.
alter table keys
  add column picture_issue integer,
  add column picture_at timestamptz,
  add check ((picture_issue is null) = (picture_at is null) and picture_issue <= issue);

-- The text in the picture that a mail carries; sealed like its text, and gone with it.
alter table mails add column sealed_picture bytea;

-- The cards of a lock, as HMAC under a key of the installation: a number is one credential's until lives_until, and may be
-- another Key's from then on. The credential keeps the number itself, sealed twice: as sealed_secret while people may be
-- shown its end, as sealed_digest for as long as the door shall know what it was.
create table card_values (
  entity_id uuid not null,
  lock_id uuid not null,
  tag bytea not null check (octet_length(tag) = 32),
  key_id uuid not null,
  credential_id uuid not null,
  lives_until timestamptz not null,
  primary key (entity_id, lock_id, tag),
  foreign key (entity_id, lock_id) references locks (entity_id, id),
  foreign key (entity_id, key_id) references keys (entity_id, id),
  foreign key (entity_id, credential_id) references credentials (entity_id, id) on delete cascade
);
create index card_values_by_key on card_values (entity_id, key_id);
create index card_values_by_credential on card_values (entity_id, credential_id);

alter table card_values enable row level security, force row level security;
create policy entity_own on card_values
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
