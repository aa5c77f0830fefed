import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  canStrangersRunUs,
  isRoot,
  newDatabaseFolder,
  prepareDatabaseCopies,
} from '../../../../test/embedded/database-folder.ts';
import { testSecret } from '../../../../test/database-server.ts';
import { runEmbedded } from '../../../../test/embedded/embedded-process.ts';
import type { Secret } from '../../secrets/index.ts';
import { endLeftover, startDatabase, type DatabaseNotice, type Heard } from '../index.ts';
import { queryNamed } from '../query.ts';
import { chooseAccount } from './account.ts';
import { startEmbedded, type EmbeddedDatabase } from './index.ts';

const ignore = (): void => {
  // These tests look at the database, not at its log.
};
const NOBODY = 65_534;
/** Real processes on a disk that others use too. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const WAIT = { timeout: 30_000, interval: 5 };

async function ask(adminUrl: Secret | string, text: string): Promise<object[]> {
  const connectionString = typeof adminUrl === 'string' ? adminUrl : adminUrl.revealText();
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<object>(text)).rows;
  } finally {
    await client.end();
  }
}

async function start(folder: string, options: { report?: (notice: DatabaseNotice) => void } = {}) {
  return startEmbedded({ folder, report: ignore, ...options });
}

async function serves(database: EmbeddedDatabase): Promise<boolean> {
  return (await ask(database.adminUrl, 'select 1')).length === 1;
}

const copyDatabase = await prepareDatabaseCopies();

it('makes the database at the first start and finds it again at the next', async () => {
  const folder = newDatabaseFolder();
  const first = await start(folder);
  await ask(first.adminUrl, 'create table kept (word text); insert into kept values ($$here$$)');
  await first.stop();
  const second = await start(folder);
  expect(await ask(second.adminUrl, 'select word from kept')).toEqual([{ word: 'here' }]);
  await second.stop();
});

it('keeps what it has acknowledged: fsync, checksums, a locale of its own, no network', async () => {
  const database = await start(copyDatabase());
  const [settings] = await ask(
    database.adminUrl,
    `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
       current_setting('data_checksums') as checksums, current_setting('listen_addresses') as network,
       current_setting('password_encryption') as passwords, datlocprovider as provider, datlocale as locale
     from pg_database where datname = 'claviger'`,
  );
  expect(settings).toEqual({
    fsync: 'on',
    pages: 'on',
    checksums: 'on',
    network: '',
    passwords: 'scram-sha-256',
    provider: 'b',
    locale: 'C.UTF-8',
  });
  await database.stop();
});

it('asks the administrator for a password that only one user can read', async () => {
  const folder = copyDatabase();
  const database = await start(folder);
  const wrong = new URL(database.adminUrl.revealText());
  wrong.password = 'guessed';
  await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  expect(statSync(join(folder, 'admin-password')).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'socket')).mode & 0o777).toBe(0o700);
  await database.stop();
});

it('refuses a second copy and says which process has the folder', async () => {
  const folder = copyDatabase();
  const first = await start(folder);
  await expect(start(folder)).rejects.toMatchObject({
    code: 'folder_in_use',
    message: expect.stringContaining(`process ${process.pid}, started`) as string,
  });
  expect(await serves(first)).toBe(true);
  await first.stop();
});

it('refuses a second copy of another process too', async () => {
  const folder = copyDatabase();
  const other = await runEmbedded({ folder });
  await expect(start(folder)).rejects.toMatchObject({ code: 'folder_in_use' });
  await other.stop();
  const afterwards = await start(folder);
  await afterwards.stop();
});

it('has every row that was acknowledged before the program and PostgreSQL were killed together', async () => {
  const folder = copyDatabase();
  const killed = await runEmbedded({ folder });
  await ask(killed.adminUrl, 'create table kept (number int)');
  const writer = new Client({ connectionString: killed.adminUrl });
  writer.on('error', ignore);
  await writer.connect();
  let acknowledged = 0;
  const write = async (): Promise<never> => {
    for (;;) {
      await writer.query('insert into kept values ($1)', [acknowledged]);
      acknowledged += 1;
    }
  };
  const interruption = expect(write()).rejects.toThrow();
  await vi.waitFor(() => expect(acknowledged).toBeGreaterThan(200), WAIT);
  process.kill(killed.postgresPid, 'SIGKILL');
  await killed.kill();
  await interruption;

  const recovered = await start(folder);
  const [found] = await ask(recovered.adminUrl, 'select count(*)::int as rows from kept');
  // One more may be there: committed, and killed before it was acknowledged.
  expect(found).toSatisfy(({ rows }: { rows: number }) => rows === acknowledged || rows === acknowledged + 1);
  await recovered.stop();
});

it('adopts the PostgreSQL that outlived its program, and keeps it running', async () => {
  const folder = copyDatabase();
  const killed = await runEmbedded({ folder });
  await killed.kill();
  const notices: DatabaseNotice[] = [];
  const adopter = await start(folder, { report: (notice) => notices.push(notice) });
  expect(adopter.pid).toBe(killed.postgresPid);
  expect(notices).toContainEqual({ kind: 'postgres_started', pid: killed.postgresPid, isAdopted: true });

  process.kill(adopter.pid, 'SIGKILL');
  await vi.waitFor(() => expect(adopter.pid).not.toBe(killed.postgresPid), WAIT);
  expect(await serves(adopter)).toBe(true);
  await adopter.stop();
});

it('ends the PostgreSQL that outlived its program, but none that a program looks after', async () => {
  const folder = copyDatabase();
  const first = await runEmbedded({ folder });
  expect(await endLeftover(folder)).toBe(false);
  expect(await ask(first.adminUrl, 'select 1')).toHaveLength(1);

  await first.kill();
  expect(await endLeftover(folder)).toBe(true);

  expect(existsSync(join(folder, 'cluster/postmaster.pid'))).toBe(false);
  expect(await endLeftover(folder)).toBe(false);
  expect(await endLeftover(newDatabaseFolder())).toBe(false);
});

it('replaces a leftover that runs with other settings than ours', async () => {
  const folder = copyDatabase();
  const killed = await runEmbedded({ folder });
  await killed.kill();
  const database = await startEmbedded({ folder, report: ignore, isDisposable: true });
  expect(database.pid).not.toBe(killed.postgresPid);
  expect(await ask(database.adminUrl, 'show fsync')).toEqual([{ fsync: 'off' }]);
  await database.stop();
});

it('starts although the number in an old pid file now belongs to a stranger', async () => {
  const folder = copyDatabase();
  const first = await start(folder);
  const files = ['cluster/postmaster.pid', 'socket/.s.PGSQL.5432.lock'].map((name) => {
    const path = join(folder, name);
    return { path, text: readFileSync(path, 'utf8') };
  });
  const { uid, gid } = statSync(join(folder, 'cluster'));
  await first.stop();
  const stranger = spawn('sleep', ['60'], { uid, gid });
  onTestFinished(() => void stranger.kill());
  await once(stranger, 'spawn');
  for (const { path, text } of files) writeFileSync(path, text.replace(/^\d+/, String(stranger.pid)));

  const second = await start(folder);
  expect(await serves(second)).toBe(true);
  await second.stop();
});

it('starts PostgreSQL again whenever it dies, and says so', async () => {
  const notices: DatabaseNotice[] = [];
  const database = await start(copyDatabase(), { report: (notice) => notices.push(notice) });
  for (const restartInMs of [100, 200]) {
    const { pid } = database;
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(database.pid).not.toBe(pid), WAIT);
    expect(notices).toContainEqual({ kind: 'postgres_died', cause: 'signal SIGKILL', restartInMs });
  }
  expect(await serves(database)).toBe(true);
  await database.stop();
});

it('stops while it waits to start a dead PostgreSQL again', async () => {
  const folder = copyDatabase();
  const deaths: DatabaseNotice[] = [];
  const database = await start(folder, {
    report: (notice) => {
      if (notice.kind === 'postgres_died') deaths.push(notice);
    },
  });
  process.kill(database.pid, 'SIGKILL');
  await vi.waitFor(() => expect(deaths).toHaveLength(1), WAIT);
  await database.stop();
  const again = await start(folder);
  await again.stop();
});

it('serves from a folder whose path is too long for a socket', async () => {
  const folder = copyDatabase(`long-${'x'.repeat(120)}`);
  const database = await start(folder);
  const socket = decodeURIComponent(new URL(database.adminUrl.revealText()).hostname);
  expect(socket.startsWith(folder)).toBe(false);
  expect(statSync(socket).mode & 0o777).toBe(0o700);
  expect(await serves(database)).toBe(true);
  await database.stop();
  expect(existsSync(socket)).toBe(false);
  const again = await start(folder);
  expect(await serves(again)).toBe(true);
  await again.stop();
});

it('serves from a folder with spaces, commas and letters of other scripts in its path', async () => {
  const database = await start(copyDatabase('Tür, "門" 1'));
  expect(await serves(database)).toBe(true);
  await database.stop();
});

it.runIf(isRoot)('runs PostgreSQL as an ordinary user when root starts it', async () => {
  const folder = copyDatabase();
  const database = await start(folder);
  const account = await chooseAccount(join(folder, 'cluster'));
  expect(account?.uid).toBeGreaterThan(0);
  expect(statSync(`/proc/${database.pid}`).uid).toBe(account?.uid);
  await database.stop();
});

it.runIf(canStrangersRunUs)('runs as the user who starts it when that is not root', async () => {
  const folder = join(newDatabaseFolder(), '../open/database');
  mkdirSync(join(folder, '..'));
  chmodSync(join(folder, '..'), 0o777);
  const ordinary = await runEmbedded({ folder, uid: NOBODY });
  expect(statSync(`/proc/${ordinary.postgresPid}`).uid).toBe(NOBODY);
  expect(await ask(ordinary.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  await ordinary.stop();
});

describe('a server on its embedded database', () => {
  const installation = { kind: 'installation' } as const;
  const now = { name: 'now', text: 'select now() as at', values: [] };

  it('fails the transaction under way when PostgreSQL dies, serves the next, and hears again', async () => {
    const notices: DatabaseNotice[] = [];
    const report = (notice: DatabaseNotice): void => void notices.push(notice);
    const engine = { kind: 'embedded', folder: copyDatabase() } as const;
    const database = await startDatabase({ engine, installationSecret: testSecret, report });
    const heard: Heard[] = [];
    await database.listen('doors', (one) => heard.push(one));
    const started = notices.find((notice) => notice.kind === 'postgres_started');

    const interrupted = database.transact(installation, async (tx) => {
      await queryNamed(tx, now);
      if (started) process.kill(started.pid, 'SIGKILL');
      return queryNamed(tx, { name: 'long', text: 'select pg_sleep(20)', values: [] });
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'temporarily_unavailable' });
    await vi.waitFor(async () => database.transact(installation, async (tx) => queryNamed(tx, now)), WAIT);
    await vi.waitFor(() => expect(heard).toEqual([{ kind: 'gap' }]), WAIT);
    expect(notices.map(({ kind }) => kind)).toContain('postgres_died');
    await database.close();
  });

  it('finishes what is under way, closes its connections, then stops PostgreSQL', async () => {
    const folder = copyDatabase();
    const notices: DatabaseNotice[] = [];
    const report = (notice: DatabaseNotice): void => void notices.push(notice);
    const engine = { kind: 'embedded', folder } as const;
    const database = await startDatabase({ engine, installationSecret: testSecret, report });
    const gate = Promise.withResolvers<undefined>();
    const underWay = database.transact(installation, async (tx) => {
      await queryNamed(tx, now);
      await gate.promise;
      return queryNamed(tx, now);
    });
    const closing = database.close();
    gate.resolve(undefined);
    expect(await underWay).toHaveLength(1);
    await closing;
    expect(existsSync(join(folder, 'cluster/postmaster.pid'))).toBe(false);
    expect(notices.map(({ kind }) => kind)).not.toContain('connection_lost');
    await expect(database.transact(installation, async (tx) => queryNamed(tx, now))).rejects.toThrow();
  });
});
