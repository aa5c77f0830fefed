import { areEqual, chainLink, decodeEvent, encodeEvent, type DeviceEvent } from '@claviger/protocol';
import type { Crypto, StoredEvent, StoreTransaction } from '../ports.ts';

/** Where a chain has got to: the last sequence, and its hash. */
interface Place {
  readonly sequence: number;
  readonly hash: Uint8Array;
}

/** What is needed to mend a log. */
interface Mending {
  readonly sha256: Crypto['sha256'];
  /** The end of the whole chain. */
  readonly end: Place;
  /** What a record tells where no neighbour can be read. */
  readonly otherwise: Pick<DeviceEvent, 'lock' | 'at' | 'uncertaintyMs' | 'mono' | 'bootNumber'>;
}

/** A log whose entries after a place are read. */
export interface ReadLog extends Mending {
  readonly before: Place;
}

/** What an entry says; undefined for one that is damaged. */
export function readEntry({ encoded }: StoredEvent): DeviceEvent | undefined {
  try {
    return decodeEvent(encoded);
  } catch {
    return undefined;
  }
}

/** The hash after an entry, as its bytes say it; undefined where they cannot be read or tell of others. */
function hashAfter(before: Place, entry: StoredEvent, sha256: Crypto['sha256']): Uint8Array | undefined {
  const event = readEntry(entry);
  if (event?.sequence !== entry.sequence) return undefined;
  if (event.sequence - before.sequence !== (event.lost?.count ?? 1)) return undefined;
  return event.lost?.hash ?? sha256(chainLink(before.hash, entry.encoded));
}

/** Whether the chain goes on from this place as it lies on the disk: then the hash alone was damaged. */
function goesOn(from: Place, next: StoredEvent | undefined, { sha256, end }: Mending): boolean {
  if (next === undefined) return areEqual(from.hash, end.hash);
  const after = hashAfter(from, next, sha256);
  return after !== undefined && areEqual(after, next.hash);
}

/** The record that takes the place of an entry, or of the record of several, whose bytes are damaged. */
function lostEntry(
  { sequence, hash }: StoredEvent,
  { before, next, otherwise }: { before: Place; next: StoredEvent | undefined } & Pick<Mending, 'otherwise'>,
): StoredEvent {
  const { lock, at, uncertaintyMs, mono, bootNumber } = (next && readEntry(next)) ?? otherwise;
  const lost = { count: sequence - before.sequence, until: at, hash };
  const when = { at, uncertaintyMs, mono, bootNumber };
  return { sequence, encoded: encodeEvent({ sequence, lock, type: 'events_lost', ...when, lost }), hash };
}

function mended(
  entry: StoredEvent,
  next: StoredEvent | undefined,
  { before, mending }: { readonly before: Place; readonly mending: Mending },
): StoredEvent {
  const hash = hashAfter(before, entry, mending.sha256);
  if (hash && areEqual(hash, entry.hash)) return entry;
  if (hash && goesOn({ ...entry, hash }, next, mending)) return { ...entry, hash };
  return lostEntry(entry, { before, next, otherwise: mending.otherwise });
}

/**
 * The first entries after `before`, at most so many, as they can be told: one that the disk has damaged gives
 * way to a record that it is lost, for a chain with a wrong link is refused for ever.
 */
export function readMended(
  transaction: StoreTransaction,
  { before, limit, ...mending }: ReadLog & { readonly limit: number },
): StoredEvent[] {
  // What follows an entry tells which part of it is damaged.
  const entries = transaction.readEvents(before.sequence + 1, limit + 1);
  let place = before;
  return entries.slice(0, limit).map((entry, index) => {
    const good = mended(entry, entries[index + 1], { before: place, mending });
    if (good !== entry) {
      transaction.dropEvents(entry.sequence, entry.sequence);
      transaction.appendEvent(good);
    }
    place = good;
    return good;
  });
}
