import { areEqual, CborFault } from '@claviger/protocol';
import { contentHash, genesisOf, linkHash } from '../chain/canonical.ts';
import type { Head, StoredEntry } from '../chain/store.ts';
import { restoreOperation } from '../reseal.ts';

/** What a checkpoint says about an entry of a chain. */
export interface KnownEntry {
  readonly sequence: number;
  readonly hash: Uint8Array;
  readonly checkpoint: { readonly number: number; readonly at: number; readonly isFile: boolean };
}

/**
 * What is wrong at the first bad place of a chain. `missing`: entries up to `to` are not there; `changed`: it
 * does not say what it said; `unlinked`: it does not follow the one before; `cut`: the end is missing, up to
 * `to` at least; `rewritten`: a checkpoint knows another entry here; `beyond`: the chain does not know it.
 */
export type ChainFault =
  | { readonly kind: 'missing'; readonly sequence: number; readonly to: number }
  | { readonly kind: 'changed' | 'unlinked' | 'beyond'; readonly sequence: number }
  | {
      readonly kind: 'cut';
      readonly sequence: number;
      readonly to: number;
      readonly known?: KnownEntry['checkpoint'];
    }
  | { readonly kind: 'rewritten'; readonly sequence: number; readonly known: KnownEntry['checkpoint'] };

/** An entry with which the chain goes on after a restore; instants are epoch milliseconds. */
export interface RestoreFound {
  readonly sequence: number;
  readonly restoredAt: number;
  readonly reachedAt: number;
}

/** What was found out about a chain. */
export interface ChainReport {
  readonly chain: string;
  /** Up to the first bad place. */
  readonly entries: number;
  readonly restores: readonly RestoreFound[];
  readonly fault?: ChainFault;
}

/** A chain as it is in the database; what is added meanwhile may be seen or not. */
export interface ChainSource {
  /** The next entries after a number, none at the end. */
  readonly read: (after: number) => Promise<readonly StoredEntry[]>;
  readonly head: () => Promise<Head | undefined>;
}

/** What goes through a chain. */
interface Walk {
  readonly chain: string;
  sequence: number;
  hash: Uint8Array;
  readonly restores: RestoreFound[];
  /** Newest last. */
  readonly known: KnownEntry[];
}

function contentOf({ evidence }: StoredEntry): Uint8Array | undefined {
  try {
    return contentHash(evidence);
  } catch (error) {
    // What has no one form was not written by the server.
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

function restoreOf({ link, evidence }: StoredEntry): RestoreFound | undefined {
  const { operation, after, at } = evidence;
  if (operation !== restoreOperation || typeof after !== 'object' || after === null) return undefined;
  const reachedAt = Array.isArray(after) ? undefined : after['reachedAt'];
  return typeof reachedAt === 'number' ? { sequence: link.sequence, restoredAt: at, reachedAt } : undefined;
}

/** Goes on by one entry, or says what is wrong with it. */
function step(walk: Walk, entry: StoredEntry): ChainFault | undefined {
  const { sequence, previous, hash } = entry.link;
  const expected = walk.sequence + 1;
  if (sequence !== expected) return { kind: 'missing', sequence: expected, to: sequence - 1 };
  if (!areEqual(previous, walk.hash)) return { kind: 'unlinked', sequence };
  const content = contentOf(entry);
  if (!content || !areEqual(linkHash({ previous, sequence, content }), hash)) {
    return { kind: 'changed', sequence };
  }
  Object.assign(walk, { sequence, hash });
  const restore = restoreOf(entry);
  if (restore) walk.restores.push(restore);
  for (let next = walk.known[0]; next && next.sequence <= sequence; next = walk.known[0]) {
    walk.known.shift();
    if (next.sequence === sequence && !areEqual(next.hash, hash)) {
      return { kind: 'rewritten', sequence, known: next.checkpoint };
    }
  }
  return undefined;
}

async function walkToEnd(walk: Walk, { read }: ChainSource): Promise<ChainFault | undefined> {
  for (let page = await read(walk.sequence); page.length > 0; page = await read(walk.sequence)) {
    for (const entry of page) {
      const fault = step(walk, entry);
      if (fault) return fault;
    }
  }
  return undefined;
}

/** Whether the end is where the chain itself, and every checkpoint, knows it. */
function faultAtEnd(walk: Walk, head: Head | undefined): ChainFault | undefined {
  const next = walk.sequence + 1;
  const last = walk.known.at(-1);
  if (last) return { kind: 'cut', sequence: next, to: last.sequence, known: last.checkpoint };
  if (head && head.sequence > walk.sequence) return { kind: 'cut', sequence: next, to: head.sequence };
  if (!head || head.sequence < walk.sequence) {
    return walk.sequence === 0 ? undefined : { kind: 'beyond', sequence: (head?.sequence ?? 0) + 1 };
  }
  return areEqual(head.hash, walk.hash) ? undefined : { kind: 'changed', sequence: head.sequence };
}

/**
 * Goes through a chain from its first entry to its last and stops at the first that is bad. Computes every
 * hash again and trusts none; `known` is what checkpoints say, in the order of sequence.
 */
export async function verifyChain(
  chain: string,
  source: ChainSource,
  known: readonly KnownEntry[],
): Promise<ChainReport> {
  const walk: Walk = { chain, sequence: 0, hash: genesisOf(chain), restores: [], known: [...known] };
  let fault: ChainFault | undefined;
  let head: Head | undefined;
  do {
    fault = await walkToEnd(walk, source);
    if (fault) break;
    const seen: number = head?.sequence ?? -1;
    head = await source.head();
    // Something was added after the last page; once the head stays where it is, the rest is missing.
    if (!head || head.sequence <= walk.sequence || head.sequence === seen) break;
  } while (head.sequence > walk.sequence);
  fault ??= faultAtEnd(walk, head);
  return { chain, entries: walk.sequence, restores: walk.restores, ...(fault && { fault }) };
}
