import { CborFault } from '../../cbor.ts';

/** Writes bytes one after the other. */
export interface ByteWriter {
  readonly byte: (value: number) => void;
  readonly bytes: (value: Uint8Array) => void;
  /** A number of 0 or more in as few groups of seven bits as it needs, the lowest first. */
  readonly count: (value: number) => void;
  /** A number in so many bytes, the highest first. */
  readonly number: (value: number, length: number) => void;
  readonly written: () => Uint8Array<ArrayBuffer>;
}

export function createByteWriter(): ByteWriter {
  const out: number[] = [];
  return {
    byte: (value) => {
      out.push(value);
    },
    bytes: (value) => {
      for (const byte of value) out.push(byte);
    },
    count: (value) => {
      let rest = value;
      for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) out.push((rest % 0x80) | 0x80);
      out.push(rest);
    },
    number: (value, length) => {
      for (let place = length - 1; place >= 0; place -= 1) out.push(Math.floor(value / 256 ** place) % 256);
    },
    written: () => Uint8Array.from(out),
  };
}

/** Reads what was written so; throws CborFault where it ends early. */
export interface ByteReader {
  readonly byte: () => number;
  readonly bytes: (length: number) => Uint8Array;
  readonly count: () => number;
  readonly number: (length: number) => number;
  readonly isAtEnd: () => boolean;
}

/** More than four groups of seven bits no count here needs. */
const countGroupsLimit = 4;

export function createByteReader(encoded: Uint8Array): ByteReader {
  let at = 0;
  const take = (length: number): Uint8Array => {
    if (length > encoded.length - at) throw new CborFault(`ends early at ${at}`);
    at += length;
    return encoded.subarray(at - length, at);
  };
  const byte = (): number => take(1)[0] ?? 0;
  return {
    byte,
    bytes: (length) => take(length),
    count: () => {
      let value = 0;
      for (let group = 0; group < countGroupsLimit; group += 1) {
        const next = byte();
        value += (next & 0x7f) * 0x80 ** group;
        if (next < 0x80) return value;
      }
      throw new CborFault('a count that is too long');
    },
    number: (length) => take(length).reduce((value, next) => value * 256 + next, 0),
    isAtEnd: () => at === encoded.length,
  };
}
