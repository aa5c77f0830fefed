import {
  areEqual,
  at,
  bytes,
  integer,
  listHeadMessage,
  maybe,
  openAccessList,
  record,
  type PackedList,
} from '@claviger/protocol';
import type { Core } from '../core.ts';
import { recall, recordOf, type KeptRecord, type Memory } from '../memory.ts';
import type { StoreTransaction } from '../ports.ts';
import { compareVersions, type ListVersion } from './door-list.ts';

/** What the store says of the newest list that a lock ever took; no older one is taken again. */
export interface StoredHead extends ListVersion {
  readonly ownershipEpoch: number;
  readonly hash: Uint8Array;
  /** The letter that had signed it; not given by agents that kept none. */
  readonly letter?: Uint8Array | undefined;
}

const letterLimit = listHeadMessage.sizeLimit;

function headMemory(lock: number): Memory<StoredHead> {
  return {
    name: `list/${lock}/head`,
    form: record({
      ownershipEpoch: at(1, integer()),
      incarnation: at(2, integer()),
      version: at(3, integer()),
      hash: at(4, bytes(32)),
      letter: maybe(5, bytes(1, letterLimit)),
    }),
    initial: { ownershipEpoch: 0, incarnation: 0, version: 0, hash: new Uint8Array(32) },
  };
}

/** When the server last said that this list is current. */
export function confirmedMemory(lock: number): Memory<{ readonly at: number }> {
  return { name: `list/${lock}/confirmed`, form: record({ at: at(1, integer()) }), initial: { at: 0 } };
}

const bodyName = (lock: number): string => `list/${lock}/body`;

/** The bytes of a list are held to the hash that the server has signed. */
export function isListBody(name: string): boolean {
  return name.startsWith('list/') && name.endsWith('/body');
}

/**
 * The list of a lock as it lies in the store: `damaged` where it cannot be read but its version can, `lost`
 * where not even that can be trusted.
 */
export interface StoredList {
  readonly condition: 'whole' | 'damaged' | 'lost';
  readonly head: StoredHead | undefined;
  /** Not given where there is none, or what lies there is damaged. */
  readonly list: PackedList | undefined;
  readonly confirmedAt: number;
}

const nothing: StoredList = { condition: 'whole', head: undefined, list: undefined, confirmedAt: 0 };
const lost: StoredList = { ...nothing, condition: 'lost' };

/** Undefined where the record is damaged. */
function readOr<Value>(transaction: StoreTransaction, memory: Memory<Value>): Value | undefined {
  try {
    return recall(transaction, memory);
  } catch {
    return undefined;
  }
}

/** The list that the head names, if it lies there whole. */
function bodyOf(body: Uint8Array | undefined, head: StoredHead, core: Core): PackedList | undefined {
  if (body === undefined || !areEqual(core.crypto.sha256(body), head.hash)) return undefined;
  try {
    return openAccessList(body);
  } catch {
    return undefined;
  }
}

/** Nothing protects the head itself; a flipped bit in it shows where the list it names says otherwise. */
function isContradicted(head: StoredHead, { rules }: PackedList): boolean {
  return compareVersions(head, rules) !== 0 || head.ownershipEpoch !== rules.ownershipEpoch;
}

function removeList(transaction: StoreTransaction, lock: number): StoredList {
  for (const { name } of [headMemory(lock), confirmedMemory(lock)]) transaction.remove(name);
  transaction.remove(bodyName(lock));
  return nothing;
}

function readList(transaction: StoreTransaction, lock: number, core: Core): StoredList {
  const head = readOr(transaction, headMemory(lock));
  const body = transaction.get(bodyName(lock));
  if (head === undefined) return lost;
  if (head.version === 0) return body === undefined ? nothing : lost;
  const list = bodyOf(body, head, core);
  if (list && isContradicted(head, list)) return lost;
  if (head.ownershipEpoch !== core.ownershipEpoch) return removeList(transaction, lock);
  // An unreadable confirmation is none: the list is then as old as can be.
  const confirmedAt = readOr(transaction, confirmedMemory(lock))?.at ?? 0;
  return { condition: list ? 'whole' : 'damaged', head, list, confirmedAt };
}

/**
 * The list of a lock, read at the start. What is damaged is as if it were not there: the lock denies, says so
 * to the server with its next hello, and gets a new one. A list of another ownership is removed.
 */
export function loadList(core: Core, lock: number): StoredList {
  const stored = core.store.transact((transaction) => readList(transaction, lock, core));
  const wants = `the access list of lock ${lock} is damaged; `;
  if (stored.condition === 'damaged') core.diary.note('error', `${wants}waiting for one that is not older`);
  if (stored.condition === 'lost')
    core.diary.note('error', `${wants}waiting for the one that the server names current`);
  return stored;
}

/** The newest list of a lock as the store keeps it, with its bytes; undefined where none can be read. */
export function readStored(
  transaction: StoreTransaction,
  lock: number,
): { readonly head: StoredHead; readonly body: Uint8Array } | undefined {
  const head = readOr(transaction, headMemory(lock));
  const body = transaction.get(bodyName(lock));
  return head && head.version > 0 && body ? { head, body } : undefined;
}

/** What the store keeps of a list that was verified. */
export function recordsOfList(lock: number, head: StoredHead, body: Uint8Array): KeptRecord[] {
  return [{ name: bodyName(lock), value: body }, recordOf(headMemory(lock), head)];
}
