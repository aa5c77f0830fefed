import { detailOf, type AccessList, type ListFault } from '@claviger/domain';
import {
  areEqual,
  CborFault,
  decodeAccessList,
  listHeadMessage,
  listPieceMessage,
  openMessage,
  uuidBytes,
  type HelloMessage,
  type ListHeadMessage,
  type TimeMessage,
  hexText,
} from '@claviger/protocol';
import type { Core } from '../core.ts';
import type { Doubt } from '../recovery/doubt.ts';
import { recordOf } from '../memory.ts';
import { assemblyPiecesLimit, createAssemblies, type Assembled, type Assemblies } from './assembly.ts';
import { compareVersions, doorListOf, noDoorList, type DoorList, type ListVersion } from './door-list.ts';
import { confirmedMemory, loadList, recordsOfList, type StoredHead, type StoredList } from './stored-list.ts';

/** That a list is current is written at most this often; what a power cut loses makes the lock stricter. */
const confirmedEveryMs = 15 * 60_000;

/** Refused heads that each lock remembers, so that each is recorded once; of more none is recorded. */
const refusedHeadsLimit = 32;

/** Keeps the access list of each lock: takes newer ones, decides by the old one until then. */
export interface ListKeeper {
  readonly of: (lock: number) => DoorList;
  /** When the server last said that the lock's list is current. */
  readonly confirmedAt: (lock: number) => number;
  readonly versions: () => HelloMessage['lists'];
  /** False for what is not a valid message about a list of this device. */
  readonly receiveHead: (message: Uint8Array) => boolean;
  readonly receivePiece: (message: Uint8Array) => boolean;
  /** The server named these lists as current at this time. */
  readonly confirm: (lists: TimeMessage['lists'], at: number) => void;
  /** The doubt has begun or ended: counted Keys are suspended, or decided by what the list says. */
  readonly decideAnew: () => void;
}

interface Held {
  condition: StoredList['condition'];
  /** What the server has named current in this boot; a lock that has lost its version goes by it alone. */
  named: ListVersion | undefined;
  head: StoredHead | undefined;
  list: AccessList | undefined;
  door: DoorList;
  confirmedAt: number;
  confirmedWrittenAt: number;
  readonly refused: Set<string>;
}

/** What is known of the version of a list that cannot be read. */
function versionOf({ head }: StoredList): ListVersion | undefined {
  return head && { incarnation: head.incarnation, version: head.version };
}

function loadHeld(core: Core, lock: number, isInDoubt: boolean): Held {
  const stored = loadList(core, lock);
  const { condition, list, confirmedAt } = stored;
  const door = list ? doorListOf(list, isInDoubt) : noDoorList;
  // Told by every boot that finds it so.
  if (condition !== 'whole')
    core.keep([{ lock, type: 'list_refused', list: versionOf(stored), detail: 'list_damaged' }]);
  return { ...stored, door, named: undefined, confirmedWrittenAt: confirmedAt, refused: new Set() };
}

