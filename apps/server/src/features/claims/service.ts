import { createHash, createHmac, createPublicKey, randomBytes, timingSafeEqual, verify } from 'node:crypto';
import { claimLivesForMs, type DeviceId } from '@claviger/domain';
import {
  claimProofBytes,
  Refusal,
  renewalBytes,
  type DoorSecrets,
  type EnrolmentProof,
  type Ownership,
  type RenewalAnswer,
  type RenewalRequest,
} from '@claviger/protocol';
import {
  addJob,
  newIdentifier,
  notify,
  type Database,
  type Transaction,
} from '../../platform/database/index.ts';
import { tellLive } from '../../platform/live/index.ts';
import {
  BadCertificateRequest,
  deviceLifeMs,
  issueDeviceCertificate,
  type Authority,
} from '../../platform/pki/index.ts';
import { openField, sealField, type OwnedDoor, type Secret } from '../../platform/secrets/index.ts';
import { wantListOf } from '../authority/index.ts';
import { claimChannel } from './bell.ts';
import { expireOverdueClaim } from './expiry/store.ts';
import * as store from './store.ts';

export interface ClaimParts {
  readonly database: Database;
  readonly authority: Authority;
  /** Seals the claim keys of this installation. */
  readonly sealingKey: Secret;
  /** Where devices reach the broker. */
  readonly brokerUrl: string;
  /** Public halves of the keys that sign commands, raw. */
  readonly serverKeys: readonly Uint8Array[];
  readonly doorSecretsOf: (door: OwnedDoor) => DoorSecrets;
  readonly now: () => number;
}

export interface ClaimRequest {
  readonly entityId: string;
  readonly lockId: string;
  readonly deviceId: string;
  readonly claimKey: Uint8Array;
}

const sealedPlace = (claimId: string) => ({ table: 'claims', column: 'sealed_key', rowId: claimId });

/** Starts a claim of a lock that is there already, in the caller's transaction; returns when it ends. */
export async function startClaim(tx: Transaction, request: ClaimRequest, parts: ClaimParts): Promise<number> {
  const id = newIdentifier();
  const expiresAt = parts.now() + claimLivesForMs;
  await store.addClaim(tx, {
    ...request,
    id,
    nonce: randomBytes(32),
    sealedKey: sealField(parts.sealingKey, sealedPlace(id), request.claimKey),
    expiresAt,
  });
  const payload = { entityId: request.entityId, claimId: id };
  await addJob(tx, { task: 'expire_claim', payload, runAt: expiresAt });
  await notify(tx, claimChannel, request.deviceId);
  return expiresAt;
}

/**
 * Claim Lock: tries again with the key of the last claim. Refuses claim_failed when there is none. Scope:
 * entity.
 */
export async function claimAgain(
  tx: Transaction,
  lock: { readonly entityId: string; readonly lockId: string },
  parts: ClaimParts,
): Promise<void> {
  const last = await store.findNewestClaim(tx, lock.entityId, lock.lockId);
  if (!last?.sealedKey) throw new Refusal('claim_failed', { cause: 'no claim to try again' });
  const claimKey = openField(parts.sealingKey, sealedPlace(last.id), last.sealedKey);
  await expireOverdueClaim(tx, lock, parts.now());
  await store.forgetClaimKeys(tx, lock);
  await startClaim(tx, { ...lock, deviceId: last.deviceId, claimKey }, parts);
  await store.setLockStatus(tx, lock, 'claiming');
  await tellLive(tx, lock.entityId, { topic: 'lock', id: lock.lockId });
}

function fromText(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}

/** Whether the identity key has signed these bytes; false for a key that is none. */
function isSignedBy(identityKey: string, bytes: Uint8Array, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: identityKey }, format: 'jwk' });
    return verify(null, bytes, key, fromText(signature));
  } catch {
    return false;
  }
}

function digestOf({ identityKey, certificateRequest }: EnrolmentProof): Buffer {
  return createHash('sha256').update(`${identityKey}\n${certificateRequest}`).digest();
}

/**
 * Why a proof does not hold, or undefined: by MAC while the claim waits, by being the same proof
 * afterwards.
 */
function proofFault(proof: EnrolmentProof, claim: store.OpenClaim, sealingKey: Secret): string | undefined {
  const nonce = Buffer.from(claim.nonce).toString('base64url');
  if (!isSignedBy(proof.identityKey, claimProofBytes('signature', nonce, proof), proof.signature)) {
    return 'bad signature';
  }
  if (claim.state === 'proven') {
    return claim.requestDigest && digestOf(proof).equals(claim.requestDigest) ? undefined : 'another proof';
  }
  if (claim.state === 'expired' || !claim.sealedKey) return 'claim is over';
  const key = openField(sealingKey, sealedPlace(claim.id), claim.sealedKey);
  const mac = createHmac('sha256', key)
    .update(claimProofBytes('mac', nonce, proof))
    .digest();
  return timingSafeEqual(mac, fromText(proof.mac)) ? undefined : 'bad mac';
}

