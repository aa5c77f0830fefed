/** RFC 9285: the alphabet of a QR code's alphanumeric mode, three characters for two bytes. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const valueOf = new Map(Array.from(alphabet, (character, value) => [character, value]));

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
  for (let index = 0, at = 0; index < text.length; index += 3) {
    const group = Array.from(text.slice(index, index + 3), (character) => valueOf.get(character) ?? NaN);
    const value = group.reduceRight((sum, digit) => sum * 45 + digit, 0);
    const isWhole = group.length === 3;
    // NaN, from a character outside the alphabet, is not below anything.
    if (!(value < (isWhole ? 65_536 : 256))) return undefined;
    if (isWhole) bytes[at++] = value >> 8;
    bytes[at++] = value & 255;
  }
  return bytes;
}
