import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import type { Report } from '../../src/platform/database/index.ts';
import { startEmbedded } from '../../src/platform/database/embedded/index.ts';
import { temporaryRoot } from './temporary-root.ts';

export const isRoot = process.getuid?.() === 0;

/** Who is nobody's in particular: `nobody` on every system that has it. */
const strangerUid = 65_534;

/** Whether another user can run the programs of this checkout; not below a closed home. */
export const canStrangersRunUs = isRoot && runsForStranger();

function runsForStranger(): boolean {
  const asStranger = { uid: strangerUid, gid: strangerUid, cwd: '/', stdio: 'ignore' } as const;
  return spawnSync(process.execPath, ['--version'], asStranger).status === 0;
}

/** A path for a database of one test; when the test ends, whatever serves it is killed and it is removed. */
export function newDatabaseFolder(name = 'database', root = temporaryRoot): string {
  const parent = mkdtempSync(join(root, 'claviger-embedded-'));
  // The account that PostgreSQL runs as has to pass.
  chmodSync(parent, 0o755);
  const folder = join(parent, name);
  onTestFinished(() => {
    killPostgresIn(folder);
    rmSync(parent, { recursive: true, force: true });
  });
  return folder;
}

/** A folder for things that are run as programs, which a disk in memory may forbid. */
export function newProgramFolder(name: string): string {
  return newDatabaseFolder(name, tmpdir());
}

const ignore: Report = () => {
  // What is prepared here is only copied.
};

/** Makes a database once for a test file and returns what copies it: quicker than making one each time. */
export async function prepareDatabaseCopies(): Promise<(name?: string) => string> {
  const parent = mkdtempSync(join(temporaryRoot, 'claviger-prepared-'));
  afterAll(() => rmSync(parent, { recursive: true }));
  chmodSync(parent, 0o755);
  const folder = join(parent, 'database');
  const database = await startEmbedded({ folder, report: ignore });
  await database.stop();
  return (name) => {
    const copy = newDatabaseFolder(name);
    execFileSync('cp', ['-a', folder, copy]);
    return copy;
  };
}

/** Kills the postmaster of the folder, if there is one; its other processes then end by themselves. */
export function killPostgresIn(folder: string): void {
  const pid = postmasterOf(folder);
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
}

function postmasterOf(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(folder, 'cluster/postmaster.pid'), 'utf8').split('\n')[0]);
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes(folder) ? pid : undefined;
  } catch {
    // It has ended in order and taken its file along, or it has been killed already.
    return undefined;
  }
}

/** A folder on a disk of its own of so many MiB, until the test ends; undefined where we may not mount. */
export function smallDisk(sizeMib: number): string | undefined {
  const folder = newDatabaseFolder('disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMib}m,mode=755`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
  } catch {
    // Not root, or a container that may not.
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}
