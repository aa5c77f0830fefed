import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  ensureSlot,
  formatLogPlace,
  identifySystem,
  markLog,
  openWalSender,
  streamBaseBackup,
} from '../database/replication/index.ts';
import type { InstallationKeys, Secret } from '../secrets/index.ts';
import { sealFile, type SealedFile } from './envelope.ts';
import { names, openBackupFolder, pruneBases, unfinishedBase, type BackupFolder } from './folder.ts';
import { writeRecord, type BaseRecord, type Lineage } from './records.ts';
import { collectSecrets, packSecrets } from './secrets.ts';

/** What a base is made of, and for whom. */
export interface BaseParts {
  readonly adminUrl: Secret;
  readonly dataFolder: string;
  readonly folder: string;
  readonly recipient: string;
  readonly keys: InstallationKeys;
  readonly incarnation: number;
  readonly program: string;
  /** The major version of PostgreSQL. */
  readonly postgres: string;
  /** How many bases are kept, this one among them. */
  readonly keep: number;
  readonly onProgress: (done: number, total: number) => void;
}

/** A base that was made. */
export interface MadeBase {
  readonly record: BaseRecord;
  readonly plainBytes: number;
  readonly pruned: number;
}

async function lineageOf({ adminUrl, keys, incarnation }: BaseParts): Promise<Lineage> {
  const client = await openWalSender(adminUrl);
  try {
    const { systemId, timeline } = await identifySystem(client);
    return { installationId: keys.installationId, incarnation, systemId, timeline };
  } finally {
    await client.end();
  }
}

async function writeBase(
  parts: BaseParts,
  lineage: Lineage,
  path: string,
): Promise<Pick<MadeBase, 'record' | 'plainBytes'>> {
  const { adminUrl, dataFolder, recipient } = parts;
  const startedAt = (await markLog(adminUrl)).at;
  let plainBytes = 0;
  const onProgress = (done: number, total: number): void => {
    plainBytes = done;
    parts.onProgress(done, total);
  };
  const backup = await streamBaseBackup({ adminUrl, label: `claviger ${startedAt}`, onProgress });
  const seal = (name: string, content: typeof backup.archive): Promise<SealedFile> =>
    sealFile(content, recipient, { path: join(path, name), name });
  const files = [
    await seal(names.cluster, backup.archive),
    await seal(names.secrets, packSecrets(collectSecrets(dataFolder))),
  ];
  const { from, through } = await backup.span;
  const record: BaseRecord = {
    ...({ format: 1, kind: 'base' } as const),
    ...lineage,
    program: parts.program,
    postgres: parts.postgres,
    startedAt,
    endedAt: (await markLog(adminUrl)).at,
    from: formatLogPlace(from),
    through: formatLogPlace(through),
    files,
  };
  writeRecord(join(path, names.record), record, parts.keys.commandSigningKey);
  return { record, plainBytes };
}

/** `2026-11-29T13-54-10.482Z`: a name in the order of time, on every file system. */
function nameAt(now: number): string {
  return new Date(now).toISOString().replaceAll(':', '-');
}

async function addBase(parts: BaseParts, folder: BackupFolder, lineage: Lineage) {
  const name = nameAt(Date.now());
  const path = unfinishedBase(folder, name);
  try {
    const made = await writeBase(parts, lineage, path);
    renameSync(path, join(folder.bases, name));
    return made;
  } catch (error) {
    // Half a base on a full disk would keep it full.
    rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Adds a base to a folder of backups: the whole cluster, and the secrets beside it, encrypted and signed;
 * from here on PostgreSQL keeps its log until it lies there too. Older bases beyond `keep` go. A base that
 * was killed is none, and is removed by the next. Refuses with BackupProblem.
 */
export async function makeBase(parts: BaseParts): Promise<MadeBase> {
  const lineage = await lineageOf(parts);
  const folder = openBackupFolder(parts.folder, { format: 1, ...lineage, recipient: parts.recipient });
  await ensureSlot(parts.adminUrl);
  const made = await addBase(parts, folder, lineage);
  return { ...made, pruned: pruneBases(folder, parts.keep) };
}
