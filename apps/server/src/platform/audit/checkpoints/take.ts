import { areEqual } from '@claviger/protocol';
import type { Database, Transaction } from '../../database/index.ts';
import { derivedSigner, type DerivedSigner, type Secret } from '../../secrets/index.ts';
import { listHeads, type Head } from '../chain/store.ts';
import {
  checkpointBytes,
  checkpointHash,
  decodeCheckpoint,
  encodeCheckpoint,
  encodeHeads,
  noCheckpoint,
  rootOfHeads,
  type Checkpoint,
} from './checkpoint.ts';
import {
  addCheckpoint,
  findInstallation,
  findLastCheckpoint,
  forgetHeads,
  type KeptCheckpoint,
} from './store.ts';

/**
 * So long the heads of a checkpoint are kept beside it: at 60 bytes a chain a thousand Entities fill some
 * 45 MB with them.
 */
const headsKeptMs = 30 * 24 * 3_600_000;

/** Copies of the server that take one in the same instant: one of them wins, the others look again. */
const attemptLimit = 5;

/** A checkpoint with the heads that it stands for. */
export interface TakenCheckpoint {
  readonly kept: KeptCheckpoint;
  readonly heads: readonly Head[];
}

/** Who signs checkpoints: the installation, by a key of their own. */
export function checkpointSignerOf(installationSecret: Secret): DerivedSigner {
  return derivedSigner(installationSecret, 'audit checkpoints', 'audit');
}

/** What the next checkpoint says after the last one. */
async function nextCheckpoint(
  tx: Transaction,
  last: KeptCheckpoint | undefined,
  heads: readonly Head[],
): Promise<Omit<Checkpoint, 'at'>> {
  const { id = '', incarnation = 1 } = (await findInstallation(tx)) ?? {};
  return {
    installationId: id,
    incarnation,
    number: (last?.number ?? 0) + 1,
    previous: last ? checkpointHash(last.signed) : noCheckpoint,
    chains: heads.length,
    root: rootOfHeads(heads),
  };
}

function isSame(last: KeptCheckpoint, { root }: Pick<Checkpoint, 'root'>): boolean {
  return last.heads !== null && areEqual(decodeCheckpoint(last.signed).root, root);
}

async function take(
  tx: Transaction,
  signer: DerivedSigner,
  at: number,
): Promise<TakenCheckpoint | undefined> {
  const last = await findLastCheckpoint(tx);
  const heads = await listHeads(tx);
  const checkpoint = { ...(await nextCheckpoint(tx, last, heads)), at };
  if (last && isSame(last, checkpoint)) return { kept: last, heads };
  const signed = encodeCheckpoint(checkpoint);
  const signature = signer.sign(checkpointBytes(signed));
  const kept = { number: checkpoint.number, at, signed, signature, heads: encodeHeads(heads) };
  return (await addCheckpoint(tx, kept)) ? { kept, heads } : undefined;
}

/** Takes a checkpoint over all chains as they are; where nothing was added since the last, that is given. */
export async function takeCheckpoint(
  database: Database,
  { installationSecret, now }: { readonly installationSecret: Secret; readonly now: number },
): Promise<TakenCheckpoint> {
  const signer = checkpointSignerOf(installationSecret);
  for (let attempt = 1; attempt <= attemptLimit; attempt += 1) {
    const taken = await database.transact({ kind: 'installation' }, (tx) => take(tx, signer, now));
    if (taken) return taken;
  }
  throw new Error('other copies of the server took every checkpoint first');
}

/** What is done each hour: a checkpoint, and the heads of very old ones are forgotten. */
export async function tendCheckpoints(
  database: Database,
  ports: { readonly installationSecret: Secret; readonly now: number },
): Promise<void> {
  await takeCheckpoint(database, ports);
  await database.transact({ kind: 'installation' }, (tx) => forgetHeads(tx, ports.now - headsKeptMs));
}
