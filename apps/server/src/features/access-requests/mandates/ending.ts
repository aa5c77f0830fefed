import { Refusal } from '@claviger/protocol';
import type { EntityId } from '@claviger/domain';
import { z } from 'zod';
import { addJob, type Transaction } from '../../../platform/database/index.ts';
import type { Member } from '../../../platform/http/index.ts';
import { tellRolesChanged } from '../../../platform/live/index.ts';
import { suspendKeysOfMandate } from '../../keys/index.ts';
import { queueMail } from '../../mails/index.ts';
import { endedMailText } from '../mail-text.ts';
import { findPlace } from '../incoming/store.ts';
import type { RequestParts } from '../parts.ts';
import * as store from './store.ts';

/** The job that suspends what was made under a Mandate when that is over. */
export const endMandateTask = 'end_mandate';

/** One job for each Mandate: one that is wanted earlier takes the place of that of its end. */
export function endMandateKey(mandateId: string): string {
  return `${endMandateTask}:${mandateId}`;
}

export const endMandatePayload = z.object({ entityId: z.uuid(), mandateId: z.uuid() }).strict();

interface MandatePlace {
  readonly entityId: EntityId;
  readonly mandateId: string;
}

/** Suspends the Keys, once; how many. */
async function settle(tx: Transaction, place: MandatePlace, now: number): Promise<number> {
  const count = await suspendKeysOfMandate(tx, place, now);
  await store.noteSettled(tx, place, now);
  return count;
}

/**
 * Ends a Mandate before its time, with the Keys that were made under it; streams end, and who had it is told
 * by mail. One that is over stays as it is. Refuses not_found. Scope: the Entity.
 */
export async function endMandate(
  tx: Transaction,
  actor: Member,
  { mandateId, parts }: { readonly mandateId: string; readonly parts: RequestParts },
): Promise<{ readonly keys: number }> {
  const { entityId } = actor;
  const place = { entityId, mandateId };
  const held = await store.holdMandate(tx, place);
  if (!held) throw new Refusal('not_found');
  if (held.isOver) return { keys: held.isSettled ? 0 : await settle(tx, place, parts.now()) };
  await store.endNow(tx, place, actor.userId);
  const keys = await settle(tx, place, parts.now());
  await tellRolesChanged(tx, entityId);
  const asker = await store.findAsker(tx, { entityId, incomingId: held.incomingId });
  if (asker) {
    const text = endedMailText({ ...(await findPlace(tx, entityId)), language: asker.language });
    await queueMail(tx, { entityId, to: asker.email, ...text }, parts.mails);
  }
  return { keys };
}

/**
 * The role of this User is taken: where a Mandate gave it, that is over too, and a job suspends what was made
 * under it. Scope: the Entity, or its Owner.
 */
export async function endMandateOfRole(
  tx: Transaction,
  role: { readonly entityId: string; readonly userId: string; readonly by: string },
): Promise<void> {
  const { entityId } = role;
  const mandateId = await store.endMandateOf(tx, role);
  if (mandateId === undefined) return;
  await addJob(tx, { task: endMandateTask, payload: { entityId, mandateId }, key: endMandateKey(mandateId) });
}

/**
 * The end of a Mandate has come: role, streams and Keys ended with it by themselves, to the second; its Keys
 * are suspended now, so that people see why, and may adopt them. Idempotent.
 */
export async function settleMandate(
  job: z.infer<typeof endMandatePayload>,
  { database, audit, now }: RequestParts,
): Promise<void> {
  const place = { entityId: job.entityId as EntityId, mandateId: job.mandateId };
  const { entityId, mandateId } = place;
  await database.transact({ kind: 'entity', entityId }, async (tx) => {
    const held = await store.holdMandate(tx, place);
    if (!held || held.isSettled) return;
    if (!held.isOver) throw new Error('the Mandate lasts yet: the job comes again');
    const keys = await settle(tx, place, now());
    await audit.add(tx, {
      ...{ scope: 'entity', entityId, mandateId, outcome: 'done', operation: 'mandate.end' },
      ...{ objectType: 'mandate', objectId: mandateId, after: { keys } },
    });
  });
}
