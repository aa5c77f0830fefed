import { z } from 'zod';
import { mailLanguages } from '../keys.ts';
import { uuid } from '../shapes.ts';
import { importCheckOf, importField, importLinesLimit, lineNumber } from './imports.ts';

/** The columns of a CSV of Users, as an export writes them and an import reads them. */
export const userColumns = [
  'name',
  'email',
  'phone',
  'mobile',
  'plates',
  'entity',
  'welcome',
  'status',
] as const;
export type UserColumn = (typeof userColumns)[number];

/** What can be wrong with a line, and in which column. */
export const userImportProblems = {
  name: 'name',
  email: 'email',
  twice: 'email',
  user_exists: 'email',
  phone: 'phone',
  mobile: 'mobile',
  plates: 'plates',
  entity_unknown: 'entity',
  welcome: 'welcome',
  deactivated: 'status',
} as const satisfies Readonly<Record<string, UserColumn>>;
export type UserImportProblem = keyof typeof userImportProblems;

const userLine = z
  .object({
    line: lineNumber,
    name: importField,
    email: importField,
    phone: importField.optional(),
    mobile: importField.optional(),
    plates: importField.optional().meta({ description: 'With commas between' }),
    entity: importField.optional().meta({
      description: 'Codes of Entities with commas between; none: the Entity of the path',
    }),
    welcome: importField.optional().meta({ description: 'Send welcome email: yes or no; none: no' }),
    status: importField.optional().meta({ description: 'Whoever is deactivated is not made anew' }),
  })
  .strict();

export const userLinesInput = z.object({ lines: z.array(userLine).min(1).max(importLinesLimit) }).strict();

/** What an import of Users would make, or why it cannot be applied. */
export const userImportCheck = importCheckOf(userImportProblems)
  .extend({
    newUsers: z.int().nonnegative(),
    knownUsers: z.int().nonnegative().meta({ description: 'They are there already, just so' }),
    welcomes: z.int().nonnegative().meta({ description: 'Welcome emails that will be sent' }),
  })
  .meta({ id: 'UserImportCheck' });

export const applyUserImportInput = z
  .object({ language: z.enum(mailLanguages).meta({ description: 'Of the welcome emails' }) })
  .strict();

export const userImportParams = z.object({ entityId: uuid, importId: uuid });

export type UserLine = z.infer<typeof userLine>;
export type UserImportCheck = z.infer<typeof userImportCheck>;
