import { boxDamages, type BoxDamage } from '@claviger/domain';
import { at, list, oneOf, record } from '@claviger/protocol';
import { readEntry } from '../journal/mending.ts';
import type { StoredEvent, StoreTransaction } from '../ports.ts';
import { clockMemory } from '../time/kept-clock.ts';
import type { Findings } from './ledger.ts';
import {
  alarmMemory,
  bootMemory,
  commandMemory,
  doubtMemory,
  evidenceMemory,
  firstLogEpoch,
  logMemory,
  logStartMemory,
  recall,
  recallWhole,
  remember,
  type LogMemory,
  type LogStart,
  type Memory,
} from './memory.ts';

/** What was mended and is not told yet: a power cut may come before the log has it. */
const untoldMemory: Memory<{ readonly damages: readonly BoxDamage[] }> = {
  name: 'untold',
  form: record({ damages: at(1, list(oneOf(boxDamages), boxDamages.length)) }),
  initial: { damages: [] },
};

const initialStart = logStartMemory.initial;

/** Events that are read in one go. */
const pageSize = 500;

type LogEnd = Pick<LogMemory, 'lastSequence' | 'lastHash'>;

/** Whether an entry lies under another number than its own; of one that is damaged nobody knows. */
function isMisplaced(entry: StoredEvent): boolean {
  const own = readEntry(entry)?.sequence;
  return own !== undefined && own !== entry.sequence;
}

/** The last event of the log, or where the log begins if there is none. */
function endOf(transaction: StoreTransaction, start: LogStart): LogEnd {
  let end = { lastSequence: start.storedThrough, lastHash: start.storedHash };
  for (let read = end.lastSequence; ;) {
    const page = transaction.readEvents(read + 1, pageSize);
    const last = page.findLast((entry) => !isMisplaced(entry));
    if (last) end = { lastSequence: last.sequence, lastHash: last.hash };
    if (page.length < pageSize) return end;
    read = page.at(-1)?.sequence ?? read;
  }
}

/** An entry that lies beyond the end would be in the way of a later one: it goes back to its own place. */
function putBack(transaction: StoreTransaction, start: LogStart): void {
  for (const entry of transaction.readEvents(endOf(transaction, start).lastSequence + 1, pageSize)) {
    transaction.dropEvents(entry.sequence, entry.sequence);
    const sequence = readEntry(entry)?.sequence ?? 0;
    const isNext = sequence === endOf(transaction, start).lastSequence + 1;
    if (isNext) transaction.appendEvent({ ...entry, sequence });
  }
}

/** Nothing tells any more to what the events hash that are stored, nor, without any other, how many. */
function unknownStart(transaction: StoreTransaction, ownershipEpoch: number): LogStart {
  const [first] = transaction.readEvents(0, 1);
  const storedThrough = first ? Math.max(0, first.sequence - (readEntry(first)?.lost?.count ?? 1)) : 0;
  return { ownershipEpoch, storedThrough, storedHash: initialStart.storedHash };
}

/** Nobody knows which uses are spent until the server has answered. */
function doubtAll(
  transaction: StoreTransaction,
  { ownershipEpoch, logEpoch = firstLogEpoch }: LogStart,
): void {
  // A doubt that was found before this log began ends in it, and in a later one as well.
  const doubt = { ownershipEpoch, isMemoryInDoubt: true, logEpoch: logEpoch - 1 };
  remember(transaction, doubtMemory, doubt);
}

/** Undefined where it is damaged, or was never kept: an older agent kept none. */
function knownStart(transaction: StoreTransaction, ownershipEpoch: number): LogStart | undefined {
  if (transaction.get(logStartMemory.name) === undefined) return undefined;
  const known = recallWhole(transaction, logStartMemory);
  const isOfOther = known !== undefined && known.ownershipEpoch !== ownershipEpoch;
  return isOfOther ? { ...initialStart, ownershipEpoch } : known;
}

/** Whether a log goes on where the server has stored less than it had before: it is older than its start. */
function isBehind({ storedThrough, logEpoch = firstLogEpoch }: LogMemory, start: LogStart): boolean {
  const later = start.logEpoch ?? firstLogEpoch;
  return later > logEpoch || (later === logEpoch && start.storedThrough > storedThrough);
}

/** Whether the record is there, and agrees with what else is there of the log. */
function isLogWhole(transaction: StoreTransaction): boolean {
  const log = recallWhole(transaction, logMemory);
  if (log === undefined) return false;
  const start = recallWhole(transaction, logStartMemory) ?? initialStart;
  if (start.ownershipEpoch === log.ownershipEpoch && isBehind(log, start)) return false;
  // What is written with every event is missing where there is anything else of a log.
  const isMissing = transaction.get(logMemory.name) === undefined;
  if (isMissing) return start.ownershipEpoch === 0 && transaction.readEvents(0, 1).length === 0;
  return transaction.readEvents(log.lastSequence + 1, 1).length === 0;
}

