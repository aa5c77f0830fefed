import { createHash } from 'node:crypto';
import { encodeCbor, signedBytes, uuidBytes, type CborValue } from '@claviger/protocol';
import type { JsonValue } from '../../database/connection/column-types.ts';
import type { Evidence } from '../entry.ts';

const contentLabel = 'claviger/1/audit entry';
const genesisLabel = 'claviger/1/audit chain';
const sequenceLength = 8;

/** JSON in one form: no white space, members in the order of their names (RFC 8785). */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
}

function id(uuid: string | null): Uint8Array | null {
  return uuid === null ? null : uuidBytes(uuid);
}

function json(value: JsonValue | null): string | null {
  return value === null ? null : canonicalJson(value);
}

/** By their numbers, which never change: what is null is left out. */
function fieldsOf(evidence: Evidence): (CborValue | null)[] {
  return [
    id(evidence.chain),
    evidence.scope,
    id(evidence.entityId),
    id(evidence.ownerId),
    id(evidence.accountId),
    id(evidence.userId),
    id(evidence.deviceId),
    evidence.actor,
    id(evidence.mandateId),
    evidence.operation,
    evidence.objectType,
    id(evidence.objectId),
    evidence.outcome,
    evidence.code,
    evidence.cause,
    evidence.reason,
    id(evidence.subjectId),
    json(evidence.before),
    json(evidence.after),
    evidence.count,
    evidence.firstAt,
    evidence.requestId,
    evidence.address,
    evidence.at,
  ];
}

function sha256(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(bytes).digest());
}

/**
 * SHA-256 of everything that an entry says, in deterministic CBOR (RFC 8949 4.2.1) under a label of its own.
 */
export function contentHash(evidence: Evidence): Uint8Array {
  const fields = new Map<number, CborValue>();
  fieldsOf(evidence).forEach((value, number) => {
    if (value !== null) fields.set(number, value);
  });
  return sha256(signedBytes(contentLabel, encodeCbor(fields)));
}

/** What stands before the first entry of a chain: two chains never begin alike. */
export function genesisOf(chain: string): Uint8Array {
  return sha256(signedBytes(genesisLabel, uuidBytes(chain)));
}

/**
 * The hash of an entry: SHA-256 of the hash before it, its number (8 bytes, big endian) and its content's.
 * PostgreSQL computes the same where an entry is added.
 */
export function linkHash(link: {
  readonly previous: Uint8Array;
  readonly sequence: number;
  readonly content: Uint8Array;
}): Uint8Array {
  const number = Buffer.alloc(sequenceLength);
  number.writeBigInt64BE(BigInt(link.sequence));
  return sha256(Buffer.concat([link.previous, number, link.content]));
}
