import { resolve } from 'node:path';
import type { Secret } from '../../secrets/index.ts';
import { adminAddress } from './address.ts';
import { layoutOf } from './cluster.ts';
import { readIfThere } from './files.ts';
import { isServing, readPidFile } from './process/pid-file.ts';

/**
 * The superuser's address of the PostgreSQL that another program runs on this folder just now, or undefined:
 * for commands that are given while the server runs.
 */
export async function findRunning(folder: string): Promise<Secret | undefined> {
  const layout = layoutOf(resolve(folder));
  const file = await readPidFile(layout.cluster);
  if (file?.state !== 'ready' || !(await isServing(layout.cluster, file))) return undefined;
  const password = await readIfThere(layout.passwordFile);
  if (password === undefined) return undefined;
  const { socketFolder, port } = file;
  const isOnSocket = socketFolder !== '';
  return adminAddress(isOnSocket ? { kind: 'socket', socketFolder } : { kind: 'loopback', port }, password);
}
