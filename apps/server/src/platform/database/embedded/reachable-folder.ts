import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readlink, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DatabaseProblem, fileProblem } from '../problem.ts';
import { runProgram, type RunAs } from './account.ts';

/** Where the database of root goes when its own folder lies below a closed one, such as a home. */
const openPlace = '/var/lib/claviger';
const nameLength = 8;

/**
 * The folder that the database lives in: the wanted one, or, when root starts us below a folder that the
 * account of PostgreSQL may not enter, one of ours in `/var/lib/claviger`, with a link to it in the wanted
 * place. A link that is there is followed if it leads to such a folder of root's; any other is refused with
 * `folder_not_ours`.
 */
export async function reachableFolder(wanted: string, account: RunAs): Promise<string> {
  if (account === undefined) return wanted;
  try {
    await mkdir(dirname(wanted), { recursive: true });
    const found = await statusOf(wanted);
    if (found?.isSymbolicLink()) return await followed(wanted);
    const isPassable = await mayEnter(dirname(wanted), account);
    return found || isPassable ? wanted : await makeElsewhere(wanted);
  } catch (error) {
    throw fileProblem(error, wanted);
  }
}

async function statusOf(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function mayEnter(folder: string, account: RunAs): Promise<boolean> {
  const entered = await runProgram('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], account);
  return entered.exitCode === 0;
}

async function followed(link: string): Promise<string> {
  const target = resolve(dirname(link), await readlink(link));
  const status = await statusOf(target);
  if (dirname(target) === openPlace && status?.isDirectory() && status.uid === 0) return target;
  throw new DatabaseProblem(
    'folder_not_ours',
    `${link} is a link to ${target}, which is no database of root's. Remove it, or choose another folder.`,
  );
}

/** The name is drawn, so that a link that was lost never leads a new installation to an old database. */
async function makeElsewhere(wanted: string): Promise<string> {
  await mkdir(openPlace, { recursive: true, mode: 0o711 });
  const target = join(openPlace, randomBytes(nameLength).toString('hex'));
  await mkdir(target, { mode: 0o711 });
  await symlink(target, wanted);
  return target;
}
