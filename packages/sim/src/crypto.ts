import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hash,
  scryptSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import type { Crypto } from '@claviger/agent';
import { pinScrypt, type Hmac } from '@claviger/protocol';

/** PKCS #8 of an Ed25519 private key is this, followed by its 32 bytes (RFC 8410). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A key pair that is the same for the same seed. */
export interface SeededKey {
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

/** SHA-256 of these parts one after the other. */
export function hashOf(...parts: readonly (string | Uint8Array)[]): Uint8Array {
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

export const hmac: Hmac = (key, bytes) => Uint8Array.from(createHmac('sha256', key).update(bytes).digest());

/** The digests of PINs are slow by intent, and a robot in a test tries the same few a thousand times. */
const pinDigests = new Map<string, Uint8Array>();
const pinDigestsLimit = 20_000;

/** The digest that a door and its server compute of a PIN. */
export function pinDigest(pin: string, salt: Uint8Array): Uint8Array {
  const name = `${pin} ${String(salt)}`;
  const known = pinDigests.get(name);
  if (known) return known;
  const { N, r, p, length } = pinScrypt;
  const digest = Uint8Array.from(scryptSync(pin, salt, length, { N, r, p }));
  if (pinDigests.size >= pinDigestsLimit) pinDigests.clear();
  pinDigests.set(name, digest);
  return digest;
}

function isSigned(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(null, bytes, importKey(publicKey), signature);
  } catch {
    return false;
  }
}

/** Real signatures and hashes; chance comes from the seed, so that a run can be repeated. */
export function seededCrypto(key: SeededKey, seed: string): Crypto {
  let drawn = 0;
  return {
    sign: key.sign,
    verify: isSigned,
    hmac,
    pinDigest,
    sha256: (bytes) => hashOf(bytes),
    beginSha256: () => {
      const parts = createHash('sha256');
      return { add: (bytes) => void parts.update(bytes), digest: () => Uint8Array.from(parts.digest()) };
    },
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

/** Two made-up keys never share a secret, and nobody but their ring knows it. */
export interface KeyRing {
  readonly keyOf: (seed: string) => SeededKey;
  /** Played signatures under the keys of this ring; chance comes from the seed. */
  readonly cryptoOf: (key: SeededKey, seed: string) => Crypto;
}

const sha256 = (bytes: Uint8Array): Uint8Array => Uint8Array.from(hash('sha256', bytes, 'buffer'));

/**
 * Keys whose signatures are hashes under a secret that only the ring knows: as impossible to forge for who
 * has not the key as Ed25519, and much cheaper, so that months pass in seconds. PINs are digested once.
 */
export function createKeyRing(): KeyRing {
  const secrets = new Map<string, Uint8Array>();
  const signWith = (secret: Uint8Array, bytes: Uint8Array): Uint8Array => {
    const signature = new Uint8Array(64);
    signature.set(sha256(Buffer.concat([secret, bytes])));
    return signature;
  };
  const keyOf = (seed: string): SeededKey => {
    const secret = hashOf('played secret', seed);
    const publicKey = hashOf('played key', seed);
    secrets.set(String(publicKey), secret);
    return { publicKey, sign: (bytes) => signWith(secret, bytes) };
  };
  const verify: Crypto['verify'] = (publicKey, bytes, signature) => {
    const secret = secrets.get(String(publicKey));
    return secret !== undefined && Buffer.compare(signWith(secret, bytes), signature) === 0;
  };
  const cryptoOf = (key: SeededKey, seed: string): Crypto => ({
    ...seededCrypto(key, seed),
    verify,
    sha256,
    pinDigest: (pin, salt) => hashOf('played digest', pin, salt),
  });
  return { keyOf, cryptoOf };
}

/** Takes texts one after the other; `digest` ends it with their SHA-256 in hexadecimal. */
export function createTextHash(): { readonly add: (text: string) => void; readonly digest: () => string } {
  const texts = createHash('sha256');
  return {
    add: (text) => void texts.update(text),
    digest: () => texts.digest('hex'),
  };
}
