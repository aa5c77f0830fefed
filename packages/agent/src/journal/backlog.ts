import { detailOf } from '@claviger/domain';
import type { KeptRecord } from '../memory/memory.ts';
import type { StoreTransaction } from '../ports.ts';
import type { Happening, Journal } from './journal.ts';

/**
 * Most events that wait in memory for a disk that takes nothing; of more, only their number is kept. Every
 * try to write writes them all.
 */
export const waitingEventsLimit = 200;

/** Most records that are held in memory for it: the reader paths, and the Keys that were let in meanwhile. */
export const heldRecordsLimit = 1_000;

/**
 * What the disk did not take: events that have to be told later, and records that count already. It is
 * written with the next transaction that succeeds, so that a full disk opens no gap that nobody sees
 * (decision record 0013) and forgets no wrong try.
 */
export interface Backlog {
  readonly isEmpty: () => boolean;
  readonly addEvents: (happenings: readonly Happening[]) => void;
  /** Holds these records, all or none; false if there is no room. */
  readonly hold: (records: readonly KeptRecord[]) => boolean;
  /** The record as it is held, which is newer than the store's. */
  readonly held: (name: string) => Uint8Array | undefined;
  readonly write: (transaction: StoreTransaction) => void;
  /** What was written is on the disk. */
  readonly clear: () => void;
}

export function createBacklog(journal: Journal, firstLock: number): Backlog {
  const records = new Map<string, Uint8Array>();
  let waiting: Happening[] = [];
  let missing = 0;

  const writeEvents = (transaction: StoreTransaction): void => {
    if (missing > 0) {
      const detail = detailOf('not_kept', missing);
      journal.append(transaction, {
        lock: firstLock,
        type: 'key_refused',
        reason: 'cannot_be_recorded',
        detail,
      });
    }
    for (const happening of waiting) journal.append(transaction, happening);
  };

  return {
    isEmpty: () => records.size === 0 && waiting.length === 0,
    addEvents: (happenings) => {
      const when = journal.stamp();
      waiting.push(...happenings.map((happening) => ({ when, ...happening })));
      const tooMany = Math.max(0, waiting.length - waitingEventsLimit);
      waiting = waiting.slice(tooMany);
      missing += tooMany;
    },
    hold: (kept) => {
      const added = kept.filter(({ name }) => !records.has(name)).length;
      if (records.size + added > heldRecordsLimit) return false;
      for (const { name, value } of kept) records.set(name, value);
      return true;
    },
    held: (name) => records.get(name),
    write: (transaction) => {
      for (const [name, value] of records) transaction.put(name, value);
      writeEvents(transaction);
    },
    clear: () => {
      records.clear();
      waiting = [];
      missing = 0;
    },
  };
}
