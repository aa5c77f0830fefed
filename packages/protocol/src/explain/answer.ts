import { doorModes, reasons } from '@claviger/domain';
import { z } from 'zod';

const checkNames = reasons.filter((reason) => reason !== 'granted' && reason !== 'offline');

const decision = z.enum(['granted', 'denied']);
const reason = z.enum(reasons as [(typeof reasons)[number], ...(typeof reasons)[number][]]);

/** What was decided on one attempt, and every check with its result in the order in which they are made. */
export const answer = z.strictObject({
  attempt: z.int().nonnegative().meta({ description: 'Its place in the file, from 0' }),
  lock: z.string(),
  at: z.iso.datetime({ offset: true }),
  decision,
  reason,
  key: z
    .string()
    .optional()
    .meta({ description: 'The Key the credential belongs to, when it was recognised' }),
  checks: z.array(
    z.strictObject({
      check: z.enum(checkNames as [(typeof checkNames)[number], ...(typeof checkNames)[number][]]),
      result: z.enum(['passed', 'failed', 'not_tested']),
    }),
  ),
  floors: z
    .array(z.int())
    .optional()
    .meta({ description: 'The floors released, at a lock with lift floors' }),
  doorMode: z.enum(doorModes).optional(),
  silentAlarm: z.boolean(),
  uses: z.strictObject({ spent: z.int(), max: z.int() }).optional(),
  apart: z
    .strictObject({ decision, reason, key: z.string().optional(), silentAlarm: z.boolean() })
    .optional()
    .meta({
      description: "What came of a second factor that is not the same holder's: an attempt of its own",
    }),
});
export type Answer = z.output<typeof answer>;
