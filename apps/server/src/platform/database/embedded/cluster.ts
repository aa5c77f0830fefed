import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseProblem, diskFull, fileProblem } from '../problem.ts';
import { runProgram, type RunAs } from './account.ts';
import { COPY_PREFIX, type Binaries } from './binaries.ts';
import { exists, makePrivateFolder, readIfThere, syncFolder, writePrivateFile } from './files.ts';

/** What lies where in the data folder of the database. */
export interface Layout {
  readonly folder: string;
  readonly cluster: string;
  readonly unfinishedCluster: string;
  readonly passwordFile: string;
  readonly socketFolder: string;
}

/** The superuser of the embedded database. */
export const ADMIN_NAME = 'claviger_admin';
const PASSWORD_BYTES = 32;
/** How PostgreSQL's programs say that the disk is full. */
export const NO_SPACE = /No space left on device|Disk quota exceeded/;

export function layoutOf(folder: string): Layout {
  return {
    folder,
    cluster: join(folder, 'cluster'),
    unfinishedCluster: join(folder, 'cluster.unfinished'),
    passwordFile: join(folder, 'admin-password'),
    socketFolder: join(folder, 'socket'),
  };
}

/**
 * Makes the data folder if there is none. Refuses with `folder_not_ours` when other files lie in it, and with
 * `no_permission` when the account that PostgreSQL runs as could not enter it.
 */
export async function openDataFolder(layout: Layout, account: RunAs): Promise<void> {
  try {
    await mkdir(layout.folder, { recursive: true });
    const foreign = (await readdir(layout.folder)).find((name) => !isOurs(name));
    if (foreign !== undefined) throw notOurs(layout.folder, foreign);
    // The account must pass through to its own parts, and need not see what else is here.
    await chmod(layout.folder, account === undefined ? 0o700 : 0o711);
  } catch (error) {
    throw fileProblem(error, layout.folder);
  }
  if (account === undefined) return;
  const entered = await runProgram('/bin/sh', ['-c', 'cd "$1"', 'sh', layout.folder], account);
  if (entered.exitCode === 0) return;
  throw new DatabaseProblem(
    'no_permission',
    `The user "${account.name}", as whom root runs PostgreSQL, may not enter ${layout.folder}: a folder ` +
      'above it is closed. Choose a folder such as /var/lib/claviger, or start as an ordinary user.',
  );
}

function isOurs(name: string): boolean {
  const ours = ['cluster', 'cluster.unfinished', 'admin-password', 'socket', 'owner.json'];
  return ours.includes(name) || name.startsWith('owner.lock') || name.startsWith(COPY_PREFIX);
}

function notOurs(folder: string, foreign: string): DatabaseProblem {
  return new DatabaseProblem(
    'folder_not_ours',
    `The data folder ${folder} holds files that are not Claviger's ("${foreign}"). Choose an empty folder.`,
  );
}

/**
 * Makes the cluster on the first start, complete or not at all, and returns the superuser's password (drawn
 * at random, kept in a file that only the account can read). Refuses with `other_version`,
 * `admin_password_missing`, `disk_full`.
 */
export async function ensureCluster(layout: Layout, binaries: Binaries, account: RunAs): Promise<string> {
  const version = await readIfThere(join(layout.cluster, 'PG_VERSION'));
  const password = await readIfThere(layout.passwordFile);
  if (version === undefined) {
    if (await exists(layout.cluster)) throw notOurs(layout.folder, 'cluster');
    return createCluster(layout, binaries, account);
  }
  if (version.trim() !== binaries.major) {
    throw new DatabaseProblem(
      'other_version',
      `The data in ${layout.folder} was made by PostgreSQL ${version.trim()}, this program brings ` +
        `${binaries.major}. Start the version of Claviger that made it, back up there, and restore here.`,
    );
  }
  if (password === undefined) {
    throw new DatabaseProblem(
      'admin_password_missing',
      `The file ${layout.passwordFile} is missing. Put it back from a backup of the data folder.`,
    );
  }
  return password;
}

async function createCluster(layout: Layout, binaries: Binaries, account: RunAs): Promise<string> {
  const target = layout.unfinishedCluster;
  try {
    const password = randomBytes(PASSWORD_BYTES).toString('base64url');
    await rm(target, { recursive: true, force: true });
    await rm(layout.passwordFile, { force: true });
    await writePrivateFile(layout.passwordFile, password, account);
    await makePrivateFolder(target, account);
    const made = await runProgram(binaries.initdb, initdbParameters(target, layout.passwordFile), account);
    if (made.exitCode !== 0) throw initdbProblem(layout.folder, made.output);
    await rename(target, layout.cluster);
    await syncFolder(layout.folder);
    return password;
  } catch (error) {
    // Half a cluster on a full disk would keep it full; the next start begins anew.
    await rm(target, { recursive: true, force: true });
    throw fileProblem(error, layout.folder);
  }
}

function initdbParameters(target: string, passwordFile: string): string[] {
  return [
    ...['--pgdata', target, '--username', ADMIN_NAME, '--pwfile', passwordFile],
    ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--data-checksums'],
    ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...['--set', 'timezone=UTC', '--set', 'log_timezone=UTC'],
  ];
}

function initdbProblem(folder: string, output: string): DatabaseProblem {
  if (NO_SPACE.test(output)) return diskFull(folder, output);
  return new DatabaseProblem('start_failed', `PostgreSQL could not make its data in ${folder}: ${output}`);
}
