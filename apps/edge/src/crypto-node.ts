import {
  createHash,
  createPublicKey,
  hash,
  randomBytes,
  scryptSync,
  verify,
  type KeyObject,
} from 'node:crypto';
import type { Crypto } from '@claviger/agent';
import { pinScrypt } from '@claviger/protocol';
import type { BoxIdentity } from './identity.ts';

function importKey(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** The block of SHA-256, in bytes; a longer key of an HMAC would be hashed first. */
const blockLength = 64;
const digestLength = 32;
const outer = new Uint8Array(blockLength + digestLength);
/** Room for the block and a message, by the length of the message, which is one of a few for short ones. */
const shortLength = 192;
const innerOf: Uint8Array[] = [];

function innerFor(length: number): Uint8Array {
  if (length > shortLength) return new Uint8Array(blockLength + length);
  return (innerOf[length] ??= new Uint8Array(blockLength + length));
}

/** The digest as text of one byte each: as bytes Node hands it out in four times the time. */
function writeDigest(digest: string, bytes: Uint8Array, place: number): void {
  for (let index = 0; index < digestLength; index += 1) bytes[place + index] = digest.charCodeAt(index);
}

/**
 * HMAC-SHA256 as RFC 2104 defines it. For a hundred bytes and a key of 32 Node's own takes three times as
 * long, and a moving picture needs two of them (decision record 0034).
 */
function hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (key.length > blockLength) return hmacSha256(createHash('sha256').update(key).digest(), bytes);
  const inner = innerFor(bytes.length);
  for (let place = 0; place < blockLength; place += 1) {
    const byte = key[place] ?? 0;
    inner[place] = byte ^ 0x36;
    outer[place] = byte ^ 0x5c;
  }
  inner.set(bytes, blockLength);
  writeDigest(hash('sha256', inner, 'binary'), outer, blockLength);
  const code = new Uint8Array(digestLength);
  writeDigest(hash('sha256', outer, 'binary'), code, 0);
  return code;
}

/** The agent's cryptography on Node's own. */
export function nodeCrypto(identity: Pick<BoxIdentity, 'sign'>): Crypto {
  // Importing a key costs as much as verifying; who verifies again hands over the same bytes again.
  const imported = new WeakMap<Uint8Array, KeyObject>();
  const keyOf = (raw: Uint8Array): KeyObject => {
    const known = imported.get(raw);
    if (known) return known;
    const key = importKey(raw);
    imported.set(raw, key);
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
    hmac: hmacSha256,
    pinDigest: (pin, salt) => {
      const { N, r, p, length } = pinScrypt;
      return Uint8Array.from(scryptSync(pin, salt, length, { N, r, p }));
    },
    sha256: (bytes) => Uint8Array.from(createHash('sha256').update(bytes).digest()),
    beginSha256: () => {
      const parts = createHash('sha256');
      return { add: (bytes) => void parts.update(bytes), digest: () => Uint8Array.from(parts.digest()) };
    },
    random: (length) => Uint8Array.from(randomBytes(length)),
  };
}
