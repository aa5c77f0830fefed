import type { AuditEntry, MailLanguage } from '@claviger/protocol';
import Papa from 'papaparse';
import de from '../../../messages/de.json' with { type: 'json' };
import en from '../../../messages/en.json' with { type: 'json' };
import zh from '../../../messages/zh.json' with { type: 'json' };

/** Without it a spreadsheet reads the file in the code page of its machine, and garbles what is not ASCII. */
const byteOrderMark = '\uFEFF';

/** The server's own messages; the name of each heading says its column. */
type Words = Readonly<Record<keyof typeof en, string>>;
type Column = keyof typeof en extends infer Name ? (Name extends `audit_${infer C}` ? C : never) : never;
const catalogues: Readonly<Record<MailLanguage, Words>> = { en, de, zh };

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

const cells: Readonly<Record<Column, (entry: AuditEntry) => string | undefined>> = {
  number: ({ sequence }) => String(sequence),
  time: ({ at }) => new Date(at).toISOString(),
  first_time: ({ firstAt }) => (firstAt === undefined ? undefined : new Date(firstAt).toISOString()),
  count: ({ count }) => String(count),
  operation: ({ operation }) => operation,
  status: ({ outcome }) => outcome,
  code: ({ code }) => code,
  cause: ({ cause }) => cause,
  user: ({ name, isActorErased }) => name ?? (isActorErased ? 'erased' : undefined),
  user_id: ({ userId }) => userId,
  mandate: ({ mandateId }) => mandateId,
  address: ({ address }) => address,
  object_type: ({ objectType }) => objectType,
  object: ({ objectId }) => objectId,
  lock: ({ objectName }) => objectName,
  reason: ({ reason, isReasonErased }) => reason ?? (isReasonErased ? 'erased' : undefined),
  before: ({ before }) => json(before),
  after: ({ after }) => json(after),
  request: ({ requestId }) => requestId,
  hash: ({ hash }) => hash,
};
const columns = Object.keys(cells) as Column[];

/**
 * How an export begins: its headings, in the language of whoever exports. What stands below them is for
 * programs too: codes as the API has them, and instants in UTC.
 */
export function csvHead(language: MailLanguage): string {
  return byteOrderMark + csv([columns.map((column) => catalogues[language][`audit_${column}`])]);
}

/** Entries as lines of an export. */
export function csvLines(entries: readonly AuditEntry[]): string {
  return csv(entries.map((entry) => columns.map((column) => cells[column](entry) ?? '')));
}

/** One piece of CSV. A cell that a spreadsheet would take for a formula is written as text. */
function csv(rows: string[][]): string {
  return `${Papa.unparse(rows, { escapeFormulae: true, newline: '\r\n' })}\r\n`;
}