/** The log as its events tell it; where it begins too unknown, the disk is as an older one (record 0019). */
function mendLog(transaction: StoreTransaction, ownershipEpoch: number): void {
  const known = knownStart(transaction, ownershipEpoch);
  const start = known ?? unknownStart(transaction, ownershipEpoch);
  if (known === undefined) doubtAll(transaction, start);
  putBack(transaction, start);
  remember(transaction, logMemory, { ...start, ...endOf(transaction, start) });
}

/** What is kept twice is whole in both places again; by now the log is not behind what is kept here. */
function keepStart(transaction: StoreTransaction, log: LogMemory): void {
  const { ownershipEpoch, storedThrough, storedHash, logEpoch } = log;
  const kept = recallWhole(transaction, logStartMemory);
  const isSame =
    kept?.ownershipEpoch === ownershipEpoch &&
    kept.storedThrough === storedThrough &&
    kept.logEpoch === logEpoch;
  if (!isSame) remember(transaction, logStartMemory, { ownershipEpoch, storedThrough, storedHash, logEpoch });
}

type Mend = (transaction: StoreTransaction, ownershipEpoch: number) => void;

interface Mending {
  readonly damage: BoxDamage;
  readonly isAbsent: (transaction: StoreTransaction) => boolean;
  readonly isDamaged: (transaction: StoreTransaction) => boolean;
  readonly mend: Mend;
}

function mending<Value>(damage: BoxDamage, memory: Memory<Value>, mend: Mend): Mending {
  return {
    damage,
    isAbsent: (transaction) => transaction.get(memory.name) === undefined,
    isDamaged: (transaction) => recallWhole(transaction, memory) === undefined,
    mend,
  };
}

/** A doubt by the log as it is by now. */
function doubtHere(transaction: StoreTransaction, ownershipEpoch: number): void {
  const log = recall(transaction, logMemory);
  doubtAll(transaction, log.ownershipEpoch === ownershipEpoch ? log : { ...initialStart, ownershipEpoch });
}

/** In the order in which they are mended: a doubt needs to know the log. */
const mendings: readonly Mending[] = [
  {
    ...mending('log', logMemory, mendLog),
    isDamaged: (transaction) => !isLogWhole(transaction),
  },
  mending('log_start', logStartMemory, (transaction) => {
    keepStart(transaction, recall(transaction, logMemory));
  }),
  mending('doubt', doubtMemory, doubtHere),
  mending('boot', bootMemory, (transaction) => {
    // The server has heard of this number: it finds an older disk, and gives back what is spent.
    remember(transaction, bootMemory, bootMemory.initial);
  }),
  mending('command', commandMemory, (transaction) => {
    // A command names the boot that it is for, and this one is only beginning: it has been sent none.
    remember(transaction, commandMemory, commandMemory.initial);
  }),
  mending('evidence', evidenceMemory, (transaction) => {
    remember(transaction, evidenceMemory, { at: 0, isUnknown: true });
  }),
  mending('alarm', alarmMemory, (transaction) => {
    remember(transaction, alarmMemory, alarmMemory.initial);
  }),
  mending('clock', clockMemory, (transaction) => {
    // As after a loss of power: the time is a hint until the server has told it.
    transaction.remove(clockMemory.name);
  }),
  mending('untold', untoldMemory, (transaction) => {
    transaction.remove(untoldMemory.name);
  }),
];

/**
 * Makes the records of the box itself whole before anybody reads them: one that is damaged becomes the
 * strictest that it can have been (decision record 0037), and so does an absent one where some are gone
 * (0043). It is told of when there is a log to tell it in. Throws what the store throws.
 */
export function mendBox(
  transaction: StoreTransaction,
  ownershipEpoch: number,
  { gone, damages: foundBefore }: Findings,
): void {
  const isMissing = ({ isAbsent }: Mending): boolean => gone.has('box') && isAbsent(transaction);
  const missing = mendings.filter(isMissing);
  const damaged = mendings.filter((each) => each.isDamaged(transaction) && !missing.includes(each));
  const found = mendings.filter((each) => damaged.includes(each) || missing.includes(each));
  for (const { mend } of found) mend(transaction, ownershipEpoch);
  if (gone.has('key')) doubtHere(transaction, ownershipEpoch);
  keepStart(transaction, recall(transaction, logMemory));
  const told = [...foundBefore, ...damaged.map(({ damage }) => damage)];
  if (told.length === 0) return;
  const { damages } = recallWhole(transaction, untoldMemory) ?? untoldMemory.initial;
  remember(transaction, untoldMemory, { damages: [...new Set([...damages, ...told])] });
}

/** What was mended and is not told yet. */
export function readUntold(transaction: StoreTransaction): readonly BoxDamage[] {
  return (recallWhole(transaction, untoldMemory) ?? untoldMemory.initial).damages;
}

/** It is told with this transaction. */
export function clearUntold(transaction: StoreTransaction): void {
  transaction.remove(untoldMemory.name);
}
