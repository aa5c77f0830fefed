import { advanceCommand, giveUpOn, silentAfterMs, type AuthorityPorts } from '@claviger/authority';
import type { DeviceId } from '@claviger/domain';
import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { authorityTransaction, findSilentDevices } from './store.ts';

/** The payload of the job that ends a command which no door has accepted. */
export const expireCommandPayload = z.object({ deviceId: z.uuid(), commandId: z.uuid() }).strict();
export type ExpireCommand = z.infer<typeof expireCommandPayload>;

/**
 * Shows a command as expired unless the door has answered it; a later answer of the door is still believed.
 */
export async function expireCommand(job: ExpireCommand, database: Database, now: number): Promise<void> {
  const deviceId = job.deviceId as DeviceId;
  await database.transact({ kind: 'device', deviceId }, async (tx) => {
    const transaction = await authorityTransaction(tx, deviceId);
    await advanceCommand(transaction, job.commandId, { stage: 'expired', at: now });
  });
}

/**
 * Devices that were silent for too long are offline since they were last heard. Idempotent; runs every
 * minute.
 */
export async function giveUpOnSilentDevices(database: Database, ports: AuthorityPorts): Promise<void> {
  const silent = await database.transact({ kind: 'installation' }, (tx) =>
    findSilentDevices(tx, ports.now() - silentAfterMs),
  );
  for (const { deviceId, lastHeardAt } of silent) await giveUpOn(deviceId, lastHeardAt, ports);
}
