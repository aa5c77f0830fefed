import type { Client } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { installationIdOf, type Secret } from '../../secrets/index.ts';
import { loginRoles, scramVerifier, type LoginRole } from '../connection/login.ts';
import { DatabaseProblem, errorCodeOf } from '../problem.ts';

/** What every session of the role begins with; the reading of columns relies on time zone and formats. */
const sessionSettings: Readonly<Record<string, string>> = {
  timezone: 'UTC',
  datestyle: 'ISO',
  bytea_output: 'hex',
  // A statement that takes longer than a person waits is a fault, and a forgotten transaction blocks others.
  statement_timeout: '30s',
  lock_timeout: '10s',
  idle_in_transaction_session_timeout: '30s',
};
const searchPaths: Readonly<Record<LoginRole, string>> = {
  claviger_app: 'claviger',
  claviger_auth: 'auth',
  claviger_jobs: 'graphile_worker',
};

const DUPLICATE_OBJECT = '42710';
const CONCURRENT_CHANGE = 'XX000';
/** Roles belong to the whole server: another of its databases may be prepared at this moment. */
const CHANGE_ATTEMPT_LIMIT = 20;
const CHANGE_PAUSE_MS = 50;

/**
 * Makes the roles of the running server where they are missing and gives them their passwords and settings,
 * at every start. Refuses with `other_installation` when an installation with another secret has made them,
 * and with `role_too_powerful` when one of them could do more than it is meant to.
 */
export async function ensureRoles(admin: Client, installationSecret: Secret): Promise<void> {
  for (const role of loginRoles) {
    await ensureRole(admin, role, installationSecret);
    await assertHarmless(admin, role);
  }
}

async function ensureRole(admin: Client, role: LoginRole, installationSecret: Secret): Promise<void> {
  const mark = `Claviger installation ${installationIdOf(installationSecret)}`;
  const found = await admin.query<{ mark: string | null }>(
    "select shobj_description(oid, 'pg_authid') as mark from pg_roles where rolname = $1",
    [role],
  );
  const theirs = found.rows[0]?.mark;
  if (typeof theirs === 'string' && theirs !== mark) {
    throw new DatabaseProblem(
      'other_installation',
      `The role ${role} of this database server belongs to another installation ("${theirs}"). Restore the ` +
        'installation secret that belongs to it, or use a database server of its own.',
    );
  }
  if (found.rows.length === 0) await changeRoles(admin, `create role ${role} login`);
  await changeRoles(admin, `comment on role ${role} is '${mark}'`);
  await changeRoles(admin, `alter role ${role} password '${scramVerifier(role, installationSecret)}'`);
  for (const [name, value] of Object.entries({ ...sessionSettings, search_path: searchPaths[role] })) {
    await changeRoles(admin, `alter role ${role} set ${name} to '${value}'`);
  }
}

async function changeRoles(admin: Client, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await admin.query(statement);
      return;
    } catch (error) {
      if (errorCodeOf(error) === DUPLICATE_OBJECT) return;
      if (errorCodeOf(error) !== CONCURRENT_CHANGE || attempt === CHANGE_ATTEMPT_LIMIT) throw error;
      await pause(CHANGE_PAUSE_MS);
    }
  }
}

async function assertHarmless(admin: Client, role: LoginRole): Promise<void> {
  const found = await admin.query<{ powers: string[] }>(
    `select array_remove(array[
         case when r.rolsuper then 'is a superuser' end,
         case when r.rolbypassrls then 'bypasses row-level security' end,
         case when r.rolcreaterole then 'makes roles' end,
         case when r.rolcreatedb then 'makes databases' end,
         case when r.rolreplication then 'replicates' end,
         case when exists (select from pg_auth_members m where m.member = r.oid) then 'is in another role' end
       ], null) as powers
     from pg_roles r where r.rolname = $1`,
    [role],
  );
  const powers = found.rows[0]?.powers ?? [];
  if (powers.length === 0) return;
  throw new DatabaseProblem(
    'role_too_powerful',
    `The role ${role} ${powers.join(' and ')}: one tenant could see another's doors. Take that away.`,
  );
}
