import type { ActivityType, OpeningMethod, Reason } from '@claviger/domain';
import {
  batchEventLimit,
  chainLink,
  encodeEvent,
  messageSizeLimit,
  type EventsMessage,
} from '@claviger/protocol';
import { logMemory, recall, remember, type LogMemory } from './memory.ts';
import type { Crypto, Store, StoreTransaction } from './ports.ts';
import type { TimeKeeper } from './time-keeper.ts';

/** What happened, before it has its place in the log. */
export interface Happening {
  readonly lock: number;
  readonly type: ActivityType;
  readonly method?: OpeningMethod | undefined;
  readonly reason?: Reason | undefined;
  readonly command?: Uint8Array | undefined;
  readonly detail?: string | undefined;
}

/** Most events that wait for the server; a fuller log refuses, so that nothing is lost silently. */
export const journalCapacity = 100_000;

/** Room in a message for what is not events. */
const batchOverhead = 256;

export class JournalFull extends Error {
  override readonly name = 'JournalFull';
}

/** The part of an events message that the journal knows. */
export type Batch = Pick<EventsMessage, 'firstSequence' | 'previousHash' | 'events'>;

/**
 * The door's log: hash-chained, appended in the same durable transaction as what it tells of, kept until
 * the server has said that it is stored.
 */
export interface Journal {
  /** Throws JournalFull, and whatever the store throws: then nothing of the transaction happened. */
  append(transaction: StoreTransaction, happening: Happening): void;
  lastSequence(): number;
  /** The oldest events that the server has not stored, or undefined if there are none. */
  nextBatch(): Batch | undefined;
  /** The server has stored everything up to `through`; false if that cannot be, for the log ends before. */
  forget(through: number): boolean;
}

interface Parts {
  readonly store: Store;
  readonly crypto: Crypto;
  readonly time: TimeKeeper;
  readonly mono: () => number;
  readonly ownershipEpoch: number;
  readonly bootNumber: number;
}

function logOf(transaction: StoreTransaction, ownershipEpoch: number): LogMemory {
  const log = recall(transaction, logMemory);
  return log.ownershipEpoch === ownershipEpoch ? log : { ...logMemory.initial, ownershipEpoch };
}

export function createJournal(parts: Parts): Journal {
  const { store, crypto, time, mono, ownershipEpoch, bootNumber } = parts;

  const append = (transaction: StoreTransaction, happening: Happening): void => {
    const log = logOf(transaction, ownershipEpoch);
    if (log.lastSequence - log.storedThrough >= journalCapacity) throw new JournalFull('the log is full');
    const { at, uncertaintyMs } = time.now();
    const sequence = log.lastSequence + 1;
    const encoded = encodeEvent({
      ...happening,
      sequence,
      at,
      uncertaintyMs,
      mono: Math.floor(mono()),
      bootNumber,
    });
    const hash = crypto.sha256(chainLink(log.lastHash, encoded));
    transaction.appendEvent({ sequence, encoded, hash });
    remember(transaction, logMemory, { ...log, lastSequence: sequence, lastHash: hash });
  };

  const nextBatch = (): Batch | undefined =>
    store.transact((transaction) => {
      const log = logOf(transaction, ownershipEpoch);
      const waiting = transaction.readEvents(log.storedThrough + 1, batchEventLimit);
      let size = batchOverhead;
      const events = waiting
        .map(({ encoded }) => encoded)
        .filter((encoded) => {
          size += encoded.length + 3;
          return size <= messageSizeLimit;
        });
      if (events.length === 0) return undefined;
      return { firstSequence: log.storedThrough + 1, previousHash: log.storedHash, events };
    });

  const forget = (through: number): boolean =>
    store.transact((transaction) => {
      const log = logOf(transaction, ownershipEpoch);
      if (through > log.lastSequence) return false;
      const [last] = through > log.storedThrough ? transaction.readEvents(through, 1) : [];
      if (last === undefined) return true;
      transaction.dropEvents(through);
      remember(transaction, logMemory, { ...log, storedThrough: through, storedHash: last.hash });
      return true;
    });

  return {
    append,
    nextBatch,
    forget,
    lastSequence: () => store.transact((transaction) => logOf(transaction, ownershipEpoch).lastSequence),
  };
}
