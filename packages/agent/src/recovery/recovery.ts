import {
  areEqual,
  openMessage,
  recoveryMessage,
  type RecoveryMessage,
  type StoredMessage,
} from '@claviger/protocol';
import { raisedKey, raisedPath, type Given } from '../attempts/door-records.ts';
import type { Core } from '../core.ts';
import { compareVersions } from '../lists/door-list.ts';
import type { ListKeeper } from '../lists/list-keeper.ts';
import { bootMemory, commandMemory, recall, remember } from '../memory/memory.ts';
import type { StoreTransaction } from '../ports.ts';
import { beginningOf, recordOfDoubt, type Doubt } from './doubt.ts';

/** How a door whose older disk came back gets out of its doubt (decision record 0019). */
export interface Recovery {
  /** The server knows more of this log than the log itself, or another one. Told once. */
  readonly begin: () => void;
  /** The server has named the log in which this door goes on; false if that is not for this boot. */
  readonly goOn: (stored: StoredMessage) => boolean;
  /** False for what is not a recovery for this boot. */
  readonly receive: (message: Uint8Array) => boolean;
  /** Whether the server can give back now what is spent, once it has the log. */
  readonly isAwaited: () => boolean;
  /** Whether this disk went back in time and has not its counters back. */
  readonly isInDoubt: () => boolean;
  /** Whether all that is known here of the cause is what is damaged. */
  readonly isDoubtOwn: () => boolean;
}

interface RecoveryParts {
  readonly core: Core;
  readonly lists: ListKeeper;
  readonly doubt: Doubt;
}

/** The parts of one recovery that were taken in this boot. */
interface Taken {
  of: string;
  readonly parts: Set<number>;
}

interface Desk extends RecoveryParts {
  readonly taken: Taken;
}

/** The doubt of a box that the server has told of another history. */
function olderDisk({ journal }: Core): Doubt {
  return { isInDoubt: true, logEpoch: journal.logEpoch(), isOwn: false };
}

function noDoubt(logEpoch: number): Doubt {
  return { isInDoubt: false, logEpoch, isOwn: false };
}

/** A doubt that was of what is damaged here is of an older disk from now on, which knows too little. */
function growDoubt({ core, doubt }: Desk): void {
  if (!doubt.isOwn) return;
  doubt.isOwn = false;
  core.diary.note('error', 'this disk is older than what the server knows of it, besides what is damaged');
  core.keep([beginningOf(core)], [recordOfDoubt(core, doubt)]);
}

function begin(desk: Desk): void {
  const { core, lists, doubt } = desk;
  if (doubt.isInDoubt) {
    growDoubt(desk);
    return;
  }
  Object.assign(doubt, olderDisk(core));
  lists.decideAnew();
  core.diary.note('error', 'this disk is older than what the server knows of it: counted Keys are suspended');
  core.keep([beginningOf(core)], [recordOfDoubt(core, doubt)]);
}

/** One transaction: the doubt is kept with the log that it waits in, so that no power cut parts them. */
function enterLog(desk: Desk, from: { logEpoch: number; through: number; hash: Uint8Array }): boolean {
  const { core, doubt } = desk;
  const begun: Doubt = doubt.isInDoubt ? doubt : olderDisk(core);
  const isEntered = core.commit((transaction) => {
    if (!core.journal.goOn(transaction, from)) return false;
    const { name, value } = recordOfDoubt(core, begun);
    transaction.put(name, value);
    if (!doubt.isInDoubt) core.journal.append(transaction, beginningOf(core));
    return true;
  });
  if (isEntered) Object.assign(doubt, begun);
  return isEntered;
}

function goOn(desk: Desk, { through, hash, next }: StoredMessage): boolean {
  const { core, lists } = desk;
  if (!next || !hash || !areEqual(next.bootNonce, core.bootNonce)) return false;
  if (next.logEpoch <= core.journal.logEpoch()) return true;
  try {
    if (!enterLog(desk, { logEpoch: next.logEpoch, through, hash })) begin(desk);
  } catch (error) {
    core.diary.note('error', `another log cannot be begun: ${String(error)}`);
    return true;
  }
  core.diary.note('warn', `the log goes on as that of epoch ${core.journal.logEpoch()}`);
  lists.decideAnew();
  return true;
}

/** A doubt ends in a later log than it was found in: what was given before knows nothing of its cause. */
function isAwaited({ core, doubt }: Desk): boolean {
  return doubt.isInDoubt && core.journal.logEpoch() > doubt.logEpoch;
}

