import {
  createHash,
  createHmac,
  createPublicKey,
  createSecretKey,
  randomBytes,
  scryptSync,
  verify,
  type KeyObject,
} from 'node:crypto';
import type { Crypto } from '@claviger/agent';
import { pinScrypt } from '@claviger/protocol';
import type { BoxIdentity } from './identity.ts';

/**
 * A door knows very few keys (the server's, two while they rotate, and its issuers'); importing one costs
 * as much as verifying.
 */
const keyCacheLimit = 16;

function importKey(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** The agent's cryptography on Node's own. */
export function nodeCrypto(identity: Pick<BoxIdentity, 'sign'>): Crypto {
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
    verify: (publicKey, bytes, signature) => {
      try {
        return verify(null, bytes, keyOf(publicKey), signature);
      } catch {
        // OpenSSL throws for a key of another length; what is no key has signed nothing.
        return false;
      }
    },
    // Node takes three times as long over raw bytes as over a key made of them.
    hmac: (key, bytes) => {
      const digest = createHmac('sha256', createSecretKey(key)).update(bytes).digest();
      return Uint8Array.from(digest);
    },
    pinDigest: (pin, salt) => {
      const { N, r, p, length } = pinScrypt;
      return Uint8Array.from(scryptSync(pin, salt, length, { N, r, p }));
    },
    sha256: (bytes) => Uint8Array.from(createHash('sha256').update(bytes).digest()),
    random: (length) => Uint8Array.from(randomBytes(length)),
  };
}
