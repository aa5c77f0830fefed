import type { BoxDamage } from '@claviger/domain';
import { areEqual, at, integer, list, maybe, oneOf, record } from '@claviger/protocol';
import type { StoreTransaction } from '../ports.ts';
import { checksumOfName, isDamaged, recordIn, withChecksum } from './checksum.ts';
import { namesIn, recallWhole, remember, type Memory } from './memory.ts';

/** The records of one kind: those of Keys, of reader paths…, and those of the box itself, without a slash. */
export const shelves = ['box', 'key', 'path', 'button', 'lock', 'closed', 'list', 'waiting'] as const;
export type Shelf = (typeof shelves)[number];

/** A name that has come, or gone. */
export interface NameChange {
  readonly name: string;
  readonly by: 1 | -1;
}

/**
 * How many names a shelf has, and the sum of their checksums, which no order changes. `goneAt`: when it was
 * found last that some were missing; what is absent there may have been damaged.
 */
interface Tally {
  readonly count: number;
  readonly digest: number;
  readonly goneAt?: number | undefined;
}

type Tallies = ReadonlyMap<Shelf, Tally>;

const nothing: Tally = { count: 0, digest: 0 };

/** Which names there are, by what a box wrote when they came and went (decision record 0043). */
const ledgerMemory: Memory<{ readonly tallies: readonly (Tally & { readonly shelf: Shelf })[] }> = {
  name: 'ledger',
  form: record({
    tallies: at(
      1,
      list(
        record({
          shelf: at(1, oneOf(shelves)),
          count: at(2, integer()),
          digest: at(3, integer(0, 0xffffffff)),
          goneAt: maybe(4, integer()),
        }),
        shelves.length,
      ),
    ),
  }),
  initial: { tallies: [] },
};

export const ledgerName = ledgerMemory.name;

/** Says that the records of this store have checksums and, since there is a ledger, that there is one. */
export const markName = 'checksums';
/** As agents wrote it that kept no ledger. */
export const firstMark = new Uint8Array();
const presentMark = Uint8Array.of(1);

/** Undefined for a name that no box writes: what lies there has lost its own. */
function shelfOf(name: string): Shelf | undefined {
  const end = name.indexOf('/');
  const word = end < 0 ? 'box' : name.slice(0, end);
  return shelves.find((shelf) => shelf === word && (shelf !== 'box' || end < 0));
}

function changed(tallies: Map<Shelf, Tally>, { name, by }: NameChange): void {
  const shelf = shelfOf(name);
  if (shelf === undefined || name === ledgerName || name === markName) return;
  const before = tallies.get(shelf) ?? nothing;
  const digest = (before.digest + by * checksumOfName(name)) >>> 0;
  tallies.set(shelf, { ...before, count: Math.max(0, before.count + by), digest });
}

/** Undefined where it is damaged. */
function read(transaction: StoreTransaction): Map<Shelf, Tally> | undefined {
  const kept = recallWhole(transaction, ledgerMemory);
  return kept && new Map(kept.tallies.map(({ shelf, ...tally }) => [shelf, tally]));
}

function write(transaction: StoreTransaction, tallies: Tallies): void {
  const written = [...tallies].map(([shelf, tally]) => ({ shelf, ...tally }));
  remember(transaction, ledgerMemory, { tallies: written });
}

/** Keeps the ledger with the records: in the transaction in which their names come and go. */
export function noteNames(transaction: StoreTransaction, changes: readonly NameChange[]): void {
  // One that is missing or damaged is left to the next start: written anew, it would be believed.
  if (transaction.get(ledgerName) === undefined) return;
  const tallies = read(transaction);
  if (tallies === undefined) return;
  for (const change of changes) changed(tallies, change);
  write(transaction, tallies);
}

/** What really lies there. */
function count(transaction: StoreTransaction): Map<Shelf, Tally> {
  const tallies = new Map<Shelf, Tally>();
  for (const name of namesIn(transaction, '')) changed(tallies, { name, by: 1 });
  return tallies;
}

function isSame(one: Tally = nothing, other: Tally = nothing): boolean {
  return one.count === other.count && one.digest === other.digest;
}

/** What a start finds of the ledger. */
export interface Findings {
  /** Whether the ledger knows of every shelf: one that an older agent kept does not, and is written anew. */
  readonly isOfToday: boolean;
  /** The shelves of which something may be gone: what is absent there counts as damaged. */
  readonly gone: ReadonlySet<Shelf>;
  readonly damages: readonly BoxDamage[];
}

