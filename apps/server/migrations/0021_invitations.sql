-- Invitations: a community_manager asks somebody by mail to become a Local Admin. A mail need not carry a Key any more.
set local search_path = claviger, pg_catalog;

alter table mails alter column key_id drop not null;

-- state is what people made of it; whether it is over is computed from expires_at. invited_by is the User who asked last,
-- accepted_by the Account that said yes. The address is in small letters.
create table invitations (
  entity_id uuid not null references entities,
  id uuid not null,
  email text not null check (char_length(email) <= 254 and email = lower(email)),
  state text not null default 'pending' check (state in ('pending', 'accepted', 'withdrawn')),
  invited_by uuid not null,
  mail_id uuid not null,
  invited_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_by uuid,
  primary key (entity_id, id),
  foreign key (entity_id, mail_id) references mails (entity_id, id),
  check ((state = 'accepted') = (accepted_by is not null))
);
create unique index invitations_one_pending on invitations (entity_id, email) where state = 'pending';

-- SHA-256 of the token in the link: whoever has the token finds the invitation, and nobody finds the token.
create table invitation_tokens (
  entity_id uuid not null,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  invitation_id uuid not null,
  primary key (entity_id, token_hash),
  foreign key (entity_id, invitation_id) references invitations (entity_id, id)
);
create index invitation_tokens_by_invitation on invitation_tokens (entity_id, invitation_id);

-- Who may see what ---------------------------------------------------------------------------------------------

-- An Owner invites into an Entity that it is just making, and takes in whoever accepts as its User.
alter table invitations enable row level security, force row level security;
create policy entity_own on invitations
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy owner_own on invitations
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e))
  with check (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));

alter table invitation_tokens enable row level security, force row level security;
create policy entity_own on invitation_tokens
  using (entity_id = claviger.scope_entity()) with check (entity_id = claviger.scope_entity());
create policy owner_own on invitation_tokens
  using (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e))
  with check (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));
create policy installation_finds on invitation_tokens for select using (claviger.scope_kind() = 'installation');

create policy owner_adds on mails for insert
  with check (claviger.scope_kind() = 'owner' and entity_id in (select e.id from claviger.entities e));
