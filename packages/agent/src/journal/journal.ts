import { tellsLoss, type ActivityType, type OpeningMethod, type Reason } from '@claviger/domain';
import {
  areEqual,
  batchEventLimit,
  chainLink,
  encodeEvent,
  messageSizeLimit,
  type DeviceEvent,
  type EventsMessage,
} from '@claviger/protocol';
import {
  alarmMemory,
  firstLogEpoch,
  isHashUnknown,
  logMemory,
  logStartMemory,
  recall,
  remember,
  type LogMemory,
} from '../memory/memory.ts';
import type { Crypto, Store, StoredEvent, StoreTransaction } from '../ports.ts';
import type { TimeKeeper } from '../time/time-keeper.ts';
import { readEntry, readMended, type ReadLog } from './mending.ts';
import { makeRoom } from './room.ts';

/** What happened, before it has its place in the log. */
export interface Happening {
  readonly lock: number;
  readonly type: ActivityType;
  readonly method?: OpeningMethod | undefined;
  readonly reason?: Reason | undefined;
  readonly command?: Uint8Array | undefined;
  readonly detail?: string | undefined;
  /** The Key, or the tag of a Key that only its QR tells of. */
  readonly key?: Uint8Array | undefined;
  readonly uses?: DeviceEvent['uses'];
  readonly list?: DeviceEvent['list'];
  readonly path?: string | undefined;
  readonly isStatic?: DeviceEvent['isStatic'];
  readonly second?: DeviceEvent['second'];
  /** When it happened, where that is not now. */
  readonly when?: Stamp | undefined;
}

/** An instant as an event tells it. */
export type Stamp = Pick<DeviceEvent, 'at' | 'uncertaintyMs' | 'mono'>;

/** Most events that wait for the server; in a fuller log the oldest give way to a record of what is lost. */
export const journalCapacity = 100_000;

/** A log fuller than the one share of its room gives the alarm, once until it is down to the other. */
const alarmAboveShare = 0.8;
const calmBelowShare = 0.7;

/** Room in a message for what is not events. */
const batchOverhead = 256;

/** The part of an events message that the journal knows. */
export interface Batch extends Pick<EventsMessage, 'firstSequence' | 'previousHash' | 'events'> {
  /** The sequence of the last event. */
  readonly through: number;
}

/**
 * The door's log: hash-chained, appended in the same durable transaction as what it tells of, kept until
 * the server has said that it is stored. One that fills up says so in itself, once for each filling.
 */
export interface Journal {
  /** Throws whatever the store throws: then nothing of the transaction happened. */
  append(transaction: StoreTransaction, happening: Happening): void;
  lastSequence(): number;
  /** The oldest events that the server has not stored, or undefined if there are none. */
  nextBatch(): Batch | undefined;
  /** The present, as an event tells it. */
  stamp(): Stamp;
  /**
   * The server has stored everything up to `through`, where the chain has this hash if it is given; false if
   * that cannot be, for the log ends before or its chain is another one.
   */
  forget(through: number, hash?: Uint8Array): boolean;
  /** Which history of this device the log tells. */
  logEpoch(): number;
  /**
   * From here on the log tells another history, which the server has stored up to there; false, and nothing
   * is changed, if that cannot be, as with `forget`. No event is renumbered or told twice.
   */
  goOn(transaction: StoreTransaction, from: NewHistory): boolean;
  /** Whether a Key was let in after this event; true also where it is forgotten, or too much to look for. */
  hasGrantAfter(transaction: StoreTransaction, sequence: number): boolean;
}

/** A history that the server has named, and where it begins. */
export interface NewHistory {
  readonly logEpoch: number;
  readonly through: number;
  readonly hash: Uint8Array;
}

interface Parts {
  readonly store: Store;
  readonly crypto: Crypto;
  readonly time: TimeKeeper;
  readonly mono: () => number;
  readonly ownershipEpoch: number;
  readonly bootNumber: number;
  readonly firstLock: number;
  readonly capacity?: number | undefined;
}

/** Keeps where the log begins from now on, beside where it ends. */
function rememberStart(transaction: StoreTransaction, log: LogMemory): void {
  const { ownershipEpoch, storedThrough, storedHash, logEpoch } = log;
  remember(transaction, logMemory, log);
  remember(transaction, logStartMemory, { ownershipEpoch, storedThrough, storedHash, logEpoch });
}

function logOf(transaction: StoreTransaction, ownershipEpoch: number): LogMemory {
  const log = recall(transaction, logMemory);
  return log.ownershipEpoch === ownershipEpoch ? log : { ...logMemory.initial, ownershipEpoch };
}

/**
 * The newest entry that is stored with everything before it. What the server confirms may meanwhile be in the
 * middle of what was given up; then the record of that is sent too.
 */
function lastUpTo(transaction: StoreTransaction, from: number, through: number): StoredEvent | undefined {
  if (through <= from) return undefined;
  return transaction
    .readEvents(from + 1, batchEventLimit)
    .filter(({ sequence }) => sequence <= through)
    .at(-1);
}

/** Whether the chain has this hash there, as far as this log still knows. */
function isOurChain(
  transaction: StoreTransaction,
  log: LogMemory,
  { through, hash }: { readonly through: number; readonly hash: Uint8Array | undefined },
): boolean {
  if (hash === undefined || through < log.storedThrough) return true;
  if (through === log.storedThrough) return isHashUnknown(log) || areEqual(hash, log.storedHash);
  const [event] = transaction.readEvents(through, 1);
  return event?.sequence !== through || areEqual(hash, event.hash);
}

