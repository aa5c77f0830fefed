-- Generated from the migrations by `npm run generate`; for reading, not for running.

-- schema claviger -------------------------------------------------------------------------------------

grant usage on schema claviger to claviger_app;
by default grant delete, insert, select, update on tables to claviger_app;
by default grant execute on functions to claviger_app;
by default grant select, usage on sequences to claviger_app;
by default grant usage on types to claviger_app;

function claviger.add_job(task text, payload json, run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, job_key text DEFAULT NULL::text, queue_name text DEFAULT NULL::text, max_attempts integer DEFAULT NULL::integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform graphile_worker.add_job(
    identifier => task,
    payload => payload,
    queue_name => queue_name,
    run_at => run_at,
    max_attempts => max_attempts,
    job_key => job_key
  );
end
$function$;
owned by claviger_jobs;
grant execute to claviger_app;

function claviger.joined(parts text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN array_to_string(parts, '
'::text);
grant execute to claviger_app;

function claviger.keep_user_findable()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  -- As a setting of the function it would need a right that only a superuser gives.
  looked_for constant text := coalesce(pg_catalog.current_setting('claviger.search', true), '');
begin
  perform pg_catalog.set_config('claviger.search', '{%}', true);
  if tg_op = 'INSERT' then
    insert into claviger.findable_users (owner_id, user_id, sorted_name, status, text)
      values (new.owner_id, new.id, lower(new.name), new.status, new.search_text);
  else
    update claviger.findable_users
      set sorted_name = lower(new.name), status = new.status, text = new.search_text
      where owner_id = new.owner_id and user_id = new.id;
  end if;
  perform pg_catalog.set_config('claviger.search', looked_for, true);
  return null;
end
$function$;
grant execute to claviger_app;

function claviger.scope_account()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN (current_setting('claviger.scope_kind'::text, true) = 'account'::text) THEN (NULLIF(current_setting('claviger.scope_id'::text, true), ''::text))::uuid ELSE NULL::uuid END;
grant execute to claviger_app;

function claviger.scope_device()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN (current_setting('claviger.scope_kind'::text, true) = 'device'::text) THEN (NULLIF(current_setting('claviger.scope_id'::text, true), ''::text))::uuid ELSE NULL::uuid END;
grant execute to claviger_app;

function claviger.scope_entity()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN ((current_setting('claviger.scope_kind'::text, true) = 'entity'::text) AND claviger.scope_holds()) THEN (NULLIF(current_setting('claviger.scope_id'::text, true), ''::text))::uuid ELSE NULL::uuid END;
grant execute to claviger_app;

function claviger.scope_holds()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN COALESCE(((NULLIF(current_setting('claviger.scope_until'::text, true), ''::text))::timestamp with time zone > now()), true);
grant execute to claviger_app;

function claviger.scope_kind()
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN NULLIF(current_setting('claviger.scope_kind'::text, true), ''::text);
grant execute to claviger_app;

function claviger.scope_mandate()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('claviger.scope_mandate'::text, true), ''::text))::uuid;
grant execute to claviger_app;

function claviger.scope_owner()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN CASE WHEN ((current_setting('claviger.scope_kind'::text, true) = 'owner'::text) AND claviger.scope_holds()) THEN (NULLIF(current_setting('claviger.scope_id'::text, true), ''::text))::uuid ELSE NULL::uuid END;
grant execute to claviger_app;

function claviger.scope_search()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('claviger.search'::text, true), ''::text))::text[];
grant execute to claviger_app;

table claviger.access_lists (
  entity_id uuid not null,
  lock_id uuid not null,
  incarnation bigint not null,
  version bigint not null,
  device_id uuid not null,
  ownership_epoch integer not null,
  signed_at timestamp with time zone not null,
  hash bytea not null,
  encoded bytea not null,
  constraint access_lists_pkey PRIMARY KEY (entity_id, lock_id, incarnation, version),
  constraint access_lists_device_id_fkey FOREIGN KEY (device_id) REFERENCES claviger.devices(id),
  constraint access_lists_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint access_lists_hash_check CHECK ((octet_length(hash) = 32)),
  constraint access_lists_incarnation_check CHECK ((incarnation > 0)),
  constraint access_lists_version_check CHECK ((version > 0))
); row-level security: enabled, forced
policy device_own for all
  using (device_id = claviger.scope_device())
  with check (device_id = claviger.scope_device());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
grant delete, insert, select to claviger_app;

table claviger.access_requests (
  id uuid not null,
  account_id uuid not null,
  kind text not null,
  email text not null,
  owner_email text not null,
  serials text[] not null default '{}'::text[],
  entity_code text,
  wanted_for_minutes integer not null,
  reason text not null default ''::text,
  language text not null,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  constraint access_requests_pkey PRIMARY KEY (id),
  constraint access_requests_check CHECK (((kind = 'installer'::text) = (cardinality(serials) > 0))),
  constraint access_requests_check1 CHECK (((kind <> 'installer'::text) = (entity_code IS NOT NULL))),
  constraint access_requests_check2 CHECK ((expires_at > asked_at)),
  constraint access_requests_email_check CHECK ((char_length(email) <= 254)),
  constraint access_requests_entity_code_check CHECK ((entity_code ~ '^[A-Z0-9_]{1,40}$'::text)),
  constraint access_requests_kind_check CHECK ((kind = ANY (ARRAY['installer'::text, 'entity_management'::text, 'break_glass'::text]))),
  constraint access_requests_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text, 'zh'::text]))),
  constraint access_requests_owner_email_check CHECK (((char_length(owner_email) <= 254) AND (owner_email = lower(owner_email)))),
  constraint access_requests_reason_check CHECK ((char_length(reason) <= 500)),
  constraint access_requests_serials_check CHECK ((cardinality(serials) <= 20)),
  constraint access_requests_wanted_for_minutes_check CHECK (((wanted_for_minutes >= 15) AND (wanted_for_minutes <= 525600)))
); row-level security: enabled, forced
index access_requests_by_account ON claviger.access_requests USING btree (account_id, asked_at DESC);
policy account_own for all
  using (account_id = claviger.scope_account())
  with check (account_id = claviger.scope_account());
policy installation_delivers for select
  using (claviger.scope_kind() = 'installation'::text);
grant delete, insert, select, update to claviger_app;

table claviger.account_mails (
  id uuid not null,
  account_id uuid not null,
  kind text not null,
  language text not null,
  recipient text,
  detail text,
  asked_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  failure text,
  constraint account_mails_pkey PRIMARY KEY (id),
  constraint account_mails_detail_check CHECK ((char_length(detail) <= 254)),
  constraint account_mails_failure_check CHECK ((char_length(failure) <= 300)),
  constraint account_mails_kind_check CHECK ((char_length(kind) <= 40)),
  constraint account_mails_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text, 'zh'::text]))),
  constraint account_mails_recipient_check CHECK ((char_length(recipient) <= 254))
); row-level security: enabled, forced
index account_mails_by_account ON claviger.account_mails USING btree (account_id, kind, asked_at);
index account_mails_by_age ON claviger.account_mails USING btree (asked_at);
policy account_own for all
  using (account_id = claviger.scope_account())
  with check (account_id = claviger.scope_account());
policy entity_adds for insert
  with check ((claviger.scope_kind() = 'entity'::text) AND (kind = 'api_key_made'::text) AND (account_id IN ( SELECT m.account_id
   FROM claviger.memberships m
  WHERE (m.entity_id = claviger.scope_entity()))));
policy entity_reads for select
  using ((claviger.scope_kind() = 'entity'::text) AND (kind = 'api_key_made'::text) AND (account_id IN ( SELECT m.account_id
   FROM claviger.memberships m
  WHERE (m.entity_id = claviger.scope_entity()))));
policy installation_all for all
  using (claviger.scope_kind() = 'installation'::text)
  with check (claviger.scope_kind() = 'installation'::text);
grant delete, insert, select, update to claviger_app;

table claviger.activity_events (
  entity_id uuid not null,
  device_id uuid not null,
  ownership_epoch integer not null,
  log_epoch bigint not null,
  sequence bigint not null,
  lock_id uuid not null,
  type text not null,
  at timestamp with time zone not null,
  uncertainty_ms integer not null,
  received_at timestamp with time zone not null default now(),
  method text,
  reason text,
  command_id uuid,
  detail text,
  hash bytea not null,
  lock_name text not null,
  person_name text,
  key_id uuid,
  key_tag bytea,
  uses_spent bigint,
  uses_max smallint,
  list_incarnation bigint,
  list_version bigint,
  reader_path text,
  unknown_since timestamp with time zone,
  is_static boolean,
  second_method text,
  user_id uuid,
  constraint activity_events_pkey PRIMARY KEY (entity_id, device_id, ownership_epoch, log_epoch, sequence),
  constraint activity_events_entity_id_device_id_fkey FOREIGN KEY (entity_id, device_id) REFERENCES claviger.device_states(entity_id, device_id),
  constraint activity_events_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint activity_events_detail_check CHECK ((char_length(detail) <= 200)),
  constraint activity_events_hash_check CHECK ((octet_length(hash) = 32)),
  constraint activity_events_key_tag_check CHECK ((octet_length(key_tag) = 8)),
  constraint activity_events_lock_name_check CHECK (((char_length(lock_name) >= 1) AND (char_length(lock_name) <= 80))),
  constraint activity_events_person_name_check CHECK (((char_length(person_name) >= 1) AND (char_length(person_name) <= 80))),
  constraint activity_events_reader_path_check CHECK ((char_length(reader_path) <= 32)),
  constraint activity_events_sequence_check CHECK ((sequence > 0)),
  constraint activity_events_uncertainty_ms_check CHECK ((uncertainty_ms >= 0))
); row-level security: enabled, forced
index activity_by_key ON claviger.activity_events USING btree (entity_id, key_id, at DESC) WHERE (key_id IS NOT NULL);
index activity_by_user ON claviger.activity_events USING btree (entity_id, user_id, at DESC) WHERE (user_id IS NOT NULL);
index activity_newest ON claviger.activity_events USING btree (entity_id, at DESC, device_id DESC, log_epoch DESC, sequence DESC);
index activity_newest_by_lock ON claviger.activity_events USING btree (entity_id, lock_id, at DESC, device_id DESC, log_epoch DESC, sequence DESC);
index activity_newest_by_type ON claviger.activity_events USING btree (entity_id, type, at DESC, device_id DESC, log_epoch DESC, sequence DESC);
policy device_adds for insert
  with check (device_id = claviger.scope_device());
