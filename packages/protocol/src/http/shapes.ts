import { uuidBeginning } from '@claviger/domain';
import { z } from 'zod';
import { errorStatuses, type ErrorCode } from '../errors.ts';

export const uuid = z.uuid();
/** A Key UUID or its beginning, as people type it; what cannot be one is refused, and the rest made alike. */
export const keyBeginning = z
  .string()
  .max(38)
  .refine((text) => uuidBeginning(text) !== undefined, 'uuid_beginning')
  .overwrite((text) => uuidBeginning(text) ?? text)
  .meta({ description: 'Key UUID, or its beginning; with dashes or without' });

/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export const instant = z.int().nonnegative().meta({ description: 'Milliseconds since 1970-01-01T00:00:00Z' });

/** One line of text that people type: no control characters, no turned direction, no half characters. */
export const line = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u, 'name_has_control_characters');

/** A name that people give: a trimmed line of 1 to 80 characters, at least one of which can be seen. */
export const personalName = line
  .min(1)
  .max(80)
  .regex(/^$|[^\p{Z}\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/u, 'name_is_invisible');

/** Where something is, in people's words: a trimmed line of up to 120 characters, or nothing. */
export const location = line.max(120);

/** How often a row was changed; sent back with a change, it tells that nobody else changed it meanwhile. */
export const version = z.int().positive().max(2_147_483_647);

export const email = z.email().max(254).meta({ description: 'An e-mail address' });

/** Any text that is one: half of a surrogate pair would be hashed like every other half. */
export const typedPassword = z
  .string()
  .min(1)
  .max(128)
  .regex(/^\P{Cs}*$/u);
/** Passwords: 10 to 128 characters; what they consist of is the person's affair (NIST SP 800-63B 5.1.1). */
export const password = typedPassword.min(10);
/** An IANA time zone such as `Europe/Berlin`; the server refuses one that it does not know. */
export const timeZone = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_+\-/]+$/);

export const serialNumber = line.min(1).max(40).meta({ description: 'As printed on the label' });
export const claimCode = line.min(1).max(120).meta({ description: 'Pairing code or Matter code' });

const codes = Object.keys(errorStatuses) as [ErrorCode, ...ErrorCode[]];

/** Every refusal looks like this. */
export const errorAnswer = z
  .object({
    error: z.object({
      code: z.enum(codes),
      message: z.string(),
      requestId: z.string(),
      retryAfterS: z.number().nonnegative().optional(),
      issues: z.array(z.object({ path: z.string(), problem: z.string() })).optional(),
    }),
  })
  .meta({ id: 'Error' });

/** One page of a list; `next` continues it and is absent on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}

export const nothing = z.object({}).strict();
