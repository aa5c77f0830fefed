import { createWriteStream } from 'node:fs';
import { mkdir, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { recoverEmbedded, type Report } from '../../database/index.ts';
import { segmentBytes } from '../../database/replication/index.ts';
import { readArchive } from '../archive.ts';
import { isBelow, type BackupKey } from '../backup-key.ts';
import { openFile, type SealedFile } from '../envelope.ts';
import {
  backupFolderAt,
  listBases,
  listPieces,
  names,
  piecesAfter,
  readHeader,
  type Base,
  type Piece,
} from '../folder.ts';
import { BackupProblem } from '../problem.ts';
import { passwordEntry, readSecrets, type Secrets } from '../secrets.ts';

/** What is restored, and up to when. */
export interface RestorePlan {
  readonly base: Base;
  readonly pieces: readonly Piece[];
  /** UTC epoch milliseconds; undefined for the end of the log. */
  readonly until: number | undefined;
  /** The newest instant that will be known. */
  readonly reaches: number;
}

const iso = (at: number): string => new Date(at).toISOString();

/** Up to when a base can be brought by the log that follows it. */
function reachOf(base: Base, pieces: readonly Piece[]): number {
  return Math.max(base.record.endedAt, ...piecesAfter(base, pieces).map(({ record }) => record.at));
}

/** `2026-11-28T09:00:00.000Z to 2026-11-29T13:54:10.482Z`, for each base that has a stretch of its own. */
function spansOf(bases: readonly Base[], pieces: readonly Piece[]): string {
  return bases.map((base) => `${iso(base.record.endedAt)} to ${iso(reachOf(base, pieces))}`).join(', or ');
}

/**
 * Chooses base and log for an instant, or for the newest that there is. Refuses (BackupProblem) a folder
 * without backups, one of another installation than the key's, and an instant that none of them reaches, with
 * those that can be reached.
 */
export function planRestore(path: string, key: BackupKey, at: number | undefined): RestorePlan {
  const header = readHeader(path);
  if (!header) throw new BackupProblem(`${path} holds no backups.`);
  if (header.installationId !== key.installationId)
    throw new BackupProblem(`The backups in ${path} are of another installation than this backup key.`);
  const folder = backupFolderAt(path);
  const bases = listBases(folder, key.signedBy);
  const pieces = listPieces(folder, key.signedBy);
  const reaches = (base: Base): boolean =>
    at === undefined || (base.record.endedAt <= at && at <= reachOf(base, pieces));
  const base = bases.findLast(reaches);
  if (!base) {
    if (at === undefined) throw new BackupProblem(`${path} holds no base.`);
    throw new BackupProblem(`${iso(at)} cannot be restored. Possible is ${spansOf(bases, pieces)}.`);
  }
  const following = piecesAfter(base, pieces);
  const last = at === undefined ? -1 : following.findIndex(({ record }) => record.at >= at);
  const reach = reachOf(base, pieces);
  return {
    base,
    pieces: last < 0 ? following : following.slice(0, last + 1),
    // Where nothing follows the base, its own log is read to the end.
    until: last < 0 ? undefined : at,
    reaches: at ?? reach,
  };
}

function assertSame(found: SealedFile, recorded: SealedFile | undefined, path: string): void {
  if (recorded && found.size === recorded.size && found.sha256 === recorded.sha256) return;
  throw new BackupProblem(`${path} is not the file that was written: its checksum is another one.`);
}

function recordedFile({ record }: Base, name: string): SealedFile | undefined {
  return record.files.find((file) => file.name === name);
}

/** The keys and settings of the backup; a wrong key is found here, before anything is made. */
export async function openSecrets({ base }: RestorePlan, key: BackupKey): Promise<Secrets> {
  const path = join(base.path, names.secrets);
  const { secrets, file } = await readSecrets(path, key.identity);
  assertSame(file, recordedFile(base, names.secrets), path);
  return secrets;
}

/** Unpacks the cluster. PostgreSQL's archive has files and folders alone, as we use no tablespaces. */
async function unpackCluster({ base }: RestorePlan, key: BackupKey, cluster: string): Promise<void> {
  const path = join(base.path, names.cluster);
  const reading = readArchive(async ({ name, isFile, content }) => {
    const target = join(cluster, name);
    if (isBelow(cluster, target)) {
      await mkdir(isFile ? dirname(target) : target, { recursive: true, mode: 0o700 });
      if (isFile) await pipeline(content, createWriteStream(target, { mode: 0o600 }));
      else content.resume();
    } else throw new BackupProblem(`${path} would write outside of the cluster: ${name}.`);
  });
  const file = await openFile(path, key.identity, reading);
  assertSame(file, recordedFile(base, names.cluster), path);
}

/** Puts a segment into its place; the end of one that was only begun is empty, as PostgreSQL leaves it. */
async function unpackPiece({ path, record }: Piece, key: BackupKey, cluster: string): Promise<void> {
  const target = join(cluster, 'pg_wal', record.segment);
  const file = await openFile(path, key.identity, createWriteStream(target, { mode: 0o600 }));
  assertSame({ ...file, name: record.file.name }, record.file, path);
  await truncate(target, segmentBytes);
}

export interface RestoreParts {
  /** The database's folder of the new installation. */
  readonly folder: string;
  readonly key: BackupKey;
  readonly secrets: Secrets;
  readonly report: Report;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Makes the database again as the plan says; it is stopped then. Refuses with BackupProblem, DatabaseProblem.
 */
export async function restoreDatabase(plan: RestorePlan, parts: RestoreParts): Promise<void> {
  const { key, secrets, folder, report, onProgress } = parts;
  const password = secrets.get(passwordEntry);
  if (!password) throw new BackupProblem(`${plan.base.path} lacks the password of its database.`);
  const sizes = [...plan.base.record.files, ...plan.pieces.map(({ record }) => record.file)];
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  await recoverEmbedded({
    ...{ folder, report, until: plan.until },
    major: plan.base.record.postgres,
    password: password.toString('utf8'),
    fill: async (cluster) => {
      await unpackCluster(plan, key, cluster);
      let done = plan.base.record.files.reduce((sum, { size }) => sum + size, 0);
      onProgress(done, total);
      for (const piece of plan.pieces) {
        await unpackPiece(piece, key, cluster);
        done += piece.record.file.size;
        onProgress(done, total);
      }
    },
  });
}
