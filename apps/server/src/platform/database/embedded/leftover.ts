import { resolve } from 'node:path';
import { DatabaseProblem } from '../problem.ts';
import { chooseAccount } from './account.ts';
import { prepareBinaries } from './binaries.ts';
import { layoutOf } from './cluster.ts';
import { exists } from './files.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { stopLeftover } from './process/postmaster.ts';
import { reachableFolder } from './reachable-folder.ts';

/**
 * Ends, in order, the PostgreSQL that a killed server left on this folder. False where none runs, and where
 * another server owns the folder and so has taken it over. Refuses with a `DatabaseProblem` when it does not
 * end.
 */
export async function endLeftover(folder: string): Promise<boolean> {
  const wanted = resolve(folder);
  if (!(await exists(layoutOf(wanted).cluster))) return false;
  const account = await chooseAccount(layoutOf(wanted).cluster);
  const layout = layoutOf(await reachableFolder(wanted, account));
  const lock = await lockUnlessOwned(layout.folder);
  if (lock === undefined) return false;
  try {
    const binaries = await prepareBinaries({ folder: layout.folder, account });
    return await stopLeftover({ binaries, cluster: layout.cluster, account });
  } finally {
    lock.release();
  }
}

async function lockUnlessOwned(folder: string): Promise<FolderLock | undefined> {
  try {
    return await lockFolder(folder);
  } catch (error) {
    if (error instanceof DatabaseProblem && error.code === 'folder_in_use') return undefined;
    throw error;
  }
}
