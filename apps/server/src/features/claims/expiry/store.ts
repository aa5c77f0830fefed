import type { Transaction } from '../../../platform/database/index.ts';
import { query, sqlInstant, sqlNow } from '../../../platform/database/query.ts';

/**
 * Ends a claim that nobody has proven in time, by our clock or by the database's: the queue of jobs goes by
 * that, and comes once. The sealed key stays for Claim Lock. Returns its lock.
 */
export async function expireWaitingClaim(
  tx: Transaction,
  due: { readonly entityId: string; readonly claimId: string; readonly now: number },
): Promise<string | undefined> {
  const row = await query(tx)
    .updateTable('claims')
    .set({ state: 'expired' })
    .where('entity_id', '=', due.entityId)
    .where('id', '=', due.claimId)
    .where('state', '=', 'waiting')
    .where((where) =>
      where.or([where('expires_at', '<=', sqlInstant(due.now)), where('expires_at', '<=', sqlNow())]),
    )
    .returning('lock_id')
    .executeTakeFirst();
  return row?.lock_id;
}

/** Ends a waiting claim of the lock whose time is over although no job has ended it. Scope: entity. */
export async function expireOverdueClaim(
  tx: Transaction,
  lock: { readonly entityId: string; readonly lockId: string },
  now: number,
): Promise<void> {
  await query(tx)
    .updateTable('claims')
    .set({ state: 'expired' })
    .where('entity_id', '=', lock.entityId)
    .where('lock_id', '=', lock.lockId)
    .where('state', '=', 'waiting')
    .where('expires_at', '<=', sqlInstant(now))
    .execute();
}
