-- More of signing in: notices to the address of an Account about what was changed there, addresses that count once their
-- link was followed, single sign-on, and API keys.

-- Whoever follows the link of an address proves to read its mail. Only the SHA-256 of the token in the link is here.
create table auth.address_links (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  account_id uuid not null references auth.accounts on delete cascade,
  email text not null check (char_length(email) <= 254 and email = lower(email)),
  expires_at timestamptz not null
);
create index address_links_by_account on auth.address_links (account_id);

-- A sign-in at the provider that has begun. The browser has the secret in a cookie, and state, nonce and verifier are
-- drawn from that; here is its SHA-256. email: the invited address that alone may be taken in.
create table auth.sign_on_flows (
  secret_hash bytea primary key check (octet_length(secret_hash) = 32),
  purpose text not null check (purpose in ('sign_in', 'accept', 'connect', 'confirm')),
  account_id uuid references auth.accounts on delete cascade,
  session_id uuid references auth.sessions on delete cascade,
  email text check (char_length(email) <= 254 and email = lower(email)),
  begun_at timestamptz not null default now(),
  expires_at timestamptz not null,
  check ((purpose in ('connect', 'confirm')) = (account_id is not null and session_id is not null)),
  check ((purpose = 'accept') = (email is not null))
);
create index sign_on_flows_by_end on auth.sign_on_flows (expires_at);

set local search_path = claviger, pg_catalog;

-- What is mailed to the person of an Account. recipient: where it goes, if not to the address that the Account has when it
-- is sent. detail: the name of what it tells of. A row stays for a day: by it the mails of a kind are counted.
create table account_mails (
  id uuid primary key,
  account_id uuid not null,
  kind text not null check (char_length(kind) <= 40),
  language text not null check (language in ('en', 'de', 'zh')),
  recipient text check (char_length(recipient) <= 254),
  detail text check (char_length(detail) <= 254),
  asked_at timestamptz not null,
  sent_at timestamptz,
  failure text check (char_length(failure) <= 300)
);
create index account_mails_by_account on account_mails (account_id, kind, asked_at);
create index account_mails_by_age on account_mails (asked_at);

alter table account_mails enable row level security, force row level security;
create policy account_own on account_mails
  using (account_id = claviger.scope_account()) with check (account_id = claviger.scope_account());
create policy installation_all on account_mails
  using (claviger.scope_kind() = 'installation') with check (claviger.scope_kind() = 'installation');
-- Who makes an API key in an Entity is told in the same transaction.
create policy entity_reads on account_mails for select using (claviger.scope_kind() = 'entity' and kind = 'api_key_made'
  and account_id in (select m.account_id from claviger.memberships m where m.entity_id = claviger.scope_entity()));
create policy entity_adds on account_mails for insert with check (claviger.scope_kind() = 'entity' and kind = 'api_key_made'
  and account_id in (select m.account_id from claviger.memberships m where m.entity_id = claviger.scope_entity()));

-- API keys: a program acts with one as a User in one Entity, with some of the permissions that the User has by then. Only the
-- SHA-256 of the key is here; prefix is its beginning, by which its maker knows it. Revoked, it is gone, and so are those of
-- a Membership that is taken away. mandate_id: what the role was given by when it was made; with another Mandate, or none, it
-- opens nothing.
create table api_keys (
  entity_id uuid not null,
  id uuid not null unique,
  user_id uuid not null,
  account_id uuid not null,
  mandate_id uuid,
  name text not null check (char_length(name) between 1 and 80),
  prefix text not null check (char_length(prefix) = 12),
  key_hash bytea not null unique check (octet_length(key_hash) = 32),
  permissions text[] not null check (cardinality(permissions) between 1 and 50),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (entity_id, id),
  foreign key (entity_id, user_id) references memberships on delete cascade,
  foreign key (entity_id, mandate_id) references mandates (entity_id, id),
  check (expires_at > made_at and expires_at <= made_at + interval '366 days')
);
create index api_keys_by_user on api_keys (entity_id, user_id);
create index api_keys_by_account on api_keys (account_id);

-- Refusals of a program are counted apart from those of the person whose key it has.
alter table audit_repeats add column api_key text;

-- A key finds its Entity before anything else is known of the caller; whoever made it ends it from anywhere; an Owner ends
-- those of a User who is deactivated.
alter table api_keys enable row level security, force row level security;
create policy entity_own on api_keys
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy owner_own on api_keys
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e))
  with check (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));
create policy account_reads on api_keys for select using (account_id = claviger.scope_account());
create policy account_ends on api_keys for delete using (account_id = claviger.scope_account());
create policy installation_finds on api_keys for select using (claviger.scope_kind() = 'installation');
-- Under a Mandate nobody sees the API keys of others.
create policy mandate_alone on api_keys as restrictive
  using ((select claviger.scope_mandate()) is null or mandate_id = claviger.scope_mandate())
  with check ((select claviger.scope_mandate()) is null);
