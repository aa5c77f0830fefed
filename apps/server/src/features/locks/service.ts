import { commandExpiryGraceMs, provisionalName, type EntityId } from '@claviger/domain';
import { Refusal, type Command, type Lock } from '@claviger/protocol';
import { addJob, newIdentifier, type Transaction } from '../../platform/database/index.ts';
import { tellLive } from '../../platform/live/index.ts';
import { openLock, wantListForEveryKey, type OpenSending } from '../authority/index.ts';
import { claimAgain, startClaim, type ClaimParts } from '../claims/index.ts';
import type { Claimable, ClaimFault } from '../devices/index.ts';
import * as store from './store.ts';

export interface LockParts {
  readonly findClaimable: (typed: {
    serial: string;
    code: string;
  }) => Promise<Claimable | { fault: ClaimFault }>;
  readonly claims: ClaimParts;
  readonly sending: OpenSending;
  readonly now: () => number;
}

interface LockPlace {
  readonly entityId: string;
  readonly lockId: string;
}

/**
 * Adds a lock for a device that may be claimed and starts the claim, in the caller's transaction. Refuses
 * claim_failed when the Entity has this device already.
 */
export async function addLock(
  tx: Transaction,
  wanted: {
    readonly entityId: string;
    readonly device: Claimable;
    readonly name?: string | undefined;
    readonly location?: string | undefined;
  },
  parts: ClaimParts,
): Promise<string> {
  const { entityId, device } = wanted;
  const id = newIdentifier();
  const isAdded = await store.addClaimingLock(tx, {
    entityId,
    id,
    deviceId: device.deviceId,
    name: wanted.name ?? provisionalName(device.model, device.serial),
    location: wanted.location ?? '',
  });
  if (!isAdded) throw new Refusal('claim_failed', { cause: 'this Entity has the lock already' });
  await startClaim(tx, { entityId, lockId: id, deviceId: device.deviceId, claimKey: device.claimKey }, parts);
  return id;
}

/** One lock. Refuses not_found. */
export async function getLock(tx: Transaction, place: LockPlace, now: number): Promise<Lock> {
  const found = await store.findLock(tx, place, now);
  if (!found) throw new Refusal('not_found');
  return found.lock;
}

/** Claim Lock. Refuses not_found, lock_not_unclaimed, and claim_failed where no claim was ever begun. */
export async function retryClaim(tx: Transaction, place: LockPlace, parts: LockParts): Promise<Lock> {
  const { status } = await getLock(tx, place, parts.now());
  if (status !== 'unclaimed') throw new Refusal('lock_not_unclaimed', { cause: `the lock is ${status}` });
  await claimAgain(tx, place, parts.claims);
  return getLock(tx, place, parts.now());
}

/** Whether the access list of the lock says something else after this change. */
function isListChanged(before: Lock, change: store.LockChange): boolean {
  const leaves = ['minimumAssurance', 'takesStaticQr', 'takesCardNumbers'] as const;
  return leaves.some((leave) => change[leave] !== undefined && change[leave] !== before[leave]);
}

/**
 * Changes name, location and leaves of a lock; its door hears of the leaves, and until it has, no Key is
 * enforced there. Refuses not_found, and changed_meanwhile when the lock is not the version that the person
 * saw.
 */
export async function changeLock(
  tx: Transaction,
  change: LockPlace & store.LockChange & { readonly version: number },
  now: number,
): Promise<{ readonly before: Lock; readonly after: Lock }> {
  const found = await store.findLock(tx, change, now);
  if (!found) throw new Refusal('not_found');
  const { lock: before, deviceId } = found;
  const { entityId, lockId } = change;
  if (isListChanged(before, change)) await wantListForEveryKey(tx, { entityId, lockId, deviceId }, now);
  if (!(await store.updateLock(tx, change))) throw new Refusal('changed_meanwhile');
  await tellLive(tx, entityId, { topic: 'lock', id: lockId });
  return { before, after: await getLock(tx, change, now) };
}

/**
 * Open Lock: records and signs the command; `send` hands it to the broker once the transaction is
 * committed. Refuses not_found, lock_not_active, cooldown, lock_offline.
 */
export async function sendOpen(
  tx: Transaction,
  wanted: { readonly entityId: EntityId; readonly lockId: string; readonly requestedBy: string },
  parts: LockParts,
): Promise<{ readonly command: Command; readonly send: () => Promise<void> }> {
  const found = await store.findLock(tx, wanted, parts.now());
  if (!found) throw new Refusal('not_found');
  const commandId = newIdentifier();
  const { deviceId } = found;
  const request = { commandId, deviceId, lockId: wanted.lockId, requestedBy: wanted.requestedBy };
  const opening = await openLock(tx, request, parts.sending);
  const runAt = opening.notAfter + commandExpiryGraceMs;
  await addJob(tx, { task: 'expire_command', payload: { deviceId, commandId }, runAt });
  const command = await store.findCommand(tx, wanted.entityId, commandId);
  if (!command) throw new Error('the command that was just recorded is not there');
  return { command, send: opening.send };
}

/** A command with its ladder. Refuses not_found. */
export async function getCommand(tx: Transaction, entityId: string, commandId: string): Promise<Command> {
  const command = await store.findCommand(tx, entityId, commandId);
  if (!command) throw new Refusal('not_found');
  return command;
}
