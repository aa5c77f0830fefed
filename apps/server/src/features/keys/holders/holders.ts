import type { Instant } from '@claviger/domain';
import { z } from 'zod';
import { addJob, type Database, type Transaction } from '../../../platform/database/index.ts';
import { wantKeysAt } from '../../authority/index.ts';
import { changeBindings } from '../store.ts';
import { listHeld } from './store.ts';

/** The job that has the doors follow what became of a holder. */
export const followHolderTask = 'follow_holder';

export const followHolderPayload = z.object({ entityId: z.uuid(), userId: z.uuid() }).strict();
export type FollowHolder = z.infer<typeof followHolderPayload>;

/**
 * A User is deactivated or comes back, and with it every Key that the User holds there: lists say it of the
 * holder (0047). Queued with the change; scope: any.
 */
export function wantHolderFollowed(tx: Transaction, { entityId, userId }: FollowHolder): Promise<void> {
  const key = `${followHolderTask}:${entityId}:${userId}`;
  return addJob(tx, { task: followHolderTask, payload: { entityId, userId }, key });
}

/** Asks for lists at every lock where the User holds a Key. Idempotent. */
export async function followHolder(
  { entityId, userId }: FollowHolder,
  database: Database,
  now: Instant,
): Promise<void> {
  await database.transact({ kind: 'entity', entityId }, async (tx) => {
    const held = await listHeld(tx, { entityId, userId });
    // Marks before changes, lock by lock in one order: so that two such jobs wait for each other.
    for (const { lockId, deviceId, keyId } of held) {
      await wantKeysAt(tx, { entityId, lockId, deviceId, keyIds: [keyId] }, now);
    }
    for (const keyId of new Set(held.map((at) => at.keyId))) {
      await changeBindings(tx, { entityId, keyId }, { at: now });
    }
  });
}