policy device_reads for select
  using (device_id = claviger.scope_device());
policy entity_reads for select
  using (entity_id = claviger.scope_entity());
policy mandate_none restrictive for select
  using (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
grant insert, select to claviger_app;

table claviger.api_keys (
  entity_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  account_id uuid not null,
  mandate_id uuid,
  name text not null,
  prefix text not null,
  key_hash bytea not null,
  permissions text[] not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (entity_id, id),
  constraint api_keys_id_key UNIQUE (id),
  constraint api_keys_key_hash_key UNIQUE (key_hash),
  constraint api_keys_entity_id_mandate_id_fkey FOREIGN KEY (entity_id, mandate_id) REFERENCES claviger.mandates(entity_id, id),
  constraint api_keys_entity_id_user_id_fkey FOREIGN KEY (entity_id, user_id) REFERENCES claviger.memberships(entity_id, user_id) ON DELETE CASCADE,
  constraint api_keys_check CHECK (((expires_at > made_at) AND (expires_at <= (made_at + '366 days'::interval)))),
  constraint api_keys_key_hash_check CHECK ((octet_length(key_hash) = 32)),
  constraint api_keys_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80))),
  constraint api_keys_permissions_check CHECK (((cardinality(permissions) >= 1) AND (cardinality(permissions) <= 50))),
  constraint api_keys_prefix_check CHECK ((char_length(prefix) = 12))
); row-level security: enabled, forced
index api_keys_by_account ON claviger.api_keys USING btree (account_id);
index api_keys_by_user ON claviger.api_keys USING btree (entity_id, user_id);
policy account_ends for delete
  using (account_id = claviger.scope_account());
policy account_reads for select
  using (account_id = claviger.scope_account());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_finds for select
  using (claviger.scope_kind() = 'installation'::text);
policy mandate_alone restrictive for all
  using ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (mandate_id = claviger.scope_mandate()))
  with check (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
policy owner_own for all
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)))
  with check ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

table claviger.audit_chains (
  chain uuid not null,
  entity_id uuid,
  sequence bigint not null,
  previous bytea not null,
  hash bytea not null,
  constraint audit_chains_pkey PRIMARY KEY (chain),
  constraint audit_chains_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint audit_chains_check CHECK ((chain = COALESCE(entity_id, '00000000-0000-0000-0000-000000000000'::uuid))),
  constraint audit_chains_hash_check CHECK ((octet_length(hash) = 32)),
  constraint audit_chains_previous_check CHECK ((octet_length(previous) = 32)),
  constraint audit_chains_sequence_check CHECK ((sequence > 0))
); row-level security: enabled, forced
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_watches for select
  using (claviger.scope_kind() = 'installation'::text);
policy outside_own for all
  using ((entity_id IS NULL) AND (claviger.scope_kind() = ANY (ARRAY['installation'::text, 'account'::text, 'owner'::text, 'device'::text])))
  with check ((entity_id IS NULL) AND (claviger.scope_kind() = ANY (ARRAY['installation'::text, 'account'::text, 'owner'::text, 'device'::text])));
policy owner_own for all
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)))
  with check ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant insert, select, update to claviger_app;

table claviger.audit_checkpoints (
  number bigint not null,
  at timestamp with time zone not null,
  signed bytea not null,
  signature bytea not null,
  heads bytea,
  constraint audit_checkpoints_pkey PRIMARY KEY (number),
  constraint audit_checkpoints_number_check CHECK ((number > 0)),
  constraint audit_checkpoints_signature_check CHECK ((octet_length(signature) = 64))
); row-level security: enabled, forced
index audit_checkpoints_by_age ON claviger.audit_checkpoints USING btree (at) WHERE (heads IS NOT NULL);
policy installation_all for all
  using (claviger.scope_kind() = 'installation'::text)
  with check (claviger.scope_kind() = 'installation'::text);
grant insert, select to claviger_app;

table claviger.audit_entries (
  chain uuid not null,
  sequence bigint not null,
  previous bytea not null,
  hash bytea not null,
  scope text not null,
  entity_id uuid,
  owner_id uuid,
  account_id uuid,
  user_id uuid,
  device_id uuid,
  actor bytea,
  mandate_id uuid,
  operation text not null,
  object_type text,
  object_id uuid,
  outcome text not null,
  code text,
  cause text,
  reason text,
  subject_id uuid,
  before jsonb,
  after jsonb,
  count integer not null default 1,
  first_at timestamp with time zone,
  request_id text,
  address text,
  at timestamp with time zone not null,
  constraint audit_entries_pkey PRIMARY KEY (chain, sequence),
  constraint audit_entries_entity_id_fkey1 FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint audit_entries_owner_id_fkey1 FOREIGN KEY (owner_id) REFERENCES claviger.owners(id),
  constraint audit_entries_address_check CHECK ((char_length(address) <= 45)),
  constraint audit_entries_at_check CHECK ((at = date_trunc('milliseconds'::text, at))),
  constraint audit_entries_cause_check CHECK ((char_length(cause) <= 200)),
  constraint audit_entries_check CHECK ((chain = COALESCE(entity_id, '00000000-0000-0000-0000-000000000000'::uuid))),
  constraint audit_entries_check1 CHECK (((scope = 'entity'::text) = (entity_id IS NOT NULL))),
  constraint audit_entries_code_check CHECK ((char_length(code) <= 80)),
  constraint audit_entries_count_check CHECK ((count > 0)),
  constraint audit_entries_first_at_check CHECK ((first_at = date_trunc('milliseconds'::text, first_at))),
  constraint audit_entries_hash_check CHECK ((octet_length(hash) = 32)),
  constraint audit_entries_object_type_check CHECK ((char_length(object_type) <= 80)),
  constraint audit_entries_operation_check1 CHECK ((char_length(operation) <= 80)),
  constraint audit_entries_outcome_check1 CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text, 'failed'::text]))),
  constraint audit_entries_previous_check CHECK ((octet_length(previous) = 32)),
  constraint audit_entries_reason_check1 CHECK ((char_length(reason) <= 500)),
  constraint audit_entries_request_id_check CHECK ((char_length(request_id) <= 80)),
  constraint audit_entries_scope_check1 CHECK ((scope = ANY (ARRAY['installation'::text, 'account'::text, 'owner'::text, 'entity'::text, 'device'::text]))),
  constraint audit_entries_sequence_check CHECK ((sequence > 0))
); row-level security: enabled, forced
index audit_by_time ON claviger.audit_entries USING btree (chain, at DESC, sequence DESC);
policy account_adds for insert
  with check ((scope = 'account'::text) AND (entity_id IS NULL) AND (account_id = claviger.scope_account()));
policy device_adds for insert
  with check ((scope = 'device'::text) AND (entity_id IS NULL) AND (device_id = claviger.scope_device()));
policy entity_adds for insert
  with check ((scope = 'entity'::text) AND (entity_id = claviger.scope_entity()));
policy entity_reads for select
  using (entity_id = claviger.scope_entity());
policy installation_adds for insert
  with check ((scope = ANY (ARRAY['installation'::text, 'account'::text])) AND (entity_id IS NULL) AND (claviger.scope_kind() = 'installation'::text));
policy installation_reads for select
  using ((claviger.scope_kind() = 'installation'::text) AND (entity_id IS NULL));
policy mandate_none restrictive for select
  using (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
policy owner_adds for insert
  with check ((scope = 'owner'::text) AND (entity_id IS NULL) AND (owner_id = claviger.scope_owner()));
policy owner_adds_to_own for insert
  with check ((scope = 'entity'::text) AND (claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant insert, select to claviger_app;

table claviger.audit_repeats (
  chain uuid not null,
  source text not null,
  operation text not null,
  code text not null,
  scope text not null,
  entity_id uuid,
  account_id uuid,
  user_id uuid,
  object_type text,
  object_id uuid,
  outcome text not null,
  cause text,
  request_id text,
  address text,
  count integer not null default 0,
  opened_at timestamp with time zone not null,
  first_at timestamp with time zone,
  last_at timestamp with time zone,
  api_key text,
  constraint audit_repeats_pkey PRIMARY KEY (chain, source, operation, code),
  constraint audit_repeats_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint audit_repeats_check CHECK ((chain = COALESCE(entity_id, '00000000-0000-0000-0000-000000000000'::uuid))),
  constraint audit_repeats_code_check CHECK ((char_length(code) <= 80)),
  constraint audit_repeats_count_check CHECK ((count >= 0)),
  constraint audit_repeats_operation_check CHECK ((char_length(operation) <= 80)),
  constraint audit_repeats_outcome_check CHECK ((outcome = ANY (ARRAY['refused'::text, 'failed'::text]))),
  constraint audit_repeats_scope_check CHECK ((scope = ANY (ARRAY['installation'::text, 'account'::text, 'owner'::text, 'entity'::text, 'device'::text]))),
  constraint audit_repeats_source_check CHECK ((char_length(source) <= 80))
); row-level security: enabled, forced
index audit_repeats_by_age ON claviger.audit_repeats USING btree (opened_at);
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_watches for select
  using (claviger.scope_kind() = 'installation'::text);
policy outside_own for all
  using ((entity_id IS NULL) AND (claviger.scope_kind() = ANY (ARRAY['installation'::text, 'account'::text, 'owner'::text, 'device'::text])))
  with check ((entity_id IS NULL) AND (claviger.scope_kind() = ANY (ARRAY['installation'::text, 'account'::text, 'owner'::text, 'device'::text])));
grant delete, insert, select, update to claviger_app;

table claviger.bindings (
  entity_id uuid not null,
  key_id uuid not null,
  lock_id uuid not null,
  state text not null default 'active'::text,
  since timestamp with time zone not null,
  listed_incarnation bigint,
  listed_version bigint,
  enforced_at timestamp with time zone,
  uses_spent integer not null default 0,
  counter_lost_at timestamp with time zone,
  is_count_unsure boolean not null default false,
  uses_told_at timestamp with time zone,
  constraint bindings_pkey PRIMARY KEY (entity_id, key_id, lock_id),
  constraint bindings_entity_id_key_id_fkey FOREIGN KEY (entity_id, key_id) REFERENCES claviger.keys(entity_id, id),
  constraint bindings_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint bindings_check CHECK (((listed_incarnation IS NULL) = (listed_version IS NULL))),
  constraint bindings_check1 CHECK (((enforced_at IS NULL) OR (listed_version IS NOT NULL))),
  constraint bindings_state_check CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'revoked'::text]))),
  constraint bindings_uses_spent_check CHECK ((uses_spent >= 0))
); row-level security: enabled, forced
index bindings_by_lock ON claviger.bindings USING btree (entity_id, lock_id);
index bindings_enforced ON claviger.bindings USING btree (entity_id, lock_id, listed_incarnation, listed_version) WHERE (enforced_at IS NOT NULL);
index bindings_unenforced ON claviger.bindings USING btree (entity_id, lock_id, listed_incarnation, listed_version) WHERE (enforced_at IS NULL);
index bindings_unlisted ON claviger.bindings USING btree (entity_id, lock_id) WHERE (listed_version IS NULL);
index bindings_without_counter ON claviger.bindings USING btree (entity_id, lock_id) WHERE (counter_lost_at IS NOT NULL);
policy device_own for all
  using ((claviger.scope_kind() = 'device'::text) AND (lock_id IN ( SELECT l.id
   FROM claviger.locks l)))
  with check ((claviger.scope_kind() = 'device'::text) AND (lock_id IN ( SELECT l.id
   FROM claviger.locks l)));
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_alone restrictive for all
  using ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (lock_id IN ( SELECT l.id
   FROM claviger.locks l)))
  with check ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (lock_id IN ( SELECT l.id
   FROM claviger.locks l)));
