import {
  areEqual,
  at,
  bytes,
  chainLink,
  createChangedList,
  integer,
  listDeltaMessage,
  listHeadMessage,
  maybe,
  openAccessList,
  openMessage,
  record,
  rootAfter,
  type ChangedList,
  type ListDelta,
  type PackedList,
  type ReportedContent,
} from '@claviger/protocol';
import type { Core } from '../core.ts';
import { listBodyName, namesIn, recallWhole, remember, type Memory } from '../memory/memory.ts';
import type { StoreTransaction } from '../ports.ts';
import { compareVersions, type ListVersion } from './door-list.ts';

/** What the store says of the newest list that a lock ever took; no older one is taken again. */
export interface StoredHead extends ListVersion {
  readonly ownershipEpoch: number;
  readonly hash: Uint8Array;
  /** The letter that had signed it; not given by agents that kept none. */
  readonly letter?: Uint8Array | undefined;
  /** By the last delta that has changed it. */
  readonly changed?: StoredChange | undefined;
}

/** The version and root since a delta, and what all letters that lie there hash to, with their signatures. */
export interface StoredChange {
  readonly version: number;
  readonly root: Uint8Array;
  readonly letters: Uint8Array;
}

/** The newest version: that of the whole list, or of the last delta upon it. */
export function newestOf({ incarnation, version, changed }: StoredHead): ListVersion {
  return { incarnation, version: changed?.version ?? version };
}

/** What the next delta has to name. */
export function rootOf({ hash, changed }: StoredHead): Uint8Array {
  return changed?.root ?? hash;
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
      changed: maybe(
        6,
        record({ version: at(1, integer(2)), root: at(2, bytes(32)), letters: at(3, bytes(32)) }),
      ),
    }),
    initial: { ownershipEpoch: 0, incarnation: 0, version: 0, hash: new Uint8Array(32) },
  };
}

/** When the server last said that this list is current. */
export function confirmedMemory(lock: number): Memory<{ readonly at: number }> {
  return { name: `list/${lock}/confirmed`, form: record({ at: at(1, integer()) }), initial: { at: 0 } };
}

/**
 * The list of a lock as it lies in the store: `damaged` where it cannot be read but its version can, `lost`
 * where not even that can be trusted.
 */
export interface StoredList {
  readonly condition: 'whole' | 'damaged' | 'lost';
  readonly head: StoredHead | undefined;
  /** Not given where there is none, or what lies there is damaged. */
  readonly list: ChangedList | undefined;
  readonly confirmedAt: number;
}

const deltasPrefix = (lock: number): string => `list/${lock}/delta/`;
/** Digits enough for every safe integer: names ascend as versions do. */
const versionDigits = 16;
const written = (version: number): string => String(version).padStart(versionDigits, '0');

function deltaName(lock: number, { incarnation, version }: ListVersion): string {
  return `${deltasPrefix(lock)}${written(incarnation)}/${written(version)}`;
}

function removeDeltas(transaction: StoreTransaction, lock: number): void {
  for (const name of namesIn(transaction, deltasPrefix(lock))) transaction.remove(name);
}

/** The letters that have changed the whole list of this head, in their order; fewer where some are gone. */
function readDeltas(transaction: StoreTransaction, lock: number, head: StoredHead): Uint8Array[] {
  const last = deltaName(lock, newestOf(head));
  const letters: Uint8Array[] = [];
  for (const name of namesIn(transaction, deltasPrefix(lock), deltaName(lock, head))) {
    if (name > last) break;
    const letter = transaction.get(name);
    if (letter) letters.push(letter);
  }
  return letters;
}

type Sha256 = Core['crypto']['sha256'];

/** What a list is by the next delta and its letter. */
export function changeOf(
  { hash, changed }: Pick<StoredHead, 'hash' | 'changed'>,
  { letter, delta }: { readonly letter: Uint8Array; readonly delta: ListDelta },
  sha256: Sha256,
): StoredChange {
  return {
    version: delta.version,
    root: rootAfter(changed?.root ?? hash, delta, sha256),
    letters: sha256(chainLink(changed?.letters ?? hash, letter)),
  };
}

