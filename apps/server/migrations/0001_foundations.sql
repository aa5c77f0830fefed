-- The foundations: who may connect, the two schemas of ours, the scope of a transaction, and the one way into the job
-- queue. The roles claviger_app, claviger_auth and claviger_jobs are made by the server before it migrates.

-- Nobody gets anything by default -------------------------------------------------------------------------------

revoke all on schema public from public;
alter default privileges revoke execute on functions from public;
alter default privileges revoke usage on types from public;

do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to claviger_app, claviger_auth, claviger_jobs', current_database());
end
$$;

-- claviger: everything that belongs to a tenant. The application reads and writes rows; policies say which.
create schema claviger;
grant usage on schema claviger to claviger_app;
alter default privileges in schema claviger grant select, insert, update, delete on tables to claviger_app;
alter default privileges in schema claviger grant usage, select on sequences to claviger_app;
alter default privileges in schema claviger grant execute on functions to claviger_app;
alter default privileges in schema claviger grant usage on types to claviger_app;

-- auth: accounts, sessions and sign-in factors, out of reach for every query of a feature.
create schema auth;
grant usage on schema auth to claviger_auth;
alter default privileges in schema auth grant select, insert, update, delete on tables to claviger_auth;
alter default privileges in schema auth grant usage, select on sequences to claviger_auth;
alter default privileges in schema auth grant execute on functions to claviger_auth;
alter default privileges in schema auth grant usage on types to claviger_auth;

-- The scope of a transaction, for policies: null when there is none, and then no comparison holds -----------------

create function claviger.scope_kind() returns text
language sql stable parallel safe
return nullif(current_setting('claviger.scope_kind', true), '');

create function claviger.scope_account() returns uuid
language sql stable parallel safe
return case when current_setting('claviger.scope_kind', true) = 'account'
  then nullif(current_setting('claviger.scope_id', true), '')::uuid end;

create function claviger.scope_owner() returns uuid
language sql stable parallel safe
return case when current_setting('claviger.scope_kind', true) = 'owner'
  then nullif(current_setting('claviger.scope_id', true), '')::uuid end;

create function claviger.scope_entity() returns uuid
language sql stable parallel safe
return case when current_setting('claviger.scope_kind', true) = 'entity'
  then nullif(current_setting('claviger.scope_id', true), '')::uuid end;

create function claviger.scope_device() returns uuid
language sql stable parallel safe
return case when current_setting('claviger.scope_kind', true) = 'device'
  then nullif(current_setting('claviger.scope_id', true), '')::uuid end;

-- The job queue belongs to claviger_jobs, which reads no tenant's rows. Its tables are made by graphile-worker.
grant claviger_jobs to current_user;
create schema graphile_worker authorization claviger_jobs;

-- The application adds a job in its own transaction, and can do nothing else with the queue. This is the only function
-- that runs with its owner's rights; its owner can touch the queue alone.
create function claviger.add_job(
  task text,
  payload json,
  run_at timestamptz default null,
  job_key text default null,
  queue_name text default null,
  max_attempts integer default null
) returns void
language plpgsql security definer
set search_path = ''
as $$
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
$$;
grant create on schema claviger to claviger_jobs;
alter function claviger.add_job owner to claviger_jobs;
revoke create on schema claviger from claviger_jobs;
revoke all on function claviger.add_job from public;
grant execute on function claviger.add_job to claviger_app;
revoke claviger_jobs from current_user;
