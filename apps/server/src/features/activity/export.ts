import type { MailLanguage } from '@claviger/protocol';
import Papa from 'papaparse';
import de from '../../../messages/de.json' with { type: 'json' };
import en from '../../../messages/en.json' with { type: 'json' };
import zh from '../../../messages/zh.json' with { type: 'json' };
import type { ListedEvent } from './store.ts';

/** Without it a spreadsheet reads the file in the code page of its machine, and garbles what is not ASCII. */
const byteOrderMark = '\uFEFF';

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
 * How an export begins: its headings, in the language of whoever exports. What stands below them is for
 * programs too: codes as the API has them, and instants in UTC.
 */
export function csvHead(language: MailLanguage): string {
  return byteOrderMark + csv([columns.map((column) => catalogues[language][`export_${column}`])]);
}

/** Events as lines of an export. */
export function csvLines(events: readonly ListedEvent[]): string {
  return csv(events.map((event) => columns.map((column) => cells[column](event) ?? '')));
}

/** One piece of CSV. A cell that a spreadsheet would take for a formula is written as text. */
function csv(rows: string[][]): string {
  return `${Papa.unparse(rows, { escapeFormulae: true, newline: '\r\n' })}\r\n`;
}

/** `activity-HOME_2JSVMK-2026-11-29.csv`: whose it is, and of which day of the Entity. */
export function exportName({ code, day }: { readonly code: string; readonly day: string }): string {
  return `activity-${code}-${day}.csv`;
}
