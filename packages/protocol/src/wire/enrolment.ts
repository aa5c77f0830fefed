import { z } from 'zod';

/** Bytes in JSON: base64url without padding. */
function encodedBytes(length: number) {
  return z
    .string()
    .length(Math.ceil((length * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/);
}

/** PEM is lines of printable ASCII. */
const certificateRequest = z
  .string()
  .max(4_096)
  .regex(/^[\x20-\x7e\r\n]*$/)
  .meta({ description: 'PKCS #10, PEM' });

/** How long the server keeps a hello of an unclaimed device waiting for a claim, in milliseconds. */
export const enrolmentWaitMs = 25_000;

/** An unclaimed device says that it is there; the answer comes when somebody claims it, or after the wait. */
export const enrolmentHello = z
  .object({ serial: z.string().length(12), agentVersion: z.string().regex(/^[\x20-\x7e]{0,40}$/) })
  .strict()
  .meta({ id: 'EnrolmentHello' });

export const enrolmentAnswer = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('waiting') }),
    z.object({ status: z.literal('challenge'), claimId: z.uuid(), nonce: encodedBytes(32) }),
  ])
  .meta({ id: 'EnrolmentAnswer' });

/** The device proves that it knows the pairing code, and asks for a certificate. */
export const enrolmentProof = z
  .object({
    serial: z.string().length(12),
    claimId: z.uuid(),
    identityKey: encodedBytes(32),
    certificateRequest,
    mac: encodedBytes(32),
    signature: encodedBytes(64),
  })
  .strict()
  .meta({ id: 'EnrolmentProof' });

/**
 * What this door alone, or the doors of its Entity, need to recognise credentials without a server; never in
 * an access list, never in a log.
 */
export const doorSecrets = z
  .object({
    pepper: encodedBytes(32).meta({ description: "Keys the digests of this door's PINs and cards" }),
    pinSalt: encodedBytes(16).meta({ description: "Salts the slow digest of the Entity's PINs" }),
    qrSecret: encodedBytes(32).meta({ description: "Proves the steps of the Entity's rotating QRs" }),
  })
  .meta({ id: 'DoorSecrets' });

/**
 * What a device owns after its claim. Arrives over the connection whose server the device has
 * authenticated.
 */
export const ownership = z
  .object({
    deviceId: z.uuid(),
    ownershipEpoch: z.int().positive(),
    certificate: z.string().max(8_192).meta({ description: 'PEM' }),
    brokerUrl: z.string().max(200),
    serverKeys: z.array(encodedBytes(32)).min(1).max(4),
    serverAt: z.int().positive(),
    secrets: doorSecrets,
    locks: z
      .array(
        z.object({
          number: z.int().min(1).max(64),
          unlockForMs: z.int().min(500).max(255_000),
          heldOpenAfterMs: z.int().min(1_000).max(3_600_000),
        }),
      )
      .min(1)
      .max(64),
  })
  .meta({ id: 'Ownership' });

/**
 * A claimed device asks for its next certificate with its identity key, also when the old one has expired.
 */
export const renewalRequest = z
  .object({
    deviceId: z.uuid(),
    ownershipEpoch: z.int().positive(),
    certificateRequest,
    signature: encodedBytes(64),
  })
  .strict()
  .meta({ id: 'RenewalRequest' });

/** With the secrets of this ownership: a device that was claimed before there were any has them from here. */
export const renewalAnswer = z
  .object({ certificate: z.string().max(8_192), secrets: doorSecrets })
  .meta({ id: 'RenewalAnswer' });

export type EnrolmentProof = z.infer<typeof enrolmentProof>;
export type DoorSecrets = z.infer<typeof doorSecrets>;
export type Ownership = z.infer<typeof ownership>;
export type RenewalRequest = z.infer<typeof renewalRequest>;
export type RenewalAnswer = z.infer<typeof renewalAnswer>;

function labelled(label: string, parts: readonly string[]): Uint8Array {
  return new TextEncoder().encode([label, ...parts].join('\n'));
}

/**
 * HKDF labels for the key that a claim is proven with: from the pairing code, salted with the serial
 * number.
 */
export const claimKeyLabel = 'claviger/1/claim-key';

type Proven = Pick<EnrolmentProof, 'serial' | 'claimId' | 'identityKey' | 'certificateRequest'>;

/** What `mac` (HMAC-SHA256 under the claim key) and, with another label, `signature` (identity key) cover. */
export function claimProofBytes(purpose: 'mac' | 'signature', nonce: string, proof: Proven): Uint8Array {
  const { claimId, serial, identityKey, certificateRequest } = proof;
  return labelled(`claviger/1/claim-${purpose}`, [nonce, claimId, serial, identityKey, certificateRequest]);
}

/** What the signature of a renewal covers. */
export function renewalBytes(request: Omit<RenewalRequest, 'signature'>): Uint8Array {
  const { deviceId, ownershipEpoch, certificateRequest } = request;
  return labelled('claviger/1/renewal', [deviceId, String(ownershipEpoch), certificateRequest]);
}
