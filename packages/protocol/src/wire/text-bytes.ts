import { CborFault } from './cbor.ts';

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where each byte of a UUID stands in its text. */
const uuidPlaces = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;

/** More than any byte, in the place of what is no digit. */
const noDigit = 0x1000;
/** What each character code says as a hexadecimal digit. */
const digitValue = Uint16Array.from({ length: 256 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase());
  return value < 0 ? noDigit : value;
});
/** The character codes of the digits. */
const digitCode = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));

/** The byte that two digits at a place of a text say; above 255 where they are none. */
function byteAt(text: string, place: number): number {
  const high = digitValue[text.charCodeAt(place)] ?? noDigit;
  const low = digitValue[text.charCodeAt(place + 1)] ?? noDigit;
  return (high << 4) | low;
}

/** The 16 bytes of a UUID in lower case. Throws CborFault for anything else: a bug of the caller. */
export function uuidBytes(uuid: string): Uint8Array {
  if (!uuidForm.test(uuid)) throw new CborFault('not a UUID');
  const bytes = new Uint8Array(16);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = byteAt(uuid, uuidPlaces[index] ?? 0);
  return bytes;
}

/** The character codes of a UUID, between one text and the next: a door writes one at every attempt. */
const uuidCodes = new Array<number>(36).fill('-'.charCodeAt(0));

/** The UUID of 16 bytes, in lower case. */
export function uuidText(bytes: Uint8Array): string {
  for (let index = 0; index < uuidPlaces.length; index += 1) {
    const byte = bytes[index] ?? 0;
    const place = uuidPlaces[index] ?? 0;
    uuidCodes[place] = digitCode[byte >> 4] ?? 0;
    uuidCodes[place + 1] = digitCode[byte & 15] ?? 0;
  }
  return String.fromCharCode(...uuidCodes);
}

/** Whether two byte strings are equal; not for secrets. */
export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let place = 0; place < one.length; place += 1) if (one[place] !== other[place]) return false;
  return true;
}

/** Each byte in two digits: written once, because a door writes sixteen of them at every attempt. */
const digitsOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes as lower-case hexadecimal text. */
export function hexText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += digitsOf[byte] ?? '';
  return text;
}

/** The bytes of hexadecimal text in either case; undefined for anything else. */
export function hexBytes(text: string): Uint8Array | undefined {
  if (text.length === 0 || text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = byteAt(text, index * 2);
    if (byte > 0xff) return undefined;
    bytes[index] = byte;
  }
  return bytes;
}

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The bytes of base64url text without padding (RFC 4648 section 5); undefined for anything else. */
export function base64urlBytes(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let place = 0;
  for (const letter of text) {
    bits = ((bits << 6) | base64url.indexOf(letter)) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[place] = (bits >> count) & 0xff;
    place += 1;
  }
  return bytes;
}
