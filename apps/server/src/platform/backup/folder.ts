import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { formatLogPlace, parseLogPlace, segmentStart, type LogPlace } from '../database/replication/index.ts';
import { BackupProblem } from './problem.ts';
import { baseRecord, lineage, logRecord, readRecord, type BaseRecord, type LogRecord } from './records.ts';

/**
 * What lies where in a folder of backups: `claviger-backup.json` says whose they are, `bases/<instant>/`
 * holds a base each, `log/` what happened since, segment by segment.
 */
export interface BackupFolder {
  readonly path: string;
  readonly bases: string;
  readonly log: string;
}

const header = z.strictObject({ format: z.literal(1), ...lineage.shape, recipient: z.string() });
export type Header = z.output<typeof header>;

export const names = {
  header: 'claviger-backup.json',
  record: 'record.signed',
  cluster: 'cluster.tar.gz.age',
  secrets: 'secrets.tar.gz.age',
} as const;
const recordEnding = '.signed';
const unfinishedEnding = '.unfinished';

export function backupFolderAt(path: string): BackupFolder {
  return { path, bases: join(path, 'bases'), log: join(path, 'log') };
}

function writable(path: string, make: () => void): void {
  try {
    make();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (['ENOSPC', 'EDQUOT'].includes(code)) throw new BackupProblem(`The disk that holds ${path} is full.`);
    throw new BackupProblem(
      `This program may not write to ${path} (${code}). Give the folder to its user, or name another one.`,
      { cause: error },
    );
  }
}

/** The header of a folder of backups, or undefined where there is none. */
export function readHeader(path: string): Header | undefined {
  const file = join(path, names.header);
  if (!existsSync(file)) return undefined;
  const parsed = header.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new BackupProblem(`${file} is not what this version of Claviger writes.`);
}

function assertOurs(path: string, found: Header, wanted: Header): void {
  if (found.installationId !== wanted.installationId)
    throw new BackupProblem(`${path} holds the backups of another installation. Name another folder.`);
  if (found.recipient !== wanted.recipient)
    throw new BackupProblem(`The backups in ${path} are for another backup key. Name another folder.`);
  const isSame = (['incarnation', 'systemId', 'timeline'] as const).every(
    (name) => found[name] === wanted[name],
  );
  if (isSame) return;
  throw new BackupProblem(
    `${path} holds backups from before this installation was restored. Keep them, and name another folder.`,
  );
}

/**
 * Makes the folder, or opens one that holds backups of the same history for the same key. Refuses
 * (BackupProblem) any other, and one that cannot be written. What a backup that was killed has left goes.
 */
export function openBackupFolder(path: string, wanted: Header): BackupFolder {
  const folder = backupFolderAt(path);
  const found = readHeader(path);
  if (found) assertOurs(path, found, wanted);
  else if (existsSync(path) && readdirSync(path).some((name) => name !== 'lost+found'))
    throw new BackupProblem(
      `${path} holds other files. Name an empty folder, or one that does not exist yet.`,
    );
  writable(path, () => {
    for (const made of [folder.path, folder.bases, folder.log])
      mkdirSync(made, { recursive: true, mode: 0o700 });
    if (!found) writeFileSync(join(path, names.header), `${JSON.stringify(wanted, undefined, 2)}\n`);
    for (const name of readdirSync(folder.bases))
      if (name.endsWith(unfinishedEnding)) rmSync(join(folder.bases, name), { recursive: true });
  });
  return folder;
}

/** Where a base is written until it is whole. */
export function unfinishedBase(folder: BackupFolder, name: string): string {
  const path = join(folder.bases, `${name}${unfinishedEnding}`);
  mkdirSync(path, { mode: 0o700 });
  return path;
}

/** A base in a folder of backups. */
export interface Base {
  readonly path: string;
  readonly record: BaseRecord;
}

/** The bases there, oldest first; with a signer given, those alone that it has signed. */
export function listBases(folder: BackupFolder, signedBy?: string): Base[] {
  const found = existsSync(folder.bases) ? readdirSync(folder.bases).sort() : [];
  return found
    .filter((name) => !name.endsWith(unfinishedEnding))
    .map((name) => join(folder.bases, name))
    .map((path) => ({ path, record: readRecord(join(path, names.record), baseRecord, signedBy) }));
}

/** A piece of the log in a folder of backups. */
export interface Piece {
  readonly path: string;
  readonly record: LogRecord;
}

/** The name of a piece: its segment, and up to which byte of it. */
export function pieceName(segment: string, bytes: number): string {
  return `${segment}-${bytes.toString(16).toUpperCase().padStart(7, '0')}.gz.age`;
}

/** The newest piece of each segment, in their order. What a shipping that was killed has left is none. */
export function listPieces(folder: BackupFolder, signedBy?: string): Piece[] {
  const found = existsSync(folder.log) ? readdirSync(folder.log).sort() : [];
  const pieces = new Map<string, Piece>();
  for (const name of found) {
    if (!name.endsWith(recordEnding)) continue;
    const path = join(folder.log, basename(name, recordEnding));
    if (!existsSync(path)) continue;
    const record = readRecord(join(folder.log, name), logRecord, signedBy);
    // In their order, so that of one segment the longest comes last.
    pieces.set(record.segment, { path, record });
  }
  return [...pieces.values()];
}

/** The path of the record that belongs to a piece. */
export function recordOfPiece(path: string): string {
  return `${path}${recordEnding}`;
}

/** Removes the pieces of a segment but for this one, and what was left of them. */
export function keepOnly(folder: BackupFolder, segment: string, name: string): void {
  const kept = [name, `${name}${recordEnding}`];
  for (const found of readdirSync(folder.log))
    if (found.startsWith(segment) && !kept.includes(found)) rmSync(join(folder.log, found), { force: true });
}

/** Removes all bases but the newest so many, and the log that only those had needed; returns how many. */
export function pruneBases(folder: BackupFolder, keep: number): number {
  const bases = listBases(folder);
  const gone = bases.slice(0, Math.max(0, bases.length - keep));
  for (const { path } of gone) rmSync(path, { recursive: true });
  const oldest = bases.at(gone.length);
  if (oldest) forgetLogBefore(folder, segmentStart(parseLogPlace(oldest.record.from)));
  return gone.length;
}

function forgetLogBefore(folder: BackupFolder, place: LogPlace): void {
  for (const { path, record } of listPieces(folder)) {
    if (parseLogPlace(record.from) >= place) continue;
    rmSync(recordOfPiece(path));
    rmSync(path);
  }
}

/** The pieces that follow a base without a gap, the newest last. */
export function piecesAfter(base: Base, pieces: readonly Piece[]): Piece[] {
  const first = formatLogPlace(segmentStart(parseLogPlace(base.record.from)));
  const from = pieces.findIndex(({ record }) => record.from === first);
  if (from < 0) return [];
  const following = pieces.slice(from);
  const end = following.findIndex(({ record }, index) => {
    const before = following[index - 1]?.record;
    return before !== undefined && before.through !== record.from;
  });
  return end < 0 ? following : following.slice(0, end);
}
