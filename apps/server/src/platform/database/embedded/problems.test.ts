import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  canStrangersRunUs,
  isRoot,
  newDatabaseFolder,
  newProgramFolder,
  prepareDatabaseCopies,
  smallDisk,
} from '../../../../test/embedded/database-folder.ts';
import { testSecret } from '../../../../test/database-server.ts';
import { openDatabase, type DatabaseNotice } from '../index.ts';
import { queryNamed } from '../query.ts';
import { chooseAccount, runProgram } from './account.ts';
import { findPackage, prepareBinaries } from './binaries.ts';
import { startEmbedded } from './index.ts';

/** Real processes on a disk that others use too. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
const WAIT = { timeout: 60_000, interval: 20 };
const ignore = (): void => {
  // These tests look at refusals, not at the log.
};

const copyDatabase = await prepareDatabaseCopies();

async function refusalOf(folder: string): Promise<unknown> {
  return startEmbedded({ folder, report: ignore }).then(
    async (database) => {
      await database.stop();
      return 'started';
    },
    (error: unknown) => error,
  );
}

describe('a start refuses', () => {
  it('a folder with files of somebody else, and leaves it as it was', async () => {
    const folder = newDatabaseFolder();
    mkdirSync(folder, { mode: 0o750 });
    writeFileSync(join(folder, 'holiday.jpg'), '');
    expect(await refusalOf(folder)).toMatchObject({ code: 'folder_not_ours' });
    expect(readdirSync(folder)).toEqual(['holiday.jpg']);
    expect(statSync(folder).mode & 0o777).toBe(0o750);
  });

  it('a file in the place of the folder', async () => {
    const folder = newDatabaseFolder();
    writeFileSync(folder, '');
    expect(await refusalOf(folder)).toMatchObject({ code: 'folder_not_ours' });
  });

  it('a cluster of another major version of PostgreSQL', async () => {
    const folder = copyDatabase();
    writeFileSync(join(folder, 'cluster/PG_VERSION'), '17\n');
    expect(await refusalOf(folder)).toMatchObject({
      code: 'other_version',
      message: expect.stringContaining('PostgreSQL 17') as string,
    });
  });

  it('a folder whose password file is missing', async () => {
    const folder = copyDatabase();
    rmSync(join(folder, 'admin-password'));
    expect(await refusalOf(folder)).toMatchObject({ code: 'admin_password_missing' });
  });

  it('a damaged cluster, with the words of PostgreSQL', async () => {
    const folder = copyDatabase();
    rmSync(join(folder, 'cluster/global/pg_control'));
    expect(await refusalOf(folder)).toMatchObject({
      code: 'start_failed',
      message: expect.stringContaining('pg_control') as string,
    });
  });

  it('a port that somebody else listens on', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void holder.close());
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const folder = copyDatabase();
    await expect(startEmbedded({ folder, report: ignore, port })).rejects.toMatchObject({
      code: 'port_busy',
    });
    expect(await refusalOf(folder)).toBe('started');
  });

  it.runIf(isRoot)('a folder of its own that the user PostgreSQL runs as cannot enter', async () => {
    const home = newDatabaseFolder('home');
    mkdirSync(join(home, 'data'), { mode: 0o700, recursive: true });
    chmodSync(home, 0o700);
    expect(await refusalOf(join(home, 'data'))).toMatchObject({ code: 'no_permission' });
  });

  it.runIf(isRoot)('a link that leads anywhere but to a database of root', async () => {
    const folder = newDatabaseFolder();
    symlinkSync(newDatabaseFolder('other'), folder);
    expect(await refusalOf(folder)).toMatchObject({ code: 'folder_not_ours' });
  });

  it.runIf(canStrangersRunUs)('a folder in which the user who starts it may not write', async () => {
    const folder = newDatabaseFolder();
    mkdirSync(folder);
    const { runEmbedded } = await import('../../../../test/embedded/embedded-process.ts');
    await expect(runEmbedded({ folder, uid: 65_534 })).rejects.toThrow(/may not write/);
  });
});

it('serves on a port of 127.0.0.1 where sockets are not to be had', async () => {
  const folder = copyDatabase();
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise((resolve) => probe.close(resolve));
  const database = await startEmbedded({ folder, report: ignore, port });
  const client = new Client({ connectionString: database.adminUrl.revealText() });
  await client.connect();
  expect((await client.query('select inet_server_port() as port')).rows).toEqual([{ port }]);
  await client.end();
  await database.stop();
});

describe('the programs of PostgreSQL', () => {
  it('get the links that an install script would have made', async () => {
    const { nativeFolder, build } = await findPackage();
    const copy = join(newProgramFolder('package'), 'native');
    cpSync(nativeFolder, copy, {
      recursive: true,
      filter: (path) => !/\.so(\.\d+)?$/.test(path) || isFile(path),
    });
    const account = await chooseAccount('/nowhere');
    const binaries = await prepareBinaries(
      { folder: newProgramFolder('data'), account },
      { nativeFolder: copy, build },
    );
    expect(binaries.postgres).toBe(join(copy, 'bin/postgres'));
    expect((await runProgram(binaries.postgres, ['--version'], account)).output).toContain('PostgreSQL) 18');
  });

  it.runIf(isRoot)('are copied into the data folder when they lie where their user cannot go', async () => {
    const { nativeFolder, build } = await findPackage();
    const home = newProgramFolder('home');
    mkdirSync(home, { mode: 0o700 });
    execFileSync('cp', ['-a', nativeFolder, join(home, 'native')]);
    const folder = newProgramFolder('data');
    mkdirSync(folder, { mode: 0o711 });
    const account = await chooseAccount('/nowhere');
    const from = { nativeFolder: join(home, 'native'), build };
    const binaries = await prepareBinaries({ folder, account }, from);
    expect(binaries.postgres).toBe(join(folder, `native-${build}`, 'native/bin/postgres'));
    expect((await runProgram(binaries.initdb, ['--version'], account)).output).toContain('PostgreSQL) 18');
    expect(await prepareBinaries({ folder, account }, from)).toEqual(binaries);
  });

  it('are refused with their own words when they do not run on this machine', async () => {
    const nativeFolder = join(newProgramFolder('package'), 'native');
    mkdirSync(join(nativeFolder, 'bin'), { recursive: true });
    writeFileSync(join(nativeFolder, 'bin/postgres'), '#!/bin/sh\necho wrong libc; exit 127\n', {
      mode: 0o755,
    });
    const folder = newProgramFolder('data');
    mkdirSync(folder);
    const account = await chooseAccount('/nowhere');
    await expect(prepareBinaries({ folder, account }, { nativeFolder, build: 'x' })).rejects.toMatchObject({
      code: 'binaries_unusable',
      message: expect.stringContaining('wrong libc') as string,
    });
  });
});

function isFile(path: string): boolean {
  return statSync(path).isFile() && execFileSync('readlink', ['-f', path]).toString().trim() === path;
}

/** Mounting a small disk takes root; elsewhere these are not run. */
describe.runIf(isRoot)('a full disk', () => {
  it('is named when the first start makes the database, and half of one is not left behind', async ({
    skip,
  }) => {
    const disk = smallDisk(24) ?? skip('no disk can be mounted here');
    const folder = join(disk, 'database');
    expect(await refusalOf(folder)).toMatchObject({ code: 'disk_full' });
    expect(readdirSync(folder)).not.toContain('cluster');
    execFileSync('mount', ['-o', 'remount,size=200m', disk]);
    expect(await refusalOf(folder)).toBe('started');
  });

  it('is named when a later start finds no room', async ({ skip }) => {
    // Below a closed home the programs are copied beside the database: 60 MB.
    const disk = smallDisk(200) ?? skip('no disk can be mounted here');
    const folder = join(disk, 'database');
    execFileSync('cp', ['-a', copyDatabase(), folder]);
    fill(disk);
    expect(await refusalOf(folder)).toMatchObject({ code: 'disk_full' });
    rmSync(join(disk, 'filler'));
    expect(await refusalOf(folder)).toBe('started');
  });

  it('refuses what cannot be kept while the server runs, and works again when there is room', async ({
    skip,
  }) => {
    const disk = smallDisk(200) ?? skip('no disk can be mounted here');
    const notices: DatabaseNotice[] = [];
    const report = (notice: DatabaseNotice): void => void notices.push(notice);
    const embedded = await startEmbedded({ folder: join(disk, 'database'), report });
    const database = await openDatabase({
      adminUrl: embedded.adminUrl,
      installationSecret: testSecret,
      report,
    });
    await plantTable(embedded.adminUrl.revealText());
    const add = async (megabytes: number): Promise<unknown> =>
      database.transact({ kind: 'installation' }, async (tx) =>
        queryNamed(tx, {
          name: 'fill',
          text: 'insert into filling select gen_random_uuid() from generate_series(1, $1::int * 20000)',
          values: [megabytes],
        }),
      );
    await add(1);
    fill(disk, 300);
    await expect(
      (async () => {
        for (let megabytes = 0; megabytes < 200; megabytes += 1) await add(1);
      })(),
    ).rejects.toMatchObject({ code: 'temporarily_unavailable' });
    expect(notices).toContainEqual(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'disk_full' }) as unknown }),
    );
    rmSync(join(disk, 'filler'));
    await vi.waitFor(async () => add(1), WAIT);
    await database.close();
    await embedded.stop();
  });
});

async function plantTable(adminUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query('create table claviger.filling (id uuid primary key)');
  await admin.end();
}

/** Takes all room but so many KiB. */
function fill(disk: string, leftKib = 0): void {
  const free = execFileSync('df', ['--output=avail', '-k', disk]).toString().split('\n')[1];
  execFileSync('fallocate', ['-l', `${Number(free) - leftKib}K`, join(disk, 'filler')]);
}

describe('root below a closed home', () => {
  it.runIf(isRoot)('keeps the database in an open place, with a link where it was wanted', async () => {
    const home = newDatabaseFolder('home');
    mkdirSync(home, { mode: 0o700 });
    const folder = join(home, 'claviger/data/postgres');

    expect(await refusalOf(folder)).toBe('started');

    const target = readlinkSync(folder);
    onTestFinished(() => {
      rmSync(target, { recursive: true });
    });
    expect(target).toMatch(/^\/var\/lib\/claviger\/[0-9a-f]{16}$/);
    expect(await refusalOf(folder)).toBe('started');
    expect(readlinkSync(folder)).toBe(target);
  });
});
