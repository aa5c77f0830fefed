/** A card number has 4, 7 or 10 bytes (ISO/IEC 14443-3); readers of other kinds give lengths between. */
const shortestBytes = 4;
const longestBytes = 10;

/** The largest number of ten decimal digits that four bytes hold. */
const largestDecimal = 0xff_ff_ff_ff;

/** How a typed number was taken. */
export type CardReading = 'hexadecimal' | 'decimal';

/** The number of a card as its reader hands it over: pairs of hexadecimal digits, in capitals. */
export interface CardNumber {
  readonly hex: string;
  readonly reading: CardReading;
}

export type CardNumberProblem =
  'card_number_empty' | 'card_number_too_long' | 'card_number_form' | 'card_number_blank';

/** No card has only zeros or only ones for a number: some readers report that when they could not read. */
function isBlank(hex: string): boolean {
  return /^(?:0+|[Ff]+)$/.test(hex);
}

function hasBytes(text: string): boolean {
  return /^(?:[\dA-Fa-f]{2}){4,10}$/.test(text);
}

/** Whether this is the number of a card as a reader hands it over: 4 to 10 bytes as hexadecimal digits. */
export function hasCardNumberForm(text: string): boolean {
  return hasBytes(text) && !isBlank(text);
}

/** Nobody writes a decimal number in pairs of digits. */
const bytesApart = /^[\dA-F]{2}(?:[ :.-][\dA-F]{2})+$/;

function readBare(digits: string, isSurelyHex: boolean): CardNumber | undefined {
  if (/^\d{10}$/.test(digits) && !isSurelyHex) {
    const value = Number(digits);
    const hex = value
      .toString(16)
      .toUpperCase()
      .padStart(2 * shortestBytes, '0');
    return value > largestDecimal ? undefined : { hex, reading: 'decimal' };
  }
  return hasBytes(digits) ? { hex: digits, reading: 'hexadecimal' } : undefined;
}

/**
 * Reads a card number as it is printed: ten decimal digits, leading zeros included (its four bytes in the
 * order in which hexadecimal writes them), or 4 to 10 bytes in hexadecimal, together or apart, with or
 * without `0x`. Ten digits without a letter are decimal unless their bytes stand apart.
 */
export function readCardNumber(typed: string): CardNumber | { readonly problem: CardNumberProblem } {
  const text = typed.trim().toUpperCase();
  const isSurelyHex = text.startsWith('0X') || bytesApart.test(text);
  const digits = text.replace(/^0X/, '').replace(/[\s:.-]/g, '');
  if (digits === '') return { problem: 'card_number_empty' };
  if (digits.length > 2 * longestBytes) return { problem: 'card_number_too_long' };
  const read = readBare(digits, isSurelyHex);
  if (read === undefined) return { problem: 'card_number_form' };
  return isBlank(read.hex) ? { problem: 'card_number_blank' } : read;
}

/** The bytes of a card number apart, as people compare them with a card: `04 5E 2A 91`. */
export function cardBytesApart(hex: string): string {
  return hex.replace(/..(?=.)/g, '$& ');
}

/** So many of its last digits say which card it is, and do not make another one of it. */
const endingLength = 4;

/** The end of a card number, by which people who know the card recognise it. */
export function cardEnding(hex: string): string {
  return hex.slice(-endingLength);
}
