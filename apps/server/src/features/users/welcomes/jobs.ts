import { Refusal } from '@claviger/protocol';
import { z } from 'zod';
import { addJob, type Database, type Transaction } from '../../../platform/database/index.ts';
import type { SharedLimiter } from '../../../platform/http/index.ts';
import { inviteUser, type InvitingParts } from '../../local-admins/index.ts';
import * as store from './store.ts';

/** The job that sends the welcome emails of an import, as fast as an Entity may send them. */
export const sendWelcomesTask = 'send_welcomes';

export const sendWelcomesPayload = z.object({ entityId: z.uuid() }).strict();
export type SendWelcomes = z.infer<typeof sendWelcomesPayload>;

export interface WelcomeParts {
  readonly database: Database;
  readonly limiter: SharedLimiter;
  readonly inviting: InvitingParts;
}

/**
 * As for welcome emails that are sent by hand, and beside them: so many at once, then one every minute. Who
 * imports thousands of people is not kept from creating one.
 */
const limit = { name: 'imported-welcome-mail', burst: 100, refillS: 60 };
/** So many in one run, so that a job ends and others have their turn. */
const batch = 100;

/** Queued with what asks for it; one such job of an Entity waits at a time. Scope: any. */
export function wantWelcomesSent(tx: Transaction, entityId: string, runAt?: number): Promise<void> {
  const key = `${sendWelcomesTask}:${entityId}`;
  const due = runAt === undefined ? {} : { runAt };
  return addJob(tx, { task: sendWelcomesTask, payload: { entityId }, key, ...due });
}

/** Undefined when one more may be sent now; otherwise how long to wait, in seconds. */
async function waitForOne(limiter: SharedLimiter, entityId: string): Promise<number | undefined> {
  try {
    await limiter.take([{ ...limit, subject: entityId }]);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'too_many_requests')
      return error.retryAfterS ?? limit.refillS;
    throw error;
  }
}

/** Invites the first who waits, unless that is not wanted any more, or who wanted it may not any more. */
async function sendFirst(tx: Transaction, entityId: string, inviting: InvitingParts): Promise<void> {
  const wanted = await store.takeWelcome(tx, entityId);
  if (!wanted) return;
  const { userId, invitedBy, language } = wanted;
  if (!(await store.mayInvite(tx, entityId, invitedBy))) return;
  const email = await store.findUninvited(tx, { entityId, userId });
  if (email !== undefined) await inviteUser(tx, { entityId, invitedBy, email, language }, inviting);
}

/** Sends what may be sent, and comes back for the rest. Each mail is a transaction of its own. */
export async function sendWelcomes({ entityId }: SendWelcomes, parts: WelcomeParts): Promise<void> {
  const { database, limiter, inviting } = parts;
  const scope = { kind: 'entity', entityId } as const;
  let waitS: number | undefined = 0;
  for (let sent = 0; sent < batch; sent += 1) {
    if (!(await database.transact(scope, (tx) => store.isWelcomeWanted(tx, entityId)))) return;
    waitS = await waitForOne(limiter, entityId);
    if (waitS !== undefined) break;
    await database.transact(scope, (tx) => sendFirst(tx, entityId, inviting));
  }
  const runAt = inviting.now() + (waitS ?? 0) * 1_000;
  await database.transact(scope, (tx) => wantWelcomesSent(tx, entityId, runAt));
}
