import type { Transaction } from '../../database/index.ts';
import { query, queryNamed } from '../../database/query.ts';

interface SubjectPlace {
  readonly entityId: string;
  readonly subjectId: string;
}

/** The key of a person as it is kept; without `sealed` it was erased. */
export interface KeptKey {
  readonly subjectId: string;
  readonly sealed: Uint8Array | null;
}

/** The keys of these persons, as far as there are any. */
export async function findKeys(
  tx: Transaction,
  { entityId, subjectIds }: { readonly entityId: string; readonly subjectIds: readonly string[] },
): Promise<KeptKey[]> {
  return queryNamed<KeptKey>(tx, {
    name: 'find_subject_keys',
    text: `select subject_id as "subjectId", sealed from claviger.subject_keys
      where entity_id = $1 and subject_id = any ($2::uuid[])`,
    values: [entityId, subjectIds],
  });
}

/** Keeps a new key; whether it is this one that counts from now on. */
export async function addKey(
  tx: Transaction,
  { entityId, subjectId }: SubjectPlace,
  sealed: Uint8Array,
): Promise<boolean> {
  const rows = await query(tx)
    .insertInto('subject_keys')
    .values({ entity_id: entityId, subject_id: subjectId, sealed: Buffer.from(sealed) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('subject_id')
    .execute();
  return rows.length === 1;
}

/** Erases the key of this person, and lets none take its place; whether there was one. */
export async function eraseKey(tx: Transaction, { entityId, subjectId }: SubjectPlace): Promise<boolean> {
  const kept = await findKeys(tx, { entityId, subjectIds: [subjectId] });
  await queryNamed(tx, {
    name: 'erase_subject_key',
    text: `insert into claviger.subject_keys as k (entity_id, subject_id, sealed, erased_at)
      values ($1, $2, null, now())
      on conflict (entity_id, subject_id) do update set sealed = null, erased_at = now()
        where k.sealed is not null`,
    values: [entityId, subjectId],
  });
  return kept.some(({ sealed }) => sealed !== null);
}

/** The name that this User has now. */
export async function findName(tx: Transaction, userId: string): Promise<string | undefined> {
  const rows = await queryNamed<{ name: string }>(tx, {
    name: 'find_name_of_actor',
    text: 'select name from claviger.users where id = $1',
    values: [userId],
  });
  return rows[0]?.name;
}
