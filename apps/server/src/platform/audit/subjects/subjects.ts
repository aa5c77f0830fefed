/**
 * What the Audit tells of a person is sealed under a key of that person alone. The entries keep the sealed
 * bytes, and their hashes cover those: once the key is erased nobody reads them, and the chain still holds.
 */
import { randomBytes } from 'node:crypto';
import { openField, sealField, Secret, type FieldPlace } from '../../secrets/index.ts';
import type { JsonValue } from '../../database/connection/column-types.ts';
import type { Transaction } from '../../database/index.ts';
import { addKey, eraseKey, findKeys } from './store.ts';

const keyLength = 32;
const textDecoder = new TextDecoder();

/** The key of a person in one Entity; `erased` where nothing of that person is to be read or written. */
export type SubjectKey = Secret | 'erased';

function placeOf(entityId: string, subjectId: string): FieldPlace {
  return { table: 'subject_keys', column: 'sealed', rowId: `${entityId} ${subjectId}` };
}

/** Bound to the person and the field: a sealed value opens nowhere else. */
function fieldPlace(subjectId: string, field: string): FieldPlace {
  return { table: 'audit_entries', column: field, rowId: subjectId };
}

/** The keys of these persons, by their identifiers; who has none yet is left out. */
export async function subjectKeysOf(
  tx: Transaction,
  { entityId, subjectIds }: { readonly entityId: string; readonly subjectIds: readonly string[] },
  sealingKey: Secret,
): Promise<ReadonlyMap<string, SubjectKey>> {
  if (subjectIds.length === 0) return new Map();
  const kept = await findKeys(tx, { entityId, subjectIds });
  return new Map(
    kept.map(({ subjectId, sealed }) => [
      subjectId,
      sealed === null
        ? 'erased'
        : new Secret(Uint8Array.from(openField(sealingKey, placeOf(entityId, subjectId), sealed))),
    ]),
  );
}

/** The same, with a new key for whoever has none; in one order, so that no two wait for each other. */
export async function ensureSubjectKeys(
  tx: Transaction,
  wanted: { readonly entityId: string; readonly subjectIds: readonly string[] },
  sealingKey: Secret,
): Promise<ReadonlyMap<string, SubjectKey>> {
  const { entityId } = wanted;
  const subjectIds = [...new Set(wanted.subjectIds)].sort();
  const found = await subjectKeysOf(tx, { entityId, subjectIds }, sealingKey);
  const missing = subjectIds.filter((subjectId) => !found.has(subjectId));
  if (missing.length === 0) return found;
  const keys = new Map(found);
  for (const subjectId of missing) {
    const key = randomBytes(keyLength);
    const sealed = sealField(sealingKey, placeOf(entityId, subjectId), key);
    if (await addKey(tx, { entityId, subjectId }, sealed)) keys.set(subjectId, new Secret(key));
  }
  // Somebody else was first with the others.
  return keys.size === subjectIds.length ? keys : subjectKeysOf(tx, { entityId, subjectIds }, sealingKey);
}

/** A value of a field, sealed; nothing once the person was erased. */
export function sealFor(
  key: SubjectKey | undefined,
  { subjectId, field }: { readonly subjectId: string; readonly field: string },
  value: JsonValue,
): Uint8Array | undefined {
  if (key === undefined || key === 'erased') return undefined;
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return sealField(key, fieldPlace(subjectId, field), plain);
}

/** What was sealed; undefined once the person was erased. Throws SealBroken for what was made elsewhere. */
export function openFor(
  key: SubjectKey | undefined,
  { subjectId, field }: { readonly subjectId: string; readonly field: string },
  sealed: Uint8Array,
): JsonValue | undefined {
  if (key === undefined || key === 'erased') return undefined;
  return JSON.parse(textDecoder.decode(openField(key, fieldPlace(subjectId, field), sealed))) as JsonValue;
}

/**
 * Erases a person, a User or the holder of a Key, out of the Audit of an Entity: what is sealed stays sealed
 * for good, also in entries that are written later. Whether there was anything. Scope: the Entity or its
 * Owner. Nothing but a backup that is older brings it back.
 */
export async function eraseSubject(
  tx: Transaction,
  subject: { readonly entityId: string; readonly subjectId: string },
): Promise<boolean> {
  return eraseKey(tx, subject);
}
