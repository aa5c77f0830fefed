import type { User } from '@claviger/protocol';
import { editorOf } from '../../../app/edit/draft.ts';

/** What Edit changes of a User. */
export interface EditedUser {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly plates: readonly string[];
  readonly entityIds: readonly string[];
}

/** How many plates a User may have, and characters a plate. */
export const platesLimit = 10;
export const plateLength = 16;

/** The plates with the one that stands in the entry, once each, as they are written on vehicles. */
export function platesWith(plates: readonly string[], entry: string): readonly string[] {
  const plate = entry.trim().toLocaleUpperCase();
  const isNew = plate !== '' && plates.length < platesLimit && !plates.includes(plate);
  return isNew ? [...plates, plate] : plates;
}

/** How a User is edited. */
export const userEditor = editorOf(({ name, email, phone, mobile, plates, entities }: User): EditedUser => ({
  ...{ name, email, phone, mobile, plates },
  entityIds: entities.map(({ id }) => id),
}));
