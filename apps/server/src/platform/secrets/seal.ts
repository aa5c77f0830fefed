import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Secret } from './secret.ts';

/** Where a sealed value lives: it opens there and nowhere else. */
export interface FieldPlace {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
}

/** The value was sealed elsewhere, under another key, or somebody changed it. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

const cipher = 'aes-256-gcm';
const version = 1;
const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;
const boxOverhead = nonceLength + tagLength;
const wrappedKeyLength = keyLength + boxOverhead;
const sealOverhead = 1 + wrappedKeyLength + boxOverhead;

function placeBytes({ table, column, rowId }: FieldPlace, part: 'key' | 'value'): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([version, part, table, column, rowId]));
}

function encrypt(key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Buffer {
  const nonce = randomBytes(nonceLength);
  const encryption = createCipheriv(cipher, key, nonce, { authTagLength: tagLength });
  encryption.setAAD(aad);
  return Buffer.concat([nonce, encryption.update(plain), encryption.final(), encryption.getAuthTag()]);
}

function decrypt(key: Uint8Array, box: Uint8Array, aad: Uint8Array): Buffer {
  const nonce = box.subarray(0, nonceLength);
  const decryption = createDecipheriv(cipher, key, nonce, { authTagLength: tagLength });
  decryption.setAAD(aad);
  decryption.setAuthTag(box.subarray(box.length - tagLength));
  return Buffer.concat([
    decryption.update(box.subarray(nonceLength, box.length - tagLength)),
    decryption.final(),
  ]);
}

/**
 * Encrypts one field. A fresh AES-256-GCM key encrypts the value, `sealingKey` encrypts that key, and both
 * are bound to table, column and row, so no sealed value can be moved. Layout: version 1, wrapped key 60,
 * nonce 12, text, tag 16.
 */
export function sealField(sealingKey: Secret, place: FieldPlace, plain: Uint8Array): Buffer {
  const fieldKey = randomBytes(keyLength);
  return Buffer.concat([
    Uint8Array.of(version),
    encrypt(sealingKey.reveal(), fieldKey, placeBytes(place, 'key')),
    encrypt(fieldKey, plain, placeBytes(place, 'value')),
  ]);
}

/** Decrypts what `sealField` made for this very place. Throws SealBroken. */
export function openField(sealingKey: Secret, place: FieldPlace, sealed: Uint8Array): Buffer {
  if (sealed.length < sealOverhead || sealed[0] !== version) throw new SealBroken('not a sealed field');
  try {
    const wrappedKey = sealed.subarray(1, 1 + wrappedKeyLength);
    const fieldKey = decrypt(sealingKey.reveal(), wrappedKey, placeBytes(place, 'key'));
    return decrypt(fieldKey, sealed.subarray(1 + wrappedKeyLength), placeBytes(place, 'value'));
  } catch (error) {
    throw new SealBroken(`the sealed field ${place.table}.${place.column} does not open`, { cause: error });
  }
}
