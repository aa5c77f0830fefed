import { Readable } from 'node:stream';
import Papa from 'papaparse';

/** Without it a spreadsheet reads the file in the code page of its machine, and garbles what is not ASCII. */
const byteOrderMark = '\uFEFF';

/**
 * What a spreadsheet takes for a formula, with apostrophes before it or none: one more is put before it, and
 * an import takes one away.
 */
const formula = /^'*[=+\-@\t\r].*$/s;

function csvText(rows: readonly (readonly string[])[]): string {
  const text = Papa.unparse(
    rows.map((row) => [...row]),
    { escapeFormulae: formula, newline: '\r\n' },
  );
  return `${text}\r\n`;
}

/** So many rows of an export, and where the next ones begin; undefined where there are none. */
export interface CsvPage<Place> {
  readonly rows: readonly (readonly string[])[];
  readonly next: Place | undefined;
}

/** The text of an export: its headings, then one page after the other. */
export async function* csvPages<Place>(
  headings: readonly string[],
  readPage: (after: Place | undefined) => Promise<CsvPage<Place>>,
): AsyncGenerator<string> {
  yield byteOrderMark + csvText([headings]);
  let after: Place | undefined;
  do {
    const { rows, next } = await readPage(after);
    if (rows.length > 0) yield csvText(rows);
    after = next;
  } while (after !== undefined);
}

/** `users-MILL-2026-11-29.csv`: what is in it, whose it is, and of which day of the Entity. */
export function csvFile(
  what: string,
  { code, day }: { readonly code: string; readonly day: string },
  pages: AsyncGenerator<string>,
) {
  return {
    contentType: 'text/csv; charset=utf-8',
    fileName: `${what}-${code}-${day}.csv`,
    content: Readable.from(pages),
  };
}
