import { commandCooldownMs, commandLivesForMs, type Reason } from '@claviger/domain';
import {
  ackMessage,
  areEqual,
  commandMessage,
  openMessage,
  sealMessage,
  uuidBytes,
  uuidText,
} from '@claviger/protocol';
import { receiveFrom, refused, taken, type AuthorityPorts, type Receipt, type Reply } from './authority.ts';
import { advanceCommand } from './ladder.ts';
import type { AuthorityTransaction, CommandRecord } from './store.ts';

export interface OpenRequest {
  readonly commandId: string;
  readonly deviceId: string;
  readonly lockId: string;
  /** The User whose command it is. */
  readonly requestedBy?: string | undefined;
  /** The Key that is presented instead: its access list decides, and no cooldown holds for it. */
  readonly keyId?: string | undefined;
}

/**
 * An opening that was issued, with the message to send once the transaction is committed; or why it was
 * not.
 */
export type Issued =
  | { readonly ok: true; readonly command: CommandRecord; readonly reply: Reply }
  | {
      readonly ok: false;
      readonly reason: Extract<Reason, 'lock_inactive' | 'cooldown' | 'offline'>;
      readonly waitMs: number;
    };

/**
 * Records a command to open a lock, or the presentation of a Key there, and signs it for the device's present
 * boot. Refuses in the order of SEMANTICS P8 what the server can know: lock inactive, cooldown (of commands),
 * offline. Nothing is kept to open later.
 */
export async function issueOpen(
  transaction: AuthorityTransaction,
  request: OpenRequest,
  ports: Pick<AuthorityPorts, 'signer' | 'now'>,
): Promise<Issued> {
  const now = ports.now();
  const device = await transaction.getDevice();
  const lock = (await transaction.getLocks()).find(({ id }) => id === request.lockId);
  if (!device || lock?.status !== 'active') return { ok: false, reason: 'lock_inactive', waitMs: 0 };
  const isPresentation = request.keyId !== undefined;
  if (!isPresentation && now < lock.openableAt)
    return { ok: false, reason: 'cooldown', waitMs: lock.openableAt - now };
  if (!device.isOnline || !device.bootNonce) return { ok: false, reason: 'offline', waitMs: 0 };
  const command: CommandRecord = {
    id: request.commandId,
    lockId: lock.id,
    ownershipEpoch: device.ownershipEpoch,
    bootNumber: device.bootNumber,
    sequence: device.commandSequence + 1,
    stage: 'issued',
    requestedBy: request.requestedBy,
    keyId: request.keyId,
    issuedAt: now,
    notAfter: now + commandLivesForMs,
  };
  await transaction.addCommand(command, isPresentation ? undefined : now + commandCooldownMs);
  const to = { deviceId: request.deviceId, bootNonce: device.bootNonce, lock: lock.number };
  return { ok: true, command, reply: letterOf(command, to, ports.signer) };
}

function letterOf(
  { id, ownershipEpoch, sequence, issuedAt, notAfter, keyId }: CommandRecord,
  to: { readonly deviceId: string; readonly bootNonce: Uint8Array; readonly lock: number },
  signer: AuthorityPorts['signer'],
): Reply {
  const body = {
    device: uuidBytes(to.deviceId),
    ownershipEpoch,
    bootNonce: to.bootNonce,
    command: uuidBytes(id),
    sequence,
    issuedAt,
    notAfter,
    type: 'open' as const,
    lock: to.lock,
    key: keyId === undefined ? undefined : uuidBytes(keyId),
  };
  return { channel: 'command', message: sealMessage(commandMessage, body, signer) };
}

/** What came on a device's ack topic. */
export function receiveAck(deviceId: string, message: Uint8Array, ports: AuthorityPorts): Promise<Receipt> {
  return receiveFrom(deviceId, ports, async (transaction, device) => {
    const opened = openMessage(ackMessage, message, ports.verifierOf(device.identityKey));
    if (!opened.ok) return refused(`ack ${opened.fault}`);
    const ack = opened.body;
    const isOurs = areEqual(ack.device, uuidBytes(deviceId)) && ack.ownershipEpoch === device.ownershipEpoch;
    if (!isOurs) return refused('ack foreign');
    const step = { stage: ack.stage, at: ports.now(), reason: ack.reason };
    await advanceCommand(transaction, uuidText(ack.command), step);
    return taken();
  });
}
