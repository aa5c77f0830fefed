import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { qrIssuerKeyIdLength } from '@claviger/protocol';
import { deriveSecretAbout } from './derive.ts';
import type { Secret } from './secret.ts';

/** Who signs the QRs of one Entity; the public half stands in the access lists of its locks. */
export interface QrIssuer {
  /** The first bytes of the SHA-256 of the public key. */
  readonly keyId: Uint8Array;
  /** Raw, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

/** What stands before the 32 bytes of an Ed25519 seed in PKCS #8 (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The issuer of an Entity: Ed25519 with a seed that is derived, so that it is stored nowhere. */
export function qrIssuerOf(installationSecret: Secret, entityId: string): QrIssuer {
  const seed = deriveSecretAbout(installationSecret, 'qr issuers', { about: entityId });
  const key = createPrivateKey({
    key: Buffer.concat([pkcs8Head, seed.reveal()]),
    format: 'der',
    type: 'pkcs8',
  });
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  const publicKey = Uint8Array.from(Buffer.from(x, 'base64url'));
  const digest = createHash('sha256').update(publicKey).digest();
  return {
    keyId: Uint8Array.from(digest.subarray(0, qrIssuerKeyIdLength)),
    publicKey,
    sign: (bytes) => Uint8Array.from(sign(null, bytes, key)),
  };
}
