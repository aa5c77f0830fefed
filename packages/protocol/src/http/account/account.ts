import { entityRoles } from '@claviger/domain';
import { z } from 'zod';
import { mailLanguages } from '../keys.ts';
import {
  claimCode,
  email,
  instant,
  line,
  password,
  personalName,
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
    sendsMail: z.boolean().meta({ description: 'It has a mail server' }),
    signOn: z.string().optional().meta({ description: 'The provider that one can sign in with' }),
    needsBootstrap: z.boolean().meta({ description: 'No operator exists yet' }),
  })
  .meta({ id: 'Installation' });

export const signInInput = z.object({ email, password: typedPassword }).strict();

/** A code of the authenticator app (six digits), or a recovery code. Spaces are for people. */
const code = z
  .string()
  .max(40)
  .regex(/^[\s-]*[A-Za-z0-9][A-Za-z0-9\s-]*$/)
  .overwrite((typed) => typed.replaceAll(/\s/g, ''))
  .meta({ description: 'Six digits of the authenticator app, or a recovery code' });

export const codeInput = z.object({ code }).strict();
export const passwordInput = z.object({ password: typedPassword }).strict();
export const confirmInput = z.union([passwordInput, codeInput]);
export const changePasswordInput = z.object({ password: typedPassword, newPassword: password }).strict();

export const askForResetInput = z.object({ email, language: z.enum(mailLanguages) }).strict();
export const addressInput = z.object({ email }).strict();
export const linkInput = z.object({ token: line.min(1).max(128) }).strict();

export const resetPasswordInput = z.object({ token: line.min(1).max(128), newPassword: password }).strict();

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
    until: instant.optional().meta({ description: 'The end of the role, where it has one' }),
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
      hasPasskey: z.boolean(),
      hasAuthenticator: z.boolean().meta({ description: 'A code is asked for besides the password' }),
      hasSignOn: z.boolean().meta({ description: 'Connected with the provider' }),
      isEmailVerified: z.boolean().meta({ description: 'Notices go to an address that was confirmed' }),
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

export const newAuthenticator = z
  .object({
    uri: z.string().meta({ description: 'otpauth://totp/…, to be shown as a QR' }),
    ...recoveryCodes.shape,
  })
  .meta({ id: 'NewAuthenticator' });

const base64url = z
  .string()
  .max(10_000)
  .regex(/^[A-Za-z0-9_-]*$/);

/** What `navigator.credentials` gave, as JSON (WebAuthn Level 3, 5.1.8), without what nobody asks it for. */
const credential = z.strictObject({
  id: base64url.min(1).max(2_000),
  rawId: base64url.min(1).max(2_000),
  type: z.literal('public-key'),
});

export const passkeyMade = credential.extend({
  response: z.strictObject({
    clientDataJSON: base64url.min(1),
    attestationObject: base64url.min(1),
    transports: z.array(z.string().max(40)).max(10),
  }),
});

export const passkeyShown = credential.extend({
  response: z.strictObject({
    clientDataJSON: base64url.min(1),
    authenticatorData: base64url.min(1),
    signature: base64url.min(1),
    userHandle: base64url.optional(),
  }),
});

/** For `navigator.credentials`, as JSON; the browser knows what else stands in there. */
export const passkeyQuestion = z
  .object({ options: z.looseObject({ challenge: z.string() }) })
  .meta({ id: 'PasskeyQuestion' });
export const newPasskeyQuestion = z
  .object({
    options: z.looseObject({
      challenge: z.string(),
      rp: z.looseObject({ name: z.string() }),
      user: z.looseObject({ id: z.string(), name: z.string(), displayName: z.string() }),
      pubKeyCredParams: z.array(z.looseObject({ type: z.literal('public-key'), alg: z.int() })),
    }),
  })
  .meta({ id: 'NewPasskeyQuestion' });

export const addPasskeyInput = z.object({ name: personalName, passkey: passkeyMade }).strict();
export const passkeyInput = z.object({ passkey: passkeyShown }).strict();

export const passkeyList = z.object({
  items: z.array(z.object({ id: uuid, name: z.string(), createdAt: instant }).meta({ id: 'Passkey' })),
});

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
export type PasskeyQuestion = z.infer<typeof passkeyQuestion>;
export type NewPasskeyQuestion = z.infer<typeof newPasskeyQuestion>;
export type PasskeyMade = z.infer<typeof passkeyMade>;
export type PasskeyShown = z.infer<typeof passkeyShown>;
export type PasskeyList = z.infer<typeof passkeyList>;
export type NewAuthenticator = z.infer<typeof newAuthenticator>;
export type Membership = z.infer<typeof membership>;
