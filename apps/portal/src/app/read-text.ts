import { firstCharacters } from '@claviger/domain';

/** A text of an address, without what it is too long by; undefined where there is none. */
export function readText(value: unknown, lengthLimit: number): string | undefined {
  // A number in the address (`?text=7`) is a text that looks like one.
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  const trimmed = firstCharacters(text.trim(), lengthLimit);
  return trimmed === '' ? undefined : trimmed;
}
