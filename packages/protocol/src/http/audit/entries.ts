import { z } from 'zod';
import { mailLanguages } from '../keys.ts';
import { instant, line, pageOf, uuid } from '../shapes.ts';
import { auditOperations, auditOutcomes, auditSortings } from './operations.ts';

const fields = z.record(z.string(), z.unknown());

export const auditEntry = z
  .object({
    sequence: z.int().positive().meta({ description: "The number in the Entity's chain" }),
    at: instant,
    firstAt: instant.optional().meta({ description: 'Of repeats: when the first of them came' }),
    count: z.int().positive().meta({ description: 'So many calls are this one entry' }),
    operation: z.string().meta({ description: 'One of the known operations, or of an older version' }),
    objectType: z.string().optional(),
    objectId: uuid.optional(),
    objectName: z
      .string()
      .optional()
      .meta({ description: 'What it is called: a lock, an Entity, the holder of a Key' }),
    outcome: z.enum(auditOutcomes),
    code: z.string().optional().meta({ description: 'Why it was refused: a code of the catalogue' }),
    cause: z.string().optional().meta({ description: 'What the code does not tell' }),
    reason: z.string().optional().meta({ description: 'Why the person did it, where a form asked' }),
    isReasonErased: z.literal(true).optional(),
    userId: uuid.optional(),
    name: z.string().optional().meta({ description: 'The name that the person had' }),
    address: z.string().optional().meta({ description: 'Where the call came from' }),
    apiKey: z
      .string()
      .optional()
      .meta({ description: 'The API key with which a program acted for the person' }),
    isActorErased: z.literal(true).optional(),
    mandateId: uuid.optional().meta({ description: 'On whose behalf' }),
    before: fields.optional(),
    after: fields.optional(),
    requestId: z.string().optional(),
    hash: z.string().meta({ description: 'SHA-256 of the entry and of all before it, in hexadecimal' }),
  })
  .meta({ id: 'AuditEntry' });

const END_OF_9999 = 253_402_300_799_999;
const filterInstant = z.coerce.number().int().nonnegative().max(END_OF_9999);
const operationList = z
  .string()
  .max(2_000)
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(auditOperations)).max(auditOperations.length));

/** A part of an identifier, as identifiers are written. */
const uuidPart = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f-]{4,36}$/, 'not_a_uuid');

/** Filters of Logs → Audit; dates are instants, half-open `[from, until)`. */
export const auditFilter = z.object({
  search: line
    .min(1)
    .max(80)
    .optional()
    .meta({ description: 'Part of the name of who acted, or of an operation or a code' }),
  alsoOperations: operationList.optional().meta({
    description:
      'With `search`: operations whose name in the language of the reader has the text, with commas',
  }),
  operation: z.enum(auditOperations).optional(),
  outcome: z.enum(auditOutcomes).optional(),
  lockId: uuid.optional().meta({ description: 'About this lock, or about Keys that are bound to it' }),
  objectId: uuidPart.optional().meta({ description: 'An identifier, or at least four characters of one' }),
  userId: uuid.optional(),
  requestId: uuid.optional(),
  from: filterInstant.optional(),
  until: filterInstant.optional(),
});

export const auditQuery = auditFilter.extend({
  sort: z.enum(auditSortings).default('time'),
  order: z.enum(['asc', 'desc']).default('desc'),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

/** What an export has: the entries of a filter, newest first, under headings in one of the languages. */
export const auditExport = auditFilter.extend({
  language: z.enum(mailLanguages).default('en').meta({ description: 'Of the headings' }),
});

export const auditPage = pageOf(auditEntry);

/** Who has acted in an Entity, for its filter; without a name who was erased. */
export const auditPeople = z.object({
  items: z.array(z.object({ userId: uuid, name: z.string().optional() })),
});

export type AuditEntry = z.infer<typeof auditEntry>;
export type AuditExport = z.infer<typeof auditExport>;
export type AuditFilter = z.infer<typeof auditFilter>;
export type AuditListQuery = z.infer<typeof auditQuery>;
export type AuditPage = z.infer<typeof auditPage>;
export type AuditPeople = z.infer<typeof auditPeople>;
