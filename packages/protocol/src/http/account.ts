import { entityRoles } from '@claviger/domain';
import { z } from 'zod';
import {
  claimCode,
  email,
  instant,
  line,
  password,
  serialNumber,
  timeZone,
  typedPassword,
  uuid,
} from './shapes.ts';

/** What a visitor who has not signed in may know of this installation. */
export const installation = z
  .object({
    mode: z.enum(['demo', 'real']),
    version: z.string(),
    needsBootstrap: z.boolean().meta({ description: 'No operator exists yet' }),
  })
  .meta({ id: 'Installation' });

export const signInInput = z.object({ email, password: typedPassword }).strict();

export const registrationInput = z
  .object({
    email,
    password,
    serial: serialNumber,
    code: claimCode,
    address: line.max(200).optional(),
    zone: timeZone,
  })
  .strict();

export const bootstrapInput = z.object({ token: line.min(1).max(128), email, password }).strict();

export const membership = z
  .object({
    entityId: uuid,
    code: z.string(),
    name: z.string(),
    kind: z.enum(['home', 'community', 'commercial']),
    zone: z.string(),
    role: z.enum(entityRoles),
    lockCount: z.int().nonnegative(),
    may: z
      .array(z.string())
      .readonly()
      .meta({ description: 'The calls that this person may make in the Entity, by their operationId' }),
  })
  .meta({ id: 'Membership' });

export const session = z
  .object({
    account: z.object({ id: uuid, email: z.string(), isOperator: z.boolean() }),
    expiresAt: instant,
    memberships: z.array(membership),
  })
  .meta({ id: 'Session' });

export const registrationAnswer = z.object({ entityId: uuid, lockId: uuid }).meta({ id: 'Registration' });

export type Installation = z.infer<typeof installation>;
export type Session = z.infer<typeof session>;
export type Membership = z.infer<typeof membership>;