policy owner_reads for select
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

table claviger.bootstrap_tokens (
  only_one boolean not null default true,
  token_hash bytea not null,
  issued_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  constraint bootstrap_tokens_pkey PRIMARY KEY (only_one),
  constraint bootstrap_tokens_only_one_check CHECK (only_one),
  constraint bootstrap_tokens_token_hash_check CHECK ((octet_length(token_hash) = 32))
); row-level security: enabled, forced
policy installation_all for all
  using (claviger.scope_kind() = 'installation'::text)
  with check (claviger.scope_kind() = 'installation'::text);
grant delete, insert, select, update to claviger_app;

table claviger.buildings (
  entity_id uuid not null,
  id uuid not null,
  name text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  constraint buildings_pkey PRIMARY KEY (entity_id, id),
  constraint buildings_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint buildings_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
); row-level security: enabled, forced
unique index buildings_one_per_name ON claviger.buildings USING btree (entity_id, lower(name));
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_none restrictive for all
  using (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL)
  with check (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
grant delete, insert, select, update to claviger_app;

table claviger.card_values (
  entity_id uuid not null,
  lock_id uuid not null,
  tag bytea not null,
  key_id uuid not null,
  credential_id uuid not null,
  lives_until timestamp with time zone not null,
  constraint card_values_pkey PRIMARY KEY (entity_id, lock_id, tag),
  constraint card_values_entity_id_credential_id_fkey FOREIGN KEY (entity_id, credential_id) REFERENCES claviger.credentials(entity_id, id) ON DELETE CASCADE,
  constraint card_values_entity_id_key_id_fkey FOREIGN KEY (entity_id, key_id) REFERENCES claviger.keys(entity_id, id),
  constraint card_values_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint card_values_tag_check CHECK ((octet_length(tag) = 32))
); row-level security: enabled, forced
index card_values_by_credential ON claviger.card_values USING btree (entity_id, credential_id);
index card_values_by_key ON claviger.card_values USING btree (entity_id, key_id);
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
grant delete, insert, select, update to claviger_app;

table claviger.claims (
  entity_id uuid not null,
  id uuid not null,
  lock_id uuid not null,
  device_id uuid not null,
  nonce bytea not null,
  sealed_key bytea,
  state text not null,
  request_digest bytea,
  ownership_epoch integer,
  certificate text,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  constraint claims_pkey PRIMARY KEY (entity_id, id),
  constraint claims_device_id_fkey FOREIGN KEY (device_id) REFERENCES claviger.devices(id),
  constraint claims_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint claims_check CHECK (((state = 'proven'::text) = ((certificate IS NOT NULL) AND (ownership_epoch IS NOT NULL) AND (request_digest IS NOT NULL)))),
  constraint claims_nonce_check CHECK ((octet_length(nonce) = 32)),
  constraint claims_request_digest_check CHECK ((octet_length(request_digest) = 32)),
  constraint claims_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'proven'::text, 'expired'::text])))
); row-level security: enabled, forced
index claims_by_device ON claviger.claims USING btree (device_id, created_at DESC);
unique index claims_one_waiting_per_lock ON claviger.claims USING btree (entity_id, lock_id) WHERE (state = 'waiting'::text);
policy device_own for all
  using (device_id = claviger.scope_device())
  with check (device_id = claviger.scope_device());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_makes for insert
  with check (claviger.scope_kind() = 'installation'::text);
policy mandate_alone restrictive for all
  using ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (lock_id IN ( SELECT l.id
   FROM claviger.locks l)))
  with check ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (lock_id IN ( SELECT l.id
   FROM claviger.locks l)));
grant delete, insert, select, update to claviger_app;

table claviger.command_stages (
  entity_id uuid not null,
  command_id uuid not null,
  stage text not null,
  at timestamp with time zone not null,
  constraint command_stages_pkey PRIMARY KEY (entity_id, command_id, stage),
  constraint command_stages_entity_id_command_id_fkey FOREIGN KEY (entity_id, command_id) REFERENCES claviger.commands(entity_id, id)
); row-level security: enabled, forced
policy device_own for all
  using ((claviger.scope_kind() = 'device'::text) AND (command_id IN ( SELECT c.id
   FROM claviger.commands c)))
  with check ((claviger.scope_kind() = 'device'::text) AND (command_id IN ( SELECT c.id
   FROM claviger.commands c)));
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
grant insert, select to claviger_app;

table claviger.commands (
  entity_id uuid not null,
  id uuid not null,
  lock_id uuid not null,
  device_id uuid not null,
  ownership_epoch integer not null,
  sequence bigint not null,
  type text not null,
  stage text not null,
  reason text,
  requested_by uuid,
  issued_at timestamp with time zone not null,
  not_after timestamp with time zone not null,
  boot_number bigint not null,
  requested_by_name text,
  key_id uuid,
  constraint commands_pkey PRIMARY KEY (entity_id, id),
  constraint commands_entity_id_device_id_ownership_epoch_sequence_key UNIQUE (entity_id, device_id, ownership_epoch, sequence),
  constraint commands_entity_id_device_id_fkey FOREIGN KEY (entity_id, device_id) REFERENCES claviger.device_states(entity_id, device_id),
  constraint commands_entity_id_key_id_fkey FOREIGN KEY (entity_id, key_id) REFERENCES claviger.keys(entity_id, id),
  constraint commands_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint commands_entity_id_requested_by_fkey FOREIGN KEY (entity_id, requested_by) REFERENCES claviger.memberships(entity_id, user_id),
  constraint commands_boot_number_check CHECK ((boot_number >= 0)),
  constraint commands_check CHECK ((not_after > issued_at)),
  constraint commands_check1 CHECK (((requested_by IS NULL) <> (key_id IS NULL))),
  constraint commands_requested_by_name_check CHECK (((char_length(requested_by_name) >= 1) AND (char_length(requested_by_name) <= 80))),
  constraint commands_stage_check CHECK ((stage = ANY (ARRAY['issued'::text, 'sent'::text, 'expired'::text, 'refused'::text, 'accepted'::text, 'unlocked'::text, 'opened'::text, 'interrupted'::text, 'relocked'::text, 'closed'::text]))),
  constraint commands_type_check CHECK ((type = 'open'::text))
); row-level security: enabled, forced
index commands_by_lock ON claviger.commands USING btree (entity_id, lock_id, issued_at DESC);
index commands_under_way ON claviger.commands USING btree (entity_id, device_id, sequence) WHERE (stage <> ALL (ARRAY['expired'::text, 'refused'::text, 'interrupted'::text, 'relocked'::text, 'closed'::text]));
policy device_own for all
  using (device_id = claviger.scope_device())
  with check (device_id = claviger.scope_device());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_alone restrictive for all
  using ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (lock_id IN ( SELECT l.id
   FROM claviger.locks l)))
  with check ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (lock_id IN ( SELECT l.id
   FROM claviger.locks l)));
grant delete, insert, select, update to claviger_app;

table claviger.credentials (
  entity_id uuid not null,
  id uuid not null,
  key_id uuid not null,
  kind text not null,
  state text not null default 'active'::text,
  sealed_secret bytea,
  sealed_digest bytea,
  created_at timestamp with time zone not null default now(),
  constraint credentials_pkey PRIMARY KEY (entity_id, id),
  constraint credentials_entity_id_key_id_fkey FOREIGN KEY (entity_id, key_id) REFERENCES claviger.keys(entity_id, id),
  constraint credentials_kind_check CHECK ((kind = ANY (ARRAY['pin'::text, 'qr'::text, 'link'::text, 'pass'::text, 'app_key'::text, 'card'::text, 'button'::text, 'finger'::text]))),
  constraint credentials_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'suspended'::text, 'revoked'::text])))
); row-level security: enabled, forced
index credentials_by_key ON claviger.credentials USING btree (entity_id, key_id);
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_alone restrictive for all
  using ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (key_id IN ( SELECT k.id
   FROM claviger.keys k)))
  with check ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (key_id IN ( SELECT k.id
   FROM claviger.keys k)));
grant delete, insert, select, update to claviger_app;

