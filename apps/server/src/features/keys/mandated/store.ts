import type { Instant, KeyType } from '@claviger/domain';
import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { query } from '../../../platform/database/query.ts';

interface MandatePlace {
  readonly entityId: string;
  readonly mandateId: string;
}

/** When a Mandate ends, and whether it has, by the database's clock. Scope, here and below: the Entity. */
export async function findMandateEnd(
  tx: Transaction,
  { entityId, mandateId }: MandatePlace,
): Promise<{ readonly until: Instant; readonly isOver: boolean } | undefined> {
  return query(tx)
    .selectFrom('mandates')
    .where('entity_id', '=', entityId)
    .where('id', '=', mandateId)
    .select(['until_at as until', sql<boolean>`until_at <= clock_timestamp()`.as('isOver')])
    .executeTakeFirst();
}

/** A Key that was made under a Mandate, and that nobody has adopted. */
export interface MandatedKeyRow {
  readonly id: string;
  readonly type: KeyType;
  readonly holder: string;
  readonly locks: string[];
  readonly wantedUntil: Instant | null;
  readonly isSuspended: boolean;
}

/** By their holders; what was deleted is not among them. */
export function listMandatedKeys(
  tx: Transaction,
  { entityId, mandateId }: MandatePlace,
): Promise<MandatedKeyRow[]> {
  return query(tx)
    .selectFrom('keys as k')
    .where('k.entity_id', '=', entityId)
    .where('k.mandate_id', '=', mandateId)
    .where('k.adopted_at', 'is', null)
    .where('k.state', '<>', 'revoked')
    .orderBy('k.holder_name')
    .orderBy('k.id')
    .select([
      'k.id',
      'k.type',
      'k.holder_name as holder',
      sql<string[]>`array(select l.name from claviger.bindings b
        join claviger.locks l on l.entity_id = b.entity_id and l.id = b.lock_id
        where b.entity_id = k.entity_id and b.key_id = k.id and b.state <> 'revoked' order by l.name)`.as(
        'locks',
      ),
      'k.wanted_until as wantedUntil',
      sql<boolean>`k.state = 'suspended'`.as('isSuspended'),
    ])
    .execute();
}

/** Suspends a Key because its Mandate is over; false where it was not active. */
export async function suspendMandated(
  tx: Transaction,
  { entityId, keyId }: { readonly entityId: string; readonly keyId: string },
): Promise<boolean> {
  const result = await query(tx)
    .updateTable('keys')
    .set((set) => ({
      state: 'suspended' as const,
      suspension: 'mandate_ended',
      version: set('version', '+', 1),
    }))
    .where('entity_id', '=', entityId)
    .where('id', '=', keyId)
    .where('state', '=', 'active')
    .where('adopted_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The Key is the Entity's own from now on; suspended for its Mandate alone, it is active again. */
export async function setAdopted(
  tx: Transaction,
  { entityId, keyId }: { readonly entityId: string; readonly keyId: string },
  { until, at }: { readonly until: Instant; readonly at: Instant },
): Promise<void> {
  await query(tx)
    .updateTable('keys')
    .set((set) => ({
      adopted_at: new Date(at),
      valid_until: new Date(until),
      state: sql`case when suspension = 'mandate_ended' then 'active' else state end`,
      suspension: sql`nullif(suspension, 'mandate_ended')`,
      version: set('version', '+', 1),
    }))
    .where('entity_id', '=', entityId)
    .where('id', '=', keyId)
    .execute();
}
