import { detailOf, type ListFault } from '@claviger/domain';
import {
  areEqual,
  CborFault,
  listDeltaMessage,
  namedRoot,
  openMessage,
  type ListDelta,
  type ReadDelta,
} from '@claviger/protocol';
import type { Core } from '../core.ts';
import type { Doubt } from '../recovery/doubt.ts';
import { doorListOf } from './door-list.ts';
import { refuse, type Held } from './held.ts';
import { changeOf, keepDelta, newestOf, rootOf, type StoredHead } from './stored-list.ts';

/**
 * What became of a delta: taken, or of no use any more, or no letter of this server. `waiting`: a list that
 * it may change has come and is not proven yet. `unplaced`: the list that it changes is not held; the server
 * should hear which one is.
 */
export type DeltaReceipt = 'taken' | 'past' | 'waiting' | 'unplaced' | 'forged';

export interface DeltaDesk {
  readonly receive: (message: Uint8Array) => DeltaReceipt;
  /** Receives what has waited, in the order in which it came. */
  readonly receiveWaiting: () => readonly DeltaReceipt[];
}

/** Deltas that wait until a list is proven, for a second at most. Of more the next hello tells. */
const waitingLimit = 64;

/** More changed Keys than the server lets lie over the longest list; of a third of a box's memory. */
export const changedKeysLimit = 32_768;

/** That a delta has no place is answered at most this often: anybody may play an old one again. */
const unplacedEveryMs = 5_000;

interface Desk {
  readonly core: Core;
  readonly lists: ReadonlyMap<number, Held>;
  readonly doubt: Doubt;
  /** Whether lists have come that are not proven yet. */
  readonly isAwaiting: () => boolean;
}

/** A list that a delta can change. */
interface Place {
  readonly lock: number;
  readonly held: Held;
  readonly head: StoredHead;
  readonly list: NonNullable<Held['list']>;
}

function placesIn({ lists }: Desk): Place[] {
  return [...lists].flatMap(([lock, held]) => {
    const { head, list } = held;
    return head && list ? [{ lock, held, head, list }] : [];
  });
}

function isPast(places: readonly Place[], { version }: ListDelta): boolean {
  return places.length > 0 && places.every(({ head }) => version <= newestOf(head).version);
}

function readIn({ list }: Place, delta: ListDelta): ReadDelta | undefined {
  try {
    return list.read(delta);
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

function faultOf(
  { head, list }: Place,
  { version }: ListDelta,
  read: ReadDelta | undefined,
): ListFault | undefined {
  if (!read) return 'malformed';
  if (version !== newestOf(head).version + 1) return 'other_version';
  return list.changedKeys() + read.entries.length > changedKeysLimit ? 'too_long' : undefined;
}

/** Keeps the delta and what it changes in one transaction; the list stays as it is if that fails. */
function take({ core, doubt }: Desk, place: Place, taken: { letter: Uint8Array; delta: ListDelta }): void {
  const { lock, held, head, list } = place;
  const { letter, delta } = taken;
  const changed = changeOf(head, taken, core.crypto.sha256);
  const named = { incarnation: head.incarnation, version: delta.version };
  const read = readIn(place, delta);
  const fault = faultOf(place, delta, read);
  if (!read || fault) {
    refuse(core, held, { head: { lock, list: named, hash: changed.root }, cause: fault ?? 'malformed' });
    return;
  }
  const stored: StoredHead = { ...head, changed };
  const detail = detailOf('keys', list.keyCountAfter(read));
  try {
    core.commit((transaction) => {
      keepDelta(transaction, lock, { head: stored, letter });
      core.journal.append(transaction, { lock, type: 'list_taken', list: named, detail });
    });
  } catch (error) {
    core.diary.note('error', `a change of the access list of lock ${lock} cannot be kept: ${String(error)}`);
    return;
  }
  list.apply(read);
  held.head = stored;
  held.door = doorListOf(list.list(), doubt.isInDoubt);
  held.refused.clear();
  core.time.witness(list.list().rules.signedAt);
}

/** Takes what changes the lists of a box one after the other. A delta names its list by the root alone. */
export function createDeltaDesk(desk: Desk): DeltaDesk {
  const { core } = desk;
  const waiting: Uint8Array[] = [];
  let answeredAt = -Infinity;
  const receive = (message: Uint8Array): DeltaReceipt => {
    const opened = openMessage(listDeltaMessage, message, core.verify);
    if (!opened.ok) return 'forged';
    const places = placesIn(desk);
    const place = places.find(({ head }) => areEqual(namedRoot(rootOf(head)), opened.body.from));
    if (place) {
      take(desk, place, { letter: message, delta: opened.body });
      return 'taken';
    }
    if (isPast(places, opened.body)) return 'past';
    if (desk.isAwaiting() && waiting.length < waitingLimit) {
      waiting.push(message);
      return 'waiting';
    }
    if (core.mono() - answeredAt < unplacedEveryMs) return 'past';
    answeredAt = core.mono();
    return 'unplaced';
  };
  return { receive, receiveWaiting: () => waiting.splice(0).map(receive) };
}
