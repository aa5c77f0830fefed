import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { keyIdLength, type Verify } from '@claviger/protocol';

/** Imported keys are kept for as many devices: importing one costs as much as verifying with it. */
const keyCacheLimit = 10_000;

const imported = new Map<string, KeyObject>();

function keyOf(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString('base64url');
  const known = imported.get(x);
  if (known) return known;
  if (imported.size >= keyCacheLimit) imported.clear();
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  imported.set(x, key);
  return key;
}

/** The first bytes of the hash of a public key tell which key signed. */
export function keyIdOf(publicKey: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(publicKey).digest().subarray(0, keyIdLength));
}

/** Verifies with this Ed25519 key alone; false for a message that names another. */
export function verifierOf(publicKey: Uint8Array): Verify {
  const expected = Buffer.from(keyIdOf(publicKey));
  return (keyId, bytes, signature) =>
    expected.equals(keyId) && verify(null, bytes, keyOf(publicKey), signature);
}
