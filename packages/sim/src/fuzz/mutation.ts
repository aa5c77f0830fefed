import type { Chance } from '../oracle/chance.ts';

/** Values at which decoders go wrong: ends of ranges, sign bits, lengths of CBOR heads. */
const telling = [0, 1, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1f, 0x5f, 0x7f, 0x80, 0x9f, 0xbf, 0xfe, 0xff] as const;

const noiseLimit = 400;

/** A place from 0 to the end, the end included. */
function placeIn(bytes: Uint8Array, chance: Chance): number {
  return chance.below(bytes.length + 1);
}

function noise(length: number, chance: Chance): Uint8Array {
  return Uint8Array.from({ length }, () => chance.below(256));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function turned(bytes: Uint8Array, chance: Chance): Uint8Array {
  const changed = bytes.slice();
  for (let times = 1 + chance.below(4); times > 0; times -= 1) {
    const bit = chance.below(bytes.length * 8);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  }
  return changed;
}

function overwritten(bytes: Uint8Array, chance: Chance): Uint8Array {
  const changed = bytes.slice();
  for (let times = 1 + chance.below(4); times > 0; times -= 1)
    changed[chance.below(bytes.length)] = chance.pick(telling);
  return changed;
}

function cutOut(bytes: Uint8Array, chance: Chance): Uint8Array {
  const from = placeIn(bytes, chance);
  return joined(bytes.subarray(0, from), bytes.subarray(from + 1 + chance.below(16)));
}

function inserted(bytes: Uint8Array, chance: Chance): Uint8Array {
  const place = placeIn(bytes, chance);
  const added = noise(1 + chance.below(16), chance);
  return joined(bytes.subarray(0, place), added, bytes.subarray(place));
}

function repeated(bytes: Uint8Array, chance: Chance): Uint8Array {
  const from = placeIn(bytes, chance);
  const until = from + 1 + chance.below(32);
  return joined(bytes.subarray(0, until), bytes.subarray(from));
}

function moved(bytes: Uint8Array, chance: Chance): Uint8Array {
  const [one, other] = [placeIn(bytes, chance), placeIn(bytes, chance)].sort((a, b) => a - b);
  const half = bytes.subarray(one, other);
  return joined(bytes.subarray(0, one), bytes.subarray(other), half);
}

const ways = [
  turned,
  overwritten,
  cutOut,
  inserted,
  repeated,
  moved,
  (bytes: Uint8Array, chance: Chance) => bytes.slice(0, chance.below(bytes.length)),
  (_bytes: Uint8Array, chance: Chance) => noise(chance.below(noiseLimit), chance),
] as const;

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

/**
 * Other bytes than these, most often nearly the same: bits turned, telling values, parts cut out, put in,
 * said twice or moved, an early end, the beginning of one message with the rest of another, or noise.
 */
export function mutated(bytes: Uint8Array, others: readonly Uint8Array[], chance: Chance): Uint8Array {
  for (;;) {
    const changed = chance.happens(0.1)
      ? spliced(bytes, chance.pick(others), chance)
      : chance.pick(ways)(bytes, chance);
    if (![bytes, ...others].some((known) => isSame(known, changed))) return changed;
  }
}

function spliced(bytes: Uint8Array, other: Uint8Array, chance: Chance): Uint8Array {
  return joined(bytes.subarray(0, placeIn(bytes, chance)), other.subarray(placeIn(other, chance)));
}
