import { createHash, randomBytes } from 'node:crypto';
import { Refusal } from '@claviger/protocol';
import type { FastifyRequest } from 'fastify';
import type { Database, Transaction } from '../../database/index.ts';
import type { RouteDeclaration } from '../route.ts';
import type { FoundApiKey, SignedIn } from './actor.ts';
import type { EntityPermission } from './permissions.ts';
import { findApiKey, holdApiKey, noteApiKeyUse } from './store.ts';

/** 256 bits. */
const keyLength = 32;
/** What search programs for leaked secrets know it by. */
const keyMark = 'clv_';
const keyForm = /^Bearer (clv_[A-Za-z0-9_-]{43})$/i;
/** Of the text: the mark and 48 of 256 bits. */
export const apiKeyPrefixLength = 12;

/** Draws a new API key. */
export function newApiKey(): string {
  return `${keyMark}${randomBytes(keyLength).toString('base64url')}`;
}

/** What is kept of an API key: 256 bits are not found by trying. */
export function apiKeyHash(key: string): Uint8Array {
  return createHash('sha256').update(key).digest();
}

/** Whether this request comes with an API key, or what looks like one; then its cookies count for nothing. */
export function hasApiKey({ headers }: FastifyRequest): boolean {
  return headers.authorization !== undefined;
}

/** The API key of a request; undefined for one that does not hold, or is none. */
export async function findApiKeyOf(
  database: Database,
  { headers }: FastifyRequest,
): Promise<FoundApiKey | undefined> {
  const key = keyForm.exec(headers.authorization ?? '')?.[1];
  if (key === undefined) return undefined;
  return database.transact({ kind: 'installation' }, (tx) => findApiKey(tx, apiKeyHash(key)));
}

/** Keeps when it was used last, to the minute. */
export async function noteUse(database: Database, { id, entityId }: FoundApiKey): Promise<void> {
  await database.transact({ kind: 'entity', entityId }, (tx) => noteApiKeyUse(tx, id));
}

/**
 * Whether a program may call at all: only what a member does in an Entity, nothing of anybody's Account, and
 * nothing before which a person is asked to be there. Refuses not_permitted.
 */
export function assertForPrograms({ permission, isStepUpNeeded }: RouteDeclaration): void {
  if (typeof permission === 'string' || isStepUpNeeded) throw new Refusal('not_permitted');
}

/** Whether the caller's API key, where there is one, goes as far as this. */
export function isWithinKey({ apiKey }: SignedIn, permission: EntityPermission): boolean {
  return apiKey === undefined || apiKey.permissions.has(permission.name);
}

/** A key that was revoked, or ended, since it was let in counts no more. Refuses not_signed_in. */
export async function assertKeyHolds(tx: Transaction, { apiKey }: SignedIn): Promise<void> {
  if (apiKey && !(await holdApiKey(tx, apiKey.id))) throw new Refusal('not_signed_in');
}
