import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { readFileIfThere, writeFileDurably } from './files.ts';

/** The two keys of a box, made by itself at its first boot; the private halves never leave it. */
export interface BoxIdentity {
  /** Ed25519, raw 32 bytes. */
  readonly identityKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
  /** P-256, for the TLS certificate. */
  readonly tlsPrivateKey: KeyObject;
}

function loadOrMake(path: string, make: () => KeyObject): KeyObject {
  const known = readFileIfThere(path);
  if (known !== undefined) return createPrivateKey(known);
  const made = make();
  writeFileDurably(path, made.export({ type: 'pkcs8', format: 'pem' }).toString());
  return made;
}

function rawPublicKey(privateKey: KeyObject): Uint8Array {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return Uint8Array.from(Buffer.from(x ?? '', 'base64url'));
}

/** Loads the keys of this data folder, or makes them. */
export function loadIdentity(dataFolder: string): BoxIdentity {
  const identity = loadOrMake(
    join(dataFolder, 'identity.pem'),
    () => generateKeyPairSync('ed25519').privateKey,
  );
  const tlsPrivateKey = loadOrMake(
    join(dataFolder, 'tls.pem'),
    () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  );
  return {
    identityKey: rawPublicKey(identity),
    sign: (bytes) => Uint8Array.from(sign(null, bytes, identity)),
    tlsPrivateKey,
  };
}
