import { chmodSync, mkdirSync, statSync } from 'node:fs';

/** The data folder is not safe to use; the message says in a sentence what is wrong and what to do. */
export class DataFolderProblem extends Error {
  override readonly name = 'DataFolderProblem';
}

/** The settings of an installation, written by `claviger setup`. */
export const settingsFileName = 'claviger.json';

const permissionBits = 0o777;
const foreignWriteBits = 0o022;

/**
 * For us alone. Where root starts us, PostgreSQL's own account passes through to its part and sees nothing of
 * the rest.
 */
function modeFor(uid: number): number {
  return uid === 0 ? 0o711 : 0o700;
}

const makeFaults: Readonly<Record<string, string>> = {
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of its path is a file',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
};

function makeFolder(folder: string, mode?: number): void {
  try {
    mkdirSync(folder, { recursive: true, ...(mode !== undefined && { mode }) });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = makeFaults[code];
    if (why === undefined) throw error;
    throw new DataFolderProblem(`The data folder ${folder} cannot be made: ${why}.`, { cause: error });
  }
}

/**
 * Makes the data folder if there is none, and closes one of ours that is open to others. Refuses
 * (DataFolderProblem) one that cannot be made, and somebody else's folder that others may write in: they
 * could put keys of theirs in.
 */
export function openDataFolder(folder: string): void {
  const uid = process.getuid?.();
  if (uid === undefined) {
    makeFolder(folder);
    return;
  }
  const mode = modeFor(uid);
  makeFolder(folder, mode);
  const found = statSync(folder);
  const isOpenTo = (bits: number): boolean => (found.mode & permissionBits & bits) !== 0;
  if (found.uid === uid) {
    if (isOpenTo(~mode)) chmodSync(folder, found.mode & mode);
  } else if (isOpenTo(foreignWriteBits)) {
    throw new DataFolderProblem(`Others may write in ${folder}. Run: chmod go-w '${folder}'`);
  }
}
