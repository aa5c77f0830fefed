import {
  areEqual,
  CborFault,
  joinReported,
  openMessage,
  reportAskMessage,
  reportedPieceLimit,
  reportedUsesLimit,
  reportMessage,
  sealMessage,
  usesMessage,
  uuidText,
  type ReportAskMessage,
} from '@claviger/protocol';
import { usesOf } from '../attempts/door-records.ts';
import { keyRecordsPrefix } from '../attempts/record-forms.ts';
import type { Core } from '../core.ts';
import { keyBytes } from '../key-names.ts';
import { compareVersions } from '../lists/door-list.ts';
import { newestOf, readStored } from '../lists/stored-list.ts';
import { inspect } from '../memory/ledger.ts';
import type { StoreTransaction } from '../ports.ts';
import type { Recovery } from './recovery.ts';

/** What a door tells a server that was restored and knows less than the door does (decision record 0028). */
export interface Report {
  /** False for what is no question to this boot. */
  readonly receive: (message: Uint8Array) => boolean;
}

interface Desk {
  readonly core: Core;
  readonly recovery: Pick<Recovery, 'isInDoubt'>;
}

/** One piece of the list that is asked about, if it is the one that is kept. */
function answerPiece(core: Core, { lock, list, index = 0 }: ReportAskMessage): void {
  const stored = core.store.transact((transaction) => readStored(transaction, lock));
  if (!stored || !list) return;
  const { head } = stored;
  const content = joinReported(stored);
  const isAskedFor = compareVersions(newestOf(head), list) === 0;
  const piece = content.slice(index * reportedPieceLimit, (index + 1) * reportedPieceLimit);
  if (!isAskedFor || head.ownershipEpoch !== core.ownershipEpoch || piece.length === 0) return;
  const { device, ownershipEpoch, bootNonce } = core;
  const pieces = Math.ceil(content.length / reportedPieceLimit);
  const report = { device, ownershipEpoch, bootNonce, lock, list, head: head.letter, index, pieces, piece };
  core.link.publish('state', sealMessage(reportMessage, report, core.signer));
}

const idLength = 16;

/** Undefined for a name that no Key has: a bit may have turned in it since the last start. */
function bytesOf(name: string): Uint8Array | undefined {
  try {
    return keyBytes(name);
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

/**
 * Records of Keys that only a QR told of come last by their names, and count nothing (SEMANTICS C3).
 * Undefined where some are gone since this box began: of which nothing is said, that would count as never let
 * in.
 */
function usesIn(transaction: StoreTransaction, lock: number, after: string) {
  const prefix = keyRecordsPrefix(lock);
  const names = transaction.names(prefix, `${prefix}${after}`, reportedUsesLimit);
  const keys = names.flatMap((name) => {
    const key = bytesOf(name.slice(prefix.length));
    const { spent, isInDoubt } = usesOf(transaction.get(name) ?? new Uint8Array());
    return key?.length === idLength ? [{ key, spent, ...(isInDoubt && { isInDoubt }) }] : [];
  });
  const isLast = names.length < reportedUsesLimit || keys.length === 0;
  return isLast && inspect(transaction).gone.has('key') ? undefined : { keys, isLast };
}

/** Not from a memory that knows too little itself. */
function answerUses({ core, recovery }: Desk, { lock, after: asked }: ReportAskMessage): void {
  if (recovery.isInDoubt()) return;
  const { device, ownershipEpoch, bootNonce, journal } = core;
  const after = asked?.length === idLength ? asked : undefined;
  const name = after ? uuidText(after) : '';
  const uses = core.store.transact((transaction) => usesIn(transaction, lock, name));
  if (!uses) return;
  const place = { logEpoch: journal.logEpoch(), through: journal.lastSequence() };
  const told = { device, ownershipEpoch, bootNonce, lock, ...place, ...uses, namesDoubted: true, after };
  core.link.publish('state', sealMessage(usesMessage, told, core.signer));
}

/** Answers at once, and keeps nothing: what is not answered is asked for again. */
export function createReport(desk: Desk): Report {
  const { core } = desk;
  return {
    receive: (message) => {
      const opened = openMessage(reportAskMessage, message, core.verify);
      if (!opened.ok) return false;
      const { device, ownershipEpoch, bootNonce, lock, after } = opened.body;
      const isForUs = areEqual(device, core.device) && ownershipEpoch === core.ownershipEpoch;
      const isOurs = core.identity.locks.some(({ number }) => number === lock);
      if (!isForUs || !isOurs || !areEqual(bootNonce, core.bootNonce)) return false;
      if (after === undefined) answerPiece(core, opened.body);
      else answerUses(desk, opened.body);
      return true;
    },
  };
}
