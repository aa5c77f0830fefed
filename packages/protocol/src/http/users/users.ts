import { entityRoles, keyTypes } from '@claviger/domain';
import { z } from 'zod';
import { mailLanguages } from '../keys.ts';
import { email, instant, line, pageOf, personalName, uuid, version } from '../shapes.ts';

export const userStatuses = ['active', 'deactivated'] as const;
export type UserStatus = (typeof userStatuses)[number];

/** What is done to a User, and not by everybody to everyone. */
const userCalls = ['updateUser', 'deactivateUser', 'reactivateUser'] as const;

/**
 * As people write it: digits with what they put between them; at least three digits, or nothing. The form can
 * be read in one way, so that a long text which is none costs no more than its length: `max` does not end it.
 */
export const phone = line.max(40).regex(/^$|^[+ ()./-]*(?:\d[+ ()./-]*){3,}$/, 'phone');
/** As it stands on the vehicle. */
export const plate = line.min(1).max(16);
export const platesLimit = 10;
const plates = z.array(plate).max(platesLimit);

/** An Entity of which somebody is a User. */
export const userEntity = z
  .object({ id: uuid, code: z.string(), name: z.string(), role: z.enum(entityRoles) })
  .meta({ id: 'UserEntity' });

/** A person as one Owner knows them. */
export const user = z
  .object({
    id: uuid,
    name: z.string(),
    email: z.string(),
    phone: z.string(),
    mobile: z.string(),
    plates: z.array(z.string()),
    photoId: uuid.optional().meta({ description: 'Another one for each photo; absent: there is none' }),
    status: z.enum(userStatuses),
    deactivatedAt: instant.optional(),
    deactivationReason: z.string().optional(),
    role: z.enum(entityRoles).meta({ description: 'In the Entity of the path' }),
    signIn: z.enum(['account', 'invited', 'none']).meta({
      description: 'Whether the person can sign in, was invited to, or neither',
    }),
    entities: z.array(userEntity).meta({ description: 'Those that the caller manages too, by name' }),
    may: z.array(z.enum(userCalls)).meta({
      description: 'Which calls about this User the caller may make, by their operationId',
    }),
    isElsewhere: z.boolean().meta({ description: 'Has a role in an Entity that the caller does not manage' }),
    createdAt: instant,
    version: version.meta({ description: 'Send it back with a change' }),
  })
  .meta({ id: 'User' });

export const userPage = pageOf(user).meta({ description: 'By name' });

export const userQuery = z.object({
  text: line.max(80).optional().meta({
    description: 'A part of name, e-mail address, phone number or licence plate',
  }),
  status: z.enum(userStatuses).optional(),
  cursor: z.string().max(400).optional(),
});

export const userExport = userQuery.omit({ cursor: true });

/** Who has one of these licence plates already; a plate may be shared. */
export const plateQuery = z.object({
  plates: line.max(200).meta({ description: 'Licence plates, with commas between' }),
  except: uuid.optional().meta({ description: 'Not this User' }),
});
export const plateHolders = z.object({ items: z.array(z.object({ plate: z.string(), name: z.string() })) });

const language = z.enum(mailLanguages).default('en');

export const createUserInput = z
  .object({
    name: personalName,
    email,
    phone: phone.optional(),
    mobile: phone.optional(),
    plates: plates.optional(),
    welcome: z
      .object({ language: z.enum(mailLanguages) })
      .strict()
      .optional()
      .meta({
        description: 'Send welcome email: it invites the person to sign in, in this language',
      }),
  })
  .strict();

/** What is left out stays as it is. */
export const updateUserInput = z
  .object({
    name: personalName.optional(),
    email: email.optional().meta({ description: 'Only while the person cannot sign in' }),
    phone: phone.optional(),
    mobile: phone.optional(),
    plates: plates.optional(),
    entityIds: z.array(uuid).max(1_000).optional().meta({
      description: 'Of which Entities among those that the caller manages; those of others stay',
    }),
    version,
  })
  .strict();

/** What an Owner knows of the person who asks. */
export const ownProfile = user
  .pick({ name: true, phone: true, mobile: true, version: true })
  .meta({ id: 'OwnProfile' });

/** What is left out stays as it is. */
export const updateOwnProfileInput = updateUserInput.pick({
  name: true,
  phone: true,
  mobile: true,
  version: true,
});

export const deactivateUserInput = z.object({ reason: line.max(200).optional() }).strict();
/** A Key of a deactivated User, which can come back with the User. */
export const suspendedKey = z
  .object({
    id: uuid,
    type: z.enum(keyTypes),
    holder: z.string().meta({ description: 'As the Key names the User' }),
    entity: z.string().meta({ description: 'The name of its Entity' }),
    locks: z.array(z.string()).meta({ description: 'Their names' }),
    validUntil: instant.optional(),
    isExpired: z.boolean().meta({ description: 'It opens nothing any more and is not restored' }),
    isKeptBack: z.boolean().meta({ description: 'It was not restored when the User came back before' }),
  })
  .meta({ id: 'SuspendedKey' });

export const suspendedKeys = z.object({ items: z.array(suspendedKey) });
export const reactivateUserInput = z
  .object({
    restoreKeyIds: z.array(uuid).max(1_000).meta({
      description: 'Keys to restore; every other Key of the User that is still valid stays suspended',
    }),
  })
  .strict();
export const welcomeUserInput = z.object({ language }).strict();

export type User = z.infer<typeof user>;
export type UserExport = z.infer<typeof userExport>;
export type UserEntity = z.infer<typeof userEntity>;
export type OwnProfile = z.infer<typeof ownProfile>;
export type SuspendedKey = z.infer<typeof suspendedKey>;