table claviger.device_states (
  entity_id uuid not null,
  device_id uuid not null,
  ownership_epoch integer not null,
  command_sequence bigint not null default 0,
  certificate_fingerprint bytea,
  certificate_until timestamp with time zone,
  boot_nonce bytea,
  boot_number bigint,
  hello_number bigint not null default 0,
  is_online boolean not null default false,
  last_heard_at timestamp with time zone,
  offline_since timestamp with time zone,
  agent_version text,
  log_epoch bigint,
  newest_log_epoch bigint not null default 1,
  doubt_since timestamp with time zone,
  doubt_cause text,
  doubt_has_log boolean not null default false,
  log_broken_since timestamp with time zone,
  doubt_ended_at timestamp with time zone,
  constraint device_states_pkey PRIMARY KEY (entity_id, device_id),
  constraint device_states_device_id_fkey FOREIGN KEY (device_id) REFERENCES claviger.devices(id),
  constraint device_states_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint device_states_agent_version_check CHECK ((char_length(agent_version) <= 40)),
  constraint device_states_boot_nonce_check CHECK ((octet_length(boot_nonce) = 16)),
  constraint device_states_check CHECK (((doubt_since IS NULL) = (doubt_cause IS NULL))),
  constraint device_states_check1 CHECK (((doubt_since IS NOT NULL) OR (NOT doubt_has_log))),
  constraint device_states_doubt_cause_check CHECK ((doubt_cause = ANY (ARRAY['other_history'::text, 'earlier_boot'::text, 'damaged_memory'::text]))),
  constraint device_states_newest_log_epoch_check CHECK ((newest_log_epoch > 0))
); row-level security: enabled, forced
index device_states_online ON claviger.device_states USING btree (last_heard_at) WHERE is_online;
policy device_own for all
  using (device_id = claviger.scope_device())
  with check (device_id = claviger.scope_device());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_watches for select
  using (claviger.scope_kind() = 'installation'::text);
grant delete, insert, select, update to claviger_app;

table claviger.devices (
  id uuid not null,
  serial text not null,
  model text not null,
  code_mac bytea not null,
  owner_entity_id uuid,
  ownership_epoch integer not null default 0,
  identity_key bytea,
  imported_at timestamp with time zone not null default now(),
  constraint devices_pkey PRIMARY KEY (id),
  constraint devices_serial_key UNIQUE (serial),
  constraint devices_owner_entity_id_fkey FOREIGN KEY (owner_entity_id) REFERENCES claviger.entities(id),
  constraint devices_check CHECK (((owner_entity_id IS NULL) OR ((identity_key IS NOT NULL) AND (ownership_epoch > 0)))),
  constraint devices_code_mac_check CHECK ((octet_length(code_mac) = 32)),
  constraint devices_identity_key_check CHECK ((octet_length(identity_key) = 32)),
  constraint devices_ownership_epoch_check CHECK ((ownership_epoch >= 0)),
  constraint devices_serial_check CHECK ((serial ~ '^[0-9A-Z]{12}$'::text))
); row-level security: enabled, forced
policy device_own for all
  using (id = claviger.scope_device())
  with check (id = claviger.scope_device());
policy entity_reads for select
  using ((claviger.scope_kind() = 'entity'::text) AND (id IN ( SELECT l.device_id
   FROM claviger.locks l)));
policy installation_all for all
  using (claviger.scope_kind() = 'installation'::text)
  with check (claviger.scope_kind() = 'installation'::text);
grant delete, insert, select, update to claviger_app;

table claviger.door_states (
  entity_id uuid not null,
  lock_id uuid not null,
  state text not null,
  is_tampered boolean not null default false,
  since timestamp with time zone not null,
  constraint door_states_pkey PRIMARY KEY (entity_id, lock_id),
  constraint door_states_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint door_states_state_check CHECK ((state = ANY (ARRAY['secured'::text, 'unlocked'::text, 'open'::text, 'held_open'::text, 'forced_open'::text, 'unknown'::text])))
); row-level security: enabled, forced
policy device_own for all
  using ((claviger.scope_kind() = 'device'::text) AND (lock_id IN ( SELECT l.id
   FROM claviger.locks l)))
  with check ((claviger.scope_kind() = 'device'::text) AND (lock_id IN ( SELECT l.id
   FROM claviger.locks l)));
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
grant delete, insert, select, update to claviger_app;

table claviger.entities (
  id uuid not null,
  owner_id uuid not null,
  code text not null,
  name text not null,
  kind text not null,
  zone text not null,
  address text not null default ''::text,
  created_at timestamp with time zone not null default now(),
  description text not null default ''::text,
  is_provisional boolean not null default false,
  version integer not null default 1,
  deleted_at timestamp with time zone,
  constraint entities_pkey PRIMARY KEY (id),
  constraint entities_owner_id_id_key UNIQUE (owner_id, id),
  constraint entities_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES claviger.owners(id),
  constraint entities_address_check CHECK ((char_length(address) <= 200)),
  constraint entities_code_check CHECK ((code ~ '^[A-Z0-9_]{1,40}$'::text)),
  constraint entities_description_check CHECK ((char_length(description) <= 500)),
  constraint entities_kind_check CHECK ((kind = ANY (ARRAY['home'::text, 'community'::text, 'commercial'::text]))),
  constraint entities_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80))),
  constraint entities_zone_check CHECK (((char_length(zone) >= 1) AND (char_length(zone) <= 64)))
); row-level security: enabled, forced
unique index entities_one_per_code ON claviger.entities USING btree (owner_id, code) WHERE (deleted_at IS NULL);
policy account_reads for select
  using ((claviger.scope_kind() = 'account'::text) AND (id IN ( SELECT m.entity_id
   FROM claviger.memberships m)));
policy entity_own for all
  using (id = claviger.scope_entity())
  with check (id = claviger.scope_entity());
policy installation_makes for insert
  with check (claviger.scope_kind() = 'installation'::text);
policy owner_own for all
  using (owner_id = claviger.scope_owner())
  with check (owner_id = claviger.scope_owner());
grant delete, insert, select, update to claviger_app;

table claviger.event_logs (
  entity_id uuid not null,
  device_id uuid not null,
  ownership_epoch integer not null,
  log_epoch bigint not null,
  stored_through bigint not null default 0,
  last_hash bytea not null,
  constraint event_logs_pkey PRIMARY KEY (entity_id, device_id, ownership_epoch, log_epoch),
  constraint event_logs_entity_id_device_id_fkey FOREIGN KEY (entity_id, device_id) REFERENCES claviger.device_states(entity_id, device_id),
  constraint event_logs_last_hash_check CHECK ((octet_length(last_hash) = 32))
); row-level security: enabled, forced
policy device_own for all
  using (device_id = claviger.scope_device())
  with check (device_id = claviger.scope_device());
policy entity_reads for select
  using (entity_id = claviger.scope_entity());
grant delete, insert, select, update to claviger_app;

table claviger.findable_users (
  owner_id uuid not null,
  user_id uuid not null,
  sorted_name text not null,
  status text not null,
  text text not null,
  constraint findable_users_pkey PRIMARY KEY (owner_id, user_id),
  constraint findable_users_owner_id_user_id_fkey FOREIGN KEY (owner_id, user_id) REFERENCES claviger.users(owner_id, id) ON DELETE CASCADE
); row-level security: enabled, forced
index findable_users_by_name ON claviger.findable_users USING btree (owner_id, sorted_name, user_id);
index findable_users_by_status ON claviger.findable_users USING btree (owner_id, status, sorted_name, user_id);
index findable_users_by_text ON claviger.findable_users USING gin (owner_id, text trigrams.gin_trgm_ops);
policy installation_makes for insert
  with check (claviger.scope_kind() = 'installation'::text);
policy only_found restrictive for select
  using (text ~~ ANY (claviger.scope_search()));
policy owner_own for all
  using (owner_id = claviger.scope_owner())
  with check (owner_id = claviger.scope_owner());
grant delete, insert, select, update to claviger_app;

table claviger.holidays (
  entity_id uuid not null,
  id uuid not null,
  name text not null,
  first_date date not null,
  last_date date not null,
  is_yearly boolean not null,
  hours_from text,
  hours_until text,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  constraint holidays_pkey PRIMARY KEY (entity_id, id),
  constraint holidays_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint holidays_check CHECK ((first_date <= last_date)),
  constraint holidays_check1 CHECK (((hours_from IS NULL) = (hours_until IS NULL))),
  constraint holidays_check2 CHECK (((hours_from <> hours_until) AND ((hours_from <> '00:00'::text) OR (hours_until <> '24:00'::text)))),
  constraint holidays_hours_from_check CHECK ((hours_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint holidays_hours_until_check CHECK ((hours_until ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'::text)),
  constraint holidays_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
); row-level security: enabled, forced
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
grant delete, insert, select, update to claviger_app;

table claviger.idempotency_keys (
  entity_id uuid not null,
  account_id uuid not null,
  key uuid not null,
  request_hash bytea not null,
  status smallint,
  answer jsonb,
  created_at timestamp with time zone not null default now(),
  constraint idempotency_keys_pkey PRIMARY KEY (entity_id, account_id, key),
  constraint idempotency_keys_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint idempotency_keys_request_hash_check CHECK ((octet_length(request_hash) = 32))
); row-level security: enabled, forced
index idempotency_keys_by_age ON claviger.idempotency_keys USING btree (created_at);
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_deletes for delete
  using ((claviger.scope_kind() = 'installation'::text) AND (created_at < (now() - '24:00:00'::interval)));
policy installation_forgets for select
  using ((claviger.scope_kind() = 'installation'::text) AND (created_at < (now() - '24:00:00'::interval)));
grant delete, insert, select, update to claviger_app;

table claviger.imports (
  entity_id uuid not null,
  id uuid not null,
  made_by uuid not null,
  created_at timestamp with time zone not null,
  kind text not null,
  constraint imports_pkey PRIMARY KEY (entity_id, id),
  constraint imports_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint imports_kind_check CHECK ((kind = ANY (ARRAY['units'::text, 'users'::text])))
); row-level security: enabled, forced
index imports_by_age ON claviger.imports USING btree (created_at);
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_forgets for delete
  using ((claviger.scope_kind() = 'installation'::text) AND (created_at < (now() - '1 day'::interval)));
policy installation_reads for select
  using ((claviger.scope_kind() = 'installation'::text) AND (created_at < (now() - '1 day'::interval)));
policy mandate_none restrictive for all
  using (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL)
  with check (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
policy owner_own for all
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)))
  with check ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

table claviger.incoming_request_locks (
  entity_id uuid not null,
  incoming_id uuid not null,
  lock_id uuid not null,
  constraint incoming_request_locks_pkey PRIMARY KEY (entity_id, incoming_id, lock_id),
  constraint incoming_request_locks_entity_id_incoming_id_fkey FOREIGN KEY (entity_id, incoming_id) REFERENCES claviger.incoming_requests(entity_id, id),
  constraint incoming_request_locks_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id)
); row-level security: enabled, forced
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy owner_reads for select
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

table claviger.incoming_requests (
  entity_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  account_id uuid not null,
  kind text not null,
  email text not null,
  wanted_for_minutes integer not null,
  reason text not null,
  language text not null,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  state text not null default 'pending'::text,
  decided_by uuid,
  decided_at timestamp with time zone,
  constraint incoming_requests_pkey PRIMARY KEY (entity_id, id),
  constraint incoming_requests_entity_id_request_id_key UNIQUE (entity_id, request_id),
  constraint incoming_requests_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint incoming_requests_request_id_fkey FOREIGN KEY (request_id) REFERENCES claviger.access_requests(id),
  constraint incoming_requests_check CHECK (((state = ANY (ARRAY['approved'::text, 'rejected'::text])) = (decided_by IS NOT NULL))),
  constraint incoming_requests_check1 CHECK (((state = 'pending'::text) = (decided_at IS NULL))),
  constraint incoming_requests_email_check CHECK ((char_length(email) <= 254)),
  constraint incoming_requests_kind_check CHECK ((kind = ANY (ARRAY['installer'::text, 'entity_management'::text, 'break_glass'::text]))),
  constraint incoming_requests_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text, 'zh'::text]))),
  constraint incoming_requests_reason_check CHECK ((char_length(reason) <= 500)),
  constraint incoming_requests_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text])))
); row-level security: enabled, forced
index incoming_requests_by_request ON claviger.incoming_requests USING btree (request_id);
index incoming_requests_newest ON claviger.incoming_requests USING btree (entity_id, asked_at DESC);
policy account_reads for select
  using (account_id = claviger.scope_account());
