-- More sign-in factors of an Account, and when the person of a session last proved to be there. The names are ours, the
-- columns those that the sign-in library expects; failed_count and locked_until stay empty, because tries_full_at counts.
alter table auth.accounts add column has_authenticator boolean not null default false;
alter table auth.sessions add column confirmed_at timestamptz not null default now();

-- secret and recovery_codes are sealed by the library with the secret of the cookies.
create table auth.authenticators (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null unique references auth.accounts on delete cascade,
  secret text not null,
  recovery_codes text not null,
  is_verified boolean not null default false,
  failed_count integer not null default 0,
  locked_until timestamptz,
  tries_full_at timestamptz not null default now()
);
create index authenticators_by_secret on auth.authenticators (secret);

-- A code of six digits works once: what was shown to the server within the last minutes is not right again.
create table auth.spent_codes (
  account_id uuid not null references auth.accounts on delete cascade,
  code text not null check (code ~ '^[0-9]{6}$'),
  spent_at timestamptz not null default now(),
  primary key (account_id, code)
);

-- Passkeys (WebAuthn). public_key is COSE in base64; a counter that does not rise tells of a copy.
create table auth.passkeys (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references auth.accounts on delete cascade,
  name text check (char_length(name) <= 80),
  credential_id text not null unique,
  public_key text not null,
  counter bigint not null,
  device_type text not null,
  is_backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz not null default now()
);
create index passkeys_by_account on auth.passkeys (account_id);
