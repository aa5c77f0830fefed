import { chmodSync, mkdirSync, statSync } from 'node:fs';

/** The data folder is not safe to use; the message says in a sentence what is wrong and what to do. */
export class DataFolderProblem extends Error {
  override readonly name = 'DataFolderProblem';
}

const permissionBits = 0o777;
const foreignWriteBits = 0o022;

/**
 * For us alone. Where root starts us, PostgreSQL's own account passes through to its part and sees nothing of
 * the rest.
 */
function modeFor(uid: number): number {
  return uid === 0 ? 0o711 : 0o700;
}

/**
 * Makes the data folder if there is none, and closes one of ours that is open to others. Refuses
 * (DataFolderProblem) somebody else's folder that others may write in: they could put keys of theirs in.
 */
export function openDataFolder(folder: string): void {
  const uid = process.getuid?.();
  if (uid === undefined) {
    mkdirSync(folder, { recursive: true });
    return;
  }
  const mode = modeFor(uid);
  mkdirSync(folder, { recursive: true, mode });
  const found = statSync(folder);
  const isOpenTo = (bits: number): boolean => (found.mode & permissionBits & bits) !== 0;
  if (found.uid === uid) {
    if (isOpenTo(~mode)) chmodSync(folder, found.mode & mode);
  } else if (isOpenTo(foreignWriteBits)) {
    throw new DataFolderProblem(`Others may write in ${folder}. Run: chmod go-w '${folder}'`);
  }
}