policy account_withdraws for update
  using ((account_id = claviger.scope_account()) AND (state = 'pending'::text))
  with check ((account_id = claviger.scope_account()) AND (state = ANY (ARRAY['pending'::text, 'withdrawn'::text])));
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_none restrictive for all
  using (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL)
  with check (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
policy owner_own for all
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)))
  with check ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

table claviger.installations (
  id uuid not null,
  only_one boolean not null default true,
  created_at timestamp with time zone not null default now(),
  incarnation bigint not null default 1,
  constraint installations_pkey PRIMARY KEY (id),
  constraint installations_only_one_key UNIQUE (only_one),
  constraint installations_incarnation_check CHECK ((incarnation > 0)),
  constraint installations_only_one_check CHECK (only_one)
); row-level security: enabled, forced
policy anyone_reads for select
  using (claviger.scope_kind() IS NOT NULL);
policy installation_makes for insert
  with check (claviger.scope_kind() = 'installation'::text);
grant delete, insert, select, update to claviger_app;

table claviger.invitation_tokens (
  entity_id uuid not null,
  token_hash bytea not null,
  invitation_id uuid not null,
  constraint invitation_tokens_pkey PRIMARY KEY (entity_id, token_hash),
  constraint invitation_tokens_token_hash_key UNIQUE (token_hash),
  constraint invitation_tokens_entity_id_invitation_id_fkey FOREIGN KEY (entity_id, invitation_id) REFERENCES claviger.invitations(entity_id, id),
  constraint invitation_tokens_token_hash_check CHECK ((octet_length(token_hash) = 32))
); row-level security: enabled, forced
index invitation_tokens_by_invitation ON claviger.invitation_tokens USING btree (entity_id, invitation_id);
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_finds for select
  using (claviger.scope_kind() = 'installation'::text);
policy owner_own for all
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)))
  with check ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

table claviger.invitations (
  entity_id uuid not null,
  id uuid not null,
  email text not null,
  state text not null default 'pending'::text,
  invited_by uuid not null,
  mail_id uuid not null,
  invited_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  accepted_by uuid,
  role text not null default 'local_admin'::text,
  constraint invitations_pkey PRIMARY KEY (entity_id, id),
  constraint invitations_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint invitations_entity_id_mail_id_fkey FOREIGN KEY (entity_id, mail_id) REFERENCES claviger.mails(entity_id, id),
  constraint invitations_check CHECK (((state = 'accepted'::text) = (accepted_by IS NOT NULL))),
  constraint invitations_email_check CHECK (((char_length(email) <= 254) AND (email = lower(email)))),
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['local_admin'::text, 'resident'::text]))),
  constraint invitations_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'accepted'::text, 'withdrawn'::text])))
); row-level security: enabled, forced
unique index invitations_one_pending ON claviger.invitations USING btree (entity_id, email) WHERE (state = 'pending'::text);
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_none restrictive for all
  using (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL)
  with check (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
policy owner_own for all
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)))
  with check ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

table claviger.key_tokens (
  entity_id uuid not null,
  token_hash bytea not null,
  key_id uuid not null,
  constraint key_tokens_pkey PRIMARY KEY (entity_id, token_hash),
  constraint key_tokens_token_hash_key UNIQUE (token_hash),
  constraint key_tokens_entity_id_key_id_fkey FOREIGN KEY (entity_id, key_id) REFERENCES claviger.keys(entity_id, id),
  constraint key_tokens_token_hash_check CHECK ((octet_length(token_hash) = 32))
); row-level security: enabled, forced
index key_tokens_by_key ON claviger.key_tokens USING btree (entity_id, key_id);
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_finds for select
  using (claviger.scope_kind() = 'installation'::text);
policy mandate_alone restrictive for all
  using ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (key_id IN ( SELECT k.id
   FROM claviger.keys k)))
  with check ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (key_id IN ( SELECT k.id
   FROM claviger.keys k)));
grant delete, insert, select, update to claviger_app;

table claviger.keys (
  entity_id uuid not null,
  id uuid not null,
  type text not null,
  state text not null,
  holder_name text not null,
  email text,
  valid_from timestamp with time zone,
  valid_until timestamp with time zone,
  max_uses smallint,
  issue integer not null default 1,
  made_by uuid not null,
  ended_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  picture_issue integer,
  picture_at timestamp with time zone,
  email_lower text generated as (lower(email)) stored,
  holder_id uuid,
  suspension text,
  mandate_id uuid,
  wanted_until timestamp with time zone,
  adopted_at timestamp with time zone,
  constraint keys_pkey PRIMARY KEY (entity_id, id),
  constraint keys_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint keys_entity_id_holder_id_fkey FOREIGN KEY (entity_id, holder_id) REFERENCES claviger.memberships(entity_id, user_id),
  constraint keys_entity_id_mandate_id_fkey FOREIGN KEY (entity_id, mandate_id) REFERENCES claviger.mandates(entity_id, id),
  constraint keys_check CHECK ((valid_from < valid_until)),
  constraint keys_check1 CHECK (((state = 'revoked'::text) = (ended_at IS NOT NULL))),
  constraint keys_check2 CHECK ((((picture_issue IS NULL) = (picture_at IS NULL)) AND (picture_issue <= issue))),
  constraint keys_check3 CHECK (((suspension IS NULL) OR (state = ANY (ARRAY['suspended'::text, 'revoked'::text])))),
  constraint keys_check4 CHECK (((adopted_at IS NULL) OR (mandate_id IS NOT NULL))),
  constraint keys_email_check CHECK ((char_length(email) <= 254)),
  constraint keys_holder_name_check CHECK (((char_length(holder_name) >= 1) AND (char_length(holder_name) <= 80))),
  constraint keys_issue_check CHECK (((issue >= 1) AND (issue <= 65535))),
  constraint keys_max_uses_check CHECK (((max_uses >= 1) AND (max_uses <= 255))),
  constraint keys_state_check CHECK ((state = ANY (ARRAY['available'::text, 'pending'::text, 'active'::text, 'suspended'::text, 'revoked'::text]))),
  constraint keys_suspension_check CHECK ((suspension = ANY (ARRAY['not_restored'::text, 'mandate_ended'::text]))),
  constraint keys_type_check CHECK ((type = ANY (ARRAY['app'::text, 'smart'::text, 'fingerprint'::text, 'wallet'::text, 'physical'::text, 'intercom'::text, 'guest'::text, 'visitor'::text, 'delivery'::text, 'staff'::text])))
); row-level security: enabled, forced
index keys_by_email ON claviger.keys USING btree (entity_id, email_lower) WHERE (email_lower IS NOT NULL);
index keys_by_holder ON claviger.keys USING btree (entity_id, holder_id) WHERE (holder_id IS NOT NULL);
index keys_by_mandate ON claviger.keys USING btree (entity_id, mandate_id) WHERE (mandate_id IS NOT NULL);
policy device_reads for select
  using ((claviger.scope_kind() = 'device'::text) AND (id IN ( SELECT b.key_id
   FROM claviger.bindings b)));
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_alone restrictive for all
  using ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR ((mandate_id = claviger.scope_mandate()) AND (adopted_at IS NULL)))
  with check ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR ((mandate_id = claviger.scope_mandate()) AND (adopted_at IS NULL)));
policy owner_reads_held for select
  using ((claviger.scope_kind() = 'owner'::text) AND (holder_id IS NOT NULL) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
policy owner_restores_held for update
  using ((claviger.scope_kind() = 'owner'::text) AND (holder_id IS NOT NULL) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)))
  with check ((claviger.scope_kind() = 'owner'::text) AND (holder_id IS NOT NULL) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)) AND (state = ANY (ARRAY['active'::text, 'suspended'::text])));
grant delete, insert, select, update to claviger_app;

table claviger.list_changes (
  entity_id uuid not null,
  lock_id uuid not null,
  key_id uuid not null,
  device_id uuid not null,
  constraint list_changes_pkey PRIMARY KEY (entity_id, lock_id, key_id),
  constraint list_changes_device_id_fkey FOREIGN KEY (device_id) REFERENCES claviger.devices(id),
  constraint list_changes_entity_id_key_id_fkey FOREIGN KEY (entity_id, key_id) REFERENCES claviger.keys(entity_id, id) DEFERRABLE INITIALLY DEFERRED,
  constraint list_changes_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id)
); row-level security: enabled, forced
index list_changes_by_key ON claviger.list_changes USING btree (entity_id, key_id);
policy device_own for all
  using (device_id = claviger.scope_device())
  with check (device_id = claviger.scope_device());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
grant delete, insert, select, update to claviger_app;

