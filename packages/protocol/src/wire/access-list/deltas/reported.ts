import { CborFault } from '../../cbor.ts';
import { joinBytes } from '../../signed-bytes.ts';
import { accessListLength } from '../open.ts';
import { createByteReader } from './bytes.ts';

const lengthLength = 2;

/** A list as a door gives it back: the whole one that lies there, then the letters that have changed it. */
export interface ReportedContent {
  readonly whole: Uint8Array;
  readonly letters: readonly Uint8Array[];
}

/** The list itself where nothing has changed it: a door gives it back in many pieces, and copies none. */
export function joinReported({ whole, letters }: ReportedContent): Uint8Array {
  if (letters.length === 0) return whole;
  const parts = letters.flatMap((letter) => [Uint8Array.of(letter.length >> 8, letter.length & 255), letter]);
  return joinBytes(whole, ...parts);
}

/** Throws CborFault for what `joinReported` did not join. */
export function splitReported(content: Uint8Array): ReportedContent {
  const length = accessListLength(content);
  const rest = createByteReader(content.subarray(length));
  const letters: Uint8Array[] = [];
  while (!rest.isAtEnd()) {
    const letter = rest.number(lengthLength);
    if (letter === 0) throw new CborFault('an empty letter');
    letters.push(rest.bytes(letter));
  }
  return { whole: content.subarray(0, length), letters };
}
