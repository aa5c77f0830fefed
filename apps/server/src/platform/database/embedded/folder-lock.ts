import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseProblem, errorCodeOf, fileProblem } from '../problem.ts';

/** Held while this process owns a data folder. */
export interface FolderLock {
  release(): void;
}

const LOCK_FILE = 'owner.lock';
const OWNER_FILE = 'owner.json';
const SQLITE_BUSY = 5;

/**
 * Takes the folder for this process, or refuses with `folder_in_use` and says who has it. The lock is the
 * operating system's, taken through SQLite (fcntl or LockFileEx): it dies with its holder, so nothing stale
 * is ever left to recognise, on no platform and in no container. The pid and the start time beside it are for
 * the message alone.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const held = takeLock(join(folder, LOCK_FILE));
  if (held === undefined) throw new DatabaseProblem('folder_in_use', await inUseMessage(folder));
  try {
    const startedAt = Math.round(Date.now() - process.uptime() * 1000);
    await writeFile(join(folder, OWNER_FILE), JSON.stringify({ pid: process.pid, startedAt }));
  } catch (error) {
    held.close();
    throw fileProblem(error, folder);
  }
  return { release: () => held.close() };
}

function takeLock(path: string): DatabaseSync | undefined {
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(path, { timeout: 0 });
    file.exec('pragma journal_mode = memory; begin exclusive');
    return file;
  } catch (error) {
    file?.close();
    if (isBusy(error)) return undefined;
    const advice = 'Give the data folder to the user that starts this program.';
    throw new DatabaseProblem('no_permission', `The lock file ${path} cannot be opened. ${advice}`, error);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

async function inUseMessage(folder: string): Promise<string> {
  const advice =
    'With the embedded database one copy runs at a time: stop the other, or give both an external database.';
  return `${await describeOwner(folder)} uses the data folder ${folder}. ${advice}`;
}

async function describeOwner(folder: string): Promise<string> {
  try {
    const owner: unknown = JSON.parse(await readFile(join(folder, OWNER_FILE), 'utf8'));
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('startedAt' in owner)) {
      return 'Another Claviger';
    }
    const startedAt = new Date(Number(owner.startedAt)).toISOString();
    return `Another Claviger (process ${Number(owner.pid)}, started ${startedAt})`;
  } catch (error) {
    // The other one has the lock but has not written its name yet, or is just writing it.
    if (error instanceof SyntaxError || errorCodeOf(error) === 'ENOENT') return 'Another Claviger';
    throw error;
  }
}
