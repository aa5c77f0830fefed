import {
  at,
  bytes,
  CborFault,
  decodeCbor,
  encodeCbor,
  flag,
  integer,
  maybe,
  record,
  type Field,
} from '@claviger/protocol';
import type { StoreTransaction } from '../ports.ts';

/** One remembered record: its name in the store, its form, and what it is before anything was remembered. */
export interface Memory<Value> {
  readonly name: string;
  readonly form: Field<Value>;
  readonly initial: Value;
}

/** A record as it lies in the store. */
export interface KeptRecord {
  readonly name: string;
  readonly value: Uint8Array;
}

/** Where the bytes of the whole list of a lock lie. */
export const listBodyName = (lock: number): string => `list/${lock}/body`;

/** The bytes of a list are held to the hash that the server has signed; other records have a checksum. */
export function isListBody(name: string): boolean {
  return name.startsWith('list/') && name.endsWith('/body');
}

/** Names that are read in one go. */
const pageSize = 1_000;

/** Every name that begins with `prefix` and comes after `after`, ascending. */
export function* namesIn(transaction: StoreTransaction, prefix: string, after = ''): Generator<string> {
  for (let last = after; ;) {
    const names = transaction.names(prefix, last, pageSize);
    yield* names;
    if (names.length < pageSize) return;
    last = names.at(-1) ?? last;
  }
}

/** How often this agent has started. */
export const bootMemory: Memory<{ readonly number: number }> = {
  name: 'boot',
  form: record({ number: at(1, integer()) }),
  initial: { number: 0 },
};

/** The highest sequence number of a command that was judged, within one ownership. */
export const commandMemory: Memory<{ readonly ownershipEpoch: number; readonly sequence: number }> = {
  name: 'command',
  form: record({ ownershipEpoch: at(1, integer()), sequence: at(2, integer()) }),
  initial: { ownershipEpoch: 0, sequence: 0 },
};

/**
 * The newest instant that the server has signed: the clock never goes behind it. `isUnknown` where that was
 * damaged, until the server tells the time.
 */
export const evidenceMemory: Memory<{ readonly at: number; readonly isUnknown?: boolean | undefined }> = {
  name: 'evidence',
  form: record({ at: at(1, integer()), isUnknown: maybe(2, flag) }),
  initial: { at: 0 },
};

/** The ownership under which the log has said that it is nearly full, 0 while it has not. */
export const alarmMemory: Memory<{ readonly ownershipEpoch: number }> = {
  name: 'alarm',
  form: record({ ownershipEpoch: at(1, integer()) }),
  initial: { ownershipEpoch: 0 },
};

/**
 * Whether this disk went back in time, so that nobody knows which uses are spent, and in which log that was
 * found (decision record 0019); not given by agents that knew one log alone.
 */
export interface DoubtMemory {
  readonly ownershipEpoch: number;
  readonly isMemoryInDoubt: boolean;
  readonly logEpoch?: number | undefined;
}

export const doubtMemory: Memory<DoubtMemory> = {
  name: 'doubt',
  form: record({
    ownershipEpoch: at(1, integer()),
    isMemoryInDoubt: at(2, flag),
    logEpoch: maybe(3, integer()),
  }),
  initial: { ownershipEpoch: 0, isMemoryInDoubt: false },
};

/** The log epoch of a store that was never taken back to an older image. */
export const firstLogEpoch = 1;

/** Where the log ends, and up to where the server has stored it. */
export interface LogMemory {
  readonly ownershipEpoch: number;
  readonly lastSequence: number;
  readonly lastHash: Uint8Array;
  readonly storedThrough: number;
  readonly storedHash: Uint8Array;
  /** Not given: the first. */
  readonly logEpoch?: number | undefined;
}

export const logMemory: Memory<LogMemory> = {
  name: 'log',
  form: record({
    ownershipEpoch: at(1, integer()),
    lastSequence: at(2, integer()),
    lastHash: at(3, bytes(32)),
    storedThrough: at(4, integer()),
    storedHash: at(5, bytes(32)),
    logEpoch: maybe(6, integer(1)),
  }),
  initial: {
    ownershipEpoch: 0,
    lastSequence: 0,
    lastHash: new Uint8Array(32),
    storedThrough: 0,
    storedHash: new Uint8Array(32),
  },
};

/**
 * Where the log begins that the server has not stored. It is written when that changes and stands in `log`
 * too, which is written with every event: from it and the events that record is found again.
 */
export type LogStart = Pick<LogMemory, 'ownershipEpoch' | 'storedThrough' | 'storedHash' | 'logEpoch'>;

export const logStartMemory: Memory<LogStart> = {
  name: 'log_start',
  form: record({
    ownershipEpoch: at(1, integer()),
    storedThrough: at(2, integer()),
    storedHash: at(3, bytes(32)),
    logEpoch: maybe(4, integer(1)),
  }),
  initial: { ownershipEpoch: 0, storedThrough: 0, storedHash: new Uint8Array(32) },
};

/** Whether nobody knows any more to what the stored part of the log hashes: the server tells it. */
export function isHashUnknown({ storedThrough, storedHash }: LogStart): boolean {
  return storedThrough > 0 && storedHash.every((byte) => byte === 0);
}

/** The record of a memory with this value. */
export function recordOf<Value>({ name, form }: Memory<Value>, value: Value): KeptRecord {
  return { name, value: encodeCbor(form.write(value)) };
}

/** What a record says, or what the memory is before there is one. Throws CborFault if it was damaged. */
export function readRecord<Value>({ form, initial }: Memory<Value>, stored: Uint8Array | undefined): Value {
  return stored === undefined ? initial : form.read(decodeCbor(stored));
}

/** Throws CborFault if the record is damaged: those of the box itself are mended at the next start. */
export function recall<Value>(transaction: StoreTransaction, memory: Memory<Value>): Value {
  return readRecord(memory, transaction.get(memory.name));
}

/** Undefined for a record that is damaged. Throws what the store throws. */
export function recallWhole<Value>(transaction: StoreTransaction, memory: Memory<Value>): Value | undefined {
  try {
    return recall(transaction, memory);
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

export function remember<Value>(transaction: StoreTransaction, memory: Memory<Value>, value: Value): void {
  transaction.put(memory.name, recordOf(memory, value).value);
}
