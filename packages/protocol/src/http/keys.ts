import {
  bindingStates,
  capabilities,
  keyStates,
  keyTypes,
  proofObstacles,
  proofs,
  suspendedParts,
  wallMinuteForm,
} from '@claviger/domain';
import { z } from 'zod';
import { answer } from '../explain/answer.ts';
import { email, instant, keyBeginning, pageOf, personalName, uuid, version, line } from './shapes.ts';

/**
 * A whole minute as the wall clock of the Entity reads it, `2026-11-25T19:00`. In a repeated hour a
 * beginning takes the earlier reading and an end the later; a skipped one is refused (`time_is_skipped`).
 */
export const wallMinute = z.iso
  .datetime({ local: true, precision: -1 })
  .regex(wallMinuteForm)
  .meta({ description: 'A whole minute on the wall clock of the Entity, 2026-11-25T19:00' });

export const maxUses = z.int().min(1).max(255).meta({ description: 'Grants at each lock' });

/** What a screen calls a Key's state: the stored one, or what the clock makes of an active one. */
export const keyStatuses = [
  'active',
  'not_yet',
  'expired',
  ...keyStates.filter((s) => s !== 'active'),
] as const;
export type KeyStatus = (typeof keyStatuses)[number];

export const suspensions = ['holder_deactivated', 'not_restored', 'mandate_ended'] as const;
export type Suspension = (typeof suspensions)[number];

/**
 * How far the door has what the server wants there (PRODUCT section 2, desired and actual). `pending`: on its
 * way since `since`, or held back by the door itself: its older disk came back (`counters_in_doubt`) or its
 * record of this Key was damaged (`record_damaged`), until it has the counter back, which nobody knows where
 * events that would tell it are lost (`counter_unknown`); `offline`: waits for a door that is away since
 * then.
 */
export const enforcement = z.discriminatedUnion('state', [
  z.object({ state: z.literal('enforced'), since: instant }),
  z.object({
    state: z.literal('pending'),
    since: instant,
    cause: z.enum(['sending', 'refused_by_door', 'counters_in_doubt', 'record_damaged', 'counter_unknown']),
  }),
  z.object({ state: z.literal('offline'), since: instant }),
]);

const proof = z.enum(proofs);

/** What a way to show a Key does at a lock, by what the lock asks for now (SEMANTICS M1, M5, M8). */
export const proofUse = z
  .discriminatedUnion('opens', [
    z.object({ proof, opens: z.literal('alone') }),
    z.object({ proof, opens: z.literal('together'), with: z.array(proof).readonly() }),
    z.object({ proof, opens: z.literal('never'), obstacle: z.enum(proofObstacles) }),
  ])
  .meta({ id: 'ProofUse' });

const keyBinding = z.object({
  lockId: uuid,
  lockName: z.string(),
  state: z.enum(bindingStates),
  capabilities: z.array(z.enum(capabilities)),
  proofs: z.array(proofUse).readonly().meta({ description: 'Of those that the Key has' }),
  usesSpent: z.int().nonnegative().meta({ description: 'In all histories of the door, as it last told' }),
  enforcement,
});

/** The static picture of the QR that somebody shared last (PRODUCT section 3, "QR"). */
const sharedPicture = z.object({
  sharedAt: instant,
  isCurrent: z.boolean().meta({ description: 'Whether it still opens: a new issue ends older pictures' }),
});

/** The card of a Key: a bare number, which can be copied. */
const heldCard = z.object({
  ending: z.string().meta({ description: 'The last four hexadecimal digits of its number' }),
  givenAt: instant,
});

/** What a person types; what it may be, `readCardNumber` says. */
const typedCardNumber = z
  .string()
  .max(100, 'card_number_too_long')
  .meta({ description: 'RF card number: ten decimal digits, or 4 to 10 bytes in hexadecimal' });

export const key = z
  .object({
    id: uuid,
    type: z.enum(keyTypes),
    status: z.enum(keyStatuses),
    suspension: z.enum(suspensions).optional().meta({
      description: 'Why a Key is suspended: holder deactivated, or back without it; or its Mandate is over',
    }),
    holder: z.string().meta({ description: 'The User or the name that was given' }),
    email: z.string().optional(),
    validFrom: instant.optional(),
    validUntil: instant.optional(),
    maxUses: maxUses.optional(),
    hasPin: z.boolean().meta({ description: 'Whether a lock of it has a keypad' }),
    picture: sharedPicture.optional().meta({ description: 'Absent: none was ever shared' }),
    card: heldCard.optional().meta({ description: 'RF card number' }),
    bindings: z.array(keyBinding),
    createdAt: instant,
    mandateId: uuid.optional().meta({ description: 'The Mandate with which it ends, unless it is adopted' }),
    createdBy: z.string().optional(),
    emailedAt: instant.optional(),
    emailFailure: z
      .string()
      .optional()
      .meta({ description: 'Why the newest mail was not sent, in the words of the mail server' }),
    version: version.meta({ description: 'Send it back with a change' }),
  })
  .meta({ id: 'Key' });

