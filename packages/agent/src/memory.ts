import { at, bytes, decodeCbor, encodeCbor, integer, record, type Field } from '@claviger/protocol';
import type { StoreTransaction } from './ports.ts';

/** One remembered record: its name in the store, its form, and what it is before anything was remembered. */
interface Memory<Value> {
  readonly name: string;
  readonly form: Field<Value>;
  readonly initial: Value;
}

/** How often this agent has started. */
export const bootMemory: Memory<{ readonly number: number }> = {
  name: 'boot',
  form: record({ number: at(1, integer()) }),
  initial: { number: 0 },
};

/** The highest sequence number of a command that was taken, within one ownership. */
export const commandMemory: Memory<{ readonly ownershipEpoch: number; readonly sequence: number }> = {
  name: 'command',
  form: record({ ownershipEpoch: at(1, integer()), sequence: at(2, integer()) }),
  initial: { ownershipEpoch: 0, sequence: 0 },
};

/** The newest instant that the server has signed: the clock never goes behind it. */
export const evidenceMemory: Memory<{ readonly at: number }> = {
  name: 'evidence',
  form: record({ at: at(1, integer()) }),
  initial: { at: 0 },
};

/** The ownership under which the log has said that it is nearly full, 0 while it has not. */
export const alarmMemory: Memory<{ readonly ownershipEpoch: number }> = {
  name: 'alarm',
  form: record({ ownershipEpoch: at(1, integer()) }),
  initial: { ownershipEpoch: 0 },
};

/** Where the log ends, and up to where the server has stored it. */
export interface LogMemory {
  readonly ownershipEpoch: number;
  readonly lastSequence: number;
  readonly lastHash: Uint8Array;
  readonly storedThrough: number;
  readonly storedHash: Uint8Array;
}

export const logMemory: Memory<LogMemory> = {
  name: 'log',
  form: record({
    ownershipEpoch: at(1, integer()),
    lastSequence: at(2, integer()),
    lastHash: at(3, bytes(32)),
    storedThrough: at(4, integer()),
    storedHash: at(5, bytes(32)),
  }),
  initial: {
    ownershipEpoch: 0,
    lastSequence: 0,
    lastHash: new Uint8Array(32),
    storedThrough: 0,
    storedHash: new Uint8Array(32),
  },
};

/** Throws CborFault if the store was damaged: then the agent must not start. */
export function recall<Value>(transaction: StoreTransaction, memory: Memory<Value>): Value {
  const stored = transaction.get(memory.name);
  return stored === undefined ? memory.initial : memory.form.read(decodeCbor(stored));
}

export function remember<Value>(transaction: StoreTransaction, memory: Memory<Value>, value: Value): void {
  transaction.put(memory.name, encodeCbor(memory.form.write(value)));
}