/**
 * The list with what lies over it; undefined where that is not what the head names. Signatures were verified
 * when the letters came: that each bit is still the one that came is shown by what they hash to.
 */
function changedBy(
  whole: PackedList,
  letters: readonly Uint8Array[],
  { head, sha256 }: { readonly head: StoredHead; readonly sha256: Sha256 },
): ChangedList | undefined {
  const list = createChangedList(whole);
  let read: Pick<StoredHead, 'hash' | 'changed'> = { hash: head.hash };
  for (const letter of letters) {
    const opened = openMessage(listDeltaMessage, letter, () => true);
    if (!opened.ok) return undefined;
    read = { hash: head.hash, changed: changeOf(read, { letter, delta: opened.body }, sha256) };
    try {
      list.apply(list.read(opened.body));
    } catch {
      return undefined;
    }
  }
  return isSameChange(read.changed, head.changed) ? list : undefined;
}

function isSameChange(one: StoredChange | undefined, other: StoredChange | undefined): boolean {
  if (!one || !other) return one === other;
  return areEqual(one.root, other.root) && areEqual(one.letters, other.letters);
}

const nothing: StoredList = { condition: 'whole', head: undefined, list: undefined, confirmedAt: 0 };
const lost: StoredList = { ...nothing, condition: 'lost' };

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
  removeDeltas(transaction, lock);
  for (const { name } of [headMemory(lock), confirmedMemory(lock)]) transaction.remove(name);
  transaction.remove(listBodyName(lock));
  return nothing;
}

function readList(transaction: StoreTransaction, lock: number, core: Core): StoredList {
  const head = recallWhole(transaction, headMemory(lock));
  const body = transaction.get(listBodyName(lock));
  if (head === undefined) return lost;
  const isGone = core.goneAt(headMemory(lock).name) !== undefined;
  // Where records are gone there may have been a newer list than any that comes.
  if (head.version === 0) return body === undefined && !isGone ? nothing : lost;
  const whole = bodyOf(body, head, core);
  if (whole && isContradicted(head, whole)) return lost;
  if (head.ownershipEpoch !== core.ownershipEpoch) return removeList(transaction, lock);
  const list =
    whole && changedBy(whole, readDeltas(transaction, lock, head), { head, sha256: core.crypto.sha256 });
  // An unreadable confirmation is none: the list is then as old as can be.
  const confirmedAt = recallWhole(transaction, confirmedMemory(lock))?.at ?? 0;
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

/**
 * The newest list of a lock as the store keeps it, with its bytes and the letters that have changed it;
 * undefined where none can be read.
 */
export function readStored(
  transaction: StoreTransaction,
  lock: number,
): (ReportedContent & { readonly head: StoredHead }) | undefined {
  const head = recallWhole(transaction, headMemory(lock));
  const whole = transaction.get(listBodyName(lock));
  if (!head || head.version === 0 || !whole) return undefined;
  return { head, whole, letters: readDeltas(transaction, lock, head) };
}

/** When the server last signed something of the list of a lock, as far as the store tells. */
export function signedAt(core: Core, lock: number): number {
  return core.store.transact((transaction) => {
    const { letter } = recallWhole(transaction, headMemory(lock)) ?? {};
    const head = letter && openMessage(listHeadMessage, letter, core.verify);
    const confirmed = recallWhole(transaction, confirmedMemory(lock));
    return Math.max(head?.ok === true ? head.body.signedAt : 0, confirmed?.at ?? 0);
  });
}

/** Keeps a whole list that was verified; what had changed the one before goes. */
export function keepList(
  transaction: StoreTransaction,
  lock: number,
  { head, body }: { readonly head: StoredHead; readonly body: Uint8Array },
): void {
  removeDeltas(transaction, lock);
  transaction.put(listBodyName(lock), body);
  remember(transaction, headMemory(lock), head);
}

/** Keeps the letter of a delta that was verified, and that the list has changed by it. */
export function keepDelta(
  transaction: StoreTransaction,
  lock: number,
  { head, letter }: { readonly head: StoredHead; readonly letter: Uint8Array },
): void {
  transaction.put(deltaName(lock, newestOf(head)), letter);
  remember(transaction, headMemory(lock), head);
}
