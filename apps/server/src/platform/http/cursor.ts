import { Refusal } from '@claviger/protocol';
import { z } from 'zod';

const unknownCursor = { issues: [{ path: 'query.cursor', problem: 'cursor_unknown' }] } as const;
const idForm = z.uuid();

/** The instant of a place, as far as the database knows instants that a row can have. */
export const placeInstant = z.int().nonnegative().max(253_402_300_799_999);

/** A cursor from the place of the last row that was seen: values that JSON knows, opaque to callers. */
export function cursorOf(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** PostgreSQL knows no such character. */
function hasNul(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\0');
}

function parsed(cursor: string): unknown {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(place) && place.some(hasNul) ? undefined : place;
  } catch {
    return undefined;
  }
}

/** The place in a cursor of `cursorOf`. Refuses invalid_input for one that somebody made up. */
export function placeIn<Place>(cursor: string, form: z.ZodType<Place>): Place {
  const place = form.safeParse(parsed(cursor));
  if (!place.success) throw new Refusal('invalid_input', unknownCursor);
  return place.data;
}

/** The identifier of the last row that was seen, which is the whole cursor. Refuses as `placeIn` does. */
export function idIn(cursor: string): string {
  const id = idForm.safeParse(cursor);
  if (!id.success) throw new Refusal('invalid_input', unknownCursor);
  return id.data;
}
