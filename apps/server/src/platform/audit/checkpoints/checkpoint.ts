/**
 * A checkpoint: what the installation signs about the ends of all chains at one moment. It names the one
 * before it, and the root of a tree over all heads, so that it can be shown to one Entity without telling of
 * another. A copy that is kept elsewhere is what makes the Audit evidence: whoever can write to the database
 * can compute every hash again, but cannot change that copy.
 */
import { createHash } from 'node:crypto';
import {
  CborFault,
  decodeCbor,
  encodeCbor,
  signedBytes,
  uuidBytes,
  uuidText,
  type CborMap,
  type CborValue,
} from '@claviger/protocol';
import type { Head } from '../chain/store.ts';
import { leafHash, rootOf } from './merkle.ts';

/** What a checkpoint says; instants are epoch milliseconds. */
export interface Checkpoint {
  readonly installationId: string;
  readonly incarnation: number;
  /** From 1, without a gap. */
  readonly number: number;
  readonly at: number;
  /** The SHA-256 of what was signed before; 32 zero bytes in the first. */
  readonly previous: Uint8Array;
  readonly chains: number;
  readonly root: Uint8Array;
}

const label = 'claviger/1/audit checkpoint';
const fields = { installationId: 1, incarnation: 2, number: 3, at: 4, previous: 5, chains: 6, root: 7 };
const hashLength = 32;

/** What stands for the checkpoint before the first. */
export const noCheckpoint = new Uint8Array(hashLength);

/** The bytes of what a checkpoint says. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { installationId, incarnation, number, at, previous, chains, root } = checkpoint;
  return encodeCbor(
    new Map<number, CborValue>([
      [fields.installationId, installationId],
      [fields.incarnation, incarnation],
      [fields.number, number],
      [fields.at, at],
      [fields.previous, previous],
      [fields.chains, chains],
      [fields.root, root],
    ]),
  );
}

function numberOf(map: CborMap, field: number): number {
  const value = map.get(field);
  if (typeof value !== 'number') throw new CborFault(`field ${field} is no number`);
  return value;
}

function hashOf(map: CborMap, field: number): Uint8Array {
  const value = map.get(field);
  if (value instanceof Uint8Array && value.length === hashLength) return value;
  throw new CborFault(`field ${field} is no hash`);
}

/** What was signed. Throws CborFault for bytes that are no checkpoint. */
export function decodeCheckpoint(signed: Uint8Array): Checkpoint {
  const map = decodeCbor(signed);
  if (!(map instanceof Map)) throw new CborFault('no checkpoint');
  const installationId = (map as CborMap).get(fields.installationId);
  if (typeof installationId !== 'string') throw new CborFault('it names no installation');
  return {
    installationId,
    incarnation: numberOf(map, fields.incarnation),
    number: numberOf(map, fields.number),
    at: numberOf(map, fields.at),
    previous: hashOf(map, fields.previous),
    chains: numberOf(map, fields.chains),
    root: hashOf(map, fields.root),
  };
}

/** What a signature of a checkpoint covers. */
export function checkpointBytes(signed: Uint8Array): Uint8Array {
  return signedBytes(label, signed);
}

/** By which the next checkpoint names this one. */
export function checkpointHash(signed: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(checkpointBytes(signed)).digest());
}

/** The leaf of a head. */
export function headLeaf({ chain, sequence, hash }: Head): Uint8Array {
  return leafHash(encodeCbor([uuidBytes(chain), sequence, Uint8Array.from(hash)]));
}

/** The root over all heads in the order of their chains. */
export function rootOfHeads(heads: readonly Head[]): Uint8Array {
  return rootOf(heads.map(headLeaf));
}

/** Heads as they are kept beside what was signed. */
export function encodeHeads(heads: readonly Head[]): Uint8Array {
  return encodeCbor(
    heads.map(({ chain, sequence, hash }) => [uuidBytes(chain), sequence, Uint8Array.from(hash)]),
  );
}

function headOf(value: CborValue): Head {
  if (!Array.isArray(value)) throw new CborFault('no head');
  const [chain, sequence, hash] = value as readonly CborValue[];
  if (chain instanceof Uint8Array && typeof sequence === 'number' && hash instanceof Uint8Array)
    return { chain: uuidText(chain), sequence, hash };
  throw new CborFault('no head');
}

/** Throws CborFault for anything but heads. */
export function decodeHeads(bytes: Uint8Array): Head[] {
  const heads = decodeCbor(bytes);
  if (!Array.isArray(heads)) throw new CborFault('no heads');
  return (heads as readonly CborValue[]).map(headOf);
}
