-- The static picture of a Key's QR.
set local search_path = claviger, pg_catalog;

-- picture_issue: the issue of the QR that was last shared as a static picture, and when. While it is the Key's issue, that
-- picture opens; a higher issue has ended it.
alter table keys
  add column picture_issue integer,
  add column picture_at timestamptz,
  add check ((picture_issue is null) = (picture_at is null) and picture_issue <= issue);

-- The text in the picture that a mail carries; sealed like its text, and gone with it.
alter table mails add column sealed_picture bytea;
