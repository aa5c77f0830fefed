import { chown, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Report } from '../notice.ts';
import { DatabaseProblem, fileProblem } from '../problem.ts';
import { chooseAccount, type RunAs } from './account.ts';
import { prepareBinaries } from './binaries.ts';
import { layoutOf, openDataFolder, type Layout } from './cluster.ts';
import { lockFolder } from './folder-lock.ts';
import { makePrivateFolder, syncFolder, writePrivateFile } from './files.ts';
import { chooseListening } from './listening.ts';
import { launchParameters, removeSocketFolder } from './process/launch-plan.ts';
import { launch, stopPostmaster } from './process/postmaster.ts';
import { reachableFolder } from './reachable-folder.ts';

/** What a cluster is made of again. */
export interface Recovery {
  /** The folder that belongs to the database alone, without a cluster in it. */
  readonly folder: string;
  readonly report: Report;
  /** The major version that wrote it; no other can go on. */
  readonly major: string;
  /** The superuser's password, which the cluster knows as a verifier. */
  readonly password: string;
  /** Puts a base backup into the empty folder, and all of the log that follows into `pg_wal` of it. */
  readonly fill: (cluster: string) => Promise<void>;
  /** Where the log is left, UTC epoch milliseconds; undefined for its end. */
  readonly until?: number | undefined;
}

/** Log is read at some hundred megabytes a minute on an SD card; a week of it may take hours. */
const RECOVERY_LIMIT_MS = 12 * 3_600_000;

/**
 * Makes a cluster from a base backup and the log that followed, up to an instant, and leaves it stopped and
 * ready for a start. Whatever fails leaves no cluster. Refuses with the `DatabaseProblem`s of a start, with
 * `other_version`, and with `start_failed` where the log ends before the instant.
 */
export async function recoverEmbedded(recovery: Recovery): Promise<void> {
  const wanted = resolve(recovery.folder);
  const account = await chooseAccount(layoutOf(wanted).cluster);
  const layout = layoutOf(await reachableFolder(wanted, account));
  await openDataFolder(layout, account);
  const lock = await lockFolder(layout.folder);
  try {
    await recoverInto(layout, account, recovery);
  } finally {
    lock.release();
  }
}

async function recoverInto(layout: Layout, account: RunAs, recovery: Recovery): Promise<void> {
  const cluster = layout.unfinishedCluster;
  const binaries = await prepareBinaries({ folder: layout.folder, account });
  if (binaries.major !== recovery.major) throw otherVersion(recovery.major, binaries.major);
  try {
    await rm(cluster, { recursive: true, force: true });
    await makePrivateFolder(cluster, account);
    await recovery.fill(cluster);
    await writeFile(join(cluster, 'recovery.signal'), '');
    await giveTo(account, cluster);
    const listening = await chooseListening(layout, account);
    const parameters = [
      ...launchParameters(listening, binaries.build, false),
      ...recoveryParameters(recovery.until),
    ];
    const onLine = (line: string): void => recovery.report({ kind: 'postgres_said', line });
    const plan = { binaries, cluster, listening, parameters, account, onLine };
    const postmaster = await launch({ ...plan, startLimitMs: RECOVERY_LIMIT_MS });
    await stopPostmaster(plan, postmaster);
    await removeSocketFolder(layout, listening);
    await rm(layout.passwordFile, { force: true });
    await writePrivateFile(layout.passwordFile, recovery.password, account);
    await rename(cluster, layout.cluster);
    await syncFolder(layout.folder);
  } catch (error) {
    await rm(cluster, { recursive: true, force: true });
    throw fileProblem(error, layout.folder);
  }
}

function otherVersion(wrote: string, brings: string): DatabaseProblem {
  return new DatabaseProblem(
    'other_version',
    `The backup was made by PostgreSQL ${wrote}, this program brings ${brings}. Restore it with the ` +
      'version of Claviger that made it.',
  );
}

/** Nobody connects while the log is read, and the last of it begins another timeline. */
function recoveryParameters(until: number | undefined): string[] {
  const settings = {
    hot_standby: 'off',
    // The log lies in its place already: there is nothing else to fetch it from.
    restore_command: 'exit 1',
    recovery_target_action: 'promote',
    ...(until !== undefined && { recovery_target_time: new Date(until).toISOString().replace('Z', '+00') }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function giveTo(account: RunAs, folder: string): Promise<void> {
  if (account === undefined) return;
  await chown(folder, account.uid, account.gid);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chown(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
}