/** The languages that mails are written in. */
export const mailLanguages = ['en', 'de', 'zh'] as const;
export type MailLanguage = (typeof mailLanguages)[number];

const language = z.enum(mailLanguages).default('en').meta({ description: 'Of the mail' });

export const createGuestKeyInput = z
  .object({
    lockId: uuid,
    name: personalName.optional(),
    validFrom: wallMinute,
    validUntil: wallMinute,
    maxUses: maxUses.optional(),
    card: typedCardNumber.optional(),
    email: email.optional().meta({ description: 'The link is mailed there at once' }),
    withPicture: z
      .boolean()
      .default(false)
      .meta({ description: 'Share its QR as a static picture too; a mail then carries it' }),
    language,
  })
  .strict();

export const updateKeyInput = z
  .object({
    validFrom: wallMinute,
    validUntil: wallMinute,
    maxUses: maxUses.nullable().optional().meta({ description: 'null takes the maximum away' }),
    card: typedCardNumber.nullable().optional().meta({ description: 'null takes the card away' }),
    version,
  })
  .strict();

/** What a maker hands on. A secret: whoever has it is let in. */
export const keySecrets = z
  .object({
    link: z.string().meta({ description: 'The page of the Key; the token is in the fragment' }),
    pin: z.string().optional().meta({ description: 'Where a lock of it takes it, alone or with another' }),
    picture: z
      .string()
      .optional()
      .meta({ description: 'The text in its static picture, where one was shared that still opens' }),
  })
  .meta({ id: 'KeySecrets' });

export const createdKey = z.object({ key, secrets: keySecrets }).meta({ id: 'CreatedKey' });

export const sendKeyInput = z
  .object({
    email,
    withPicture: z
      .boolean()
      .default(false)
      .meta({ description: 'Attach the static picture; refused where none was shared that still opens' }),
    language,
  })
  .strict();

export const keyFilter = z.object({
  lockId: uuid.optional(),
  status: z.enum(keyStatuses).optional(),
  type: z.enum(keyTypes).optional(),
  email: line.max(254).optional().meta({ description: 'Part of it' }),
  key: keyBeginning.optional(),
});

export const keyQuery = keyFilter.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** Why somebody deletes a Key, if they say it; it stands in the Audit alone. The body may be left out. */
export const deleteKeyInput = z
  .object({ reason: line.min(1).max(300).optional() })
  .strict()
  .nullish();

export const keyPage = pageOf(key);

/**
 * What the door has at the moment of the question. The checks are those of what is asked for; a door that has
 * not confirmed it decides by what it knows.
 */
const whyDoor = keyBinding.pick({ state: true, enforcement: true }).extend({
  offlineSince: instant.optional().meta({ description: 'While the door is away, whatever it has' }),
});

/** Would it open, or why did it not: every check in its order, by the same table as at the door. */
export const why = z
  .object({
    answer,
    door: whyDoor.optional().meta({ description: 'At a Key; an event was decided by what the door had' }),
    uncertaintyMs: z
      .int()
      .nonnegative()
      .optional()
      .meta({ description: 'At an event: how far the clock of the door may have been off' }),
    suspended: z.enum(suspendedParts).optional().meta({ description: 'What is, with holder_suspended' }),
    isByRuleOfQr: z.boolean().optional().meta({
      description: 'The door did not know this Key yet and took what its QR says: no checks are told',
    }),
    differs: z
      .string()
      .optional()
      .meta({ description: 'The reason that the door gave, where it knew what the server cannot know' }),
  })
  .meta({ id: 'Why' });

export const whyQuery = z.object({
  lockId: uuid,
  method: z.enum(['link', 'pin', 'qr', 'card']),
  isStatic: z
    .stringbool()
    .default(false)
    .meta({ description: 'With qr: the static picture that was shared last, not the one that moves' }),
  at: wallMinute.optional().meta({ description: 'Left out: now' }),
});

export type Key = z.infer<typeof key>;
export type KeySecrets = z.infer<typeof keySecrets>;
export type KeyFilter = z.infer<typeof keyFilter>;
export type KeyPage = z.infer<typeof keyPage>;
export type Why = z.infer<typeof why>;
