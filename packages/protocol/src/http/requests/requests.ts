import {
  isMandateLength,
  keyTypes,
  parseSerial,
  requestKinds,
  requestLocksLimit,
  requestStates,
} from '@claviger/domain';
import { z } from 'zod';
import { entityCode } from '../entities/entities.ts';
import { mailLanguages } from '../keys.ts';
import { email, instant, line, serialNumber, uuid } from '../shapes.ts';

const language = z.enum(mailLanguages).default('en').meta({ description: 'Of the mails about it' });
const reason = line.min(1).max(500);

/** A serial number with its check character; whether there is such a Device, nobody is told. */
const requestedSerial = serialNumber
  .refine((text) => parseSerial(text) !== undefined, 'serial_malformed')
  .overwrite((text) => parseSerial(text) ?? text);

const minutes = z.int().positive().meta({ description: 'How long the Mandate lasts, in minutes' });

export const requestInstallerAccessInput = z
  .object({
    ownerEmail: email,
    serialNumbers: z.array(requestedSerial).min(1).max(requestLocksLimit),
    durationMinutes: minutes.refine((asked) => isMandateLength('installer', asked), 'duration_out_of_bounds'),
    reason,
    language,
  })
  .strict();

export const requestEntityManagementInput = z.object({ ownerEmail: email, entityCode, language }).strict();

/** What the operator takes without asking. */
export const breakGlassInput = z.object({ ownerEmail: email, entityCode, reason, language }).strict();

/** What the operator has now. */
export const brokenGlass = z
  .object({ entityId: uuid, entityName: z.string(), until: instant })
  .meta({ id: 'BrokenGlass' });

const request = {
  id: uuid,
  kind: z.enum(requestKinds),
  wantedForMinutes: z.int(),
  reason: z.string(),
  state: z.enum(requestStates),
  askedAt: instant,
  expiresAt: instant.meta({ description: 'From then on nobody can decide it' }),
};

/** A request as whoever asked sees it: pending, whether or not anybody received it. */
export const submittedRequest = z
  .object({
    ...request,
    ownerEmail: z.string(),
    serialNumbers: z.array(z.string()),
    entityCode: z.string().optional(),
    mandates: z
      .array(z.object({ entityId: uuid, entityName: z.string(), until: instant }))
      .meta({ description: 'What it became, where it was approved; also what is over' }),
  })
  .meta({ id: 'SubmittedRequest' });

export const submittedRequestList = z.object({ items: z.array(submittedRequest) });

const requestedLock = z.object({ id: uuid, name: z.string(), serial: z.string() });

/** A request as an Entity received it. */
export const incomingRequest = z
  .object({
    ...request,
    email: z.string().meta({ description: 'Of the Account that asks' }),
    locks: z.array(requestedLock).meta({ description: 'Of an installer: those that the Entity has' }),
  })
  .meta({ id: 'IncomingRequest' });

/** A role that somebody has in the Entity until an instant. */
export const mandate = z
  .object({
    id: uuid,
    userId: uuid,
    name: z.string(),
    email: z.string(),
    kind: z.enum(requestKinds).meta({ description: 'What it came of' }),
    role: z.enum(['installer', 'local_admin']),
    locks: z.array(z.object({ id: uuid, name: z.string() })),
    from: instant,
    until: instant,
    isOver: z.boolean(),
    keyCount: z.int().nonnegative().meta({ description: 'Keys that end with it unless they are adopted' }),
  })
  .meta({ id: 'Mandate' });

export const accessRequestList = z
  .object({
    items: z
      .array(incomingRequest)
      .meta({ description: 'Those that wait, then those that are over; each newest first' }),
    mandates: z
      .array(mandate)
      .meta({ description: 'Those that last; then those that are over and left Keys to adopt' }),
  })
  .meta({ id: 'AccessRequests' });

export const approveRequestInput = z.object({ durationMinutes: minutes }).strict();

/** A Key that was made under a Mandate and that nobody has adopted. */
export const mandatedKey = z
  .object({
    id: uuid,
    type: z.enum(keyTypes),
    holder: z.string(),
    locks: z.array(z.string()).meta({ description: 'By name' }),
    wantedUntil: instant.optional().meta({ description: 'Its end, if it is adopted' }),
    isSuspended: z.boolean(),
  })
  .meta({ id: 'MandatedKey' });

export const mandatedKeyList = z.object({ items: z.array(mandatedKey) });

export type SubmittedRequest = z.infer<typeof submittedRequest>;
export type IncomingRequest = z.infer<typeof incomingRequest>;
export type BrokenGlass = z.infer<typeof brokenGlass>;
export type Mandate = z.infer<typeof mandate>;
export type MandatedKey = z.infer<typeof mandatedKey>;
