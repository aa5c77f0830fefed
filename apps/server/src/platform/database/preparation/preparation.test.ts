import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startDatabaseServer, testSecret, type DatabaseServer } from '../../../../test/database-server.ts';
import { Secret } from '../../secrets/index.ts';
import { loginUrl } from '../connection/login.ts';
import { addJob, newIdentifier, openDatabase, type DatabaseNotice } from '../index.ts';
import { query } from '../query.ts';
import { prepareDatabase } from './index.ts';
import { MIGRATIONS_FOLDER } from './migrations.ts';

/** A PostgreSQL of this file alone: what is tried here are the roles, which all its databases share. */
let server: DatabaseServer;
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

beforeAll(async () => {
  server = await startDatabaseServer();
});
afterAll(async () => server.stop());

const ignore = (): void => {
  // These tests look at the database and at refusals.
};

async function ask<Row extends object>(url: Secret | string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: typeof url === 'string' ? url : url.revealText() });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** An empty database of its own, and its owner's address. */
async function emptyDatabase(name: string, owner?: { name: string; password: string }): Promise<Secret> {
  const url = new URL(server.templateUrl.revealText());
  await ask(url.href, `create database ${name} template template0 ${owner ? `owner ${owner.name}` : ''}`);
  url.pathname = `/${name}`;
  if (owner) Object.assign(url, { username: owner.name, password: owner.password });
  return new Secret(url.href);
}

function migrationsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(MIGRATIONS_FOLDER, folder, { recursive: true });
  return folder;
}

async function prepare(adminUrl: Secret, folder?: string, secret = testSecret): Promise<readonly string[]> {
  const notices: DatabaseNotice[] = [];
  await prepareDatabase({
    adminUrl,
    installationSecret: secret,
    report: (notice) => notices.push(notice),
    ...(folder !== undefined && { migrationsFolder: folder }),
  });
  return notices.flatMap((notice) => (notice.kind === 'migrated' ? notice.migrations : []));
}

const ourMigrations = readdirSync(MIGRATIONS_FOLDER)
  .filter((name) => /^\d{4}_/.test(name))
  .map((name) => name.replace('.sql', ''))
  .sort();

describe('migrations', () => {
  it('run once each when three copies start at once on an empty database', async () => {
    const adminUrl = await emptyDatabase('three_at_once');
    const ran = await Promise.all([prepare(adminUrl), prepare(adminUrl), prepare(adminUrl)]);
    expect(ran.flat().sort()).toEqual(ourMigrations);
    expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await prepare(adminUrl)).toEqual([]);
  });

  it('keep what the good ones did when a later one fails, and say which', async () => {
    const adminUrl = await emptyDatabase('half_good');
    const folder = migrationsFolder();
    writeFileSync(join(folder, '9001_good.sql'), 'create table claviger.good (id int)');
    writeFileSync(join(folder, '9002_bad.sql'), 'create table claviger.half (id int); select nonsense()');
    await expect(prepare(adminUrl, folder)).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringMatching(/9002_bad .*nonsense/) as string,
    });
    const tables = await ask(
      adminUrl,
      "select to_regclass('claviger.good') as good, to_regclass('claviger.half') as half",
    );
    expect(tables).toEqual([{ good: 'claviger.good', half: null }]);
    rmSync(join(folder, '9002_bad.sql'));
    expect(await prepare(adminUrl, folder)).toEqual([]);
  });

  it('refuse a database that a newer version has used', async () => {
    const adminUrl = await emptyDatabase('newer');
    const folder = migrationsFolder();
    writeFileSync(join(folder, '9001_newer.sql'), 'select 1');
    await prepare(adminUrl, folder);
    await expect(prepare(adminUrl)).rejects.toMatchObject({
      code: 'schema_newer',
      message: expect.stringContaining('9001_newer') as string,
    });
  });

  it('have names with a number, or none is run', async () => {
    const adminUrl = await emptyDatabase('odd_name');
    const folder = migrationsFolder();
    writeFileSync(join(folder, 'quick-fix.sql'), 'select 1');
    await expect(prepare(adminUrl, folder)).rejects.toThrow(/quick-fix.sql is not named like/);
    expect(await ask(adminUrl, "select to_regnamespace('claviger') as schema")).toEqual([{ schema: null }]);
  });
});

