import type { AuditEntry, MailLanguage } from '@claviger/protocol';
import de from '../../../messages/de.json' with { type: 'json' };
import en from '../../../messages/en.json' with { type: 'json' };
import zh from '../../../messages/zh.json' with { type: 'json' };

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
  api_key: ({ apiKey }) => apiKey,
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
 * The headings of an export, in the language of whoever exports. What stands below them is for programs too:
 * codes as the API has them, and instants in UTC.
 */
export function headingsIn(language: MailLanguage): string[] {
  return columns.map((column) => catalogues[language][`audit_${column}`]);
}

/** An entry as a row of an export. */
export function rowOf(entry: AuditEntry): string[] {
  return columns.map((column) => cells[column](entry) ?? '');
}
