import type { AccountId, EntityId } from '@claviger/domain';
import { query, queryNamed } from '../../database/query.ts';
import type { Transaction } from '../../database/index.ts';

export interface KeyPlace {
  readonly entityId: EntityId;
  readonly accountId: AccountId;
  readonly key: string;
}

export interface KeptAnswer {
  readonly requestHash: Buffer;
  readonly status: number;
  readonly answer: unknown;
}

/**
 * Takes the key for this transaction: true when it is new. While another transaction holds it this waits, at
 * most as long as the lock limit of the role; a key that is 24 hours old is new again.
 */
export async function takeKey(tx: Transaction, place: KeyPlace, requestHash: Buffer): Promise<boolean> {
  const rows = await queryNamed(tx, {
    name: 'take_idempotency_key',
    text: `insert into claviger.idempotency_keys as k (entity_id, account_id, key, request_hash)
      values ($1, $2, $3, $4)
      on conflict (entity_id, account_id, key) do update
        set request_hash = excluded.request_hash, status = null, answer = null, created_at = now()
        where k.created_at < now() - interval '24 hours'
      returning key`,
    values: [place.entityId, place.accountId, place.key, requestHash],
  });
  return rows.length === 1;
}

/** What was answered under this key; undefined when nothing is kept. */
export async function findAnswer(tx: Transaction, place: KeyPlace): Promise<KeptAnswer | undefined> {
  const row = await query(tx)
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'status', 'answer'])
    .where('entity_id', '=', place.entityId)
    .where('account_id', '=', place.accountId)
    .where('key', '=', place.key)
    .executeTakeFirst();
  if (!row || row.status === null) return undefined;
  return { requestHash: row.request_hash, status: row.status, answer: row.answer };
}

/** Keeps the answer with the effect: both become durable with this transaction. */
export async function keepAnswer(
  tx: Transaction,
  place: KeyPlace,
  { status, answer }: { readonly status: number; readonly answer: unknown },
): Promise<void> {
  await query(tx)
    .updateTable('idempotency_keys')
    .set({ status, answer: JSON.stringify(answer) })
    .where('entity_id', '=', place.entityId)
    .where('account_id', '=', place.accountId)
    .where('key', '=', place.key)
    .execute();
}

/** Forgets keys that are 24 hours old, in the scope of the installation; returns how many. */
export async function forgetOldKeys(tx: Transaction): Promise<number> {
  const rows = await queryNamed(tx, {
    name: 'forget_idempotency_keys',
    text: `delete from claviger.idempotency_keys
      where created_at < now() - interval '24 hours' returning key`,
    values: [],
  });
  return rows.length;
}
