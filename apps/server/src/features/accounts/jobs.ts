import { z } from 'zod';
import { addJob, type Transaction } from '../../platform/database/index.ts';

/** The job that ends what is left of a sign-in, where whoever was to end it at once has died. */
export const endSignInTask = 'end_sign_in';

export const endSignInPayload = z.object({ accountId: z.uuid() }).strict();

/**
 * Sessions are of another schema and end after the commit of the change that ends the sign-in. Queued with
 * that change, so that no process can die in between and leave a session. Scope: any.
 */
export function wantSignInEnded(tx: Transaction, accountId: string): Promise<void> {
  return addJob(tx, { task: endSignInTask, payload: { accountId }, key: `${endSignInTask}:${accountId}` });
}
