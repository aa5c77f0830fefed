/** Crockford's base32: no I, L, O, U, so that a label can be read aloud and typed. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const serialLength = 12;
const pairingCodeLength = 16;

/** What was typed, in capitals, without spaces and dashes, with I and L read as 1 and O as 0. */
function normalise(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
}

function valuesOf(text: string): number[] | undefined {
  const values = Array.from(text, (character) => alphabet.indexOf(character));
  return values.includes(-1) ? undefined : values;
}

/** Luhn's algorithm over base 32: finds every single wrong character and nearly every swapped pair. */
function luhnSum(values: readonly number[], doubleFirst: boolean): number {
  let isDoubled = doubleFirst;
  let sum = 0;
  for (const value of [...values].reverse()) {
    const weighed = isDoubled ? value * 2 : value;
    sum += Math.floor(weighed / 32) + (weighed % 32);
    isDoubled = !isDoubled;
  }
  return sum;
}

/** Makes a serial number out of 11 numbers from 0 to 31: the check character is the twelfth. */
export function serialFromValues(values: readonly number[]): string {
  const check = (32 - (luhnSum(values, true) % 32)) % 32;
  return [...values, check].map((value) => alphabet.charAt(value)).join('');
}

/** Makes a pairing code out of 16 numbers from 0 to 31: 80 bits (reliability 3.1). */
export function pairingCodeFromValues(values: readonly number[]): string {
  return values.map((value) => alphabet.charAt(value)).join('');
}

/** The serial number that was typed, in its one written form, or undefined if it cannot be one. */
export function parseSerial(typed: string): string | undefined {
  const text = normalise(typed);
  const values = text.length === serialLength ? valuesOf(text) : undefined;
  return values && luhnSum(values, false) % 32 === 0 ? text : undefined;
}

/** The pairing code that was typed, in its one written form, or undefined if it cannot be one. */
export function parsePairingCode(typed: string): string | undefined {
  const text = normalise(typed);
  return text.length === pairingCodeLength && valuesOf(text) ? text : undefined;
}

/** Groups of four, as printed on the label: `K7Q2-9XMD-4T8A`. */
export function printed(text: string): string {
  return text.replace(/.{4}(?=.)/g, '$&-');
}

/**
 * Whether this is a Matter setup code (11 or 21 digits, or a QR text): it counts only where a hub proves
 * it.
 */
export function isMatterCode(typed: string): boolean {
  const text = typed.replace(/[\s-]/g, '');
  return /^MT:[0-9A-Z.-]{19,}$/.test(text) || /^(\d{11}|\d{21})$/.test(text);
}
