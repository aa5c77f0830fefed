import {
  assurances,
  bindingStates,
  capabilities,
  credentialKinds,
  credentialStates,
  doorModes,
  keyStates,
  keyTypes,
  lockStatuses,
  profileKinds,
  profilePermissions,
  sides,
} from '@claviger/domain';
import { z } from 'zod';
import { bound, clockTime, date, endTime, hours, moment, repeat, weekday } from './times.ts';

const id = z.string().min(1).max(80).meta({ description: 'A name of its own within its list' });
const floor = z.int().min(-99).max(999);
const minutes = z.int().min(1).max(1_000_000);

const holiday = z.strictObject({
  name: z.string().max(80).optional(),
  from: date,
  until: date.meta({ description: 'The last date, included' }),
  yearly: z.boolean().default(false),
  hours: hours.optional().meta({ description: 'Hours of its own; without them the whole day is closed' }),
});

const profile = z.strictObject({
  id,
  kind: z.enum(profileKinds).default('own'),
  permissions: z.array(z.enum(profilePermissions)).default([]),
  /** Access Scheduler: conditions independent of each other; one that is not set does not restrict. */
  scheduler: z
    .strictObject({
      dates: z.strictObject({ from: date.optional(), until: date.optional() }).optional(),
      weekdays: z.array(weekday).optional(),
      hours: hours.optional(),
    })
    .optional(),
});

const accessGroup = z.strictObject({
  id,
  locks: z.array(id).meta({ description: 'They become the Bindings of its Keys' }),
  from: bound.optional(),
  until: bound.optional(),
  repeat: repeat.optional(),
});

/** What a reader path remembers of wrong tries (SEMANTICS C9, C10). */
const pathState = z.strictObject({
  path: id,
  wrongTries: z.int().min(0).max(1000),
  forgivenAt: moment.meta({ description: 'From here the 15 minutes count after which one try is forgiven' }),
  pausedUntil: moment.optional().meta({
    description:
      'Less than 30 minutes after forgivenAt; more than 15 minutes after an attempt it was left by a clock ' +
      'that was set back, and counts as over',
  }),
});

/** What the door remembers; all of it may be left out. */
const doorState = z.strictObject({
  uses: z.array(z.strictObject({ key: id, spent: z.int().min(0) })).default([]),
  paths: z.array(pathState).default([]),
  lastGrants: z
    .array(z.strictObject({ key: id, side: z.enum(sides), at: moment }))
    .default([])
    .meta({ description: 'For anti-passback: the last grant of a Key here' }),
  firstPersonAt: moment.optional().meta({ description: 'The last grant of a Key marked first person' }),
  closedAt: moment.optional().meta({ description: 'When the door last closed' }),
  commandOpenedAt: moment.optional().meta({ description: 'The last opening by command' }),
  shownSteps: z
    .array(z.strictObject({ key: id, at: moment }))
    .default([])
    .meta({ description: 'Rotating QRs accepted here, by an instant within their 30-second step' }),
  buttonCounters: z.array(z.strictObject({ credential: id, counter: z.int().min(0) })).default([]),
  canRecord: z.boolean().default(true),
});

const lock = z.strictObject({
  id,
  status: z.enum(lockStatuses).default('active'),
  capabilities: z.array(z.enum(capabilities)).default([]),
  /** Left out: never saved, restricts nothing. Saved without an interval: always closed. */
  schedule: z
    .strictObject({
      holidayExempt: z.boolean().default(false),
      intervals: z.array(
        z
          .strictObject({ weekday, from: clockTime, until: endTime })
          .refine((span) => span.from !== span.until, { error: 'equal clock times' }),
      ),
    })
    .optional(),
  lockdown: z.boolean().default(false),
  evacuation: z.boolean().default(false),
  minimumAssurance: z.enum(assurances).default('low'),
  secondFactor: z.boolean().default(false),
  staticQr: z.boolean().default(false).meta({ description: 'Opted in to static QRs of permanent Keys' }),
  doorModes: z.array(z.enum(doorModes)).default([]).meta({ description: 'The leave this lock gives' }),
  floors: z.array(floor).default([]),
  antiPassbackMinutes: minutes.optional(),
  firstPersonIn: z.boolean().default(false),
  maximumListAgeMinutes: minutes.optional(),
  whenUnrecorded: z.enum(['deny', 'admit']).default('deny'),
  /** The access list at the door; left out: of the instant of each attempt. */
  list: z
    .strictObject({
      signedAt: moment.optional(),
      confirmedAt: moment
        .optional()
        .meta({ description: 'When the server last confirmed that it is current' }),
      offsetsUntil: moment
        .optional()
        .meta({ description: 'The end of its zone offsets; left out: 400 days on' }),
      issuers: z.array(id).default(['entity']).meta({ description: 'Whose QRs it can verify' }),
    })
    .prefault({}),
  state: doorState.prefault({}),
});

const binding = z.strictObject({
  lock: id,
  from: bound.optional(),
  until: bound.optional(),
  state: z.enum(bindingStates).default('active'),
});

const key = z.strictObject({
  id,
  type: z.enum(keyTypes),
  user: id.optional().meta({ description: 'The User who holds it; left out: a Named holder' }),
  state: z.enum(keyStates).default('active'),
  from: bound.optional(),
  until: bound.optional(),
  repeat: repeat.optional().meta({ description: 'Left out: never' }),
  maxUses: z.int().min(1).max(255).optional(),
  floors: z.array(floor).default([]),
  profile: id.optional(),
  accessGroup: id.optional(),
  emergency: z.boolean().default(false),
  firstPerson: z.boolean().default(false),
  holidayExempt: z.boolean().default(false),
  secondFactor: z.boolean().default(false),
  issue: z.int().min(1).default(1),
  bindings: z.array(binding).default([]),
});

const credential = z.strictObject({
  id,
  key: id,
  kind: z.enum(credentialKinds),
  card: z.enum(['number', 'classic', 'desfire']).optional().meta({ description: 'With kind card only' }),
  lock: id.optional().meta({ description: 'On this lock only; left out: on all the locks of its Key' }),
  state: z.enum(credentialStates).default('active'),
  duress: z.boolean().default(false).meta({ description: 'With kind pin only' }),
});

/** A world in people's terms: everything that the decision needs to know, for several locks of one Entity. */
export const world = z.strictObject({
  zone: z.string().min(1).max(64).meta({ description: 'IANA time zone of the Entity, Europe/Berlin' }),
  holidays: z.array(holiday).default([]),
  profiles: z.array(profile).default([]),
  accessGroups: z.array(accessGroup).default([]),
  locks: z.array(lock).min(1),
  users: z.array(z.strictObject({ id, deactivated: z.boolean().default(false) })).default([]),
  /** Mobile and Intercom, the two chips of a person at a lock; missing means off. */
  chips: z
    .array(
      z.strictObject({
        user: id,
        lock: id,
        mobile: z.boolean().default(false),
        intercom: z.boolean().default(false),
      }),
    )
    .default([]),
  keys: z.array(key).default([]),
  credentials: z.array(credential).default([]),
});
export type World = z.output<typeof world>;
/** A world as it is written: what has a default may be left out. */
export type WrittenWorld = z.input<typeof world>;
