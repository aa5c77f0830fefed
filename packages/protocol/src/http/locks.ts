import {
  assurances,
  commandStages,
  doorStates,
  doubtCauses,
  lockStatuses,
  reasons,
  type Reason,
} from '@claviger/domain';
import { z } from 'zod';
import { enforcement } from './keys.ts';
import { claimCode, instant, location, personalName, serialNumber, uuid, version } from './shapes.ts';

const reason = z.enum(reasons as [Reason, ...Reason[]]);

/** What a lock asks of a credential, and what its Entity allows there although it can be copied. */
const lockLeaves = {
  minimumAssurance: z.enum(assurances).meta({ description: 'What proves less is assurance_too_low' }),
  takesStaticQr: z.boolean().meta({ description: 'Static pictures of permanent Keys, not only of guests' }),
  takesCardNumbers: z.boolean().meta({ description: 'Bare card numbers, which can be copied' }),
};

export const lock = z
  .object({
    id: uuid,
    name: z.string(),
    location: z.string(),
    status: z.enum(lockStatuses),
    claimExpiresAt: instant
      .optional()
      .meta({ description: 'While claiming: when it falls back to unclaimed' }),
    serial: z.string(),
    model: z.string(),
    isOnline: z.boolean(),
    offlineSince: instant.optional(),
    lastActivityAt: instant.optional(),
    door: z.object({ state: z.enum(doorStates), isTampered: z.boolean(), since: instant.optional() }),
    olderDisk: z
      .object({ since: instant, cause: z.enum(doubtCauses) })
      .optional()
      .meta({
        description:
          'While an older disk runs there, or its memory is damaged: Keys with a number of uses wait for ' +
          'their counters',
      }),
    ...lockLeaves,
    accessList: enforcement
      .optional()
      .meta({ description: 'How far the door has what is wanted there; absent before its first list' }),
    unlockForMs: z.int().meta({ description: 'How long an opening leaves it unlocked, in milliseconds' }),
    openableAt: instant.optional().meta({ description: 'While it cools down: when Open works again' }),
    version: version.meta({ description: 'Send it back with a change' }),
  })
  .meta({ id: 'Lock' });

export const addLockInput = z
  .object({
    serial: serialNumber,
    code: claimCode,
    name: personalName.optional(),
    location: location.optional(),
  })
  .strict();

/** What is left out stays as it is. */
export const updateLockInput = z
  .object({
    name: personalName.optional(),
    location: location.optional(),
    minimumAssurance: lockLeaves.minimumAssurance.optional(),
    takesStaticQr: lockLeaves.takesStaticQr.optional(),
    takesCardNumbers: lockLeaves.takesCardNumbers.optional(),
    version,
  })
  .strict();

export const command = z
  .object({
    id: uuid,
    lockId: uuid,
    type: z.literal('open'),
    stage: z.enum(commandStages),
    reason: reason.optional(),
    issuedAt: instant,
    notAfter: instant,
    stages: z.array(z.object({ stage: z.enum(commandStages), at: instant })).meta({
      description: 'The ladder so far: when the door told of each rung, or when its log says that it was',
    }),
  })
  .meta({ id: 'Command' });

export const lockList = z.object({ items: z.array(lock) });

export type Lock = z.infer<typeof lock>;
export type Command = z.infer<typeof command>;
