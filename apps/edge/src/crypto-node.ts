import { createHash, createPublicKey, randomBytes, verify, type KeyObject } from 'node:crypto';
import type { Crypto } from '@claviger/agent';
import type { BoxIdentity } from './identity.ts';

/**
 * A door knows very few keys (the server's, two while they rotate); importing one costs as much as
 * verifying.
 */
const keyCacheLimit = 16;

function importKey(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** The agent's cryptography on Node's own. */
export function nodeCrypto(identity: BoxIdentity): Crypto {
  const imported = new Map<string, KeyObject>();
  const keyOf = (raw: Uint8Array): KeyObject => {
    const name = Buffer.from(raw).toString('base64url');
    const known = imported.get(name);
    if (known) return known;
    if (imported.size >= keyCacheLimit) imported.clear();
    const key = importKey(raw);
    imported.set(name, key);
    return key;
  };
  return {
    sign: identity.sign,
    verify: (publicKey, bytes, signature) => verify(null, bytes, keyOf(publicKey), signature),
    sha256: (bytes) => Uint8Array.from(createHash('sha256').update(bytes).digest()),
    random: (length) => Uint8Array.from(randomBytes(length)),
  };
}
