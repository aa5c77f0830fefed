import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { KeyObject } from 'node:crypto';
import {
  backupSlot,
  followLog,
  formatLogPlace,
  identifySystem,
  isSlotWhole,
  markLog,
  nextSegment,
  openWalSender,
  parseLogPlace,
  segmentBytes,
  segmentName,
  segmentStart,
  type LogMark,
  type LogPlace,
  type LogStream,
  type WalSender,
} from '../database/replication/index.ts';
import type { Secret } from '../secrets/index.ts';
import { sealFile } from './envelope.ts';
import {
  backupFolderAt,
  keepOnly,
  listBases,
  listPieces,
  pieceName,
  readHeader,
  recordOfPiece,
  type BackupFolder,
  type Header,
} from './folder.ts';
import { BackupProblem } from './problem.ts';
import { writeRecord } from './records.ts';

/** What it takes to send the log after a base. */
export interface ShippingParts {
  readonly adminUrl: Secret;
  readonly folder: string;
  readonly signingKey: KeyObject;
}

/** The segment that is being filled; what is before `filled` came from the stream. */
interface Filling {
  start: LogPlace;
  filled: number;
  readonly bytes: Buffer;
}

interface Shipper {
  readonly parts: ShippingParts;
  readonly folder: BackupFolder;
  readonly header: Header;
  readonly filling: Filling;
  /** The newest instant that lies in the log which was received. */
  mark: LogMark;
}

/** Where the log goes on: after what lies there without a gap, or with the newest base. */
function findBeginning(folder: BackupFolder): LogPlace {
  const newest = listBases(folder).at(-1);
  if (!newest) throw new BackupProblem(`${folder.path} holds no base. Run claviger backup.`);
  const last = listPieces(folder).at(-1);
  const base = segmentStart(parseLogPlace(newest.record.from));
  if (!last) return base;
  const through = parseLogPlace(last.record.through);
  const isWhole = through === nextSegment(parseLogPlace(last.record.from));
  return isWhole ? through : segmentStart(through);
}

/** Writes what there is of the segment; what lay there of it before goes when this is whole. */
async function writePiece({ parts, folder, header, filling, mark }: Shipper): Promise<void> {
  const { start, filled, bytes } = filling;
  const segment = segmentName(header.timeline, start);
  const name = pieceName(segment, filled);
  const path = join(folder.log, name);
  // The same piece once more, of a shipping that was killed before it had a record.
  rmSync(path, { force: true });
  const content = Buffer.from(bytes.subarray(0, filled));
  const file = await sealFile(Readable.from([content]), header.recipient, { path, name });
  const { installationId, incarnation, systemId, timeline } = header;
  const place = { from: formatLogPlace(start), through: formatLogPlace(start + BigInt(filled)) };
  const record = { format: 1, kind: 'log', segment, ...place, at: mark.at, file } as const;
  writeRecord(
    recordOfPiece(path),
    { ...record, installationId, incarnation, systemId, timeline },
    parts.signingKey,
  );
  keepOnly(folder, segment, name);
}

/** Takes bytes into the segment; gives back what belongs to the next one. */
function fill(filling: Filling, place: LogPlace, bytes: Uint8Array): Uint8Array {
  const expected = filling.start + BigInt(filling.filled);
  if (place !== expected)
    throw new Error(`the log goes on at ${formatLogPlace(place)}, not ${formatLogPlace(expected)}`);
  const fitting = bytes.subarray(0, segmentBytes - filling.filled);
  filling.bytes.set(fitting, filling.filled);
  filling.filled += fitting.length;
  return bytes.subarray(fitting.length);
}

/** A shipping that is under way. */
export interface Shipping {
  /** Commits a mark and waits until everything up to it lies in the backup. */
  flush(): Promise<void>;
  /** Rejects with what ended it. */
  readonly ended: Promise<void>;
  /** Brings the rest into the backup and ends. */
  stop(): Promise<void>;
}

