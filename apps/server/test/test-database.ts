import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { inject } from 'vitest';
import { columnTypes } from '../src/platform/database/connection/column-types.ts';
import { connectDatabase, type Database, type DatabaseNotice } from '../src/platform/database/index.ts';
import { Secret } from '../src/platform/secrets/index.ts';
import { testSecret } from './database-server.ts';
import type {} from './global-setup.ts';

/** A database of one test file, migrated and empty. */
export interface TestDatabase {
  readonly database: Database;
  /** The administrator's address; row-level security does not hold for it. */
  readonly adminUrl: Secret;
  /** What the database told the log. */
  readonly notices: readonly DatabaseNotice[];
  /** Runs statements past row-level security: to plant rows, and to see what is really there. */
  asAdmin<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

interface TestDatabaseOptions {
  /** Switches row-level security off, to show that the application's own checks hold without it. */
  readonly isRowSecurityOff?: boolean;
}

/** Clones the migrated template in some ten milliseconds: files copy fast where fsync is off. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const templateUrl = new URL(inject('databaseTemplateUrl'));
  const template = templateUrl.pathname.slice(1);
  const name = `test_${randomBytes(8).toString('hex')}`;
  const clone = `create database ${name} template ${template} strategy file_copy`;
  await runOn(databaseUrl(templateUrl, 'postgres'), clone);
  const adminUrl = new Secret(databaseUrl(templateUrl, name));
  // One connection, so that what a test asks at once is done one after the other.
  const admin = new Pool({
    connectionString: adminUrl.revealText(),
    types: columnTypes,
    max: 1,
    idleTimeoutMillis: 0,
  });
  if (options.isRowSecurityOff === true) await switchRowSecurityOff(admin);
  const notices: DatabaseNotice[] = [];
  const report = (notice: DatabaseNotice): void => void notices.push(notice);
  const database = await connectDatabase({ adminUrl, installationSecret: testSecret, report });
  return {
    database,
    adminUrl,
    notices,
    asAdmin: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await admin.query<Row>(text, [...values])).rows,
    drop: async () => {
      await database.close();
      await admin.end();
      await runOn(databaseUrl(templateUrl, 'postgres'), `drop database ${name}`);
    },
  };
}

function databaseUrl(url: URL, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

async function runOn(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function switchRowSecurityOff(admin: Pool): Promise<void> {
  const tables = await admin.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'claviger'`,
  );
  for (const { name } of tables.rows) {
    await admin.query(`alter table ${name} no force row level security, disable row level security`);
  }
}
