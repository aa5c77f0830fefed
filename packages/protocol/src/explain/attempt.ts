import { credentialMethods, doorModes, keyTypes, sides } from '@claviger/domain';
import { z } from 'zod';
import { bound, clockTime, endTime, moment, weekday } from './times.ts';

const id = z.string().min(1).max(80);

export const methods = [...credentialMethods, 'command'] as const;

/**
 * What a QR says besides which credential it is; all of it may be left out. `key` and `type` say it for a
 * QR whose Key the door's list does not know (SEMANTICS C3); a rule left out is that of a counted Key:
 * none.
 */
const shownQr = z.strictObject({
  issuer: id.default('entity'),
  issue: z.int().min(1).optional().meta({ description: 'Left out: the issue of its Key' }),
  signedAt: moment.optional().meta({ description: 'Left out: the instant of the list' }),
  locks: z.array(id).optional().meta({ description: 'The locks it names; left out: this one' }),
  shownAt: moment
    .optional()
    .meta({ description: 'An instant in the 30-second step of a rotating one; left out: now' }),
  isStatic: z.boolean().default(false),
  key: id.optional(),
  type: z.enum(keyTypes).optional(),
  rule: z
    .strictObject({
      from: bound.optional(),
      until: bound.optional(),
      window: z
        .strictObject({
          mode: z.enum(['daily', 'weekly']),
          beginTime: clockTime,
          endTime,
          weekdays: z.array(weekday).optional(),
        })
        .optional(),
    })
    .optional(),
});

const counter = z
  .int()
  .min(0)
  .optional()
  .meta({ description: 'With method button only; left out: the next' });

/** A second factor presented with the first; its path as of the attempt. */
const secondFactor = z.strictObject({
  method: z.enum(['pin', 'qr', 'pass', 'card', 'button', 'finger', 'app'], {
    error: 'a second factor is shown by pin, qr, pass, card, button, finger or app',
  }),
  credential: id.optional().meta({ description: 'Left out: one that nobody has' }),
  path: id.optional(),
  signature: z.enum(['good', 'bad']).default('good'),
  qr: shownQr.prefault({}).meta({ description: 'With method qr or pass only' }),
  counter,
});

/**
 * One attempt at one lock. Attempts are decided in their order, and the door remembers what each leaves
 * behind.
 */
export const attempt = z.strictObject({
  lock: id,
  at: moment,
  uncertaintyS: z.number().min(0).max(86_400).default(0),
  method: z.enum(methods),
  credential: id.optional().meta({ description: 'Left out: one that nobody has' }),
  path: id.optional().meta({ description: 'The reader path; left out: the one reader of this method' }),
  malformed: z.boolean().default(false),
  signature: z.enum(['good', 'bad']).default('good'),
  qr: shownQr.prefault({}).meta({ description: 'With method qr or pass only' }),
  counter,
  side: z.enum(sides).default('entry'),
  floor: z.int().min(-99).max(999).optional(),
  doorMode: z.enum(doorModes).optional(),
  stepUp: z.boolean().default(false).meta({ description: 'With method command only' }),
  secondFactor: secondFactor.optional(),
});
export const attempts = z.array(attempt);
export type Attempt = z.output<typeof attempt>;
export type WrittenAttempt = z.input<typeof attempt>;