/** Whether a ledger has to be there: not in a memory that is new, nor in one of an agent that kept none. */
function isExpected(transaction: StoreTransaction): boolean {
  const mark = transaction.get(markName);
  if (mark !== undefined) return !areEqual(mark, firstMark);
  return transaction.names('', '', 1).length > 0 || transaction.countEvents() > 0;
}

/** Begins the ledger of a memory that never had one, with what lies there. */
export function beginLedger(transaction: StoreTransaction): void {
  if (transaction.get(ledgerName) === undefined && !isExpected(transaction)) settle(transaction);
}

function isMarkDamaged(transaction: StoreTransaction, hasLedger: boolean): boolean {
  const mark = transaction.get(markName);
  if (mark === undefined) return hasLedger;
  return ![firstMark, presentMark].some((known) => areEqual(mark, known));
}

/**
 * The ledger, as it is stored, but knowing of nothing on these shelves but what lies there; for tests that
 * plant a fault. One that cannot be read stays as it is.
 */
export function believingLedger(
  transaction: StoreTransaction,
  believed: readonly Shelf[],
): Uint8Array | undefined {
  const stored = transaction.get(ledgerName);
  const tallies = stored && read({ ...transaction, get: (name) => recordIn(name, stored) });
  if (tallies === undefined) return stored;
  const present = count(transaction);
  for (const shelf of believed) tallies.set(shelf, present.get(shelf) ?? nothing);
  let written = new Uint8Array();
  const put = (_name: string, value: Uint8Array): void => void (written = value.slice());
  write({ ...transaction, put }, tallies);
  return withChecksum(ledgerName, written);
}

/** Compares the names that lie there with those that the ledger knows; reads every name. */
export function inspect(transaction: StoreTransaction): Findings {
  const present = count(transaction);
  const hasLedger = transaction.get(ledgerName) !== undefined;
  const kept = hasLedger ? read(transaction) : undefined;
  const isKnown = (shelf: Shelf): boolean => kept?.has(shelf) ?? true;
  const differs = (shelf: Shelf): boolean =>
    kept === undefined || (isKnown(shelf) && !isSame(kept.get(shelf), present.get(shelf)));
  const gone = new Set(shelves.filter(differs));
  const damages: BoxDamage[] = gone.size > 0 ? ['ledger'] : [];
  if (isMarkDamaged(transaction, hasLedger)) damages.push('checksums');
  return { gone, damages, isOfToday: shelves.every(isKnown) };
}

/** The start that finds these damaged has to tell it first (decision record 0044). */
const toldFirst = (name: string): boolean => name === 'gathered' || shelfOf(name) === 'waiting';

/** What lies under a name that is not its own is not left there: it could not be read by any. */
function sweep(transaction: StoreTransaction, gone: Findings['gone']): void {
  for (const name of [...namesIn(transaction, '')]) {
    const shelf = shelfOf(name);
    const isSwept = (shelf === undefined || gone.has(shelf)) && !toldFirst(name);
    if (isSwept && name !== ledgerName && isDamaged(transaction.get(name))) transaction.remove(name);
  }
}

/**
 * Writes the ledger of what lies there, from which the next start goes on; with `goneAt`, the instant from
 * which what is absent on these shelves counts as damaged.
 */
export function settle(
  transaction: StoreTransaction,
  found?: { readonly gone: Findings['gone']; readonly goneAt: number },
): void {
  const kept = read(transaction);
  if (found) sweep(transaction, found.gone);
  const present = count(transaction);
  const tallies = shelves.map((shelf) => {
    const goneAt = found?.gone.has(shelf) ? found.goneAt : kept?.get(shelf)?.goneAt;
    return [shelf, { ...(present.get(shelf) ?? nothing), ...(goneAt !== undefined && { goneAt }) }] as const;
  });
  transaction.put(markName, presentMark);
  write(transaction, new Map(tallies));
}

/** When it was found last that records like the one of this name are gone; undefined where none ever were. */
export type GoneAt = (name: string) => number | undefined;

export function recallGone(transaction: StoreTransaction): GoneAt {
  const tallies = read(transaction);
  return goneBy((shelf) => tallies?.get(shelf)?.goneAt);
}

/** The same by what is known of each shelf. */
export function goneBy(of: (shelf: Shelf) => number | undefined): GoneAt {
  return (name) => {
    const shelf = shelfOf(name);
    return shelf && of(shelf);
  };
}
