import type { Database, Scope, Transaction } from '../database/index.ts';
import { chainOf, installationChain, type AuditEntry } from './entry.ts';
import {
  closeRepeats,
  countRepeat,
  countStrangers,
  listDueChains,
  openRepeats,
  type Repeatable,
  type RepeatPlace,
} from './repeats/store.ts';

/** For so long refusals like one that has an entry are counted, and become one more entry. */
export const repeatWindowMs = 60_000;

/**
 * So many addresses without an Account are told apart at a time, by what they ask and how it is refused: with
 * an entry for the first and one for the repeats a flood from everywhere writes about 120 entries a minute,
 * some 100 MB a day. Beyond it they are counted together.
 */
const strangersLimit = 60;

/** Adds an entry in the transaction. */
type Append = (tx: Transaction, entry: AuditEntry) => Promise<void>;

/** A program is told apart from the person for whom it acts. */
function sourceOf(accountId: string, apiKey: string | undefined): string {
  return apiKey === undefined ? accountId : `${accountId} ${apiKey}`;
}

/** Whether so many addresses are told apart already that another one is not. */
async function isCrowded(tx: Transaction, { entry, place }: Repeatable): Promise<boolean> {
  if (entry.accountId !== undefined || place.chain !== installationChain) return false;
  return (await countStrangers(tx)) >= strangersLimit;
}

/**
 * Adds a refusal. `source` tells callers without an Account apart: their address, or the network that counts
 * as one. With others like it within a minute it is counted, durable with the transaction, and becomes part
 * of one entry for all of them; the first has an entry of its own.
 */
export async function addRefusal(
  tx: Transaction,
  { entry, source }: { readonly entry: Repeatable['entry']; readonly source: string },
  append: Append,
): Promise<void> {
  const { operation, code = '' } = entry;
  const since = entry.at - repeatWindowMs;
  const place: RepeatPlace = {
    ...{ chain: chainOf(entry.entityId), operation, code },
    source: entry.accountId === undefined ? source : sourceOf(entry.accountId, entry.apiKey),
  };
  if (await countRepeat(tx, { place, entry }, since)) return;
  const isTogether = await isCrowded(tx, { place, entry });
  const refusal = { place: isTogether ? { ...place, source: 'others' } : place, entry };
  if (isTogether && (await countRepeat(tx, refusal, since))) return;
  const over = await closeRepeats(tx, refusal.place, since);
  const isFirst = await openRepeats(tx, refusal);
  if (!isFirst) await countRepeat(tx, refusal, since);
  for (const ended of isFirst ? [...over, entry] : over) await append(tx, ended);
}

/** The scope in which entries of a chain are written. */
export function scopeOfChain(chain: string): Scope {
  return chain === installationChain ? { kind: 'installation' } : { kind: 'entity', entityId: chain };
}

/** Writes the entries of all repeats whose minute is over, each chain in a transaction of its own. */
export async function writeRepeats(database: Database, now: number, append: Append): Promise<void> {
  const until = now - repeatWindowMs;
  const chains = await database.transact({ kind: 'installation' }, (tx) => listDueChains(tx, until));
  for (const chain of chains) {
    await database.transact(scopeOfChain(chain), async (tx) => {
      for (const entry of await closeRepeats(tx, { chain }, until)) await append(tx, entry);
    });
  }
}
