/**
 * What has changed, told to whoever looks at it just now. A transaction notes it with `tellLive`;
 * PostgreSQL delivers the notice to every copy of the server when, and only when, the transaction is
 * committed. A notice names things and tells nothing about them: what a live stream says is loaded in the
 * scope of its Entity.
 */
import { z } from 'zod';
import { notify, type Transaction } from '../database/index.ts';

/** The channel of PostgreSQL's NOTIFY. */
export const liveChannel = 'live';

/** The channel that tells every copy of the server that roles in an Entity are not what they were. */
export const rolesChangedChannel = 'roles_changed';

/** What a notice can be: a lock or a command that changed, or events of a log that were stored. */
export const liveNotice = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('lock'), id: z.uuid() }),
  z.object({ topic: z.literal('command'), id: z.uuid() }),
  z.object({
    topic: z.literal('stored'),
    deviceId: z.uuid(),
    logEpoch: z.int(),
    from: z.int(),
    through: z.int(),
  }),
]);

/** The payload on the channel. */
export const livePayload = z.object({ entityId: z.uuid(), notice: liveNotice });

export type LiveNotice = z.infer<typeof liveNotice>;

/** Tells those who look at this Entity, once the transaction is committed. */
export async function tellLive(tx: Transaction, entityId: string, notice: LiveNotice): Promise<void> {
  await notify(tx, liveChannel, JSON.stringify({ entityId, notice }));
}

/** Ends the streams of whoever may follow this Entity no more, once the transaction is committed. */
export async function tellRolesChanged(tx: Transaction, entityId: string): Promise<void> {
  await notify(tx, rolesChangedChannel, JSON.stringify({ entityId }));
}
