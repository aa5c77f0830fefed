import {
  areEqual,
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
import { keyRecordsPrefix, spentOf } from '../attempts/door-records.ts';
import type { Core } from '../core.ts';
import { keyBytes } from '../key-names.ts';
import { compareVersions } from '../lists/door-list.ts';
import { newestOf, readStored } from '../lists/stored-list.ts';
import type { StoreTransaction } from '../ports.ts';

/** What a door tells a server that was restored and knows less than the door does (decision record 0028). */
export interface Report {
  /** False for what is no question to this boot. */
  readonly receive: (message: Uint8Array) => boolean;
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

/** Records of Keys that only a QR told of come last by their names, and count nothing (SEMANTICS C3). */
function usesIn(transaction: StoreTransaction, lock: number, after: string) {
  const prefix = keyRecordsPrefix(lock);
  const names = transaction.names(prefix, `${prefix}${after}`, reportedUsesLimit);
  const keys = names.flatMap((name) => {
    const key = keyBytes(name.slice(prefix.length));
    const stored = transaction.get(name);
    const spent = stored && spentOf(stored);
    return key.length === idLength && spent !== undefined ? [{ key, spent }] : [];
  });
  return { keys, isLast: names.length < reportedUsesLimit || keys.length === 0 };
}

function answerUses(core: Core, { lock, after = new Uint8Array() }: ReportAskMessage): void {
  const { device, ownershipEpoch, bootNonce, journal } = core;
  const name = after.length === idLength ? uuidText(after) : '';
  const { keys, isLast } = core.store.transact((transaction) => usesIn(transaction, lock, name));
  const place = { logEpoch: journal.logEpoch(), through: journal.lastSequence() };
  const uses = { device, ownershipEpoch, bootNonce, lock, ...place, keys, isLast };
  core.link.publish('state', sealMessage(usesMessage, uses, core.signer));
}

/** Answers at once, and keeps nothing: what is not answered is asked for again. */
export function createReport(core: Core): Report {
  return {
    receive: (message) => {
      const opened = openMessage(reportAskMessage, message, core.verify);
      if (!opened.ok) return false;
      const { device, ownershipEpoch, bootNonce, lock, after } = opened.body;
      const isForUs = areEqual(device, core.device) && ownershipEpoch === core.ownershipEpoch;
      const isOurs = core.identity.locks.some(({ number }) => number === lock);
      if (!isForUs || !isOurs || !areEqual(bootNonce, core.bootNonce)) return false;
      if (after === undefined) answerPiece(core, opened.body);
      else answerUses(core, opened.body);
      return true;
    },
  };
}
