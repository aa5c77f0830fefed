import { resolve } from 'node:path';
import { Secret } from '../../secrets/index.ts';
import { ADMIN_NAME, layoutOf } from './cluster.ts';
import { readIfThere } from './files.ts';
import { isServing, readPidFile } from './pid-file.ts';

const DATABASE_NAME = 'claviger';

/**
 * The superuser's address of the PostgreSQL that another program runs on this folder just now, or undefined: for
 * commands that are given while the server runs.
 */
export async function findRunning(folder: string): Promise<Secret | undefined> {
  const layout = layoutOf(resolve(folder));
  const file = await readPidFile(layout.cluster);
  if (file?.state !== 'ready' || !(await isServing(layout.cluster, file))) return undefined;
  const password = await readIfThere(layout.passwordFile);
  if (password === undefined) return undefined;
  const host = file.socketFolder === '' ? '127.0.0.1' : encodeURIComponent(file.socketFolder);
  return new Secret(`postgres://${ADMIN_NAME}:${password}@${host}:${file.port}/${DATABASE_NAME}`);
}
