import { detailOf, type ListFault } from '@claviger/domain';
import {
  areEqual,
  CborFault,
  createChangedList,
  listHeadMessage,
  listPieceMessage,
  openAccessList,
  openMessage,
  type HelloMessage,
  type PackedList,
  type TimeMessage,
  toldRoot,
  uuidBytes,
} from '@claviger/protocol';
import type { Core } from '../core.ts';
import type { Doubt } from '../recovery/doubt.ts';
import { recordOf } from '../memory/memory.ts';
import { assemblyPiecesLimit, createAssemblies, type Assembled, type Assemblies } from './assembly.ts';
import { createDeltaDesk, type DeltaReceipt } from './delta-desk.ts';
import { compareVersions, doorListOf, noDoorList, type DoorList } from './door-list.ts';
import { ageOf, loadHeld, refuse, type Held } from './held.ts';
import { confirmedMemory, keepList, rootOf, signedAt, type StoredHead } from './stored-list.ts';

/** That a list is current is written at most this often; what a power cut loses makes the lock stricter. */
const confirmedEveryMs = 15 * 60_000;

/** Keeps the access list of each lock: takes newer ones, decides by the old one until then. */
export interface ListKeeper {
  readonly of: (lock: number) => DoorList;
  /** When the server last said that the lock's list is current. */
  readonly confirmedAt: (lock: number) => number;
  readonly versions: () => HelloMessage['lists'];
  /** False for what is not a valid message about a list of this device. */
  readonly receiveHead: (message: Uint8Array) => boolean;
  readonly receivePiece: (message: Uint8Array) => boolean;
  readonly receiveDelta: (message: Uint8Array) => DeltaReceipt;
  /** The server named these lists as current at this time. */
  readonly confirm: (lists: TimeMessage['lists'], at: number) => void;
  /** The doubt has begun or ended: counted Keys are suspended, or decided by what the list says. */
  readonly decideAnew: () => void;
}

function opened(bytes: Uint8Array): PackedList | undefined {
  try {
    const list = openAccessList(bytes);
    // A QR names locks by parts of their UUIDs; a list of a lock with another name is none.
    uuidBytes(list.rules.lock.id);
    return list;
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

/** What is wrong with a list that was put together, besides its age. */
function faultOf({ head, bytes }: Assembled, core: Core, others: readonly Held[]): ListFault | PackedList {
  if (!areEqual(core.crypto.sha256(bytes), head.hash)) return 'another_hash';
  const list = opened(bytes);
  if (list === undefined) return 'malformed';
  const { device, ownershipEpoch, lock } = list.rules;
  const isOurs = device === core.identity.deviceId && ownershipEpoch === core.ownershipEpoch;
  const isOfOtherLock = others.some((other) => other.list?.list().rules.lock.id === lock.id);
  if (!isOurs || isOfOtherLock) return 'foreign';
  return compareVersions(list.rules, head.list) === 0 ? list : 'other_version';
}

/** Swaps a verified list in with one transaction; the old one stays if that fails. */
function take(
  core: Core,
  held: Held,
  taken: { readonly assembled: Assembled; readonly list: PackedList; readonly isInDoubt: boolean },
): void {
  const { head, letter, bytes } = taken.assembled;
  const { ownershipEpoch } = core;
  const stored: StoredHead = { ownershipEpoch, ...head.list, hash: head.hash, letter };
  const detail = detailOf('keys', taken.list.keyCount);
  try {
    core.commit((transaction) => {
      keepList(transaction, head.lock, { head: stored, body: bytes });
      core.journal.append(transaction, { lock: head.lock, type: 'list_taken', list: head.list, detail });
    });
  } catch (error) {
    core.diary.note('error', `an access list for lock ${head.lock} cannot be kept: ${String(error)}`);
    return;
  }
  held.condition = 'whole';
  held.head = stored;
  held.list = createChangedList(taken.list);
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
  else if (held.list && held.list.list().rules.lock.id !== found.rules.lock.id)
    refuse(core, held, { head, cause: 'foreign' });
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

/** What a hello says of the list of one lock. */
function toldOf(lock: number, { door, head }: Held): HelloMessage['lists'] {
  return door.version && head ? [{ lock, list: door.version, root: toldRoot(rootOf(head)) }] : [];
}

/** Reads the lists of these locks from the store. */
export function createListKeeper(core: Core, doubt: Doubt): ListKeeper {
  for (const { number } of core.identity.locks) core.time.witness(signedAt(core, number));
  const lists = new Map(
    core.identity.locks.map(({ number }) => [number, loadHeld(core, number, doubt.isInDoubt)] as const),
  );
  const shelf: Shelf = { core, lists, assemblies: createAssemblies(), doubt };
  const deltas = createDeltaDesk({ core, lists, doubt });
  return {
    of: (lock) => lists.get(lock)?.door ?? noDoorList,
    confirmedAt: (lock) => lists.get(lock)?.confirmedAt ?? 0,
    versions: () => [...lists].flatMap(([lock, held]) => toldOf(lock, held)),
    receiveHead: (message) => receiveHead(shelf, message),
    receivePiece: (message) => receivePiece(shelf, message),
    receiveDelta: deltas.receive,
    confirm: (named, at) => {
      for (const { lock, list } of named) {
        const held = lists.get(lock);
        if (held) held.named = list;
        if (held?.door.version && compareVersions(held.door.version, list) === 0)
          confirmOne(core, held, { lock, at });
      }
    },
    decideAnew: () => {
      for (const held of lists.values())
        if (held.list) held.door = doorListOf(held.list.list(), doubt.isInDoubt);
    },
  };
}
