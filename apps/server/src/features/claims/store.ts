import type { Transaction } from '../../platform/database/index.ts';
import { sql } from 'kysely';
import { query, sqlInstant } from '../../platform/database/query.ts';

export interface NewClaim {
  readonly entityId: string;
  readonly id: string;
  readonly lockId: string;
  readonly deviceId: string;
  readonly nonce: Uint8Array;
  readonly sealedKey: Uint8Array;
  readonly expiresAt: number;
}

/** A claim as its device meets it. */
export interface OpenClaim {
  readonly entityId: string;
  readonly id: string;
  readonly lockId: string;
  readonly nonce: Uint8Array;
  readonly sealedKey: Uint8Array | undefined;
  readonly state: 'waiting' | 'proven' | 'expired';
  readonly requestDigest: Uint8Array | undefined;
  readonly certificate: string | undefined;
  readonly ownershipEpoch: number | undefined;
}

export async function addClaim(tx: Transaction, claim: NewClaim): Promise<void> {
  await query(tx)
    .insertInto('claims')
    .values({
      entity_id: claim.entityId,
      id: claim.id,
      lock_id: claim.lockId,
      device_id: claim.deviceId,
      nonce: Buffer.from(claim.nonce),
      sealed_key: Buffer.from(claim.sealedKey),
      state: 'waiting',
      expires_at: new Date(claim.expiresAt),
    })
    .execute();
}

/**
 * The claim that a device should answer now, newest first: one that waits, or one it has proven but whose
 * answer it may have missed, because it was never heard since. Scope: device.
 */
export async function findClaimToAnswer(
  tx: Transaction,
  deviceId: string,
  now: number,
): Promise<OpenClaim | undefined> {
  const row = await query(tx)
    .selectFrom('claims as c')
    .leftJoin('device_states as s', (join) =>
      join.onRef('s.entity_id', '=', 'c.entity_id').onRef('s.device_id', '=', 'c.device_id'),
    )
    .where('c.device_id', '=', deviceId)
    .where((where) =>
      where.or([
        where.and([where('c.state', '=', 'waiting'), where('c.expires_at', '>', sqlInstant(now))]),
        where.and([where('c.state', '=', 'proven'), where('s.last_heard_at', 'is', null)]),
      ]),
    )
    .orderBy('c.created_at', 'desc')
    .selectAll('c')
    .executeTakeFirst();
  return row && claimOf(row);
}

/** One claim of the device, locked until the transaction ends. Scope: device. */
export async function lockClaim(
  tx: Transaction,
  deviceId: string,
  claimId: string,
): Promise<OpenClaim | undefined> {
  const row = await query(tx)
    .selectFrom('claims')
    .where('device_id', '=', deviceId)
    .where('id', '=', claimId)
    .selectAll()
    .forUpdate()
    .executeTakeFirst();
  return row && claimOf(row);
}

interface ClaimRow {
  readonly entity_id: string;
  readonly id: string;
  readonly lock_id: string;
  readonly nonce: Buffer;
  readonly sealed_key: Buffer | null;
  readonly state: string;
  readonly request_digest: Buffer | null;
  readonly certificate: string | null;
  readonly ownership_epoch: number | null;
}

function claimOf(row: ClaimRow): OpenClaim {
  return {
    entityId: row.entity_id,
    id: row.id,
    lockId: row.lock_id,
    nonce: row.nonce,
    sealedKey: row.sealed_key ?? undefined,
    state: row.state === 'waiting' || row.state === 'proven' ? row.state : 'expired',
    requestDigest: row.request_digest ?? undefined,
    certificate: row.certificate ?? undefined,
    ownershipEpoch: row.ownership_epoch ?? undefined,
  };
}

export interface Proof {
  readonly deviceId: string;
  readonly claim: OpenClaim;
  readonly identityKey: Uint8Array;
  readonly requestDigest: Uint8Array;
  readonly certificate: string;
  readonly certificateUntil: number;
}

/**
 * Makes the Entity of the claim the owner, if nobody is: compare-and-set on the device. Returns the new
 * ownership epoch, or undefined if somebody was first. Scope: device.
 */
export async function takeOwnership(
  tx: Transaction,
  { deviceId, claim, identityKey }: Proof,
): Promise<number | undefined> {
  const row = await query(tx)
    .updateTable('devices')
    .set((set) => ({
      owner_entity_id: claim.entityId,
      identity_key: Buffer.from(identityKey),
      // Above all that a history which is lost with a restore can have had (decision record 0028).
      ownership_epoch: sql<number>`greatest(${set.ref('ownership_epoch')} + 1,
        (select incarnation from claviger.installations where incarnation > 1))`,
    }))
    .where('id', '=', deviceId)
    .where('owner_entity_id', 'is', null)
    .returning('ownership_epoch')
    .executeTakeFirst();
  return row?.ownership_epoch;
}