function isCurrent({ lists }: Desk, { lists: named }: RecoveryMessage): boolean {
  const held = new Map(lists.versions().map(({ lock, list }) => [lock, list]));
  return named.every(({ lock, list }) => {
    const version = held.get(lock);
    return version !== undefined && compareVersions(version, list) >= 0;
  });
}

/** What lies there now; what is gone is as strict as it can have been. */
export function recordsGiven({ time, goneAt }: Core, transaction: StoreTransaction, isRight = false): Given {
  return { now: time.now().at, goneAt, isRight, read: (name) => transaction.get(name) };
}

/** Raises what the door remembers to what was given; nothing becomes less, so a part may come twice. */
function raise(
  { core, doubt }: Pick<Desk, 'core' | 'doubt'>,
  transaction: StoreTransaction,
  { keys, paths, isOneHistory }: RecoveryMessage,
): void {
  const place = recordsGiven(core, transaction, doubt.isOwn && isOneHistory === true);
  for (const key of keys) {
    const { name, value } = raisedKey(place, key);
    transaction.put(name, value);
  }
  for (const path of paths) {
    const { name, value } = raisedPath(place, path);
    transaction.put(name, value);
  }
}

/** With the last part the doubt ends, and no boot or command of another history is met again. */
function end(core: Core, transaction: StoreTransaction, given: RecoveryMessage): void {
  const { ownershipEpoch } = core;
  const boot = recall(transaction, bootMemory);
  remember(transaction, bootMemory, { number: Math.max(boot.number, given.bootNumber) });
  const command = recall(transaction, commandMemory);
  const known = command.ownershipEpoch === ownershipEpoch ? command.sequence : 0;
  const sequence = Math.max(known, given.commandSequence);
  remember(transaction, commandMemory, { ownershipEpoch, sequence });
  const { name, value } = recordOfDoubt(core, noDoubt(given.logEpoch));
  transaction.put(name, value);
  core.journal.append(transaction, { lock: core.firstLock, type: 'counters_returned' });
}

/** Whether it was taken; not while this door has let in somebody of whom the server did not know yet. */
function take(desk: Desk, given: RecoveryMessage, isLast: boolean): boolean {
  const { core } = desk;
  return core.commit((transaction) => {
    if (core.journal.hasGrantAfter(transaction, given.through)) return false;
    raise(desk, transaction, given);
    if (isLast) end(core, transaction, given);
    return true;
  });
}

function takePart(desk: Desk, given: RecoveryMessage): void {
  const { core, doubt, lists, taken } = desk;
  const of = `${given.logEpoch} ${given.through} ${given.parts}`;
  if (taken.of !== of) taken.parts.clear();
  taken.of = of;
  const isLast = new Set([...taken.parts, given.part]).size === given.parts;
  if (!take(desk, given, isLast)) return;
  taken.parts.add(given.part);
  if (!isLast) return;
  Object.assign(doubt, noDoubt(given.logEpoch));
  lists.decideAnew();
  core.diary.note('info', 'the counters are given back: counted Keys work again');
}

function receive(desk: Desk, message: Uint8Array): boolean {
  const { core } = desk;
  const opened = openMessage(recoveryMessage, message, core.verify);
  if (!opened.ok) return false;
  const { device, ownershipEpoch, bootNonce, logEpoch } = opened.body;
  const isForUs = areEqual(device, core.device) && ownershipEpoch === core.ownershipEpoch;
  if (!isForUs || !areEqual(bootNonce, core.bootNonce)) return false;
  const isInTime = isAwaited(desk) && logEpoch === core.journal.logEpoch();
  if (!isInTime || !isCurrent(desk, opened.body)) return true;
  try {
    takePart(desk, opened.body);
  } catch (error) {
    core.diary.note('error', `what the server gave back cannot be kept: ${String(error)}`);
  }
  return true;
}

export function createRecovery(parts: RecoveryParts): Recovery {
  const desk: Desk = { ...parts, taken: { of: '', parts: new Set() } };
  return {
    begin: () => {
      begin(desk);
    },
    goOn: (stored) => goOn(desk, stored),
    receive: (message) => receive(desk, message),
    isAwaited: () => isAwaited(desk),
    isInDoubt: () => parts.doubt.isInDoubt,
    isDoubtOwn: () => parts.doubt.isInDoubt && parts.doubt.isOwn,
  };
}