table claviger.list_deltas (
  entity_id uuid not null,
  lock_id uuid not null,
  incarnation bigint not null,
  version bigint not null,
  device_id uuid not null,
  ownership_epoch integer not null,
  signed_at timestamp with time zone not null,
  root bytea not null,
  keys integer not null,
  delta bytea not null,
  constraint list_deltas_pkey PRIMARY KEY (entity_id, lock_id, incarnation, version),
  constraint list_deltas_device_id_fkey FOREIGN KEY (device_id) REFERENCES claviger.devices(id),
  constraint list_deltas_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint list_deltas_incarnation_check CHECK ((incarnation > 0)),
  constraint list_deltas_keys_check CHECK ((keys > 0)),
  constraint list_deltas_root_check CHECK ((octet_length(root) = 32)),
  constraint list_deltas_version_check CHECK ((version > 1))
); row-level security: enabled, forced
policy device_own for all
  using (device_id = claviger.scope_device())
  with check (device_id = claviger.scope_device());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
grant delete, insert, select to claviger_app;

table claviger.lock_lists (
  entity_id uuid not null,
  lock_id uuid not null,
  device_id uuid not null,
  wanted_at timestamp with time zone,
  incarnation bigint,
  version bigint,
  ownership_epoch integer,
  signed_at timestamp with time zone,
  sent_at timestamp with time zone,
  refused_at timestamp with time zone,
  told_incarnation bigint,
  told_version bigint,
  told_at timestamp with time zone,
  report_owed_since timestamp with time zone,
  uses_owed boolean not null default false,
  wants_whole boolean not null default false,
  root bytea,
  whole_version bigint,
  whole_signed_at timestamp with time zone,
  whole_keys integer not null default 0,
  changed_keys integer not null default 0,
  told_root bytea,
  constraint lock_lists_pkey PRIMARY KEY (entity_id, lock_id),
  constraint lock_lists_device_id_fkey FOREIGN KEY (device_id) REFERENCES claviger.devices(id),
  constraint lock_lists_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint lock_lists_check CHECK ((((version IS NULL) = (incarnation IS NULL)) AND ((version IS NULL) = (signed_at IS NULL)) AND ((version IS NULL) = (ownership_epoch IS NULL)))),
  constraint lock_lists_check1 CHECK (((told_version IS NULL) = (told_incarnation IS NULL))),
  constraint lock_lists_root_check CHECK ((octet_length(root) = 32))
); row-level security: enabled, forced
index lock_lists_by_device ON claviger.lock_lists USING btree (device_id);
index lock_lists_wanted ON claviger.lock_lists USING btree (wanted_at) WHERE (wanted_at IS NOT NULL);
policy device_own for all
  using (device_id = claviger.scope_device())
  with check (device_id = claviger.scope_device());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_watches for select
  using (claviger.scope_kind() = 'installation'::text);
grant delete, insert, select, update to claviger_app;

table claviger.locks (
  entity_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  number smallint not null default 1,
  name text not null,
  location text not null default ''::text,
  status text not null,
  unlock_for_ms integer not null default 5000,
  held_open_after_ms integer not null default 30000,
  openable_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  minimum_assurance text not null default 'low'::text,
  takes_static_qr boolean not null default false,
  takes_card_numbers boolean not null default false,
  constraint locks_pkey PRIMARY KEY (entity_id, id),
  constraint locks_entity_id_device_id_number_key UNIQUE (entity_id, device_id, number),
  constraint locks_device_id_fkey FOREIGN KEY (device_id) REFERENCES claviger.devices(id),
  constraint locks_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint locks_held_open_after_ms_check CHECK (((held_open_after_ms >= 1000) AND (held_open_after_ms <= 3600000))),
  constraint locks_location_check CHECK ((char_length(location) <= 120)),
  constraint locks_minimum_assurance_check CHECK ((minimum_assurance = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text]))),
  constraint locks_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80))),
  constraint locks_number_check CHECK (((number >= 1) AND (number <= 64))),
  constraint locks_status_check CHECK ((status = ANY (ARRAY['unclaimed'::text, 'claiming'::text, 'active'::text, 'inactive'::text, 'error'::text]))),
  constraint locks_unlock_for_ms_check CHECK (((unlock_for_ms >= 500) AND (unlock_for_ms <= 255000)))
); row-level security: enabled, forced
index locks_by_device ON claviger.locks USING btree (device_id);
policy account_reads for select
  using ((claviger.scope_kind() = 'account'::text) AND (entity_id IN ( SELECT m.entity_id
   FROM claviger.memberships m)));
policy device_changes for update
  using (device_id = claviger.scope_device())
  with check (device_id = claviger.scope_device());
policy device_reads for select
  using (device_id = claviger.scope_device());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_makes for insert
  with check (claviger.scope_kind() = 'installation'::text);
policy mandate_alone restrictive for all
  using ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (id IN ( SELECT m.lock_id
   FROM claviger.mandate_locks m)))
  with check ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (id IN ( SELECT m.lock_id
   FROM claviger.mandate_locks m)));
policy owner_reads for select
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

table claviger.mails (
  entity_id uuid not null,
  id uuid not null,
  key_id uuid,
  recipient text not null,
  subject text not null,
  sealed_text bytea,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  kept_at timestamp with time zone,
  failure text,
  sealed_picture bytea,
  recipient_lower text generated as (lower(recipient)) stored,
  constraint mails_pkey PRIMARY KEY (entity_id, id),
  constraint mails_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint mails_entity_id_key_id_fkey FOREIGN KEY (entity_id, key_id) REFERENCES claviger.keys(entity_id, id),
  constraint mails_failure_check CHECK ((char_length(failure) <= 300)),
  constraint mails_recipient_check CHECK ((char_length(recipient) <= 254)),
  constraint mails_subject_check CHECK ((char_length(subject) <= 200))
); row-level security: enabled, forced
index mails_by_key ON claviger.mails USING btree (entity_id, key_id, id DESC);
index mails_by_recipient ON claviger.mails USING btree (entity_id, recipient_lower);
index mails_newest ON claviger.mails USING btree (entity_id, id DESC);
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_alone restrictive for all
  using ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (key_id IN ( SELECT k.id
   FROM claviger.keys k)))
  with check ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (key_id IN ( SELECT k.id
   FROM claviger.keys k)));
policy owner_adds for insert
  with check ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

table claviger.mandate_locks (
  entity_id uuid not null,
  mandate_id uuid not null,
  lock_id uuid not null,
  constraint mandate_locks_pkey PRIMARY KEY (entity_id, mandate_id, lock_id),
  constraint mandate_locks_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint mandate_locks_entity_id_mandate_id_fkey FOREIGN KEY (entity_id, mandate_id) REFERENCES claviger.mandates(entity_id, id)
); row-level security: enabled, forced
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_alone restrictive for all
  using ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (mandate_id = claviger.scope_mandate()))
  with check (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
policy owner_own for all
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)))
  with check ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

table claviger.mandates (
  entity_id uuid not null,
  id uuid not null,
  incoming_id uuid not null,
  user_id uuid not null,
  account_id uuid not null,
  role text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  approved_by uuid not null,
  ended_by uuid,
  settled_at timestamp with time zone,
  constraint mandates_pkey PRIMARY KEY (entity_id, id),
  constraint mandates_entity_id_incoming_id_key UNIQUE (entity_id, incoming_id),
  constraint mandates_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint mandates_entity_id_incoming_id_fkey FOREIGN KEY (entity_id, incoming_id) REFERENCES claviger.incoming_requests(entity_id, id),
  constraint mandates_check CHECK ((until_at >= from_at)),
  constraint mandates_role_check CHECK ((role = ANY (ARRAY['installer'::text, 'local_admin'::text])))
); row-level security: enabled, forced
index mandates_by_account ON claviger.mandates USING btree (account_id);
policy account_reads for select
  using (account_id = claviger.scope_account());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_alone restrictive for all
  using ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (id = claviger.scope_mandate()))
  with check (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
policy owner_own for all
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)))
  with check ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

table claviger.memberships (
  entity_id uuid not null,
  user_id uuid not null,
  owner_id uuid not null,
  account_id uuid,
  role text not null,
  until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  mandate_id uuid,
  constraint memberships_pkey PRIMARY KEY (entity_id, user_id),
  constraint memberships_entity_id_mandate_id_fkey FOREIGN KEY (entity_id, mandate_id) REFERENCES claviger.mandates(entity_id, id),
  constraint memberships_owner_id_entity_id_fkey FOREIGN KEY (owner_id, entity_id) REFERENCES claviger.entities(owner_id, id),
  constraint memberships_owner_id_user_id_fkey FOREIGN KEY (owner_id, user_id) REFERENCES claviger.users(owner_id, id),
  constraint memberships_user_id_account_id_fkey FOREIGN KEY (user_id, account_id) REFERENCES claviger.users(id, account_id) ON UPDATE CASCADE,
  constraint memberships_check CHECK (((mandate_id IS NULL) OR (until IS NOT NULL))),
  constraint memberships_role_check CHECK ((role = ANY (ARRAY['community_manager'::text, 'local_admin'::text, 'installer'::text, 'resident'::text])))
); row-level security: enabled, forced
index memberships_by_account ON claviger.memberships USING btree (account_id) WHERE (account_id IS NOT NULL);
index memberships_by_user ON claviger.memberships USING btree (user_id);
policy account_reads for select
  using (account_id = claviger.scope_account());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_makes for insert
  with check (claviger.scope_kind() = 'installation'::text);