async function completeClaim(
  tx: Transaction,
  claim: store.OpenClaim,
  { now, ...given }: Omit<store.Proof, 'claim'> & { readonly now: number },
): Promise<number> {
  const proof = { ...given, claim };
  const ownershipEpoch = await store.takeOwnership(tx, proof);
  if (ownershipEpoch === undefined) throw new Refusal('claim_failed', { cause: 'somebody was first' });
  await store.saveProof(tx, proof, ownershipEpoch);
  const { entityId, lockId } = claim;
  await wantListOf(tx, { entityId, lockId, deviceId: given.deviceId }, now);
  await tellLive(tx, claim.entityId, { topic: 'lock', id: claim.lockId });
  return ownershipEpoch;
}

async function certificateFor(
  deviceId: string,
  certificateRequest: string,
  parts: ClaimParts,
): Promise<string> {
  try {
    return await issueDeviceCertificate(parts.authority, { id: deviceId, certificateRequest }, parts.now());
  } catch (error) {
    if (error instanceof BadCertificateRequest) throw new Refusal('claim_failed', { cause: error.message });
    throw error;
  }
}

async function ownershipOf(
  tx: Transaction,
  owned: {
    readonly deviceId: string;
    readonly entityId: string;
    readonly ownershipEpoch: number;
    readonly certificate: string;
  },
  parts: ClaimParts,
): Promise<Ownership> {
  return {
    deviceId: owned.deviceId,
    ownershipEpoch: owned.ownershipEpoch,
    certificate: owned.certificate,
    brokerUrl: parts.brokerUrl,
    serverKeys: parts.serverKeys.map((key) => Buffer.from(key).toString('base64url')),
    serverAt: parts.now(),
    secrets: parts.doorSecretsOf(owned),
    locks: await store.findLockSettings(tx, owned.entityId, owned.deviceId),
  };
}

/**
 * The device proves a claim and becomes owned. Refuses claim_failed; the same proof again gets the same
 * answer.
 */
export async function proveClaim(
  deviceId: DeviceId,
  proof: EnrolmentProof,
  parts: ClaimParts,
): Promise<Ownership> {
  const certificate = await certificateFor(deviceId, proof.certificateRequest, parts);
  return parts.database.transact({ kind: 'device', deviceId }, async (tx) => {
    const claim = await store.lockClaim(tx, deviceId, proof.claimId);
    const fault = claim ? proofFault(proof, claim, parts.sealingKey) : 'no such claim';
    if (!claim || fault !== undefined) throw new Refusal('claim_failed', { cause: fault ?? '' });
    const known = claim.state === 'proven' ? claim : undefined;
    const ownershipEpoch =
      known?.ownershipEpoch ??
      (await completeClaim(tx, claim, {
        deviceId,
        identityKey: fromText(proof.identityKey),
        requestDigest: digestOf(proof),
        certificate,
        certificateUntil: parts.now() + deviceLifeMs,
        now: parts.now(),
      }));
    const owned = {
      deviceId,
      entityId: claim.entityId,
      ownershipEpoch,
      certificate: known?.certificate ?? certificate,
    };
    return ownershipOf(tx, owned, parts);
  });
}

/** The next certificate of an owned device, asked for with its identity key. Refuses claim_failed. */
export async function renewCertificate(request: RenewalRequest, parts: ClaimParts): Promise<RenewalAnswer> {
  const deviceId = request.deviceId as DeviceId;
  const certificate = await certificateFor(deviceId, request.certificateRequest, parts);
  return parts.database.transact({ kind: 'device', deviceId }, async (tx) => {
    const owned = await store.findOwnership(tx, deviceId);
    const isCurrent = owned?.ownershipEpoch === request.ownershipEpoch;
    const identityKey = Buffer.from(owned?.identityKey ?? []).toString('base64url');
    if (!owned || !isCurrent || !isSignedBy(identityKey, renewalBytes(request), request.signature)) {
      throw new Refusal('claim_failed', { cause: 'not the owner of this identity' });
    }
    const { entityId, ownershipEpoch } = owned;
    await store.saveCertificate(tx, { entityId, deviceId }, parts.now() + deviceLifeMs);
    return { certificate, secrets: parts.doorSecretsOf({ deviceId, entityId, ownershipEpoch }) };
  });
}

/** What an unclaimed device should answer now, if anybody claims it. */
export async function findChallenge(
  deviceId: DeviceId,
  parts: ClaimParts,
): Promise<{ readonly claimId: string; readonly nonce: string } | undefined> {
  const claim = await parts.database.transact({ kind: 'device', deviceId }, (tx) =>
    store.findClaimToAnswer(tx, deviceId, parts.now()),
  );
  return claim && { claimId: claim.id, nonce: Buffer.from(claim.nonce).toString('base64url') };
}
