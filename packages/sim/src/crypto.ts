import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { Crypto } from '@claviger/agent';

/** PKCS #8 of an Ed25519 private key is this, followed by its 32 bytes (RFC 8410). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A key pair that is the same for the same seed. */
export interface SeededKey {
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

function hashOf(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digest());
}

export function seededKey(seed: string): SeededKey {
  const der = Buffer.concat([pkcs8Prefix, hashOf('key', seed)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return {
    publicKey: Uint8Array.from(Buffer.from(x ?? '', 'base64url')),
    sign: (bytes) => Uint8Array.from(sign(null, bytes, privateKey)),
  };
}

function importKey(raw: Uint8Array): KeyObject {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') };
  return createPublicKey({ key: jwk, format: 'jwk' });
}

/** Real signatures and hashes; chance comes from the seed, so that a run can be repeated. */
export function seededCrypto(key: SeededKey, seed: string): Crypto {
  let drawn = 0;
  return {
    sign: key.sign,
    verify: (publicKey, bytes, signature) => verify(null, bytes, importKey(publicKey), signature),
    sha256: (bytes) => hashOf(bytes),
    random: (length) => {
      const blocks: number[] = [];
      while (blocks.length < length) {
        drawn += 1;
        blocks.push(...hashOf('random', seed, String(drawn)));
      }
      return Uint8Array.from(blocks.slice(0, length));
    },
  };
}
