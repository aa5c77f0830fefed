import { activityTypes, credentialMethods, openingMethods, reasons, type Reason } from '@claviger/domain';
import { z } from 'zod';
import { mailLanguages } from './keys.ts';
import { instant, keyBeginning, line, location, pageOf, uuid } from './shapes.ts';

export const activityEvent = z
  .object({
    id: z.string().meta({ description: 'device.logEpoch.sequence' }),
    lockId: uuid,
    lockName: z.string(),
    type: z.enum(activityTypes),
    at: instant.meta({ description: "The door's clock" }),
    uncertaintyMs: z.int().nonnegative().meta({ description: 'How far the clock of the door may be off' }),
    receivedAt: instant,
    sequence: z.int().nonnegative(),
    logEpoch: z.int().nonnegative(),
    method: z.enum(openingMethods).optional(),
    isStatic: z.boolean().optional().meta({ description: 'Of a picture that does not move' }),
    second: z
      .enum(credentialMethods)
      .optional()
      .meta({ description: 'The second factor, where it was a right one' }),
    reason: z.enum(reasons as [Reason, ...Reason[]]).optional(),
    keyId: uuid.optional().meta({ description: 'The Key that it is about, where the server knows it' }),
    person: z.string().optional().meta({ description: 'Who asked for it, as this Entity knows the person' }),
    commandId: uuid.optional(),
    unknownSince: instant
      .optional()
      .meta({ description: 'Of events_unknown: from here until `at` nothing is known of the door' }),
    detail: z
      .string()
      .optional()
      .meta({ description: 'What was added, for Advanced: mostly a code with its numbers, `keys 12`' }),
  })
  .meta({ id: 'ActivityEvent' });

const END_OF_9999 = 253_402_300_799_999;
const filterInstant = z.coerce.number().int().nonnegative().max(END_OF_9999);

/** Less of an address is in nearly all of them. */
const emailPartLength = 3;

/** Filters of Logs → Activity; dates are instants, half-open `[from, until)`. */
export const activityFilter = z.object({
  lockId: uuid.optional(),
  location: location
    .min(1)
    .optional()
    .meta({ description: 'Where the lock is now, in the words that people gave' }),
  type: z.enum(activityTypes).optional(),
  key: keyBeginning.optional(),
  email: line
    .min(emailPartLength)
    .max(254)
    .optional()
    .meta({
      description:
        'Part of an address, of the User who asked for it or of whoever the Key was mailed to while its ' +
        'mails are kept, without regard to capitals',
    }),
  from: filterInstant.optional(),
  until: filterInstant.optional(),
  advanced: z.stringbool().default(false),
});

export const activityQuery = activityFilter.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** What an export has: the events of a filter, under headings in one of the languages of mails. */
export const activityExport = activityFilter.extend({
  language: z.enum(mailLanguages).default('en').meta({ description: 'Of the headings' }),
});

export const activityPage = pageOf(activityEvent);

export const dashboard = z
  .object({
    locks: z.object({ total: z.int(), active: z.int(), online: z.int() }),
    unlockedToday: z.int().meta({ description: 'Locks that were unlocked, opened afterwards or not' }),
    unlockedByHour: z.array(z.int()).length(24).meta({ description: "By hour of the Entity's day" }),
    refusalsToday: z.int(),
    lastEventAt: instant.optional(),
  })
  .meta({ id: 'Dashboard' });

/** What the live stream carries: enough to know what to load again, and whole Activity events. */
export const liveMessage = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('lock'), id: uuid }),
  z.object({ topic: z.literal('command'), id: uuid }),
  z.object({ topic: z.literal('activity'), events: z.array(activityEvent) }),
]);

export type ActivityEvent = z.infer<typeof activityEvent>;
export type ActivityExport = z.infer<typeof activityExport>;
export type ActivityFilter = z.infer<typeof activityFilter>;
export type ActivityPage = z.infer<typeof activityPage>;
export type Dashboard = z.infer<typeof dashboard>;
export type LiveMessage = z.infer<typeof liveMessage>;
