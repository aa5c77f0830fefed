import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { deriveSecretAbout, type KeyLabel } from './derive.ts';
import type { Secret } from './secret.ts';

/** An Ed25519 key of the installation for one purpose. */
export interface DerivedSigner {
  /** Raw, 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
  readonly verifies: (bytes: Uint8Array, signature: Uint8Array) => boolean;
}

/** What stands before the 32 bytes of an Ed25519 seed in PKCS #8 (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key for one purpose about one thing: its seed is derived, so that it is stored nowhere. */
export function derivedSigner(installationSecret: Secret, label: KeyLabel, about: string): DerivedSigner {
  const seed = deriveSecretAbout(installationSecret, label, { about });
  const key = createPrivateKey({
    key: Buffer.concat([pkcs8Head, seed.reveal()]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicHalf = createPublicKey(key);
  const { x = '' } = publicHalf.export({ format: 'jwk' });
  return {
    publicKey: Uint8Array.from(Buffer.from(x, 'base64url')),
    sign: (bytes) => Uint8Array.from(sign(null, bytes, key)),
    verifies: (bytes, signature) => verify(null, bytes, publicHalf, signature),
  };
}
