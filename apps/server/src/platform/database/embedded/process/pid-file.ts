import { readlink, realpath, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { errorCodeOf } from '../../problem.ts';
import { SOCKET_PORT } from './launch-plan.ts';
import { exists, readIfThere } from '../files.ts';

/** What `postmaster.pid` says; `state` is starting, ready, stopping or empty. */
export interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly socketFolder: string;
  readonly state: string;
}

const ANSWER_LIMIT_MS = 2_000;

export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const lines = (await readIfThere(pidFilePath(cluster)))?.split('\n');
  const pid = Number(lines?.[0]);
  // The first line comes first: an empty file is one that is just being written.
  if (lines === undefined || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return {
    pid,
    port: Number(lines[3] ?? SOCKET_PORT),
    socketFolder: lines[4] ?? '',
    state: (lines[7] ?? '').trim(),
  };
}

function pidFilePath(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

/**
 * Whether the process of the file lives and serves this cluster, and is not a stranger that got the same
 * number after a crash. On Linux a postmaster is known by its working folder (which a zombie has not);
 * elsewhere it has to answer at the address in the file.
 */
export async function isServing(cluster: string, file: PidFile): Promise<boolean> {
  if (process.platform !== 'linux') return isAlive(file.pid) && (await answers(file));
  try {
    return (await readlink(`/proc/${file.pid}/cwd`)) === (await realpath(cluster));
  } catch (error) {
    const code = errorCodeOf(error);
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (errorCodeOf(error) === 'EPERM') return true;
    if (errorCodeOf(error) === 'ESRCH') return false;
    throw error;
  }
}

async function answers(file: PidFile): Promise<boolean> {
  const isSocket = file.socketFolder !== '';
  const address = isSocket
    ? { path: join(file.socketFolder, `.s.PGSQL.${file.port}`) }
    : { port: file.port, host: '127.0.0.1' };
  return new Promise((resolve) => {
    const connection = createConnection({ ...address, timeout: ANSWER_LIMIT_MS });
    const settle = (isAnswered: boolean): void => {
      connection.destroy();
      resolve(isAnswered);
    };
    connection.once('connect', () => settle(true));
    connection.once('timeout', () => settle(false));
    connection.once('error', () => settle(false));
  });
}

/**
 * Frees a start from a pid file whose number now belongs to a stranger: PostgreSQL takes a file that names
 * its own parent for stale, and goes on to check the shared memory named further down, which guards against
 * backends that outlived their postmaster. Removing the file would remove that guard.
 */
export async function disownPidFile(cluster: string): Promise<void> {
  const path = pidFilePath(cluster);
  if (!(await exists(path))) return;
  const text = (await readIfThere(path)) ?? '';
  await writeFile(path, text.replace(/^\d+/, String(process.pid)));
}
