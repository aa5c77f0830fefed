const checksumLength = 4;

/** No CBOR begins with its break code: what reads a record takes this for a damaged one. */
const damaged = Uint8Array.of(0xff);

/** Whether this is what a damaged record is read as. */
export function isDamaged(value: Uint8Array | undefined): boolean {
  return value?.length === 1 && value[0] === damaged[0];
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let remainder = index;
  for (let bit = 0; bit < 8; bit += 1)
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  return remainder;
});

/** CRC-32 (ISO 3309) of the bytes, after those that gave `before`. */
function crc32(bytes: Uint8Array, before = 0): number {
  let remainder = ~before;
  for (const byte of bytes) remainder = (remainder >>> 8) ^ (crcTable[(remainder ^ byte) & 0xff] ?? 0);
  return ~remainder >>> 0;
}

const encoder = new TextEncoder();

/** The checksum of a name alone. */
export function checksumOfName(name: string): number {
  return crc32(encoder.encode(name));
}

/** Of a record under its name: what lies under another one is as wrong as what was changed. */
function checksumOf(name: string, value: Uint8Array): number {
  return crc32(value, checksumOfName(name));
}

export function withChecksum(name: string, value: Uint8Array): Uint8Array {
  const stored = new Uint8Array(value.length + checksumLength);
  stored.set(value);
  new DataView(stored.buffer).setUint32(value.length, checksumOf(name, value));
  return stored;
}

/** Whether the checksum of a record is that of its name and value. */
export function isWhole(name: string, stored: Uint8Array): boolean {
  const length = stored.length - checksumLength;
  if (length < 0) return false;
  const written = new DataView(stored.buffer, stored.byteOffset + length).getUint32(0);
  return written === checksumOf(name, stored.subarray(0, length));
}

/** A record without its checksum; one that cannot be decoded where that is wrong. */
export function recordIn(name: string, stored: Uint8Array): Uint8Array {
  return isWhole(name, stored) ? stored.subarray(0, -checksumLength) : damaged;
}

/** A stored record with another value, and the checksum of that one; for tests that plant a fault. */
export function changeRecord(
  name: string,
  stored: Uint8Array,
  change: (value: Uint8Array) => Uint8Array,
): Uint8Array {
  return withChecksum(name, change(stored.subarray(0, -checksumLength)));
}
