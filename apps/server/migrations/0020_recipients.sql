-- To whom a Key was mailed, as Activity looks for it: a Key that was mailed to somebody else since then is still found.
set local search_path = claviger, pg_catalog;

-- A column of its own, for a policy of rows lets no index on lower(recipient) be used.
alter table mails add column recipient_lower text generated always as (lower(recipient)) stored;
create index mails_by_recipient on mails (entity_id, recipient_lower);