/** What cannot be read may have been one, and so may what is lost. */
function mayBeGrant(entry: StoredEvent): boolean {
  const event = readEntry(entry);
  return !event || event.type === 'key_accepted' || tellsLoss(event);
}

/** What a journal writes with. */
interface Writer {
  readonly append: Journal['append'];
  readonly stamp: Journal['stamp'];
  /** Looks whether a log that has given the alarm is empty enough to give it again. */
  readonly calmDown: (transaction: StoreTransaction) => void;
  /** What the server has not stored, to be read. */
  readonly readLog: (transaction: StoreTransaction) => ReadLog;
}

function createWriter(parts: Parts): Writer {
  const { crypto, time, mono, ownershipEpoch, bootNumber, firstLock, capacity = journalCapacity } = parts;

  const stamp = (): Stamp => ({ ...time.now(), mono: Math.floor(mono()) });

  /** Counting costs; a log that cannot hold so many by its numbers is not counted. */
  const isFuller = (transaction: StoreTransaction, than: number): boolean => {
    const { lastSequence, storedThrough } = logOf(transaction, ownershipEpoch);
    return lastSequence - storedThrough > than && transaction.countEvents() > than;
  };

  const readLog = (transaction: StoreTransaction): ReadLog => {
    const { storedThrough, storedHash, lastSequence, lastHash } = logOf(transaction, ownershipEpoch);
    return {
      sha256: crypto.sha256,
      before: { sequence: storedThrough, hash: storedHash },
      end: { sequence: lastSequence, hash: lastHash },
      otherwise: { ...stamp(), lock: firstLock, bootNumber },
    };
  };

  const add = (transaction: StoreTransaction, happening: Happening): void => {
    if (isFuller(transaction, capacity - 1)) makeRoom(transaction, capacity, readLog(transaction));
    const log = logOf(transaction, ownershipEpoch);
    const sequence = log.lastSequence + 1;
    const { when = stamp(), ...told } = happening;
    const encoded = encodeEvent({ ...told, ...when, sequence, bootNumber });
    const hash = crypto.sha256(chainLink(log.lastHash, encoded));
    transaction.appendEvent({ sequence, encoded, hash });
    remember(transaction, logMemory, { ...log, lastSequence: sequence, lastHash: hash });
  };

  const append = (transaction: StoreTransaction, happening: Happening): void => {
    add(transaction, happening);
    if (recall(transaction, alarmMemory).ownershipEpoch === ownershipEpoch) return;
    if (!isFuller(transaction, capacity * alarmAboveShare)) return;
    remember(transaction, alarmMemory, { ownershipEpoch });
    add(transaction, { lock: happening.lock, type: 'log_nearly_full' });
  };

  const calmDown = (transaction: StoreTransaction): void => {
    if (recall(transaction, alarmMemory).ownershipEpoch !== ownershipEpoch) return;
    if (isFuller(transaction, capacity * calmBelowShare)) return;
    remember(transaction, alarmMemory, alarmMemory.initial);
  };

  return { append, stamp, calmDown, readLog };
}

export function createJournal(parts: Parts): Journal {
  const { store, ownershipEpoch } = parts;
  const { append, stamp, calmDown, readLog } = createWriter(parts);

  const nextBatch = (): Batch | undefined =>
    store.transact((transaction) => {
      const log = logOf(transaction, ownershipEpoch);
      const waiting = readMended(transaction, { ...readLog(transaction), limit: batchEventLimit });
      let size = batchOverhead;
      const fitting = waiting.filter(({ encoded }) => {
        size += encoded.length + 3;
        return size <= messageSizeLimit;
      });
      const through = fitting.at(-1)?.sequence;
      if (through === undefined) return undefined;
      const events = fitting.map(({ encoded }) => encoded);
      return { firstSequence: log.storedThrough + 1, previousHash: log.storedHash, events, through };
    });

  const forgetIn = (transaction: StoreTransaction, through: number, hash?: Uint8Array): boolean => {
    const log = logOf(transaction, ownershipEpoch);
    if (through > log.lastSequence || !isOurChain(transaction, log, { through, hash })) return false;
    const last = lastUpTo(transaction, log.storedThrough, through);
    if (hash && through === log.storedThrough && isHashUnknown(log))
      rememberStart(transaction, { ...log, storedHash: hash });
    if (last === undefined) return true;
    transaction.dropEvents(0, last.sequence);
    rememberStart(transaction, { ...log, storedThrough: last.sequence, storedHash: last.hash });
    calmDown(transaction);
    return true;
  };

  return {
    append,
    stamp,
    nextBatch,
    forget: (through, hash) => store.transact((transaction) => forgetIn(transaction, through, hash)),
    goOn: (transaction, { logEpoch, through, hash }) => {
      if (!forgetIn(transaction, through, hash)) return false;
      rememberStart(transaction, { ...logOf(transaction, ownershipEpoch), logEpoch });
      return true;
    },
    hasGrantAfter: (transaction, sequence) => {
      if (logOf(transaction, ownershipEpoch).storedThrough > sequence) return true;
      const later = transaction.readEvents(sequence + 1, batchEventLimit);
      return later.length === batchEventLimit || later.some(mayBeGrant);
    },
    logEpoch: () =>
      store.transact((transaction) => logOf(transaction, ownershipEpoch).logEpoch ?? firstLogEpoch),
    lastSequence: () => store.transact((transaction) => logOf(transaction, ownershipEpoch).lastSequence),
  };
}
