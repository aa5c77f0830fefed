import type { EntityId } from '@claviger/domain';
import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { tellLive } from '../../platform/live/index.ts';
import { expireWaitingClaim } from './expiry/store.ts';
import { setLockStatus } from './store.ts';

export const expireClaimPayload = z.object({ entityId: z.uuid(), claimId: z.uuid() }).strict();

/** Lets a claim that nobody has proven end, and its lock be unclaimed. Idempotent. */
export async function expireClaim(
  job: z.infer<typeof expireClaimPayload>,
  database: Database,
  now: number,
): Promise<void> {
  const entityId = job.entityId as EntityId;
  await database.transact({ kind: 'entity', entityId }, async (tx) => {
    const lockId = await expireWaitingClaim(tx, { ...job, now });
    if (lockId === undefined) return;
    await setLockStatus(tx, { entityId, lockId }, 'unclaimed');
    await tellLive(tx, entityId, { topic: 'lock', id: lockId });
  });
}
