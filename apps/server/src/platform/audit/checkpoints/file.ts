import { areEqual, base64urlBytes, CborFault, hexBytes, hexText } from '@claviger/protocol';
import { z } from 'zod';
import type { DerivedSigner } from '../../secrets/index.ts';
import type { Head } from '../chain/store.ts';
import { checkpointBytes, decodeCheckpoint, headLeaf, rootOfHeads, type Checkpoint } from './checkpoint.ts';
import { pathTo, rootByPath, type PathStep } from './merkle.ts';
import type { TakenCheckpoint } from './take.ts';

/** A file is no checkpoint of this installation; the message says why. */
export class CheckpointProblem extends Error {
  override readonly name = 'CheckpointProblem';
}

const bytes = z.string().transform((text, context) => {
  const value = base64urlBytes(text);
  if (value) return value;
  context.addIssue('not base64url');
  return z.NEVER;
});
const hash = z.string().transform((text, context) => {
  const value = hexBytes(text);
  if (value?.length === 32) return value;
  context.addIssue('not a hash');
  return z.NEVER;
});

const fileForm = z.object({
  kind: z.literal('claviger audit checkpoint'),
  version: z.literal(1),
  signed: bytes,
  signature: bytes,
  heads: z.array(
    z.object({
      chain: z.uuid().transform((text) => text.toLowerCase()),
      sequence: z.int().positive(),
      hash,
      path: z.array(z.object({ side: z.enum(['left', 'right']), hash })).optional(),
    }),
  ),
});

/** A checkpoint that was exported: its signature holds, and it stands for these heads. */
export interface ExportedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly signed: Uint8Array;
  readonly heads: readonly Head[];
}

function pathWords(path: readonly PathStep[]) {
  return path.map((step) => ({ side: step.side, hash: hexText(step.hash) }));
}

/**
 * A checkpoint as a file: readable text, which `claviger audit verify --checkpoint` takes. With a chain it
 * has the head of that one alone, and the proof that the signature covers it; without, the heads of all.
 */
export function checkpointFile(
  { kept, heads }: TakenCheckpoint,
  publicKey: Uint8Array,
  chain?: string,
): string {
  const leaves = chain === undefined ? [] : heads.map(headLeaf);
  const listed = heads.flatMap((head, place) => {
    const words = { chain: head.chain, sequence: head.sequence, hash: hexText(head.hash) };
    if (chain === undefined) return [words];
    return head.chain === chain ? [{ ...words, path: pathWords(pathTo(leaves, place)) }] : [];
  });
  const file = {
    kind: 'claviger audit checkpoint',
    version: 1,
    number: kept.number,
    at: new Date(kept.at).toISOString(),
    signed: Buffer.from(kept.signed).toString('base64url'),
    signature: Buffer.from(kept.signature).toString('base64url'),
    publicKey: Buffer.from(publicKey).toString('base64url'),
    heads: listed,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

type FileHead = z.output<typeof fileForm>['heads'][number];

function assertHeads(checkpoint: Checkpoint, heads: readonly FileHead[]): void {
  const isWhole = heads.every(({ path }) => path === undefined);
  const holds = isWhole
    ? heads.length === checkpoint.chains && areEqual(rootOfHeads(heads), checkpoint.root)
    : heads.every((head) => areEqual(rootByPath(headLeaf(head), head.path ?? []), checkpoint.root));
  if (!holds) throw new CheckpointProblem('The heads in it are not those that were signed.');
}

/** Reads an exported checkpoint of the installation with this key. Throws CheckpointProblem. */
export function readCheckpointFile(text: string, signer: DerivedSigner): ExportedCheckpoint {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CheckpointProblem('It is no checkpoint.', { cause: error });
  }
  const parsed = fileForm.safeParse(json);
  if (!parsed.success) throw new CheckpointProblem('It is no checkpoint.');
  const { signed, signature, heads } = parsed.data;
  if (!signer.verifies(checkpointBytes(signed), signature)) {
    throw new CheckpointProblem('It was not signed by this installation, or somebody changed it.');
  }
  try {
    const checkpoint = decodeCheckpoint(signed);
    assertHeads(checkpoint, heads);
    return { checkpoint, signed, heads };
  } catch (error) {
    if (error instanceof CborFault) throw new CheckpointProblem('It is no checkpoint.', { cause: error });
    throw error;
  }
}
