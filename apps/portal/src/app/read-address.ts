import { firstCharacters, uuidBeginning } from '@claviger/domain';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The identifier that an address carries; what is none is as if it was not there. */
export function readUuid(value: unknown): string | undefined {
  return typeof value === 'string' && uuid.test(value) ? value : undefined;
}

/** A part of an identifier, as it was typed: at least four characters of it. */
export function readUuidPart(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[0-9a-f-]{4,36}$/i.test(text.trim()) ? text.trim() : undefined;
}

/** A Key UUID, or its beginning, that an address carries, as it was typed; a number too (`?key=7`). */
export function readKeyBeginning(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && uuidBeginning(text) !== undefined ? text.trim() : undefined;
}

/** A text of an address, without what it is too long by; undefined where there is none. */
export function readText(value: unknown, lengthLimit: number): string | undefined {
  // A number in the address (`?text=7`) is a text that looks like one.
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  const trimmed = firstCharacters(text.trim(), lengthLimit);
  return trimmed === '' ? undefined : trimmed;
}
