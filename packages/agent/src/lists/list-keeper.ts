import { detailOf, type ListFault } from '@claviger/domain';
import {
  areEqual,
  CborFault,
  createChangedList,
  listHeadMessage,
  listPieceMessage,
  openInSlices,
  openMessage,
  type HelloMessage,
  type ListHeadMessage,
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
import { createSlices, listSliceBytes, type Slices } from './slices.ts';
import { confirmedMemory, keepList, rootOf, signedAt, type StoredHead } from './stored-list.ts';

/** Bytes of a list that are hashed between two stops. */
const hashedAtOnce = 128 * 1024;

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
  /**
   * Goes on with the lists that have come and are not proven yet, for a little while; what became of the
   * deltas that have waited for them.
   */
  readonly prove: () => readonly DeltaReceipt[];
  /** When to go on with them, as a reading of `mono`; undefined where there are none. */
  readonly nextProofAt: () => number | undefined;
  readonly receiveDelta: (message: Uint8Array) => DeltaReceipt;
  /** The server named these lists as current at this time. */
  readonly confirm: (lists: TimeMessage['lists'], at: number) => void;
  /** The doubt has begun or ended: counted Keys are suspended, or decided by what the list says. */
  readonly decideAnew: () => void;
}

function* opened(bytes: Uint8Array): Generator<number, PackedList | undefined> {
  try {
    const list = yield* openInSlices(bytes);
    // A QR names locks by parts of their UUIDs; a list of a lock with another name is none.
    uuidBytes(list.rules.lock.id);
    return list;
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

/** The list in these bytes if it is the one that the head names; what is wrong with it otherwise. */
function* readWhole({ head, bytes }: Assembled, core: Core): Generator<number, ListFault | PackedList> {
  const hash = core.crypto.beginSha256();
  for (let begin = 0; begin < bytes.length; begin += hashedAtOnce) {
    const part = bytes.subarray(begin, begin + hashedAtOnce);
    hash.add(part);
    yield part.length;
  }
  if (!areEqual(hash.digest(), head.hash)) return 'another_hash';
  return (yield* opened(bytes)) ?? 'malformed';
}

/** What is wrong with a list that was read, besides its age. */
function faultOf(
  { head, list }: { readonly head: ListHeadMessage; readonly list: PackedList },
  core: Core,
  others: readonly Held[],
): ListFault | undefined {
  const { device, ownershipEpoch, lock } = list.rules;
  const isOurs = device === core.identity.deviceId && ownershipEpoch === core.ownershipEpoch;
  const isOfOtherLock = others.some((other) => other.list?.list().rules.lock.id === lock.id);
  if (!isOurs || isOfOtherLock) return 'foreign';
  return compareVersions(list.rules, head.list) === 0 ? undefined : 'other_version';
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
  readonly proofs: Slices;
  readonly doubt: Doubt;
}

function isForUs(
  { core }: Shelf,
  body: { readonly device: Uint8Array; readonly ownershipEpoch: number },
): boolean {
  return areEqual(body.device, core.device) && body.ownershipEpoch === core.ownershipEpoch;
}

/**
 * Proves a list of which every piece has come, and swaps it in. Meanwhile the lock decides by the old one,
 * which deltas may change: how old the new one is shows at the end.
 */
function* prove({ core, lists, doubt }: Shelf, assembled: Assembled): Generator<number> {
  const { head } = assembled;
  const held = lists.get(head.lock);
  if (!held || ageOf(held, head) !== 'newer') return;
  const list = yield* readWhole(assembled, core);
  if (ageOf(held, head) !== 'newer') return;
  if (typeof list === 'string') {
    refuse(core, held, { head, cause: list });
    return;
  }
  const others = [...lists.values()].filter((other) => other !== held);
  const isOfOther = held.list !== undefined && held.list.list().rules.lock.id !== list.rules.lock.id;
  const fault = faultOf({ head, list }, core, others) ?? (isOfOther ? 'foreign' : undefined);
  if (fault) refuse(core, held, { head, cause: fault });
  else take(core, held, { assembled, list, isInDoubt: doubt.isInDoubt });
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
  if (assembled) shelf.proofs.add(prove(shelf, assembled), assembled.bytes.length);
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
  const proofs = createSlices(core.mono, core.identity.listSliceBytes ?? listSliceBytes);
  const shelf: Shelf = { core, lists, assemblies: createAssemblies(proofs.waitingBytes), proofs, doubt };
  const deltas = createDeltaDesk({ core, lists, doubt, isAwaiting: proofs.isBusy });
  return {
    of: (lock) => lists.get(lock)?.door ?? noDoorList,
    confirmedAt: (lock) => lists.get(lock)?.confirmedAt ?? 0,
    versions: () => [...lists].flatMap(([lock, held]) => toldOf(lock, held)),
    receiveHead: (message) => receiveHead(shelf, message),
    receivePiece: (message) => receivePiece(shelf, message),
    prove: () => (proofs.run() ? deltas.receiveWaiting() : []),
    nextProofAt: proofs.nextAt,
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
