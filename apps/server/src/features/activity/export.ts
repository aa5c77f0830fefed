import type { MailLanguage } from '@claviger/protocol';
import de from '../../../messages/de.json' with { type: 'json' };
import en from '../../../messages/en.json' with { type: 'json' };
import zh from '../../../messages/zh.json' with { type: 'json' };
import type { ListedEvent } from './store.ts';

/** The server's own messages; the name of each heading says its column. */
type Words = Readonly<Record<keyof typeof en, string>>;
type Column = keyof typeof en extends infer Name ? (Name extends `export_${infer C}` ? C : never) : never;
const catalogues: Readonly<Record<MailLanguage, Words>> = { en, de, zh };

const cells: Readonly<Record<Column, (event: ListedEvent) => string | undefined>> = {
  time: ({ at }) => new Date(at).toISOString(),
  lock: ({ lockName }) => lockName,
  location: ({ location }) => location,
  event: ({ type }) => type,
  method: ({ method }) => method,
  person: ({ person }) => person,
  key: ({ keyId }) => keyId,
  reason: ({ reason }) => reason,
  detail: ({ detail }) => detail,
  received: ({ receivedAt }) => new Date(receivedAt).toISOString(),
  event_id: ({ id }) => id,
  second: ({ second }) => second,
  static: ({ isStatic }) => (isStatic === true ? 'true' : undefined),
};
const columns = Object.keys(cells) as Column[];

/**
 * The headings of an export, in the language of whoever exports. What stands below them is for programs too:
 * codes as the API has them, and instants in UTC.
 */
export function headingsIn(language: MailLanguage): string[] {
  return columns.map((column) => catalogues[language][`export_${column}`]);
}

/** An event as a row of an export. */
export function rowOf(event: ListedEvent): string[] {
  return columns.map((column) => cells[column](event) ?? '');
}
