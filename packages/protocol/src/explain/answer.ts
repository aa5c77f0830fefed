import { doorModes, reasons } from '@claviger/domain';
import { z } from 'zod';

const checkNames = reasons.filter((reason) => reason !== 'granted' && reason !== 'offline');

/** What was decided on one attempt, and every check with its result in the order in which they are made. */
export const answer = z.strictObject({
  attempt: z.int().nonnegative().meta({ description: 'Its place in the file, from 0' }),
  lock: z.string(),
  at: z.iso.datetime({ offset: true }),
  decision: z.enum(['granted', 'denied']),
  reason: z.enum(reasons as [(typeof reasons)[number], ...(typeof reasons)[number][]]),
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
});
export type Answer = z.output<typeof answer>;
