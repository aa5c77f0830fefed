import type { Store, StoreTransaction } from '../ports.ts';

const checksumLength = 4;

/** No CBOR begins with its break code: what reads a record takes this for a damaged one. */
const damaged = Uint8Array.of(0xff);

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

/** Of a record under its name: what lies under another one is as wrong as what was changed. */
function checksumOf(name: string, value: Uint8Array): number {
  return crc32(value, crc32(new TextEncoder().encode(name)));
}

function withChecksum(name: string, value: Uint8Array): Uint8Array {
  const stored = new Uint8Array(value.length + checksumLength);
  stored.set(value);
  new DataView(stored.buffer).setUint32(value.length, checksumOf(name, value));
  return stored;
}

/** A record without its checksum; one that cannot be decoded where that is wrong. */
export function recordIn(name: string, stored: Uint8Array): Uint8Array {
  const length = stored.length - checksumLength;
  if (length < 0) return damaged;
  const value = stored.subarray(0, length);
  const written = new DataView(stored.buffer, stored.byteOffset + length).getUint32(0);
  return written === checksumOf(name, value) ? value : damaged;
}

/** A stored record with another value, and the checksum of that one; for tests that plant a fault. */
export function changeRecord(
  name: string,
  stored: Uint8Array,
  change: (value: Uint8Array) => Uint8Array,
): Uint8Array {
  return withChecksum(name, change(stored.subarray(0, -checksumLength)));
}

function checked(transaction: StoreTransaction, hasOwnHash: (name: string) => boolean): StoreTransaction {
  return {
    get: (name) => {
      const stored = transaction.get(name);
      return stored === undefined || hasOwnHash(name) ? stored : recordIn(name, stored);
    },
    put: (name, value) => {
      transaction.put(name, hasOwnHash(name) ? value : withChecksum(name, value));
    },
    remove: (name) => {
      transaction.remove(name);
    },
    names: (prefix, after, limit) => transaction.names(prefix, after, limit),
    appendEvent: (event) => {
      transaction.appendEvent(event);
    },
    readEvents: (from, limit) => transaction.readEvents(from, limit),
    countEvents: () => transaction.countEvents(),
    dropEvents: (from, through) => {
      transaction.dropEvents(from, through);
    },
  };
}

/** Says that the records of this store have checksums. */
const markName = 'checksums';
const pageSize = 1_000;

/** Gives their checksums to the records of an agent that wrote none. */
function addChecksums(transaction: StoreTransaction, hasOwnHash: (name: string) => boolean): void {
  if (transaction.get(markName) !== undefined) return;
  for (let page = transaction.names('', '', pageSize); page.length > 0;) {
    for (const name of page.filter((each) => !hasOwnHash(each))) {
      const value = transaction.get(name);
      if (value) transaction.put(name, withChecksum(name, value));
    }
    page = transaction.names('', page.at(-1) ?? '', pageSize);
  }
  transaction.put(markName, withChecksum(markName, new Uint8Array()));
}

/**
 * A store whose records carry a checksum, so that a bit that turned on the disk is noticed: such a record is
 * read as one that cannot be decoded. It finds accidents, no forgery. Events have the chain of their log, and
 * what `hasOwnHash` names is kept as it is. Throws what the store throws.
 */
export function checkedStore(store: Store, hasOwnHash: (name: string) => boolean): Store {
  store.transact((transaction) => {
    addChecksums(transaction, hasOwnHash);
  });
  return { transact: (work) => store.transact((transaction) => work(checked(transaction, hasOwnHash))) };
}
