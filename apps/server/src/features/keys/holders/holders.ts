import type { Instant } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import { z } from 'zod';
import { addJob, type Database, type Transaction } from '../../../platform/database/index.ts';
import { wantKeysAt } from '../../authority/index.ts';
import { wantListsOf } from '../holding.ts';
import type { KeyId } from '../parts.ts';
import { changeBindings } from '../store.ts';
import { findByAddress, listHeld, setHolder } from './store.ts';

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

/**
 * The User of the Entity whose address this is: who holds the Key that is sent there. Undefined for anybody
 * else. Refuses invalid_input beside the address: user_deactivated. Scope, here and below: the Entity.
 */
export async function holderAt(
  tx: Transaction,
  { entityId, email }: { readonly entityId: string; readonly email: string | undefined },
): Promise<string | undefined> {
  const found = email === undefined ? undefined : await findByAddress(tx, { entityId, email });
  if (!found?.isDeactivated) return found?.userId;
  throw new Refusal('invalid_input', { issues: [{ path: 'body.email', problem: 'user_deactivated' }] });
}

/**
 * A Key without holder that is sent to a User is theirs from then on; one that has a holder stays theirs.
 * Refuses as `holderAt`.
 */
export async function giveHolder(
  tx: Transaction,
  { entityId, keyId }: KeyId,
  { email, at }: { readonly email: string; readonly at: Instant },
): Promise<void> {
  const userId = await holderAt(tx, { entityId, email });
  if (userId === undefined) return;
  await wantListsOf(tx, { entityId, keyId }, at);
  if (await setHolder(tx, { entityId, keyId, userId })) await changeBindings(tx, { entityId, keyId }, { at });
}
