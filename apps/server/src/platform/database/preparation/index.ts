/**
 * What is done to a database before the server uses it, at every start and by the administrator alone: the
 * roles of the running server, our migrations, the job queue's. Several copies may start at once; they take
 * turns.
 */
import { Client } from 'pg';
import type { Secret } from '../../secrets/index.ts';
import { parseDatabaseUrl } from '../connection/login.ts';
import type { Report } from '../notice.ts';
import { DatabaseProblem } from '../problem.ts';
import { prepareJobQueue } from './job-queue.ts';
import { migrate, MIGRATIONS_FOLDER } from './migrations.ts';
import { ensureRoles } from './roles.ts';

export interface PreparationOptions {
  /** The owner of the database, who may make roles; connects directly, not through a pooler. */
  readonly adminUrl: Secret;
  readonly installationSecret: Secret;
  readonly report: Report;
  /** Another folder of migrations than the server's own. */
  readonly migrationsFolder?: string;
}

/** Any number that no other program takes in this database. */
const PREPARATION_LOCK = 7_241_605_812;
/** How long a starter waits for others that migrate; a large table may need a while. */
const PREPARATION_WAIT_LIMIT = '10min';
/** The first with SET and INHERIT options of role memberships, which the foundations rely on. */
const OLDEST_MAJOR = 16;
const CONNECT_LIMIT_MS = 10_000;

/** Refuses with `unreachable`, `server_too_old` and the `DatabaseProblem`s of its parts. */
export async function prepareDatabase(options: PreparationOptions): Promise<void> {
  const { adminUrl, installationSecret, report } = options;
  const admin = await connectAdmin(adminUrl);
  try {
    await assertRecent(admin);
    await admin.query(`set lock_timeout = '${PREPARATION_WAIT_LIMIT}'`);
    await admin.query('select pg_advisory_lock($1)', [PREPARATION_LOCK]);
    await ensureRoles(admin, installationSecret);
    const migrations = await migrate(adminUrl, options.migrationsFolder ?? MIGRATIONS_FOLDER);
    if (migrations.length > 0) report({ kind: 'migrated', migrations });
    await prepareJobQueue({ admin, adminUrl, installationSecret });
  } finally {
    await admin.end();
  }
}

async function connectAdmin(adminUrl: Secret): Promise<Client> {
  const connectionString = parseDatabaseUrl(adminUrl).href;
  const admin = new Client({ connectionString, connectionTimeoutMillis: CONNECT_LIMIT_MS });
  // The statement under way rejects with the same; without a listener the process would end.
  admin.on('error', () => undefined);
  try {
    await admin.connect();
    return admin;
  } catch (error) {
    const advice = 'Check that it runs, its address, and the name and password in it.';
    throw new DatabaseProblem(
      'unreachable',
      `The database does not answer: ${String(error)}. ${advice}`,
      error,
    );
  }
}

async function assertRecent(admin: Client): Promise<void> {
  const found = await admin.query<{ version: string }>("select current_setting('server_version') as version");
  const version = found.rows[0]?.version ?? '';
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return;
  throw new DatabaseProblem(
    'server_too_old',
    `This is PostgreSQL ${version}; Claviger needs ${OLDEST_MAJOR} or newer. Update it, or use ours.`,
  );
}
