import { createHash } from 'node:crypto';
import { qrIssuerKeyIdLength } from '@claviger/protocol';
import { derivedSigner } from './derived-signer.ts';
import type { Secret } from './secret.ts';

/** Who signs the QRs of one Entity; the public half stands in the access lists of its locks. */
export interface QrIssuer {
  /** The first bytes of the SHA-256 of the public key. */
  readonly keyId: Uint8Array;
  /** Raw, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

/** The issuer of an Entity. */
export function qrIssuerOf(installationSecret: Secret, entityId: string): QrIssuer {
  const { publicKey, sign } = derivedSigner(installationSecret, 'qr issuers', entityId);
  const digest = createHash('sha256').update(publicKey).digest();
  return { keyId: Uint8Array.from(digest.subarray(0, qrIssuerKeyIdLength)), publicKey, sign };
}