/** Forgets what the lock's claims so far were proven with. Scope: entity or device. */
export async function forgetClaimKeys(
  tx: Transaction,
  lock: { readonly entityId: string; readonly lockId: string },
): Promise<void> {
  await query(tx)
    .updateTable('claims')
    .set({ sealed_key: null })
    .where('entity_id', '=', lock.entityId)
    .where('lock_id', '=', lock.lockId)
    .where('sealed_key', 'is not', null)
    .execute();
}

/** Ends the claim as proven and makes the lock active; no key of its claims is kept. Scope: device. */
export async function saveProof(tx: Transaction, proof: Proof, ownershipEpoch: number): Promise<void> {
  const { claim, deviceId } = proof;
  await query(tx)
    .updateTable('claims')
    .set({
      state: 'proven',
      request_digest: Buffer.from(proof.requestDigest),
      certificate: proof.certificate,
      ownership_epoch: ownershipEpoch,
    })
    .where('entity_id', '=', claim.entityId)
    .where('id', '=', claim.id)
    .execute();
  await forgetClaimKeys(tx, claim);
  const state = {
    ownership_epoch: ownershipEpoch,
    command_sequence: 0,
    certificate_until: new Date(proof.certificateUntil),
    boot_nonce: null,
    boot_number: null,
    hello_number: 0,
    is_online: false,
    last_heard_at: null,
    offline_since: null,
    log_epoch: null,
    newest_log_epoch: 1,
    doubt_since: null,
    doubt_cause: null,
    doubt_has_log: false,
  };
  await query(tx)
    .insertInto('device_states')
    .values({ entity_id: claim.entityId, device_id: deviceId, ...state })
    .onConflict((conflict) => conflict.columns(['entity_id', 'device_id']).doUpdateSet(state))
    .execute();
  await setLockStatus(tx, claim, 'active');
}

/** What the lock is to its device: no change of what a person wrote, so no new version. */
export async function setLockStatus(
  tx: Transaction,
  lock: { readonly entityId: string; readonly lockId: string },
  status: 'unclaimed' | 'claiming' | 'active',
): Promise<void> {
  await query(tx)
    .updateTable('locks')
    .set({ status })
    .where('entity_id', '=', lock.entityId)
    .where('id', '=', lock.lockId)
    .execute();
}

/** The locks of a device with their times. Scope: device. */
export async function findLockSettings(
  tx: Transaction,
  entityId: string,
  deviceId: string,
): Promise<{ number: number; unlockForMs: number; heldOpenAfterMs: number }[]> {
  const rows = await query(tx)
    .selectFrom('locks')
    .where('entity_id', '=', entityId)
    .where('device_id', '=', deviceId)
    .orderBy('number')
    .select(['number', 'unlock_for_ms', 'held_open_after_ms'])
    .execute();
  return rows.map((row) => ({
    number: row.number,
    unlockForMs: row.unlock_for_ms,
    heldOpenAfterMs: row.held_open_after_ms,
  }));
}

/** The newest claim of a lock, to try it again. Scope: entity. */
export async function findNewestClaim(
  tx: Transaction,
  entityId: string,
  lockId: string,
): Promise<{ id: string; deviceId: string; sealedKey: Uint8Array | undefined } | undefined> {
  const row = await query(tx)
    .selectFrom('claims')
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .orderBy('created_at', 'desc')
    .select(['id', 'device_id', 'sealed_key'])
    .executeTakeFirst();
  return row && { id: row.id, deviceId: row.device_id, sealedKey: row.sealed_key ?? undefined };
}

/** The owner of a device, to renew its certificate. Scope: device. */
export async function findOwnership(
  tx: Transaction,
  deviceId: string,
): Promise<{ entityId: string; ownershipEpoch: number; identityKey: Uint8Array } | undefined> {
  const row = await query(tx)
    .selectFrom('devices')
    .where('id', '=', deviceId)
    .select(['owner_entity_id', 'ownership_epoch', 'identity_key'])
    .executeTakeFirst();
  if (!row?.owner_entity_id || !row.identity_key) return undefined;
  return {
    entityId: row.owner_entity_id,
    ownershipEpoch: row.ownership_epoch,
    identityKey: row.identity_key,
  };
}

export async function saveCertificate(
  tx: Transaction,
  device: { readonly entityId: string; readonly deviceId: string },
  until: number,
): Promise<void> {
  await query(tx)
    .updateTable('device_states')
    .set({ certificate_until: new Date(until) })
    .where('entity_id', '=', device.entityId)
    .where('device_id', '=', device.deviceId)
    .execute();
}
