-- Signing in: Accounts with their factors and sessions (schema auth, which only claviger_auth reaches), the operator of
-- the installation with the bootstrap token, and the limits that all copies of the server count together.

-- The tables of the sign-in library, in our words. name and image stay empty: a person's name belongs to the User.
create table auth.accounts (
  id uuid primary key default gen_random_uuid(),
  email text not null unique check (char_length(email) <= 254 and email = lower(email)),
  is_email_verified boolean not null default false,
  name text not null default '',
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- provider 'credential': password_hash is Argon2id in the PHC format.
create table auth.sign_in_factors (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references auth.accounts on delete cascade,
  provider text not null,
  provider_account_id text not null,
  password_hash text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider, provider_account_id)
);
create index sign_in_factors_by_account on auth.sign_in_factors (account_id);

-- The cookie holds the token with a signature that is not stored: a copy of this table opens no session.
create table auth.sessions (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references auth.accounts on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_by_account on auth.sessions (account_id);
create index sessions_by_end on auth.sessions (expires_at);

create table auth.verifications (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_by_identifier on auth.verifications (identifier);

set local search_path = claviger, pg_catalog;

create table operators (
  account_id uuid primary key,
  created_at timestamptz not null default now()
);

-- The newest token counts; only its SHA-256 is here. Used or replaced, its row is gone.
create table bootstrap_tokens (
  only_one boolean primary key default true check (only_one),
  token_hash bytea not null check (octet_length(token_hash) = 32),
  issued_at timestamptz not null default now(),
  expires_at timestamptz not null
);

-- One row a limited subject (a keyed digest of address or e-mail): when it will have its whole allowance again.
create table rate_limits (
  subject bytea primary key check (octet_length(subject) = 32),
  full_at timestamptz not null
);
create index rate_limits_by_age on rate_limits (full_at);

alter table operators enable row level security, force row level security;
create policy installation_all on operators
  using (claviger.scope_kind() = 'installation') with check (claviger.scope_kind() = 'installation');
create policy account_reads on operators for select using (account_id = claviger.scope_account());

alter table bootstrap_tokens enable row level security, force row level security;
create policy installation_all on bootstrap_tokens
  using (claviger.scope_kind() = 'installation') with check (claviger.scope_kind() = 'installation');

alter table rate_limits enable row level security, force row level security;
create policy installation_all on rate_limits
  using (claviger.scope_kind() = 'installation') with check (claviger.scope_kind() = 'installation');