describe('the roles of the running server', () => {
  it('can be prepared by an administrator who is no superuser, and the server works', async () => {
    const owner = { name: 'house_owner', password: 'key-under-the-mat' };
    const cluster = await startDatabaseServer({ isPrepared: false });
    onTestFinished(async () => cluster.stop());
    await ask(cluster.templateUrl, `create role ${owner.name} login createrole password '${owner.password}'`);
    await ask(cluster.templateUrl, `create database managed template template0 owner ${owner.name}`);
    const url = new URL(cluster.templateUrl.revealText());
    Object.assign(url, { username: owner.name, password: owner.password, pathname: '/managed' });
    const adminUrl = new Secret(url.href);

    for (const start of ['first', 'second']) {
      const database = await openDatabase({ adminUrl, installationSecret: testSecret, report: ignore });
      await database.transact({ kind: 'installation' }, async (tx) => {
        const [ownerId, entityId] = [newIdentifier(), newIdentifier()];
        await query(tx).insertInto('owners').values({ id: ownerId, name: start }).execute();
        await query(tx)
          .insertInto('entities')
          .values({ id: entityId, owner_id: ownerId, code: 'HOME', name: start, kind: 'home', zone: 'UTC' })
          .execute();
        await addJob(tx, { task: start, payload: {} });
      });
      await database.close();
    }
    const jobs = loginUrl(adminUrl, 'claviger_jobs', testSecret);
    expect(await ask(jobs, 'select task_identifier as task from jobs order by id')).toEqual([
      { task: 'first' },
      { task: 'second' },
    ]);
  });

  it('sign in with passwords of the installation secret, and with no others', async () => {
    const as = (secret: Secret): string => loginUrl(server.templateUrl, 'claviger_app', secret);
    expect(await ask(as(testSecret), 'select current_user as name')).toEqual([{ name: 'claviger_app' }]);
    await expect(ask(as(new Secret('another')), 'select 1')).rejects.toThrow(
      /password authentication failed/,
    );
  });

  it('get their passwords back at the next start', async () => {
    const admin = server.templateUrl;
    await ask(admin, "alter role claviger_jobs password 'forgotten'");
    await prepare(admin);
    const jobs = loginUrl(admin, 'claviger_jobs', testSecret);
    expect(await ask(jobs, 'select current_user as name')).toEqual([{ name: 'claviger_jobs' }]);
  });

  it('begin their sessions in their own schema, in UTC, and with limits', async () => {
    const app = loginUrl(server.templateUrl, 'claviger_app', testSecret);
    const settings = await ask(
      app,
      `select current_setting('search_path') as path, current_setting('timezone') as zone,
         current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
         current_setting('idle_in_transaction_session_timeout') as idle`,
    );
    expect(settings).toEqual([{ path: 'claviger', zone: 'UTC', statement: '30s', lock: '10s', idle: '30s' }]);
  });

  it.each([
    ['claviger_app', 'auth', 'graphile_worker'],
    ['claviger_auth', 'claviger', 'graphile_worker'],
    ['claviger_jobs', 'claviger', 'auth'],
  ] as const)('%s reaches neither schema %s nor %s, nor makes anything', async (role, one, other) => {
    const url = loginUrl(server.templateUrl, role, testSecret);
    const [may] = await ask(
      url,
      `select has_schema_privilege('${one}', 'usage') as one,
         has_schema_privilege('${other}', 'usage') as other,
         has_schema_privilege('public', 'create') as public,
         has_database_privilege(current_database(), 'create, temp') as database`,
    );
    expect(may).toEqual({ one: false, other: false, public: false, database: false });
  });

  it('belong to one installation: another secret does not take them over', async () => {
    await expect(prepare(server.templateUrl, undefined, new Secret('another'))).rejects.toMatchObject({
      code: 'other_installation',
    });
    const app = loginUrl(server.templateUrl, 'claviger_app', testSecret);
    expect(await ask(app, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it.each([
    ['bypassrls', 'nobypassrls', /bypasses row-level security/],
    ['superuser', 'nosuperuser', /is a superuser/],
  ])('are refused with the power %s', async (power, without, said) => {
    await ask(server.templateUrl, `alter role claviger_app ${power}`);
    await expect(prepare(server.templateUrl)).rejects.toMatchObject({
      code: 'role_too_powerful',
      message: expect.stringMatching(said) as string,
    });
    await ask(server.templateUrl, `alter role claviger_app ${without}`);
    expect(await prepare(server.templateUrl)).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    'postgres://host/database',
    'mysql://me:x@host/db',
    'postgres://me:hunter2@/db',
    'nonsense',
    'postgres://me@host',
  ])('that is not complete is refused, and not repeated: %s', async (address) => {
    await expect(prepare(new Secret(address))).rejects.toSatisfy(
      (error: Error) =>
        'code' in error && error.code === 'address_invalid' && !error.message.includes('hunter2'),
    );
  });

  it('where nobody answers is refused', async () => {
    await expect(prepare(new Secret('postgres://me:x@127.0.0.1:1/db'))).rejects.toMatchObject({
      code: 'unreachable',
    });
  });
});