async function openShipper(parts: ShippingParts): Promise<Shipper> {
  const header = readHeader(parts.folder);
  if (!header) throw new BackupProblem(`${parts.folder} holds no backups, or is not there just now.`);
  if (!(await isSlotWhole(parts.adminUrl))) {
    throw new BackupProblem(
      'Some of the log is lost for the backup, which could not be reached for too long. Run claviger backup.',
    );
  }
  const folder = backupFolderAt(parts.folder);
  const filling = { start: findBeginning(folder), filled: 0, bytes: Buffer.alloc(segmentBytes) };
  return { parts, folder, header, filling, mark: await markLog(parts.adminUrl) };
}

async function assertSameHistory(client: WalSender, header: Header): Promise<void> {
  const { systemId, timeline } = await identifySystem(client);
  if (systemId === header.systemId && timeline === header.timeline) return;
  throw new BackupProblem('The backup is of another history of this database. Run claviger backup.');
}

/** Turns what the stream gives into pieces, one after another. */
function createWriter(shipper: Shipper, stream: () => LogStream) {
  let work: Promise<void> = Promise.resolve();
  const { filling } = shipper;

  const take = async (place: LogPlace, bytes: Uint8Array): Promise<void> => {
    let [at, rest] = [place, bytes];
    while (rest.length > 0) {
      const later = fill(filling, at, rest);
      at += BigInt(rest.length - later.length);
      rest = later;
      if (filling.filled < segmentBytes) continue;
      await writePiece(shipper);
      Object.assign(filling, { start: nextSegment(filling.start), filled: 0 });
      stream().confirm(filling.start);
    }
  };
  return {
    /** Bytes come in the order of the log; no more are read while a segment is written. */
    add: (place: LogPlace, bytes: Uint8Array): void => {
      const isFull = filling.filled + bytes.length >= segmentBytes;
      if (isFull) stream().pause();
      const copied = Uint8Array.from(bytes);
      work = work
        .then(() => take(place, copied))
        .finally(() => {
          stream().resume();
        });
      work.catch(() => {
        // Whoever flushes hears of it.
      });
    },
    settled: () => work,
    write: (): Promise<void> => {
      work = work.then(async () => {
        if (filling.filled > 0) await writePiece(shipper);
        stream().confirm(filling.start);
      });
      return work;
    },
  };
}

/** How long a flush waits for the stream; it is some milliseconds behind. */
const arrivesWithinMs = 20_000;
const pollMs = 20;

async function awaitArrival(shipper: Shipper, mark: LogMark, settled: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + arrivesWithinMs;
  const end = (): LogPlace => shipper.filling.start + BigInt(shipper.filling.filled);
  for (;;) {
    await settled();
    if (end() >= mark.place) return;
    if (Date.now() > deadline) throw new BackupProblem('The log does not arrive. It is tried again.');
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/**
 * Follows the log of a running PostgreSQL and brings it into a folder of backups, encrypted: a file for each
 * segment, and one, replaced at each flush, for the beginning of the next. Nothing lies anywhere unencrypted
 * but in PostgreSQL itself. Refuses with BackupProblem; whatever ends it can be followed by another one.
 */
export async function shipLog(parts: ShippingParts): Promise<Shipping> {
  const shipper = await openShipper(parts);
  const client = await openWalSender(parts.adminUrl);
  await assertSameHistory(client, shipper.header);
  const { timeline } = shipper.header;
  const from = shipper.filling.start;
  const opened: { stream?: LogStream } = {};
  const streamOf = (): LogStream => {
    if (!opened.stream) throw new Error('the stream has begun');
    return opened.stream;
  };
  const writer = createWriter(shipper, streamOf);
  opened.stream = followLog(client, { slot: backupSlot, from, timeline }, writer.add);
  const { ended } = opened.stream;

  const flush = async (): Promise<void> => {
    const mark = await markLog(parts.adminUrl);
    await Promise.race([
      awaitArrival(shipper, mark, writer.settled),
      ended.then(() => Promise.reject(new BackupProblem('PostgreSQL has ended the log. It is tried again.'))),
    ]);
    shipper.mark = mark;
    await writer.write();
  };
  return {
    flush,
    ended,
    stop: async () => {
      await flush().finally(() => client.end());
    },
  };
}
