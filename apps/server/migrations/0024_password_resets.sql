-- Who forgot a password and asked for a link by mail. Asked for any address, known here or not: the job finds out, so that
-- the answer comes as fast for both. The link is drawn when the mail is sent, and stands nowhere.
set local search_path = claviger, pg_catalog;

create table password_resets (
  id uuid primary key,
  email text not null check (char_length(email) <= 254),
  language text not null check (language in ('en', 'de', 'zh')),
  asked_at timestamptz not null,
  failure text check (char_length(failure) <= 300)
);
create index password_resets_by_age on password_resets (asked_at);

alter table password_resets enable row level security, force row level security;
create policy installation_all on password_resets
  using (claviger.scope_kind() = 'installation') with check (claviger.scope_kind() = 'installation');
