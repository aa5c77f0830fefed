/** RFC 9285: the alphabet of a QR code's alphanumeric mode, three characters for two bytes. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** NaN for a character that is not in the alphabet: it is not below anything. */
const valueOf: readonly number[] = Array.from({ length: 128 }, (_, code) => {
  const value = alphabet.indexOf(String.fromCharCode(code));
  return value < 0 ? NaN : value;
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

/** The bytes of a text, or undefined for what `encodeBase45` cannot have written. */
export function decodeBase45(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0));
  const digitAt = (index: number): number => valueOf[text.charCodeAt(index)] ?? NaN;
  for (let index = 0, at = 0; index < text.length; index += 3) {
    const isWhole = index + 2 < text.length;
    const value = digitAt(index) + 45 * digitAt(index + 1) + (isWhole ? 2025 * digitAt(index + 2) : 0);
    if (!(value < (isWhole ? 65_536 : 256))) return undefined;
    if (isWhole) bytes[at++] = value >> 8;
    bytes[at++] = value & 255;
  }
  return bytes;
}