function decoded(bytes: Uint8Array): AccessList | undefined {
  try {
    const list = decodeAccessList(bytes);
    // A QR names Keys and locks by parts of their UUIDs; a list that has other names is none.
    for (const { id } of [list.lock, ...list.keys]) uuidBytes(id);
    return list;
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

/** What is wrong with a list that was put together, besides its age. */
function faultOf({ head, bytes }: Assembled, core: Core, others: readonly Held[]): ListFault | AccessList {
  if (!areEqual(core.crypto.sha256(bytes), head.hash)) return 'another_hash';
  const list = decoded(bytes);
  if (list === undefined) return 'malformed';
  const isOurs = list.device === core.identity.deviceId && list.ownershipEpoch === core.ownershipEpoch;
  const isOfOtherLock = others.some((other) => other.list?.lock.id === list.lock.id);
  if (!isOurs || isOfOtherLock) return 'foreign';
  return compareVersions(list, head.list) === 0 ? list : 'other_version';
}

type Age = 'newer' | 'held' | 'unnamed' | 'rollback';

/**
 * Of a lock that cannot read its list. Where the version is lost, no list is taken before the server has
 * named one in this boot, and none older than that. Where only the list is damaged, its hash may be what is:
 * another one of the same version is taken at the server's word alone.
 */
function ageOfUnread({ condition, named, head: stored }: Held, head: ListHeadMessage): Age {
  const isNamed = named !== undefined && compareVersions(head.list, named) >= 0;
  if (condition === 'lost' || stored === undefined) {
    if (named === undefined) return 'unnamed';
    return isNamed ? 'newer' : 'rollback';
  }
  const order = compareVersions(head.list, stored);
  if (order !== 0) return order > 0 ? 'newer' : 'rollback';
  return isNamed || areEqual(head.hash, stored.hash) ? 'newer' : 'unnamed';
}

/** Whether a list is news, already held, older than what this lock has had, or nobody knows that yet. */
function ageOf(held: Held, head: ListHeadMessage): Age {
  const { condition, head: newest } = held;
  if (condition !== 'whole') return ageOfUnread(held, head);
  if (newest === undefined) return 'newer';
  const order = compareVersions(head.list, newest);
  if (order > 0) return 'newer';
  return order === 0 && areEqual(head.hash, newest.hash) ? 'held' : 'rollback';
}

function refuse(core: Core, held: Held, { head, cause }: { head: ListHeadMessage; cause: ListFault }): void {
  const name = hexText(head.hash);
  if (held.refused.has(name) || held.refused.size >= refusedHeadsLimit) return;
  held.refused.add(name);
  core.diary.note('warn', `an access list for lock ${head.lock} is refused: ${cause}`);
  core.keep([{ lock: head.lock, type: 'list_refused', list: head.list, detail: `list_${cause}` }]);
}

/** Swaps a verified list in with one transaction; the old one stays if that fails. */
function take(
  core: Core,
  held: Held,
  taken: { readonly assembled: Assembled; readonly list: AccessList; readonly isInDoubt: boolean },
): void {
  const { head, letter, bytes } = taken.assembled;
  const { ownershipEpoch } = core;
  const stored: StoredHead = { ownershipEpoch, ...head.list, hash: head.hash, letter };
  const detail = detailOf('keys', taken.list.keys.length);
  try {
    core.commit((transaction) => {
      for (const { name, value } of recordsOfList(head.lock, stored, bytes)) transaction.put(name, value);
      core.journal.append(transaction, { lock: head.lock, type: 'list_taken', list: head.list, detail });
    });
  } catch (error) {
    core.diary.note('error', `an access list for lock ${head.lock} cannot be kept: ${String(error)}`);
    return;
  }
  held.condition = 'whole';
  held.head = stored;
  held.list = taken.list;
  held.door = doorListOf(taken.list, taken.isInDoubt);
  held.refused.clear();
}

function confirmOne(core: Core, held: Held, { lock, at }: { lock: number; at: number }): void {
  held.confirmedAt = Math.max(held.confirmedAt, at);
  if (held.confirmedAt - held.confirmedWrittenAt < confirmedEveryMs) return;
  try {
    const { name, value } = recordOf(confirmedMemory(lock), { at: held.confirmedAt });
    core.commit((transaction) => {
      transaction.put(name, value);
    });
    held.confirmedWrittenAt = held.confirmedAt;
  } catch (error) {
    core.diary.note('warn', `cannot keep that the list of lock ${lock} is current: ${String(error)}`);
  }
}

interface Shelf {
  readonly core: Core;
  readonly lists: ReadonlyMap<number, Held>;
  readonly assemblies: Assemblies;
  readonly doubt: Doubt;
}

function isForUs(
  { core }: Shelf,
  body: { readonly device: Uint8Array; readonly ownershipEpoch: number },
): boolean {
  return areEqual(body.device, core.device) && body.ownershipEpoch === core.ownershipEpoch;
}

function finish({ core, lists, doubt }: Shelf, assembled: Assembled): void {
  const { head } = assembled;
  const held = lists.get(head.lock);
  if (!held || ageOf(held, head) !== 'newer') return;
  const others = [...lists.values()].filter((other) => other !== held);
  const found = faultOf(assembled, core, others);
  if (typeof found === 'string') refuse(core, held, { head, cause: found });
  else if (held.list && held.list.lock.id !== found.lock.id) refuse(core, held, { head, cause: 'foreign' });
  else take(core, held, { assembled, list: found, isInDoubt: doubt.isInDoubt });
}

function receiveHead(shelf: Shelf, message: Uint8Array): boolean {
  const { core, lists, assemblies } = shelf;
  const opened = openMessage(listHeadMessage, message, core.verify);
  const held = opened.ok && isForUs(shelf, opened.body) ? lists.get(opened.body.lock) : undefined;
  if (!opened.ok || !held) return false;
  const head = opened.body;
  core.time.witness(head.signedAt);
  const age = ageOf(held, head);
  if (age === 'rollback') refuse(core, held, { head, cause: 'rollback' });
  else if (head.pieces > assemblyPiecesLimit) refuse(core, held, { head, cause: 'too_long' });
  else if (age === 'newer') assemblies.begin(head, message);
  return true;
}

function receivePiece(shelf: Shelf, message: Uint8Array): boolean {
  const opened = openMessage(listPieceMessage, message, shelf.core.verify);
  if (!opened.ok || !isForUs(shelf, opened.body)) return false;
  const { hash, index, piece } = opened.body;
  const assembled = shelf.assemblies.add(hash, index, piece);
  if (assembled) finish(shelf, assembled);
  return true;
}

/** Reads the lists of these locks from the store. */
export function createListKeeper(core: Core, doubt: Doubt): ListKeeper {
  const lists = new Map(
    core.identity.locks.map(({ number }) => [number, loadHeld(core, number, doubt.isInDoubt)] as const),
  );
  const shelf: Shelf = { core, lists, assemblies: createAssemblies(), doubt };
  return {
    of: (lock) => lists.get(lock)?.door ?? noDoorList,
    confirmedAt: (lock) => lists.get(lock)?.confirmedAt ?? 0,
    versions: () =>
      [...lists].flatMap(([lock, { door }]) => (door.version ? [{ lock, list: door.version }] : [])),
    receiveHead: (message) => receiveHead(shelf, message),
    receivePiece: (message) => receivePiece(shelf, message),
    confirm: (named, at) => {
      for (const { lock, list } of named) {
        const held = lists.get(lock);
        if (held) held.named = list;
        if (held?.door.version && compareVersions(held.door.version, list) === 0)
          confirmOne(core, held, { lock, at });
      }
    },
    decideAnew: () => {
      for (const held of lists.values()) if (held.list) held.door = doorListOf(held.list, doubt.isInDoubt);
    },
  };
}
