import { serverTypes } from '@claviger/domain';
import {
  areEqual,
  CborFault,
  chainLink,
  decodeEvent,
  emptyLogHash,
  type DeviceEvent,
  type EventsMessage,
} from '@claviger/protocol';
import type { AuthorityPorts } from '../authority.ts';
import type { LogPosition, StoredMark } from '../store.ts';

/** An event with the chain's hash after it. */
export type Chained = DeviceEvent & { readonly hash: Uint8Array };

/** An event as a device may tell it. */
export function decoded(encoded: Uint8Array): DeviceEvent | undefined {
  try {
    const event = decodeEvent(encoded);
    if ((event.type === 'events_lost') !== (event.lost !== undefined)) return undefined;
    return serverTypes.includes(event.type) ? undefined : event;
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

/** After which event this one comes: a record of lost events comes after the one before all of them. */
export function beforeOf({ sequence, lost }: DeviceEvent): number {
  return sequence - (lost?.count ?? 1);
}

type Sha256 = AuthorityPorts['sha256'];

/** The events of a batch with the chain's hash after each, up to the first that is no continuation. */
export function wholePart(batch: EventsMessage, sha256: Sha256): Chained[] {
  const events: Chained[] = [];
  let hash = batch.previousHash;
  let sequence = batch.firstSequence - 1;
  for (const encoded of batch.events) {
    const event = decoded(encoded);
    if (!event || beforeOf(event) !== sequence) return events;
    sequence = event.sequence;
    hash = event.lost?.hash ?? sha256(chainLink(hash, encoded));
    events.push({ ...event, hash });
  }
  return events;
}

/**
 * The events of a batch with the chain's hash after each, or undefined where one is no continuation. A record
 * of lost events says where the chain goes on; the signature of the batch stands for it.
 */
export function chained(batch: EventsMessage, sha256: Sha256): Chained[] | undefined {
  const events = wholePart(batch, sha256);
  return events.length === batch.events.length ? events : undefined;
}

/** A record of lost events may reach back over some that are stored: those are not lost. */
export function lostSince(event: Chained, storedThrough: number): Chained {
  if (!event.lost) return event;
  const count = Math.min(event.lost.count, event.sequence - storedThrough);
  return { ...event, lost: { ...event.lost, count } };
}

/** How the history that a batch tells goes together with the log that is stored. */
export interface Meeting {
  /** The last place that both have. */
  readonly place: LogPosition;
  /** What the batch tells after the end of the log or, of another history, after that place. */
  readonly news: readonly Chained[];
  /** Whether the batch continues another history than the log (a cloned disk, an older image). */
  readonly isOther: boolean;
}

/** Of these events it helps to know what is stored: those that a batch and a log can both have. */
export function sharedSequences(
  { firstSequence }: EventsMessage,
  chain: readonly Chained[],
  { storedThrough }: LogPosition,
): number[] {
  return [firstSequence - 1, ...chain.map(({ sequence }) => sequence)].filter(
    (sequence) => sequence <= storedThrough,
  );
}

/**
 * Walks the hash chain of a batch along the log. What neither side knows one by one, for a record of lost
 * events stands there, is no difference.
 */
export function meet(
  batch: EventsMessage,
  chain: readonly Chained[],
  stored: { readonly log: LogPosition; readonly marks: readonly StoredMark[] },
): Meeting {
  const { log, marks } = stored;
  const known = new Map(marks.map(({ sequence, hash }) => [sequence, hash]));
  known.set(0, emptyLogHash).set(log.storedThrough, log.lastHash);
  const first = { sequence: batch.firstSequence - 1, hash: batch.previousHash };
  let common = first;
  let isOther = false;
  for (const { sequence, hash } of [first, ...chain]) {
    const there = known.get(sequence);
    if (there === undefined) continue;
    isOther = !areEqual(there, hash);
    if (isOther) break;
    common = { sequence, hash };
  }
  const from = isOther ? common.sequence : log.storedThrough;
  const news = chain.filter(({ sequence }) => sequence > from).map((event) => lostSince(event, from));
  return { place: { storedThrough: common.sequence, lastHash: common.hash }, news, isOther };
}
