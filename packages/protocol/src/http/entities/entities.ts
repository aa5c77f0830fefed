import { entityRoles } from '@claviger/domain';
import { z } from 'zod';
import { mailLanguages } from '../keys.ts';
import { email, instant, line, personalName, timeZone, uuid, version } from '../shapes.ts';

export const entityKinds = ['home', 'community', 'commercial'] as const;
export type EntityKind = (typeof entityKinds)[number];

/** Letters, numbers and underscores; small letters become capitals. One Owner has each code once. */
export const entityCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_]{1,40}$/)
  .toUpperCase();

const description = line.max(500);
const address = line.max(200);

export const entity = z
  .object({
    id: uuid,
    code: z.string(),
    name: z.string(),
    description: z.string(),
    kind: z.enum(entityKinds),
    zone: z.string(),
    address: z.string(),
    role: z.enum(entityRoles).meta({ description: 'What the caller is there' }),
    lockCount: z.int().nonnegative(),
    userCount: z.int().nonnegative().meta({ description: 'Users with a role there now' }),
    isProvisional: z.boolean().meta({
      description:
        'A registration drew kind and code: while it has one User and one lock at most, choose once',
    }),
    createdAt: instant,
    version: version.meta({ description: 'Send it back with a change' }),
  })
  .meta({ id: 'Entity' });

export const entityList = z.object({ items: z.array(entity) });

export const createEntityInput = z
  .object({
    name: personalName,
    code: entityCode,
    description: description.optional(),
    kind: z.enum(entityKinds),
    zone: timeZone,
    address: address.optional(),
    localAdmin: z
      .object({ email, language: z.enum(mailLanguages).default('en') })
      .strict()
      .optional()
      .meta({ description: 'Who is invited to become its first Local Admin, in this language' }),
  })
  .strict();

/** What is left out stays as it is. */
export const updateEntityInput = z
  .object({
    name: personalName.optional(),
    description: description.optional(),
    zone: timeZone.optional(),
    address: address.optional(),
    code: entityCode.optional(),
    kind: z.enum(entityKinds).optional(),
    version,
  })
  .strict();

export type Entity = z.infer<typeof entity>;
