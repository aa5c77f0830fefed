/** A PIN is 6 to 9 digits (PRODUCT section 3, "PIN"). */
export const pinLengths = [6, 7, 8, 9] as const;
export type PinLength = (typeof pinLengths)[number];

/**
 * How many live PINs of a length a lock may hold. With the pauses after wrong tries a robot then opens it
 * within a day with a probability of at most 1/1000 (reliability 3.10). Duress variants are counted like
 * PINs.
 */
const roomAtLength: Readonly<Record<PinLength, number>> = { 6: 9, 7: 90, 8: 900, 9: Infinity };

/** How many live values a lock holds, by their length. */
export type LivePins = Readonly<Record<PinLength, number>>;

export function hasPinForm(typed: string): boolean {
  return /^\d{6,9}$/.test(typed);
}

/** The shortest length with room for so many new values on every one of these locks. */
export function shortestPinLength(locks: readonly LivePins[], newValues: number): PinLength {
  const hasRoom = (length: PinLength): boolean =>
    locks.every((live) => live[length] + newValues <= roomAtLength[length]);
  return pinLengths.find(hasRoom) ?? 9;
}

/** Under duress the last digit is one higher, 9 becoming 0: it opens, and alarms without a sign. */
export function duressVariantOf(pin: string): string {
  return pin.slice(0, -1) + String((Number(pin.slice(-1)) + 1) % 10);
}

/** One step between all neighbours, around the clock of ten digits: 111111, 123456, 864208. */
function isRun(digits: readonly number[]): boolean {
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10);
  return new Set(steps).size === 1;
}

/** The same one, two or three digits over and over: 121212, 456456, 7171717. */
function isRepetition(pin: string): boolean {
  return [1, 2, 3].some((period) => pin.slice(period) === pin.slice(0, -period));
}

const datesOf: Readonly<Partial<Record<number, readonly RegExp[]>>> = (() => {
  const day = '(0[1-9]|[12]\\d|3[01])';
  const month = '(0[1-9]|1[0-2])';
  const orders = (year: string): RegExp[] =>
    [day + month + year, month + day + year, year + month + day].map((order) => new RegExp(`^${order}$`));
  return { 6: orders('\\d\\d'), 8: orders('(19|20)\\d\\d') };
})();

/** A date of somebody's life in any common order: 241225, 12241990, 19901224. */
function isDate(pin: string): boolean {
  return datesOf[pin.length]?.some((order) => order.test(pin)) ?? false;
}

/** What people try first. To whoever typed it, weak, short and taken are one and the same answer. */
export function isWeakPin(pin: string): boolean {
  return isRun(Array.from(pin, Number)) || isRepetition(pin) || isDate(pin);
}