policy mandate_alone restrictive for all
  using ((( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL) OR (mandate_id = claviger.scope_mandate()))
  with check (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
policy owner_own for all
  using (owner_id = claviger.scope_owner())
  with check (owner_id = claviger.scope_owner());
grant delete, insert, select, update to claviger_app;

table claviger.message_refusals (
  entity_id uuid not null,
  device_id uuid not null,
  day date not null,
  cause text not null,
  count bigint not null default 1,
  first_at timestamp with time zone not null default now(),
  last_at timestamp with time zone not null default now(),
  constraint message_refusals_pkey PRIMARY KEY (entity_id, device_id, day, cause),
  constraint message_refusals_device_id_fkey FOREIGN KEY (device_id) REFERENCES claviger.devices(id),
  constraint message_refusals_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint message_refusals_cause_check CHECK ((char_length(cause) <= 60))
); row-level security: enabled, forced
policy device_own for all
  using (device_id = claviger.scope_device())
  with check (device_id = claviger.scope_device());
policy entity_reads for select
  using (entity_id = claviger.scope_entity());
grant delete, insert, select, update to claviger_app;

table claviger.operators (
  account_id uuid not null,
  created_at timestamp with time zone not null default now(),
  constraint operators_pkey PRIMARY KEY (account_id)
); row-level security: enabled, forced
policy account_reads for select
  using (account_id = claviger.scope_account());
policy installation_all for all
  using (claviger.scope_kind() = 'installation'::text)
  with check (claviger.scope_kind() = 'installation'::text);
grant delete, insert, select, update to claviger_app;

table claviger.owners (
  id uuid not null,
  name text not null,
  created_at timestamp with time zone not null default now(),
  constraint owners_pkey PRIMARY KEY (id),
  constraint owners_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
); row-level security: enabled, forced
policy installation_makes for insert
  with check (claviger.scope_kind() = 'installation'::text);
policy owner_own for all
  using (id = claviger.scope_owner())
  with check (id = claviger.scope_owner());
grant delete, insert, select, update to claviger_app;

table claviger.password_resets (
  id uuid not null,
  email text not null,
  language text not null,
  asked_at timestamp with time zone not null,
  failure text,
  constraint password_resets_pkey PRIMARY KEY (id),
  constraint password_resets_email_check CHECK ((char_length(email) <= 254)),
  constraint password_resets_failure_check CHECK ((char_length(failure) <= 300)),
  constraint password_resets_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text, 'zh'::text])))
); row-level security: enabled, forced
index password_resets_by_age ON claviger.password_resets USING btree (asked_at);
policy installation_all for all
  using (claviger.scope_kind() = 'installation'::text)
  with check (claviger.scope_kind() = 'installation'::text);
grant delete, insert, select, update to claviger_app;

table claviger.pin_values (
  entity_id uuid not null,
  lock_id uuid not null,
  tag bytea not null,
  key_id uuid not null,
  digits smallint not null,
  lives_until timestamp with time zone not null,
  constraint pin_values_pkey PRIMARY KEY (entity_id, lock_id, tag),
  constraint pin_values_entity_id_key_id_fkey FOREIGN KEY (entity_id, key_id) REFERENCES claviger.keys(entity_id, id),
  constraint pin_values_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint pin_values_digits_check CHECK (((digits >= 6) AND (digits <= 9))),
  constraint pin_values_tag_check CHECK ((octet_length(tag) = 32))
); row-level security: enabled, forced
index pin_values_by_key ON claviger.pin_values USING btree (entity_id, key_id);
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
grant delete, insert, select, update to claviger_app;

table claviger.rate_limits (
  subject bytea not null,
  full_at timestamp with time zone not null,
  constraint rate_limits_pkey PRIMARY KEY (subject),
  constraint rate_limits_subject_check CHECK ((octet_length(subject) = 32))
); row-level security: enabled, forced
index rate_limits_by_age ON claviger.rate_limits USING btree (full_at);
policy installation_all for all
  using (claviger.scope_kind() = 'installation'::text)
  with check (claviger.scope_kind() = 'installation'::text);
grant delete, insert, select, update to claviger_app;

table claviger.reported_pieces (
  entity_id uuid not null,
  lock_id uuid not null,
  device_id uuid not null,
  incarnation bigint not null,
  version bigint not null,
  index integer not null,
  pieces integer not null,
  head bytea not null,
  piece bytea not null,
  constraint reported_pieces_pkey PRIMARY KEY (entity_id, lock_id, index),
  constraint reported_pieces_device_id_fkey FOREIGN KEY (device_id) REFERENCES claviger.devices(id),
  constraint reported_pieces_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint reported_pieces_check CHECK ((pieces > index)),
  constraint reported_pieces_head_check CHECK ((octet_length(head) <= 512)),
  constraint reported_pieces_index_check CHECK ((index >= 0))
); row-level security: enabled, forced
policy device_own for all
  using (device_id = claviger.scope_device())
  with check (device_id = claviger.scope_device());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
grant delete, insert, select, update to claviger_app;

table claviger.restore_findings (
  entity_id uuid not null,
  id uuid not null,
  lock_id uuid not null,
  device_id uuid not null,
  restore_incarnation bigint not null,
  kind text not null,
  at timestamp with time zone not null,
  found jsonb not null,
  constraint restore_findings_pkey PRIMARY KEY (entity_id, id),
  constraint restore_findings_device_id_fkey FOREIGN KEY (device_id) REFERENCES claviger.devices(id),
  constraint restore_findings_entity_id_lock_id_fkey FOREIGN KEY (entity_id, lock_id) REFERENCES claviger.locks(entity_id, id),
  constraint restore_findings_restore_incarnation_fkey FOREIGN KEY (restore_incarnation) REFERENCES claviger.restores(incarnation),
  constraint restore_findings_kind_check CHECK ((kind = ANY (ARRAY['list'::text, 'nothing'::text, 'unproven'::text])))
); row-level security: enabled, forced
index restore_findings_by_restore ON claviger.restore_findings USING btree (restore_incarnation, at);
policy device_own for all
  using (device_id = claviger.scope_device())
  with check (device_id = claviger.scope_device());
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy installation_reads for select
  using (claviger.scope_kind() = 'installation'::text);
grant insert, select to claviger_app;

table claviger.restores (
  incarnation bigint not null,
  restored_at timestamp with time zone not null,
  reached_at timestamp with time zone not null,
  constraint restores_pkey PRIMARY KEY (incarnation)
); row-level security: enabled, forced
policy anyone_reads for select
  using (claviger.scope_kind() IS NOT NULL);
grant select to claviger_app;

table claviger.saved_views (
  entity_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  list text not null,
  name text not null,
  filters text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  constraint saved_views_pkey PRIMARY KEY (entity_id, id),
  constraint saved_views_entity_id_user_id_fkey FOREIGN KEY (entity_id, user_id) REFERENCES claviger.memberships(entity_id, user_id),
  constraint saved_views_filters_check CHECK ((char_length(filters) <= 2000)),
  constraint saved_views_list_check CHECK ((list = ANY (ARRAY['entities'::text, 'users'::text, 'keys'::text, 'activity'::text, 'audit'::text]))),
  constraint saved_views_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
); row-level security: enabled, forced
unique index saved_views_one_per_name ON claviger.saved_views USING btree (entity_id, user_id, list, lower(name));
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_none restrictive for all
  using (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL)
  with check (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
grant delete, insert, select, update to claviger_app;

table claviger.subject_keys (
  entity_id uuid not null,
  subject_id uuid not null,
  sealed bytea,
  made_at timestamp with time zone not null default now(),
  erased_at timestamp with time zone,
  constraint subject_keys_pkey PRIMARY KEY (entity_id, subject_id),
  constraint subject_keys_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint subject_keys_check CHECK (((sealed IS NULL) = (erased_at IS NOT NULL)))
); row-level security: enabled, forced
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy owner_own for all
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)))
  with check ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant insert, select, update to claviger_app;

table claviger.unchained_audit_entries (
  id uuid not null,
  scope text not null,
  entity_id uuid,
  owner_id uuid,
  account_id uuid,
  device_id uuid,
  operation text not null,
  object_type text,
  object_id uuid,
  outcome text not null,
  reason text,
  before jsonb,
  after jsonb,
  request_id text,
  address inet,
  at timestamp with time zone not null default now(),
  actor_name text,
  constraint unchained_audit_entries_pkey PRIMARY KEY (id),
  constraint audit_entries_entity_id_fkey FOREIGN KEY (entity_id) REFERENCES claviger.entities(id),
  constraint audit_entries_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES claviger.owners(id),
  constraint audit_entries_actor_name_check CHECK (((char_length(actor_name) >= 1) AND (char_length(actor_name) <= 80))),
  constraint audit_entries_operation_check CHECK ((char_length(operation) <= 80)),
  constraint audit_entries_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text, 'failed'::text]))),
  constraint audit_entries_reason_check CHECK ((char_length(reason) <= 200)),
  constraint audit_entries_scope_check CHECK ((scope = ANY (ARRAY['installation'::text, 'account'::text, 'owner'::text, 'entity'::text, 'device'::text])))
); row-level security: enabled, forced
index unchained_audit_by_entity ON claviger.unchained_audit_entries USING btree (entity_id, at, id);
policy entity_moves for delete
  using (entity_id = claviger.scope_entity());
policy entity_reads for select
  using (entity_id = claviger.scope_entity());
policy installation_moves for delete
  using ((claviger.scope_kind() = 'installation'::text) AND (entity_id IS NULL));
policy installation_reads for select
  using (claviger.scope_kind() = 'installation'::text);
grant delete, select to claviger_app;

table claviger.unit_import_lines (
  entity_id uuid not null,
  import_id uuid not null,
  line integer not null,
  building text not null,
  unit text not null,
  floors smallint[] not null,
  problem text,
  constraint unit_import_lines_pkey PRIMARY KEY (entity_id, import_id, line),
  constraint unit_import_lines_entity_id_import_id_fkey FOREIGN KEY (entity_id, import_id) REFERENCES claviger.imports(entity_id, id) ON DELETE CASCADE,
  constraint unit_import_lines_line_check CHECK ((line > 0))
); row-level security: enabled, forced
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_none restrictive for all
  using (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL)
  with check (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
grant delete, insert, select, update to claviger_app;

table claviger.units (
  entity_id uuid not null,
  id uuid not null,
  building_id uuid not null,
  name text not null,
  floors smallint[] not null default '{}'::smallint[],
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  constraint units_pkey PRIMARY KEY (entity_id, id),
  constraint units_entity_id_building_id_fkey FOREIGN KEY (entity_id, building_id) REFERENCES claviger.buildings(entity_id, id),
  constraint units_floors_check CHECK ((cardinality(floors) <= 20)),
  constraint units_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80)))
); row-level security: enabled, forced
unique index units_one_per_name ON claviger.units USING btree (entity_id, building_id, lower(name));
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_none restrictive for all
  using (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL)
  with check (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
grant delete, insert, select, update to claviger_app;

table claviger.user_import_lines (
  entity_id uuid not null,
  import_id uuid not null,
  line integer not null,
  user_id uuid not null,
  name text not null,
  email text not null,
  phone text not null,
  mobile text not null,
  plates text[] not null,
  entity_codes text[] not null,
  is_welcome boolean not null,
  is_deactivated boolean not null,
  problems text[] not null,
  constraint user_import_lines_pkey PRIMARY KEY (entity_id, import_id, line),
  constraint user_import_lines_entity_id_import_id_fkey FOREIGN KEY (entity_id, import_id) REFERENCES claviger.imports(entity_id, id) ON DELETE CASCADE,
  constraint user_import_lines_line_check CHECK ((line > 0))
); row-level security: enabled, forced
policy owner_own for all
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)))
  with check ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

