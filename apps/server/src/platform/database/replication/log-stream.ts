import type { Client } from 'pg';
import { formatLogPlace, type LogPlace } from './position.ts';
import { startCopy, type CopyStream } from './wal-sender.ts';

/** The log as it is written, from a place on. */
export interface LogStream extends Pick<CopyStream, 'ended' | 'pause' | 'resume' | 'finish'> {
  /** PostgreSQL may throw away what lies before this place. */
  confirm(through: LogPlace): void;
}

const dataHeaderBytes = 25;
const asksForReplyAt = 17;
/** Microseconds between 1970 and 2000, where PostgreSQL's time begins. */
const postgresEpochUs = 946_684_800_000_000n;

/** A status update: what was received, what is safe, what was applied, the time; no answer wanted. */
function statusOf(through: LogPlace, nowMs: number): Uint8Array {
  const message = Buffer.alloc(34);
  message.write('r');
  for (const offset of [1, 9, 17]) message.writeBigInt64BE(through, offset);
  message.writeBigInt64BE(BigInt(nowMs) * 1000n - postgresEpochUs, 25);
  return message;
}

/**
 * Follows the log through a replication slot, which keeps PostgreSQL from throwing away what is not
 * confirmed. `onBytes` is given each stretch with its place.
 */
export function followLog(
  client: Client,
  { slot, from, timeline }: { readonly slot: string; readonly from: LogPlace; readonly timeline: number },
  onBytes: (place: LogPlace, bytes: Uint8Array) => void,
): LogStream {
  let confirmed = from;
  const confirm = (): void => {
    copy.send(statusOf(confirmed, Date.now()));
  };
  const hear = (piece: Uint8Array): void => {
    const message = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const kind = message.toString('latin1', 0, 1);
    if (kind === 'w') onBytes(message.readBigUInt64BE(1), message.subarray(dataHeaderBytes));
    else if (kind === 'k' && message.readUInt8(asksForReplyAt) === 1) confirm();
  };
  const command = `START_REPLICATION SLOT ${slot} PHYSICAL ${formatLogPlace(from)} TIMELINE ${timeline}`;
  const copy = startCopy(client, command, { piece: hear });
  return {
    ...copy,
    confirm: (through) => {
      confirmed = through;
      confirm();
    },
  };
}
