import { z } from 'zod';
import { personalName, uuid, version } from '../shapes.ts';

/** The lists of which one can keep a view. */
export const viewedLists = ['entities', 'users', 'keys', 'activity', 'audit'] as const;
export type ViewedList = (typeof viewedLists)[number];

/** Filters as they stand in an address, behind its question mark; the page of the list heals what is none. */
const filters = z
  .string()
  .min(1)
  .max(2_000)
  .regex(/^[\x21-\x7e]+$/, 'filters')
  .meta({ description: 'As they stand in the address of the list' });

/** The filters of a list under a name, of one person in one Entity. */
export const savedView = z
  .object({
    id: uuid,
    list: z.enum(viewedLists),
    name: z.string(),
    filters: z.string(),
    version: version.meta({ description: 'Send it back with a change' }),
  })
  .meta({ id: 'SavedView' });

export const savedViews = z.object({ items: z.array(savedView) }).meta({ description: 'By name' });

export const addSavedViewInput = z
  .object({ list: z.enum(viewedLists), name: personalName, filters })
  .strict();

export const renameSavedViewInput = z.object({ name: personalName, version }).strict();

export type SavedView = z.infer<typeof savedView>;