table claviger.user_photos (
  owner_id uuid not null,
  user_id uuid not null,
  id uuid not null,
  picture bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint user_photos_pkey PRIMARY KEY (owner_id, user_id),
  constraint user_photos_owner_id_user_id_fkey FOREIGN KEY (owner_id, user_id) REFERENCES claviger.users(owner_id, id),
  constraint user_photos_picture_check CHECK ((octet_length(picture) <= 400000))
); row-level security: enabled, forced
policy owner_own for all
  using (owner_id = claviger.scope_owner())
  with check (owner_id = claviger.scope_owner());
grant delete, insert, select, update to claviger_app;

table claviger.users (
  id uuid not null,
  owner_id uuid not null,
  account_id uuid,
  name text not null,
  email text not null,
  status text not null default 'active'::text,
  created_at timestamp with time zone not null default now(),
  phone text not null default ''::text,
  mobile text not null default ''::text,
  plates text[] not null default '{}'::text[],
  deactivated_at timestamp with time zone,
  deactivation_reason text,
  version integer not null default 1,
  search_text text not null generated as (((((lower(name) || '
'::text) || lower(email)) || '
'::text) || regexp_replace(lower(((((phone || '
'::text) || mobile) || '
'::text) || claviger.joined(plates))), '[ ()./-]'::text, ''::text, 'g'::text))) stored,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_id_account_id_key UNIQUE (id, account_id),
  constraint users_owner_id_id_key UNIQUE (owner_id, id),
  constraint users_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES claviger.owners(id),
  constraint users_check CHECK (((deactivated_at IS NULL) OR (status = 'deactivated'::text))),
  constraint users_deactivation_reason_check CHECK ((char_length(deactivation_reason) <= 200)),
  constraint users_email_check CHECK ((char_length(email) <= 254)),
  constraint users_mobile_check CHECK ((char_length(mobile) <= 40)),
  constraint users_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 80))),
  constraint users_phone_check CHECK ((char_length(phone) <= 40)),
  constraint users_plates_check CHECK ((cardinality(plates) <= 10)),
  constraint users_status_check CHECK ((status = ANY (ARRAY['active'::text, 'deactivated'::text])))
); row-level security: enabled, forced
index users_by_account ON claviger.users USING btree (account_id) WHERE (account_id IS NOT NULL);
unique index users_one_per_account ON claviger.users USING btree (owner_id, account_id) WHERE (account_id IS NOT NULL);
unique index users_one_per_address ON claviger.users USING btree (owner_id, lower(email));
policy account_reads for select
  using (account_id = claviger.scope_account());
policy entity_reads for select
  using ((claviger.scope_kind() = 'entity'::text) AND (EXISTS ( SELECT
   FROM claviger.memberships m
  WHERE (m.user_id = users.id))));
policy installation_makes for insert
  with check (claviger.scope_kind() = 'installation'::text);
policy owner_own for all
  using (owner_id = claviger.scope_owner())
  with check (owner_id = claviger.scope_owner());
grant delete, insert, select, update to claviger_app;

table claviger.wanted_welcomes (
  entity_id uuid not null,
  user_id uuid not null,
  invited_by uuid not null,
  language text not null,
  constraint wanted_welcomes_pkey PRIMARY KEY (entity_id, user_id),
  constraint wanted_welcomes_entity_id_user_id_fkey FOREIGN KEY (entity_id, user_id) REFERENCES claviger.memberships(entity_id, user_id),
  constraint wanted_welcomes_language_check CHECK ((language = ANY (ARRAY['en'::text, 'de'::text, 'zh'::text])))
); row-level security: enabled, forced
policy entity_own for all
  using (entity_id = claviger.scope_entity())
  with check (entity_id = claviger.scope_entity());
policy mandate_none restrictive for all
  using (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL)
  with check (( SELECT claviger.scope_mandate() AS scope_mandate) IS NULL);
policy owner_adds for insert
  with check ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
policy owner_reads for select
  using ((claviger.scope_kind() = 'owner'::text) AND (entity_id IN ( SELECT e.id
   FROM claviger.entities e)));
grant delete, insert, select, update to claviger_app;

-- schema auth -----------------------------------------------------------------------------------------

grant usage on schema auth to claviger_auth;
by default grant delete, insert, select, update on tables to claviger_auth;
by default grant execute on functions to claviger_auth;
by default grant select, usage on sequences to claviger_auth;
by default grant usage on types to claviger_auth;

table auth.accounts (
  id uuid not null default gen_random_uuid(),
  email text not null,
  is_email_verified boolean not null default false,
  name text not null default ''::text,
  image text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  has_authenticator boolean not null default false,
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_email_key UNIQUE (email),
  constraint accounts_email_check CHECK (((char_length(email) <= 254) AND (email = lower(email))))
); -- no row-level security
grant delete, insert, select, update to claviger_auth;

table auth.address_links (
  token_hash bytea not null,
  account_id uuid not null,
  email text not null,
  expires_at timestamp with time zone not null,
  constraint address_links_pkey PRIMARY KEY (token_hash),
  constraint address_links_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.accounts(id) ON DELETE CASCADE,
  constraint address_links_email_check CHECK (((char_length(email) <= 254) AND (email = lower(email)))),
  constraint address_links_token_hash_check CHECK ((octet_length(token_hash) = 32))
); -- no row-level security
index address_links_by_account ON auth.address_links USING btree (account_id);
grant delete, insert, select, update to claviger_auth;

table auth.authenticators (
  id uuid not null default gen_random_uuid(),
  account_id uuid not null,
  secret text not null,
  recovery_codes text not null,
  is_verified boolean not null default false,
  failed_count integer not null default 0,
  locked_until timestamp with time zone,
  tries_full_at timestamp with time zone not null default now(),
  constraint authenticators_pkey PRIMARY KEY (id),
  constraint authenticators_account_id_key UNIQUE (account_id),
  constraint authenticators_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.accounts(id) ON DELETE CASCADE
); -- no row-level security
index authenticators_by_secret ON auth.authenticators USING btree (secret);
grant delete, insert, select, update to claviger_auth;

table auth.passkeys (
  id uuid not null default gen_random_uuid(),
  account_id uuid not null,
  name text,
  credential_id text not null,
  public_key text not null,
  counter bigint not null,
  device_type text not null,
  is_backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamp with time zone not null default now(),
  constraint passkeys_pkey PRIMARY KEY (id),
  constraint passkeys_credential_id_key UNIQUE (credential_id),
  constraint passkeys_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.accounts(id) ON DELETE CASCADE,
  constraint passkeys_name_check CHECK ((char_length(name) <= 80))
); -- no row-level security
index passkeys_by_account ON auth.passkeys USING btree (account_id);
grant delete, insert, select, update to claviger_auth;

table auth.sessions (
  id uuid not null default gen_random_uuid(),
  account_id uuid not null,
  token text not null,
  expires_at timestamp with time zone not null,
  address text,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  confirmed_at timestamp with time zone not null default now(),
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_key UNIQUE (token),
  constraint sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.accounts(id) ON DELETE CASCADE
); -- no row-level security
index sessions_by_account ON auth.sessions USING btree (account_id);
index sessions_by_end ON auth.sessions USING btree (expires_at);
grant delete, insert, select, update to claviger_auth;

table auth.sign_in_factors (
  id uuid not null default gen_random_uuid(),
  account_id uuid not null,
  provider text not null,
  provider_account_id text not null,
  password_hash text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint sign_in_factors_pkey PRIMARY KEY (id),
  constraint sign_in_factors_provider_provider_account_id_key UNIQUE (provider, provider_account_id),
  constraint sign_in_factors_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.accounts(id) ON DELETE CASCADE
); -- no row-level security
index sign_in_factors_by_account ON auth.sign_in_factors USING btree (account_id);
grant delete, insert, select, update to claviger_auth;

table auth.sign_on_flows (
  secret_hash bytea not null,
  purpose text not null,
  account_id uuid,
  session_id uuid,
  email text,
  begun_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  constraint sign_on_flows_pkey PRIMARY KEY (secret_hash),
  constraint sign_on_flows_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.accounts(id) ON DELETE CASCADE,
  constraint sign_on_flows_session_id_fkey FOREIGN KEY (session_id) REFERENCES auth.sessions(id) ON DELETE CASCADE,
  constraint sign_on_flows_check CHECK (((purpose = ANY (ARRAY['connect'::text, 'confirm'::text])) = ((account_id IS NOT NULL) AND (session_id IS NOT NULL)))),
  constraint sign_on_flows_check1 CHECK (((purpose = 'accept'::text) = (email IS NOT NULL))),
  constraint sign_on_flows_email_check CHECK (((char_length(email) <= 254) AND (email = lower(email)))),
  constraint sign_on_flows_purpose_check CHECK ((purpose = ANY (ARRAY['sign_in'::text, 'accept'::text, 'connect'::text, 'confirm'::text]))),
  constraint sign_on_flows_secret_hash_check CHECK ((octet_length(secret_hash) = 32))
); -- no row-level security
index sign_on_flows_by_end ON auth.sign_on_flows USING btree (expires_at);
grant delete, insert, select, update to claviger_auth;

table auth.spent_codes (
  account_id uuid not null,
  code text not null,
  spent_at timestamp with time zone not null default now(),
  constraint spent_codes_pkey PRIMARY KEY (account_id, code),
  constraint spent_codes_account_id_fkey FOREIGN KEY (account_id) REFERENCES auth.accounts(id) ON DELETE CASCADE,
  constraint spent_codes_code_check CHECK ((code ~ '^[0-9]{6}$'::text))
); -- no row-level security
grant delete, insert, select, update to claviger_auth;

table auth.verifications (
  id uuid not null default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint verifications_pkey PRIMARY KEY (id)
); -- no row-level security
index verifications_by_identifier ON auth.verifications USING btree (identifier);
grant delete, insert, select, update to claviger_auth;
