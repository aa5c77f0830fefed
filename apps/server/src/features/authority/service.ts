import { advanceCommand, issueOpen, type AuthorityPorts, type OpenRequest } from '@claviger/authority';
import type { CommandStage, DeviceId } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import type { Database, Transaction } from '../../platform/database/index.ts';
import type { Bus } from '../../platform/messaging/index.ts';
import { authorityTransaction } from './store.ts';

/** A command that was recorded, and what to do once the transaction is committed. */
export interface OpenOutcome {
  readonly commandId: string;
  readonly stage: CommandStage;
  readonly issuedAt: number;
  readonly notAfter: number;
  /** Hands the command to the broker; the ladder says sent when the broker has taken it. */
  readonly send: () => Promise<void>;
}

/** What it takes to get a command onto its way. */
export interface OpenSending {
  readonly ports: AuthorityPorts;
  readonly database: Database;
  readonly bus: Bus;
}

/**
 * Issues a command to open in the caller's transaction. Refuses with lock_not_active, cooldown (and for how
 * long) or lock_offline; what was refused leaves nothing behind that could open later.
 */
export async function openLock(
  tx: Transaction,
  request: OpenRequest,
  sending: OpenSending,
): Promise<OpenOutcome> {
  const transaction = await authorityTransaction(tx, request.deviceId);
  const issued = await issueOpen(transaction, request, sending.ports);
  if (!issued.ok) {
    switch (issued.reason) {
      case 'lock_inactive':
        throw new Refusal('lock_not_active');
      case 'offline':
        throw new Refusal('lock_offline');
      case 'cooldown':
        throw new Refusal('cooldown', { retryAfterS: issued.waitMs / 1_000 });
    }
  }
  const { command, reply } = issued;
  return {
    commandId: command.id,
    stage: command.stage,
    issuedAt: command.issuedAt,
    notAfter: command.notAfter,
    send: async () => {
      const isSent = await sending.bus.send(request.deviceId, reply.channel, reply.message);
      if (isSent) await markSent(request, sending);
    },
  };
}

/** The broker has taken the command. */
export async function markSent(request: OpenRequest, { database, ports }: OpenSending): Promise<void> {
  const deviceId = request.deviceId as DeviceId;
  await database.transact({ kind: 'device', deviceId }, async (tx) => {
    const transaction = await authorityTransaction(tx, deviceId);
    await advanceCommand(transaction, request.commandId, { stage: 'sent', at: ports.now() });
  });
}
