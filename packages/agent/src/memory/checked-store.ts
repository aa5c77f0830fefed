import type { Store, StoreTransaction } from '../ports.ts';
import { isWhole, recordIn, withChecksum } from './checksum.ts';
import { beginLedger, firstMark, ledgerName, markName, noteNames, type NameChange } from './ledger.ts';
import { namesIn } from './memory.ts';

/** Reads and writes with checksums; `changes` hears which names have come and gone. */
function checked(
  transaction: StoreTransaction,
  hasOwnHash: (name: string) => boolean,
  changes: NameChange[],
): StoreTransaction {
  const get = (name: string): Uint8Array | undefined => {
    const stored = transaction.get(name);
    return stored === undefined || hasOwnHash(name) ? stored : recordIn(name, stored);
  };
  return {
    get,
    put: (name, value) => {
      // Who writes the ledger has counted what came before.
      if (name === ledgerName) changes.length = 0;
      else if (transaction.get(name) === undefined) changes.push({ name, by: 1 });
      transaction.put(name, hasOwnHash(name) ? value : withChecksum(name, value));
    },
    remove: (name) => {
      if (transaction.get(name) !== undefined) changes.push({ name, by: -1 });
      transaction.remove(name);
    },
    names: (prefix, after, limit) => transaction.names(prefix, after, limit),
    appendEvent: (event) => {
      transaction.appendEvent(event);
    },
    readEvents: (from, limit) => transaction.readEvents(from, limit),
    countEvents: () => transaction.countEvents(),
    dropEvents: (from, through) => {
      transaction.dropEvents(from, through);
    },
  };
}

/** Gives their checksums to the records of an agent that wrote none: to all, so none of those has one. */
function addChecksums(transaction: StoreTransaction, hasOwnHash: (name: string) => boolean): void {
  if ([markName, ledgerName].some((name) => transaction.get(name) !== undefined)) return;
  const names = [...namesIn(transaction, '')].filter((name) => !hasOwnHash(name));
  const isDone = names.some((name) => isWhole(name, transaction.get(name) ?? new Uint8Array()));
  if (isDone || names.length === 0) return;
  for (const name of names) {
    const value = transaction.get(name);
    if (value) transaction.put(name, withChecksum(name, value));
  }
  transaction.put(markName, withChecksum(markName, firstMark));
}

/**
 * A store whose records carry a checksum, so that a bit that turned on the disk is noticed: such a record is
 * read as one that cannot be decoded. Which names there are is written into the ledger with each change of
 * them. It finds accidents, no forgery. Events have the chain of their log, and what `hasOwnHash` names is
 * kept as it is. Throws what the store throws.
 */
export function checkedStore(store: Store, hasOwnHash: (name: string) => boolean): Store {
  const transact: Store['transact'] = (work) =>
    store.transact((transaction) => {
      const changes: NameChange[] = [];
      const on = checked(transaction, hasOwnHash, changes);
      const result = work(on);
      if (changes.length > 0) noteNames(on, changes);
      return result;
    });
  store.transact((transaction) => {
    addChecksums(transaction, hasOwnHash);
    beginLedger(checked(transaction, hasOwnHash, []));
  });
  return { transact };
}
