/** RFC 9285: the alphabet of a QR code's alphanumeric mode, three characters for two bytes. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** More than two bytes can say, for a character that is not in the alphabet. */
const noValue = 0x1_0000;
const valueOf = Uint32Array.from({ length: 128 }, (_, code) => {
  const value = alphabet.indexOf(String.fromCharCode(code));
  return value < 0 ? noValue : value;
});

export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 2) {
    const high = bytes[index] ?? 0;
    const low = bytes[index + 1];
    const value = low === undefined ? high : high * 256 + low;
    text += alphabet.charAt(value % 45) + alphabet.charAt(Math.floor(value / 45) % 45);
    if (low !== undefined) text += alphabet.charAt(Math.floor(value / 2025));
  }
  return text;
}

function valueAt(text: string, index: number): number {
  return valueOf[text.charCodeAt(index)] ?? noValue;
}

/**
 * Writes the bytes of a text and returns how many there are; undefined for what `encodeBase45` cannot have
 * written. `bytes` has room for two thirds of the text.
 */
export function readBase45(text: string, bytes: Uint8Array): number | undefined {
  const rest = text.length % 3;
  if (rest === 1) return undefined;
  const whole = text.length - rest;
  let count = 0;
  for (let index = 0; index < whole; index += 3) {
    const value = valueAt(text, index) + 45 * valueAt(text, index + 1) + 2025 * valueAt(text, index + 2);
    if (value > 0xffff) return undefined;
    bytes[count] = value >> 8;
    bytes[count + 1] = value & 0xff;
    count += 2;
  }
  if (rest === 0) return count;
  const value = valueAt(text, whole) + 45 * valueAt(text, whole + 1);
  if (value > 0xff) return undefined;
  bytes[count] = value;
  return count + 1;
}

/** The bytes of a text, or undefined for what `encodeBase45` cannot have written. */
export function decodeBase45(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.ceil((text.length * 2) / 3));
  const count = readBase45(text, bytes);
  return count === undefined ? undefined : bytes.slice(0, count);
}
