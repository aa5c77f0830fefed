import { activityTypes, routineTypes } from '@claviger/domain';
import * as z from 'zod/mini';

const date = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/),
  z.refine((text) => !Number.isNaN(Date.parse(text))),
);

/**
 * The filters as they stand in the address. What cannot be read is as if it was not set: a bad address heals.
 */
const search = z.object({
  lock: z.catch(z.optional(z.uuid()), undefined),
  type: z.catch(z.optional(z.enum(activityTypes)), undefined),
  from: z.catch(z.optional(date), undefined),
  to: z.catch(z.optional(date), undefined),
  advanced: z.catch(z.optional(z.boolean()), undefined),
});

export type ActivitySearch = z.infer<typeof search>;

/**
 * Reads the filters of an address. A type that routine monitoring leaves out needs Advanced; a range that
 * ends before it begins has no end. Filters at rest are left out, to keep addresses short.
 */
export function readSearch(raw: Record<string, unknown>): ActivitySearch {
  const { lock, type, from, to, advanced } = search.parse(raw);
  const isAdvanced = advanced === true || (type !== undefined && !routineTypes.includes(type));
  const isRange = to !== undefined && !(from !== undefined && to < from);
  return {
    ...(lock !== undefined && { lock }),
    ...(type !== undefined && { type }),
    ...(from !== undefined && { from }),
    ...(isRange && { to }),
    ...(isAdvanced && { advanced: true }),
  };
}
