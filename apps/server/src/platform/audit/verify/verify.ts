import { areEqual, CborFault } from '@claviger/protocol';
import type { Database } from '../../database/index.ts';
import type { Secret } from '../../secrets/index.ts';
import { findHead, listHeads, readEntries, type Head } from '../chain/store.ts';
import {
  checkpointBytes,
  checkpointHash,
  decodeCheckpoint,
  decodeHeads,
  noCheckpoint,
  rootOfHeads,
  type Checkpoint,
} from '../checkpoints/checkpoint.ts';
import type { ExportedCheckpoint } from '../checkpoints/file.ts';
import { listCheckpoints, type KeptCheckpoint } from '../checkpoints/store.ts';
import { checkpointSignerOf } from '../checkpoints/take.ts';
import { installationChain } from '../entry.ts';
import { listUnchained } from '../older/store.ts';
import { scopeOfChain } from '../refusals.ts';
import { verifyChain, type ChainReport, type KnownEntry } from './chain.ts';

/** So much of a chain, and so many checkpoints, are in memory at once. */
const entriesPerPage = 1_000;
const checkpointsPerPage = 100;

/** What is wrong with the checkpoints that the installation keeps: which one, and what. */
export interface CheckpointFault {
  readonly number: number;
  readonly kind: 'missing' | 'forged' | 'unlinked' | 'other_heads' | 'not_the_exported';
}

/** What was found out about the whole Audit. */
export interface AuditReport {
  readonly chains: readonly ChainReport[];
  readonly checkpoints: { readonly count: number; readonly fault?: CheckpointFault };
  /** Entries that have no place in a chain yet: the server gives them one when it starts. */
  readonly hasUnchained: boolean;
  readonly isWhole: boolean;
}

export interface Verification {
  readonly installationSecret: Secret;
  readonly exported?: ExportedCheckpoint | undefined;
  /** Called with each chain as soon as it is known. */
  readonly onChain?: (report: ChainReport) => void;
}

type KnownEntries = Map<string, KnownEntry[]>;

function learn(known: KnownEntries, heads: readonly Head[], checkpoint: KnownEntry['checkpoint']): void {
  for (const { chain, sequence, hash } of heads) {
    const of = known.get(chain) ?? [];
    known.set(chain, of);
    const last = of.at(-1);
    // A chain to which nothing was added since says the same once more.
    if (last?.sequence !== sequence || !areEqual(last.hash, hash)) of.push({ sequence, hash, checkpoint });
  }
}

interface CheckpointWalk {
  readonly known: KnownEntries;
  readonly verifies: (bytes: Uint8Array, signature: Uint8Array) => boolean;
  readonly exported: ExportedCheckpoint | undefined;
  count: number;
  previous: Uint8Array;
}

/** Whether this is another one than the exported of the same number, in the same history. */
function isNotTheExported({ exported }: CheckpointWalk, checkpoint: Checkpoint, signed: Uint8Array): boolean {
  if (!exported) return false;
  const of = exported.checkpoint;
  if (of.number !== checkpoint.number) return false;
  return of.incarnation === checkpoint.incarnation && !areEqual(exported.signed, signed);
}

function stepCheckpoint(walk: CheckpointWalk, kept: KeptCheckpoint): CheckpointFault | undefined {
  const number = walk.count + 1;
  if (kept.number !== number) return { number, kind: 'missing' };
  const { signed, signature, heads } = kept;
  if (!walk.verifies(checkpointBytes(signed), signature)) return { number, kind: 'forged' };
  const checkpoint = decodeCheckpoint(signed);
  if (checkpoint.number !== number || !areEqual(checkpoint.previous, walk.previous)) {
    return { number, kind: 'unlinked' };
  }
  if (isNotTheExported(walk, checkpoint, signed)) return { number, kind: 'not_the_exported' };
  if (heads) {
    const listed = decodeHeads(heads);
    if (!areEqual(rootOfHeads(listed), checkpoint.root)) return { number, kind: 'other_heads' };
    learn(walk.known, listed, { number, at: checkpoint.at, isFile: false });
  }
  walk.count = number;
  walk.previous = checkpointHash(signed);
  return undefined;
}

function checked(walk: CheckpointWalk, kept: KeptCheckpoint): CheckpointFault | undefined {
  try {
    return stepCheckpoint(walk, kept);
  } catch (error) {
    if (error instanceof CborFault) return { number: kept.number, kind: 'forged' };
    throw error;
  }
}

/** Goes through the checkpoints that are kept, up to the first bad one, and learns what they know. */
async function walkCheckpoints(
  database: Database,
  walk: CheckpointWalk,
): Promise<AuditReport['checkpoints']> {
  for (;;) {
    const page = await database.transact({ kind: 'installation' }, (tx) =>
      listCheckpoints(tx, { after: walk.count, limit: checkpointsPerPage }),
    );
    for (const kept of page) {
      const fault = checked(walk, kept);
      if (fault) return { count: walk.count, fault };
    }
    if (page.length < checkpointsPerPage) break;
  }
  const wanted = walk.exported?.checkpoint;
  // A restore begins the numbers again from where the backup was; then the chains tell what is lost.
  const isLost = wanted !== undefined && wanted.number > walk.count;
  return isLost
    ? { count: walk.count, fault: { number: walk.count + 1, kind: 'missing' } }
    : { count: walk.count };
}

function sourceOf(database: Database, chain: string) {
  const scope = scopeOfChain(chain);
  return {
    read: (after: number) =>
      database.transact(scope, (tx) => readEntries(tx, { chain, after, limit: entriesPerPage })),
    head: () => database.transact(scope, (tx) => findHead(tx, chain)),
  };
}

/**
 * Computes the whole Audit again and compares it with what the installation has signed, and with a checkpoint
 * that was exported. Names the first bad entry of each chain. Streams, beside a running server or without.
 */
export async function verifyAudit(database: Database, wanted: Verification): Promise<AuditReport> {
  const { exported } = wanted;
  const signer = checkpointSignerOf(wanted.installationSecret);
  const known: KnownEntries = new Map();
  const walk = { known, verifies: signer.verifies, exported, count: 0, previous: noCheckpoint };
  const checkpoints = await walkCheckpoints(database, walk);
  if (exported) {
    const { number, at } = exported.checkpoint;
    learn(known, exported.heads, { number, at, isFile: true });
  }
  const heads = await database.transact({ kind: 'installation' }, listHeads);
  const unchained = await database.transact({ kind: 'installation' }, listUnchained);
  const chains: ChainReport[] = [];
  const all = new Set([installationChain, ...heads.map(({ chain }) => chain), ...known.keys()]);
  for (const chain of [...all].sort()) {
    const of = (known.get(chain) ?? []).sort((one, other) => one.sequence - other.sequence);
    const report = await verifyChain(chain, sourceOf(database, chain), of);
    wanted.onChain?.(report);
    chains.push(report);
  }
  const isWhole = chains.every(({ fault }) => fault === undefined) && checkpoints.fault === undefined;
  return { chains, checkpoints, hasUnchained: unchained.length > 0, isWhole };
}
