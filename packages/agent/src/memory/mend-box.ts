import { boxDamages, type BoxDamage } from '@claviger/domain';
import { at, list, oneOf, record } from '@claviger/protocol';
import { readEntry } from '../journal/mending.ts';
import type { StoreTransaction } from '../ports.ts';
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

/** The last event of the log, or where the log begins if there is none. */
function endOf(transaction: StoreTransaction, start: LogStart): Pick<LogMemory, 'lastSequence' | 'lastHash'> {
  let end = { lastSequence: start.storedThrough, lastHash: start.storedHash };
  for (;;) {
    const last = transaction.readEvents(end.lastSequence + 1, pageSize).at(-1);
    if (last === undefined) return end;
    end = { lastSequence: last.sequence, lastHash: last.hash };
  }
}

/** Nothing tells any more to what the events hash that are stored, nor, without any other, how many. */
function unknownStart(transaction: StoreTransaction, ownershipEpoch: number): LogStart {
  const [first] = transaction.readEvents(0, 1);
  const storedThrough = first ? first.sequence - (readEntry(first)?.lost?.count ?? 1) : 0;
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

/** The log as its events tell it; where it begins too unknown, the disk is as an older one (record 0019). */
function mendLog(transaction: StoreTransaction, ownershipEpoch: number): void {
  const known = knownStart(transaction, ownershipEpoch);
  const start = known ?? unknownStart(transaction, ownershipEpoch);
  if (known === undefined) doubtAll(transaction, start);
  remember(transaction, logMemory, { ...start, ...endOf(transaction, start) });
}

/** What is kept twice is whole in both places again. */
function keepStart(transaction: StoreTransaction, log: LogMemory): void {
  const { ownershipEpoch, storedThrough, storedHash, logEpoch } = log;
  const kept = recallWhole(transaction, logStartMemory);
  const isSame =
    kept?.ownershipEpoch === ownershipEpoch &&
    kept.storedThrough === storedThrough &&
    kept.logEpoch === logEpoch;
  if (!isSame) remember(transaction, logStartMemory, { ownershipEpoch, storedThrough, storedHash, logEpoch });
}

interface Mending {
  readonly damage: BoxDamage;
  readonly isDamaged: (transaction: StoreTransaction) => boolean;
  readonly mend: (transaction: StoreTransaction, ownershipEpoch: number) => void;
}

function mending<Value>(damage: BoxDamage, memory: Memory<Value>, mend: Mending['mend']): Mending {
  return { damage, isDamaged: (transaction) => recallWhole(transaction, memory) === undefined, mend };
}

/** In the order in which they are mended: a doubt needs to know the log. */
const mendings: readonly Mending[] = [
  mending('log', logMemory, mendLog),
  mending('doubt', doubtMemory, (transaction, ownershipEpoch) => {
    const log = recall(transaction, logMemory);
    doubtAll(transaction, log.ownershipEpoch === ownershipEpoch ? log : { ...initialStart, ownershipEpoch });
  }),
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
];

/**
 * Makes the records of the box itself whole before anybody reads them: one that is damaged becomes the
 * strictest that it can have been (decision record 0037), and is told of when there is a log to tell it in.
 * Throws what the store throws.
 */
export function mendBox(transaction: StoreTransaction, ownershipEpoch: number): void {
  const found = mendings.filter(({ isDamaged }) => isDamaged(transaction));
  for (const { mend } of found) mend(transaction, ownershipEpoch);
  keepStart(transaction, recall(transaction, logMemory));
  if (found.length === 0) return;
  const { damages } = recallWhole(transaction, untoldMemory) ?? untoldMemory.initial;
  const untold = new Set([...damages, ...found.map(({ damage }) => damage)]);
  remember(transaction, untoldMemory, { damages: [...untold] });
}

/** What was mended and is not told yet. */
export function readUntold(transaction: StoreTransaction): readonly BoxDamage[] {
  return (recallWhole(transaction, untoldMemory) ?? untoldMemory.initial).damages;
}

/** It is told with this transaction. */
export function clearUntold(transaction: StoreTransaction): void {
  transaction.remove(untoldMemory.name);
}
