import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator, type Migration, type MigrationResultSet } from 'kysely/migration';
import { Pool } from 'pg';
import { parseDatabaseUrl } from '../connection/login.ts';
import type { Secret } from '../../secrets/index.ts';
import { DatabaseProblem, diskFull, errorCodeOf } from '../problem.ts';

/** The migrations of this server. */
export const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../../../migrations');

const MIGRATION_SCHEMA = 'migration';
/** More than this server will ever have: an end for the loop. */
const MIGRATION_LIMIT = 10_000;
const FILE_NAME = /^\d{4}_[a-z0-9_]+\.sql$/;
const NOT_MIGRATIONS = ['schema.sql'];
const DISK_FULL = '53100';

/**
 * Runs the migrations that are missing, forward only, each in a transaction of its own, and returns their
 * names. Safe with several starters: each step takes the migrator's lock and looks again. Refuses with
 * `migration_failed` (the database stays as the last good one left it) and `schema_newer`.
 */
export async function migrate(adminUrl: Secret, folder: string): Promise<string[]> {
  const pool = new Pool({ connectionString: parseDatabaseUrl(adminUrl).href, max: 2 });
  let lost: Error | undefined;
  pool.on('error', (error) => (lost = error));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const provider = { getMigrations: async () => readMigrations(folder) };
  const migrator = new Migrator({ db, provider, migrationTableSchema: MIGRATION_SCHEMA });
  const done: string[] = [];
  try {
    while (done.length < MIGRATION_LIMIT) {
      const step = await migrator.migrateUp();
      if (step.error !== undefined) throw migrationProblem(step, lost);
      if (step.results === undefined || step.results.length === 0) break;
      done.push(...step.results.map((result) => result.migrationName));
    }
  } finally {
    await db.destroy();
  }
  return done;
}

async function readMigrations(folder: string): Promise<Record<string, Migration>> {
  const migrations: Record<string, Migration> = {};
  for (const file of await readdir(folder)) {
    if (NOT_MIGRATIONS.includes(file)) continue;
    if (!FILE_NAME.test(file)) {
      throw new DatabaseProblem(
        'migration_failed',
        `${join(folder, file)} is not named like 0001_what_it_does.sql.`,
      );
    }
    const text = await readFile(join(folder, file), 'utf8');
    migrations[file.replace(/\.sql$/, '')] = {
      up: async (db: Kysely<unknown>) => {
        await sql.raw(text).execute(db);
      },
    };
  }
  return migrations;
}

function migrationProblem(step: MigrationResultSet, lost: Error | undefined): unknown {
  const { error } = step;
  if (error instanceof DatabaseProblem) return error;
  if (errorCodeOf(error) === DISK_FULL) return diskFull('the database', error);
  const text = lost === undefined ? String(error) : `${String(error)}; ${lost.message}`;
  if (/previously executed migration .* is missing/.test(text)) {
    return new DatabaseProblem(
      'schema_newer',
      `The database was used by a newer version of Claviger (${text}). Start that version, or restore a ` +
        'backup that is as old as this one.',
      error,
    );
  }
  const name = step.results?.find((result) => result.status === 'Error')?.migrationName ?? 'a migration';
  const advice = 'The database is as it was before; send this line to whoever maintains your installation.';
  return new DatabaseProblem('migration_failed', `${name} could not be applied: ${text}. ${advice}`, error);
}
