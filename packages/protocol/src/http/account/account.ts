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
} from '../shapes.ts';

/** What a visitor who has not signed in may know of this installation. */
export const installation = z
  .object({
    mode: z.enum(['demo', 'real']),
    version: z.string(),
    needsBootstrap: z.boolean().meta({ description: 'No operator exists yet' }),
  })
  .meta({ id: 'Installation' });

export const signInInput = z.object({ email, password: typedPassword }).strict();

/** A code of the authenticator app (six digits), or a recovery code. Spaces are for people. */
const code = z
  .string()
  .max(40)
  .overwrite((typed) => typed.replaceAll(/\s/g, ''))
  .min(1)
  .meta({ description: 'Six digits of the authenticator app, or a recovery code' });

export const codeInput = z.object({ code }).strict();
export const passwordInput = z.object({ password: typedPassword }).strict();
export const confirmInput = z.union([passwordInput, codeInput]);
export const changePasswordInput = z.object({ password: typedPassword, newPassword: password }).strict();

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
    account: z.object({
      id: uuid,
      email: z.string(),
      isOperator: z.boolean(),
      hasSecondFactor: z.boolean().meta({ description: 'A code is asked for besides the password' }),
    }),
    expiresAt: instant,
    confirmedUntil: instant.meta({
      description: 'What is dangerous asks the person to confirm being there after this',
    }),
    memberships: z.array(membership),
  })
  .meta({ id: 'Session' });

const recoveryCode = z.string();

export const recoveryCodes = z
  .object({ recoveryCodes: z.array(recoveryCode).readonly() })
  .meta({ id: 'RecoveryCodes', description: 'Each works once; they are not shown again' });

export const newSecondFactor = z
  .object({
    uri: z.string().meta({ description: 'otpauth://totp/…, to be shown as a QR' }),
    ...recoveryCodes.shape,
  })
  .meta({ id: 'NewSecondFactor' });

export const sessionList = z.object({
  items: z.array(
    z
      .object({
        id: uuid,
        isThisOne: z.boolean(),
        address: z.string(),
        userAgent: z.string(),
        openedAt: instant,
        usedAt: instant.meta({ description: 'To the hour' }),
      })
      .meta({ id: 'OpenSession' }),
  ),
});

export const registrationAnswer = z.object({ entityId: uuid, lockId: uuid }).meta({ id: 'Registration' });

export type Installation = z.infer<typeof installation>;
export type Session = z.infer<typeof session>;
export type SessionList = z.infer<typeof sessionList>;
export type NewSecondFactor = z.infer<typeof newSecondFactor>;
export type Membership = z.infer<typeof membership>;
