/**
 * The part of CBOR (RFC 8949) that the wire uses, in its one deterministic form (section 4.2.1): integers
 * in the shortest form up to 2^53-1, byte strings, UTF-8 text, arrays, maps with ascending integer keys,
 * true and false. No floats, tags, null, indefinite lengths. What decodes encodes to the same bytes again.
 */
export type CborValue = number | boolean | string | Uint8Array | readonly CborValue[] | CborMap;
export type CborMap = ReadonlyMap<number, CborValue>;

/** Deepest nesting of arrays and maps: an interval in the lock schedule of an access list needs six. */
const depthLimit = 6;

/** The bytes are not the one deterministic encoding of anything; `message` says where. */
export class CborFault extends Error {
  override readonly name = 'CborFault';
}

const utf8 = {
  encoder: new TextEncoder(),
  decoder: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }),
};

const major = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, simple: 7 } as const;

function head(type: number, value: number): number[] {
  const first = type << 5;
  if (value < 24) return [first | value];
  if (value < 0x100) return [first | 24, value];
  if (value < 0x10000) return [first | 25, value >>> 8, value & 0xff];
  if (value < 0x1_0000_0000) return [first | 26, ...bytesOf(value, 4)];
  return [first | 27, ...bytesOf(value, 8)];
}

function bytesOf(value: number, length: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (let place = 0; place < length; place += 1) {
    bytes.unshift(rest % 256);
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

function encodeInto(out: number[], value: CborValue): void {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new CborFault(`not a safe integer: ${value}`);
    out.push(...(value >= 0 ? head(major.unsigned, value) : head(major.negative, -1 - value)));
  } else if (typeof value === 'boolean') {
    out.push((major.simple << 5) | (value ? 21 : 20));
  } else if (typeof value === 'string') {
    const bytes = utf8.encoder.encode(value);
    out.push(...head(major.text, bytes.length));
    for (const byte of bytes) out.push(byte);
  } else if (value instanceof Uint8Array) {
    out.push(...head(major.bytes, value.length));
    for (const byte of value) out.push(byte);
  } else if (isArray(value)) {
    out.push(...head(major.array, value.length));
    for (const item of value) encodeInto(out, item);
  } else {
    encodeMap(out, value);
  }
}

function isArray(value: readonly CborValue[] | CborMap): value is readonly CborValue[] {
  return Array.isArray(value);
}

function encodeMap(out: number[], map: CborMap): void {
  out.push(...head(major.map, map.size));
  for (const key of [...map.keys()].sort((one, other) => one - other)) {
    if (!Number.isSafeInteger(key) || key < 0) throw new CborFault(`not a map key: ${key}`);
    encodeInto(out, key);
    encodeInto(out, map.get(key) as CborValue);
  }
}

/** The bytes of a value. Throws CborFault for a number that is not a safe integer. */
export function encodeCbor(value: CborValue): Uint8Array {
  const out: number[] = [];
  encodeInto(out, value);
  return Uint8Array.from(out);
}

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

function take(reader: Reader, length: number): Uint8Array {
  if (length > reader.bytes.length - reader.at) throw new CborFault(`ends early at ${reader.at}`);
  const part = reader.bytes.subarray(reader.at, reader.at + length);
  reader.at += length;
  return part;
}

function readHead(reader: Reader): { type: number; value: number } {
  const first = take(reader, 1)[0] as number;
  const type = first >> 5;
  const short = first & 31;
  if (short < 24) return { type, value: short };
  if (short > 27) throw new CborFault(`length of unknown form at ${reader.at - 1}`);
  const length = 1 << (short - 24);
  let value = 0;
  for (const byte of take(reader, length)) value = value * 256 + byte;
  const smallest = length === 1 ? 24 : 256 ** (length / 2);
  if (value < smallest) throw new CborFault(`number not in its shortest form before ${reader.at}`);
  if (!Number.isSafeInteger(value)) throw new CborFault(`number too large before ${reader.at}`);
  return { type, value };
}

function readText(reader: Reader, length: number): string {
  const bytes = take(reader, length);
  try {
    return utf8.decoder.decode(bytes);
  } catch {
    throw new CborFault(`text is not UTF-8 before ${reader.at}`);
  }
}

function readArray(reader: Reader, length: number, depth: number): readonly CborValue[] {
  if (length > reader.bytes.length - reader.at) throw new CborFault(`array ends early at ${reader.at}`);
  return Array.from({ length }, () => readValue(reader, depth + 1));
}

function readMap(reader: Reader, size: number, depth: number): CborMap {
  const map = new Map<number, CborValue>();
  let lastKey = -1;
  for (let index = 0; index < size; index += 1) {
    const key = readHead(reader);
    if (key.type !== major.unsigned) throw new CborFault(`key is not an unsigned number before ${reader.at}`);
    if (key.value <= lastKey) throw new CborFault(`keys do not ascend before ${reader.at}`);
    lastKey = key.value;
    map.set(key.value, readValue(reader, depth + 1));
  }
  return map;
}

function readValue(reader: Reader, depth: number): CborValue {
  if (depth > depthLimit) throw new CborFault(`nested too deeply at ${reader.at}`);
  const { type, value } = readHead(reader);
  switch (type) {
    case major.unsigned:
      return value;
    case major.negative:
      if (value === Number.MAX_SAFE_INTEGER) throw new CborFault(`number too small before ${reader.at}`);
      return -1 - value;
    case major.bytes:
      return take(reader, value).slice();
    case major.text:
      return readText(reader, value);
    case major.array:
      return readArray(reader, value, depth);
    case major.map:
      return readMap(reader, value, depth);
    case major.simple:
      if (value === 20 || value === 21) return value === 21;
      break;
    default:
      break;
  }
  throw new CborFault(`kind ${type} with ${value} is not used here, before ${reader.at}`);
}

/** The value of bytes. Throws CborFault for anything but the one deterministic encoding of one value. */
export function decodeCbor(bytes: Uint8Array): CborValue {
  const reader: Reader = { bytes, at: 0 };
  const value = readValue(reader, 0);
  if (reader.at !== bytes.length) throw new CborFault(`${bytes.length - reader.at} bytes too many`);
  return value;
}
