import {
  believingLedger,
  ledgerName,
  type Ports,
  type Shelf,
  type Store,
  type StoreTransaction,
} from '@claviger/agent';
import type { AuthorityStore, Endings } from '@claviger/authority';
import type { UpChannel } from '@claviger/protocol';
import type { Invariant, RunOptions } from '../options.ts';
import type { DoorBox } from '../street/box-face.ts';
import type { Facts } from '../street/facts.ts';
import type { DownLetter } from '../street/cause.ts';

/**
 * Where a bug can be planted, always from outside: between the product and its ports, in what a box makes of
 * a letter, in what the server takes for the facts. The product itself knows nothing of it.
 */
export interface Planted {
  /** Asked at every start of a box. */
  readonly ports: (ports: Ports, box: DoorBox) => Ports;
  /** What the agent is given for a letter. */
  readonly letter: (letter: DownLetter, box: DoorBox) => readonly DownLetter[];
  /** What a box hears at once when it has said this. */
  readonly echo: (said: { channel: UpChannel; message: Uint8Array }, box: DoorBox) => DownLetter | undefined;
  readonly store: (store: AuthorityStore) => AuthorityStore;
  /** In which incarnation a server begins that was restored. */
  readonly incarnation: (wanted: number) => number;
  /** What a restored server makes of a list that a door has given back. */
  readonly endings: (endings: Endings) => Endings;
  /** What a list is made of: of the facts of now, or of those of the list before. */
  readonly facts: (now: Facts, before: Facts | undefined) => Facts;
}

export const nothingPlanted: Planted = {
  ports: (ports) => ports,
  letter: (letter) => [letter],
  echo: () => undefined,
  incarnation: (wanted) => wanted,
  endings: (endings) => endings,
  store: (store) => store,
  facts: (now) => now,
};

/** A bug with its name, and what it stands for in words. */
export interface Bug {
  readonly name: string;
  readonly what: string;
  /** What a world must break for the bug to count as found: other things may have other causes. */
  readonly breaks: readonly Invariant[];
  /** Worlds in which it is sought, where those of the seeds alone would show it too seldom. */
  readonly worlds?: Pick<RunOptions, 'doors' | 'without'>;
  /** A new one for each world: a bug may remember. */
  readonly plant: () => Partial<Planted>;
}

/** The ports with another way into the disk. */
export function throughStore(
  ports: Ports,
  change: (transaction: StoreTransaction) => StoreTransaction,
): Ports {
  const store: Store = {
    transact: (work) => ports.store.transact((transaction) => work(change(transaction))),
  };
  return { ...ports, store };
}

/**
 * The same for a bug by which names of these shelves come and go that the box knows nothing of: its ledger
 * would tell of them at the next start, whatever else they do. Of other shelves it tells the truth.
 */
export function throughNames(
  ports: Ports,
  shelves: readonly Shelf[],
  change: (transaction: StoreTransaction) => StoreTransaction,
): Ports {
  return throughStore(ports, (transaction) => {
    const changed = change(transaction);
    const hasLedger = transaction.get(ledgerName) !== undefined;
    const ledger = (): Uint8Array | undefined => believingLedger(transaction, shelves);
    return { ...changed, get: (name) => (name === ledgerName && hasLedger ? ledger() : changed.get(name)) };
  });
}
