import { accessListSizeLimit, listPieceLimit, type ListHeadMessage } from '@claviger/protocol';

/** As many pieces as the longest access list has. */
export const assemblyPiecesLimit = Math.ceil(accessListSizeLimit / listPieceLimit);

/** The bytes of all lists that are being put together at a time in one box: one longest list. */
export const assemblyBytesLimit = accessListSizeLimit;

interface Assembly {
  readonly head: ListHeadMessage;
  /** The head as it was signed. */
  readonly letter: Uint8Array;
  readonly present: Set<number>;
  /** Where each piece but the last lies at its place; of no length before one of these has come. */
  bytes: Uint8Array;
  pieceLength: number;
  last: Uint8Array | undefined;
}

/** An access list of which every piece has come; nothing of it is verified. */
export interface Assembled {
  readonly head: ListHeadMessage;
  readonly letter: Uint8Array;
  readonly bytes: Uint8Array;
}

/**
 * Puts access lists together from their pieces, one for each lock at a time. Pieces may come in any order and
 * more than once, all but the last of one length; those of no list that was begun are not kept.
 */
export interface Assemblies {
  /** Begins this list, unless it is the one that is being put together; another one is given up. */
  readonly begin: (head: ListHeadMessage, letter: Uint8Array) => void;
  readonly add: (hash: Uint8Array, index: number, piece: Uint8Array) => Assembled | undefined;
}

function sizeOf({ bytes, last }: Assembly): number {
  return bytes.length + (last?.length ?? 0);
}

/** How much more room a list takes with this piece: all of it with the first that tells their length. */
function roomFor({ head, pieceLength }: Assembly, index: number, { length }: Uint8Array): number {
  if (index === head.pieces - 1) return length;
  return pieceLength === 0 ? length * head.pieces : 0;
}

/** False for a piece of another length than others: with that, none has its place. */
function place(assembly: Assembly, index: number, piece: Uint8Array): boolean {
  const { head, present } = assembly;
  if (index === head.pieces - 1) assembly.last = piece.slice();
  else {
    if (assembly.pieceLength === 0) {
      assembly.pieceLength = piece.length;
      assembly.bytes = new Uint8Array(piece.length * head.pieces);
    }
    if (piece.length !== assembly.pieceLength) return false;
    assembly.bytes.set(piece, index * piece.length);
  }
  present.add(index);
  return true;
}

/** Undefined where the last piece is longer than all others. */
function joined({ bytes, pieceLength, last }: Assembly): Uint8Array | undefined {
  if (!last || bytes.length === 0) return last;
  if (last.length > pieceLength) return undefined;
  const begin = bytes.length - pieceLength;
  bytes.set(last, begin);
  return bytes.subarray(0, begin + last.length);
}

/** `elsewhere` tells how many bytes of lists are held that have come and are not taken yet. */
export function createAssemblies(elsewhere: () => number = () => 0): Assemblies {
  const byLock = new Map<number, Assembly>();
  let heldBytes = 0;

  const drop = (lock: number): void => {
    const assembly = byLock.get(lock);
    if (assembly) heldBytes -= sizeOf(assembly);
    byLock.delete(lock);
  };

  /** Two long lists that wait for each other's room would wait for ever; what is dropped is sent again. */
  const dropOthers = (lock: number): void => {
    for (const other of byLock.keys()) if (other !== lock) drop(other);
  };

  const hasRoom = (bytes: number): boolean => heldBytes + elsewhere() + bytes <= assemblyBytesLimit;

  return {
    begin: (head, letter) => {
      if (String(byLock.get(head.lock)?.head.hash) === String(head.hash)) return;
      drop(head.lock);
      const nothing = { present: new Set<number>(), bytes: new Uint8Array(), pieceLength: 0 };
      byLock.set(head.lock, { head, letter, ...nothing, last: undefined });
    },
    add: (hash, index, piece) => {
      const assembly = [...byLock.values()].find(({ head }) => String(head.hash) === String(hash));
      if (!assembly || index >= assembly.head.pieces || assembly.present.has(index)) return undefined;
      const { head, letter, present } = assembly;
      const room = roomFor(assembly, index, piece);
      if (!hasRoom(room)) dropOthers(head.lock);
      if (!hasRoom(room) || !place(assembly, index, piece)) return undefined;
      heldBytes += room;
      if (present.size < head.pieces) return undefined;
      drop(head.lock);
      const bytes = joined(assembly);
      return bytes && { head, letter, bytes };
    },
  };
}
