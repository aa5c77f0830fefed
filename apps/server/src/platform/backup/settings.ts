import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BackupProblem } from './problem.ts';

/** Where the backups of an installation go, as `claviger backup` was last told. */
const backupSettings = z.strictObject({ folder: z.string().min(1) });

const fileName = 'backup.json';

/** The folder that the log follows into; undefined while there is no backup. */
export function findBackupPath(dataFolder: string): string | undefined {
  const path = join(dataFolder, fileName);
  if (!existsSync(path)) return undefined;
  const parsed = backupSettings.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data.folder;
  throw new BackupProblem(`${path} is damaged. Remove it, and run claviger backup again.`);
}

export function saveBackupPath(dataFolder: string, folder: string): void {
  const path = join(dataFolder, fileName);
  writeFileSync(`${path}.new`, `${JSON.stringify({ folder })}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
}
