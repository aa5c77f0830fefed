/** Bytes of the numbers that cards of ISO/IEC 14443 tell: single, double and triple size. */
const numberLengths = [4, 7, 10];

/**
 * The number of a card as its reader hands it over: pairs of hexadecimal digits, in capitals, nothing between
 * them. People type it with spaces, colons or hyphens. Undefined if it is no card's number.
 */
export function readCardNumber(typed: string): string | undefined {
  const digits = typed.replace(/[\s:-]/g, '').toUpperCase();
  const isNumber = /^[\dA-F]+$/.test(digits) && numberLengths.includes(digits.length / 2);
  return isNumber ? digits : undefined;
}

/** A card's number as it is printed on cards: its bytes apart. */
export function printedCardNumber(number: string): string {
  return number.match(/../g)?.join(' ') ?? number;
}
