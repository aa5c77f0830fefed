import { accessListSizeLimit, listPieceLimit, type ListHeadMessage } from '@claviger/protocol';

/** As many pieces as the longest access list has. */
export const assemblyPiecesLimit = Math.ceil(accessListSizeLimit / listPieceLimit);

/** The bytes of all lists that are being put together at a time in one box: one longest list. */
export const assemblyBytesLimit = accessListSizeLimit;

interface Assembly {
  readonly head: ListHeadMessage;
  /** The head as it was signed. */
  readonly letter: Uint8Array;
  readonly pieces: Map<number, Uint8Array>;
}

/** An access list of which every piece has come; nothing of it is verified. */
export interface Assembled {
  readonly head: ListHeadMessage;
  readonly letter: Uint8Array;
  readonly bytes: Uint8Array;
}

/**
 * Puts access lists together from their pieces, one for each lock at a time. Pieces may come in any order and
 * more than once; those of no list that was begun are not kept.
 */
export interface Assemblies {
  /** Begins this list, unless it is the one that is being put together; another one is given up. */
  readonly begin: (head: ListHeadMessage, letter: Uint8Array) => void;
  readonly add: (hash: Uint8Array, index: number, piece: Uint8Array) => Assembled | undefined;
}

function sizeOf({ pieces }: Assembly): number {
  return [...pieces.values()].reduce((sum, { length }) => sum + length, 0);
}

function joined({ pieces, head }: Assembly): Uint8Array {
  const ordered = Array.from({ length: head.pieces }, (_, index) => pieces.get(index) ?? new Uint8Array());
  const whole = new Uint8Array(ordered.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of ordered) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

export function createAssemblies(): Assemblies {
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

  return {
    begin: (head, letter) => {
      if (String(byLock.get(head.lock)?.head.hash) === String(head.hash)) return;
      drop(head.lock);
      byLock.set(head.lock, { head, letter, pieces: new Map() });
    },
    add: (hash, index, piece) => {
      const assembly = [...byLock.values()].find(({ head }) => String(head.hash) === String(hash));
      if (!assembly || index >= assembly.head.pieces || assembly.pieces.has(index)) return undefined;
      if (heldBytes + piece.length > assemblyBytesLimit) dropOthers(assembly.head.lock);
      if (heldBytes + piece.length > assemblyBytesLimit) return undefined;
      assembly.pieces.set(index, piece);
      heldBytes += piece.length;
      if (assembly.pieces.size < assembly.head.pieces) return undefined;
      drop(assembly.head.lock);
      return { head: assembly.head, letter: assembly.letter, bytes: joined(assembly) };
    },
  };
}
