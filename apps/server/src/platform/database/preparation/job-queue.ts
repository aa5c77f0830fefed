import assert from 'node:assert/strict';
import { Logger, runMigrations } from 'graphile-worker';
import { Pool, type Client } from 'pg';
import type { Secret } from '../../secrets/index.ts';
import { loginUrl } from '../connection/login.ts';
import { DatabaseProblem } from '../problem.ts';

interface JobQueueOptions {
  readonly admin: Client;
  readonly adminUrl: Secret;
  readonly installationSecret: Secret;
}

/**
 * Brings the tables of graphile-worker up to date, as the role that owns them. Only for the first
 * installation it may create in the database, which graphile-worker asks for although the schema is there
 * already.
 */
export async function prepareJobQueue(options: JobQueueOptions): Promise<void> {
  const { admin, adminUrl, installationSecret } = options;
  const found = await admin.query<{ database: string; isInstalled: boolean }>(
    `select quote_ident(current_database()) as database,
       exists (
         select from pg_tables where schemaname = 'graphile_worker' and tablename = 'migrations'
       ) as "isInstalled"`,
  );
  const row = found.rows[0];
  assert(row !== undefined, 'a select without from has one row');
  if (!row.isInstalled) await admin.query(`grant create on database ${row.database} to claviger_jobs`);
  try {
    await migrateQueue(loginUrl(adminUrl, 'claviger_jobs', installationSecret));
  } finally {
    await admin.query(`revoke create on database ${row.database} from claviger_jobs`);
  }
}

async function migrateQueue(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  const said: string[] = [];
  pool.on('error', (error) => said.push(error.message));
  pool.on('connect', (client) => client.on('error', (error) => said.push(error.message)));
  try {
    await runMigrations({ pgPool: pool, schema: 'graphile_worker', logger: collectWarnings(said) });
  } catch (error) {
    const text = [String(error), ...said].join('; ');
    throw new DatabaseProblem(
      'migration_failed',
      `The tables of the job queue could not be made: ${text}`,
      error,
    );
  } finally {
    await pool.end();
  }
}

function collectWarnings(said: string[]): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'warning' || level === 'error') said.push(message);
  });
}
