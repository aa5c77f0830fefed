import { access, chmod, chown, mkdir, open, readFile } from 'node:fs/promises';
import { errorCodeOf, fileProblem } from '../problem.ts';
import type { RunAs } from './account.ts';

export async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** The text of a file, or undefined when there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw fileProblem(error, path);
  }
}

/** A folder that nobody but the account enters. */
export async function makePrivateFolder(path: string, account: RunAs): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

/** A file that nobody but the account reads; it is on the disk when this returns. Refuses to overwrite. */
export async function writePrivateFile(path: string, text: string, account: RunAs): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    if (account !== undefined) await file.chown(account.uid, account.gid);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Puts the names in a folder (a rename, a new file) on the disk. */
export async function syncFolder(path: string): Promise<void> {
  // Windows neither needs nor allows it.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
