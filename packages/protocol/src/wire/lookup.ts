import { signedBytes } from './signed-bytes.ts';
import { hexText } from './text-bytes.ts';

/** HMAC-SHA256: the key, then the bytes; 32 bytes. */
export type Hmac = (key: Uint8Array, bytes: Uint8Array) => Uint8Array;

/**
 * The slow digest of a PIN is scrypt with these figures and the salt of its Entity (reliability 3.10): a
 * million PINs take hours also for who has a door's pepper.
 */
export const pinScrypt = { N: 16_384, r: 8, p: 1, length: 32 } as const;

/** So much of an HMAC names a credential (reliability 3.6). */
const lookupLength = 16;

function digest(kind: string, content: Uint8Array, { pepper, hmac }: Keyed): string {
  const name = hmac(pepper, signedBytes(`claviger/1/${kind}`, content)).slice(0, lookupLength);
  return `${kind}:${hexText(name)}`;
}

interface Keyed {
  readonly pepper: Uint8Array;
  readonly hmac: Hmac;
}

/** By this the access list of the door with this pepper knows the PIN with this slow digest. */
export function pinLookup(pinDigest: Uint8Array, keyed: Keyed): string {
  return digest('pin', pinDigest, keyed);
}

/** By this the access list of the door with this pepper knows the card with this number (its UID, say). */
export function cardLookup(number: Uint8Array, keyed: Keyed): string {
  return digest('card', number, keyed);
}

/** By this an access list knows the QR of the Key with this tag. */
export function qrLookup(keyTag: Uint8Array): string {
  return `qr:${hexText(keyTag)}`;
}

/** By this an access list knows the link of a Key. */
export function linkLookup(keyId: string): string {
  return `link:${keyId}`;
}

/** How an access list names the issuer whose Key identifier a QR carries. */
export function issuerName(issuerKeyId: Uint8Array): string {
  return hexText(issuerKeyId);
}

/** The secret that proves the steps of one Key's rotating QR, from that of its Entity. */
export function qrStepSecret(
  keyTag: Uint8Array,
  { qrSecret, hmac }: { readonly qrSecret: Uint8Array; readonly hmac: Hmac },
): Uint8Array {
  return hmac(qrSecret, signedBytes('claviger/1/qr-key', keyTag));
}
