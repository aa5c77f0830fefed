import type { AccessList } from '@claviger/domain';
import {
  areEqual,
  at,
  bytes,
  decodeAccessList,
  integer,
  listHeadMessage,
  maybe,
  record,
} from '@claviger/protocol';
import type { Core } from '../core.ts';
import { recall, recordOf, type KeptRecord, type Memory } from '../memory.ts';
import type { StoreTransaction } from '../ports.ts';
import type { ListVersion } from './door-list.ts';

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

/** The list of a lock as it lies in the store. */
export interface StoredList {
  readonly head: StoredHead | undefined;
  /** Not given where there is none, or what lies there is damaged. */
  readonly list: AccessList | undefined;
  readonly confirmedAt: number;
}

const nothing: StoredList = { head: undefined, list: undefined, confirmedAt: 0 };

function readList(transaction: StoreTransaction, lock: number, core: Core): StoredList {
  const head = recall(transaction, headMemory(lock));
  if (head.version === 0) return nothing;
  if (head.ownershipEpoch !== core.ownershipEpoch) {
    for (const name of [headMemory(lock).name, bodyName(lock), confirmedMemory(lock).name])
      transaction.remove(name);
    return nothing;
  }
  const { at: confirmedAt } = recall(transaction, confirmedMemory(lock));
  const body = transaction.get(bodyName(lock));
  const isWhole = body !== undefined && areEqual(core.crypto.sha256(body), head.hash);
  if (!isWhole) {
    core.diary.note('error', `the access list of lock ${lock} is damaged; waiting for a new one`);
    return { head, list: undefined, confirmedAt };
  }
  return { head, list: decodeAccessList(body), confirmedAt };
}

/** What can still be read of the newest list: no older one is taken because a newer one is unreadable. */
function rescuedHead(transaction: StoreTransaction, lock: number, core: Core): StoredHead | undefined {
  try {
    const head = recall(transaction, headMemory(lock));
    return head.version > 0 && head.ownershipEpoch === core.ownershipEpoch ? head : undefined;
  } catch {
    core.diary.note('error', `of the access list of lock ${lock} not even the version can be read`);
    return undefined;
  }
}

/**
 * The list of a lock, read at the start. What is damaged is as if it were not there: the lock denies, says so
 * to the server with its next hello, and gets a new one. A list of another ownership is removed.
 */
export function loadList(core: Core, lock: number): StoredList {
  return core.store.transact((transaction) => {
    try {
      return readList(transaction, lock, core);
    } catch (error) {
      core.diary.note('error', `the access list of lock ${lock} cannot be read: ${String(error)}`);
      return { ...nothing, head: rescuedHead(transaction, lock, core) };
    }
  });
}

/** The newest list of a lock as the store keeps it, with its bytes; undefined where there is none. */
export function readStored(
  transaction: StoreTransaction,
  lock: number,
): { readonly head: StoredHead; readonly body: Uint8Array } | undefined {
  const head = recall(transaction, headMemory(lock));
  const body = transaction.get(bodyName(lock));
  return head.version > 0 && body ? { head, body } : undefined;
}

/** What the store keeps of a list that was verified. */
export function recordsOfList(lock: number, head: StoredHead, body: Uint8Array): KeptRecord[] {
  return [{ name: bodyName(lock), value: body }, recordOf(headMemory(lock), head)];
}
