import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Refusal } from '@claviger/protocol';
import type { FastifyRequest } from 'fastify';
import type { Transaction } from '../../database/index.ts';
import { openField, sealField, type Secret } from '../../secrets/index.ts';
import { findAnswer, takeKey, type KeyPlace } from './store.ts';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const unfinishedRetryAfterS = 1;

/**
 * Thrown to leave the transaction of a call that was answered before; the boundary sends the answer again.
 */
export class StoredAnswer extends Error {
  readonly status: number;
  readonly answer: unknown;

  constructor(status: number, answer: unknown) {
    super('answered before');
    this.name = 'StoredAnswer';
    this.status = status;
    this.answer = answer;
  }
}

/** The `Idempotency-Key` of the request; refuses with `idempotency_key_missing` what is not a UUID. */
export function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !uuidPattern.test(key)) throw new Refusal('idempotency_key_missing');
  return key.toLowerCase();
}

/** JSON with sorted fields, so that the same request always reads the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([left], [right]) => (left < right ? -1 : 1)))
      : field,
  );
}

function hashOf({ method, params, query, body, routeOptions }: FastifyRequest): Buffer {
  return createHash('sha256')
    .update(canonical([method, routeOptions.url, params, query, body]))
    .digest();
}

function sealedPlace({ key }: KeyPlace) {
  return { table: 'idempotency_keys', column: 'answer', rowId: key };
}

/** The answer as it is kept: sealed, because it can hold what opens a door; null for one without content. */
export function sealAnswer(sealingKey: Secret, place: KeyPlace, answer: unknown): string {
  const plain = new TextEncoder().encode(JSON.stringify(answer ?? null));
  return sealField(sealingKey, sealedPlace(place), plain).toString('base64');
}

function openAnswer(sealingKey: Secret, place: KeyPlace, kept: unknown): unknown {
  assert(typeof kept === 'string', 'an answer is kept sealed');
  const plain = openField(sealingKey, sealedPlace(place), Buffer.from(kept, 'base64'));
  return JSON.parse(new TextDecoder().decode(plain)) ?? undefined;
}

/**
 * Makes the transaction the only one under its key. Throws StoredAnswer when the same request was answered
 * before, and refuses with `idempotency_key_reused` when the key came with another one.
 */
export async function beginOnce(
  tx: Transaction,
  place: KeyPlace,
  { request, sealingKey }: { readonly request: FastifyRequest; readonly sealingKey: Secret },
): Promise<void> {
  const requestHash = hashOf(request);
  if (await takeKey(tx, place, requestHash)) return;
  const kept = await findAnswer(tx, place);
  if (!kept) throw new Refusal('temporarily_unavailable', { retryAfterS: unfinishedRetryAfterS });
  if (!kept.requestHash.equals(requestHash)) throw new Refusal('idempotency_key_reused');
  throw new StoredAnswer(kept.status, openAnswer(sealingKey, place, kept.answer));
}
