import { PassThrough, type Readable } from 'node:stream';
import type { Secret } from '../../secrets/index.ts';
import { parseLogPlace, type LogPlace } from './position.ts';
import { identifySystem, openWalSender, startCopy, type SystemIdentity } from './wal-sender.ts';

/** A base backup that is under way. */
export interface BaseBackup extends SystemIdentity {
  /** One tar archive of the whole cluster, with the log that it needs to be consistent. */
  readonly archive: Readable;
  /** Where the log begins and ends that belongs to it; resolves after the last byte of the archive. */
  readonly span: Promise<{ readonly from: LogPlace; readonly through: LogPlace }>;
}

interface BaseBackupOptions {
  readonly adminUrl: Secret;
  readonly label: string;
  /** Bytes of the archive so far and, roughly, of all of it. */
  readonly onProgress: (done: number, total: number) => void;
}

const bytesOfKilobyte = 1024;
const kinds = { archive: 'n', data: 'd' } as const;

/**
 * Streams a base backup out of a running PostgreSQL (`BASE_BACKUP`, manual 54.4): PostgreSQL reads its own
 * files and checks their checksums, and no copy touches a disk on the way. Errors come through the archive.
 */
export async function streamBaseBackup(options: BaseBackupOptions): Promise<BaseBackup> {
  const { adminUrl, label, onProgress } = options;
  const client = await openWalSender(adminUrl);
  const identity = await identifySystem(client);
  const archive = new PassThrough();
  const places: LogPlace[] = [];
  let [done, total] = [0, 0];

  const hearRow = ([first, second, third]: readonly (string | null)[]): void => {
    // Where it begins, what it holds (one row a tablespace: place, path, size), where it ends.
    if (third !== undefined) total += Number(third) * bytesOfKilobyte;
    else if (first !== null && first !== undefined && second !== null) places.push(parseLogPlace(first));
  };
  const hearPiece = (piece: Uint8Array): void => {
    if (String.fromCharCode(piece[0] ?? 0) !== kinds.data) return;
    // The library writes over what it has handed out.
    const data = Buffer.from(piece.subarray(1));
    done += data.length;
    onProgress(done, Math.max(done, total));
    // What was read already still comes; who waits for room waits once.
    if (!archive.write(data)) copy.pause();
  };
  archive.on('drain', () => {
    copy.resume();
  });
  const quoted = `'${label.replaceAll("'", "''")}'`;
  const command = `BASE_BACKUP (LABEL ${quoted}, CHECKPOINT 'fast', WAL true, PROGRESS true, MANIFEST 'no')`;
  const copy = startCopy(client, command, { row: hearRow, piece: hearPiece });
  const span = finish();
  span.catch(() => {
    // Whoever reads the archive hears of a fault there, and may never ask for the span.
  });

  async function finish() {
    try {
      await copy.ended;
      const [from, through] = places;
      if (from === undefined || through === undefined) throw new Error('PostgreSQL names no end of the base');
      archive.end();
      return { from, through };
    } catch (error) {
      archive.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      await client.end();
    }
  }
  return { ...identity, archive, span };
}
