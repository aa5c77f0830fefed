import { firstCharacters } from '@claviger/domain';
import { importLimit, importLinesLimit } from '@claviger/protocol';
import Papa from 'papaparse';

/** Below the limit of a request, 64 KB. */
const batchBytesLimit = 60_000;
/** Longer is nothing that a person wrote, and the server does not read it. */
const fieldLimit = 1_000;
/** A file is read as a whole: a hundred thousand long lines of Users have less. */
const fileBytesLimit = 50 * 1024 * 1024;

/** The columns of a CSV, which are found by their names in its first line. */
export interface CsvForm<Column extends string> {
  readonly columns: readonly Column[];
  /** Without these it is another file. */
  readonly needed: readonly Column[];
  /** Other names of columns, in small letters. */
  readonly aliases?: Readonly<Record<string, Column>>;
}

export type CsvLine<Column extends string> = { readonly line: number } & Readonly<Record<Column, string>>;

/** Why a file is not sent; `line` is where it begins to be wrong. */
export interface FileProblem {
  readonly kind:
    'encoding' | 'too_large' | 'header' | 'too_long' | 'nothing' | 'quotes' | 'fields' | 'stopped';
  readonly line?: number;
}

type Read<Value> = { readonly problem: FileProblem } | { readonly value: Value };

function wrong(kind: FileProblem['kind'], line?: number): { readonly problem: FileProblem } {
  return { problem: { kind, ...(line !== undefined && { line }) } };
}

function codingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/**
 * The text of a file: UTF-8, or UTF-16 with its mark. Anything else would give names with wrong letters, and
 * nobody sees that in a hundred thousand lines.
 */
export async function textOf(file: Pick<Blob, 'size' | 'arrayBuffer'>): Promise<Read<string>> {
  if (file.size > fileBytesLimit) return wrong('too_large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    const text = new TextDecoder(codingOf(bytes), { fatal: true }).decode(bytes);
    return text.includes('\0') ? wrong('encoding') : { value: text };
  } catch (error) {
    if (error instanceof TypeError) return wrong('encoding');
    throw error;
  }
}

/** Where each column stands; undefined without those that are needed. */
function placesIn<Column extends string>(
  header: readonly string[],
  { columns, needed, aliases = {} }: CsvForm<Column>,
): ReadonlyMap<string, number> | undefined {
  const names = header.map((name) => name.trim().toLowerCase());
  const places = new Map<string, number>();
  names.forEach((name, place) => {
    const column = columns.find((one) => one === name) ?? aliases[name];
    if (column !== undefined && !places.has(column)) places.set(column, place);
  });
  return needed.every((column) => places.has(column)) ? places : undefined;
}

/** An export puts an apostrophe before what a spreadsheet would take for a formula. */
function withoutGuard(value: string): string {
  return /^'+[=+\-@\t\r]/.test(value) ? value.slice(1) : value;
}

/** Where each row of a parsed file begins, counted as an editor does, also past breaks in a field. */
function numbersOf(rows: readonly (readonly string[])[]): number[] {
  let line = 1;
  return rows.map((row) => {
    const begin = line;
    line += 1 + row.reduce((count, value) => count + (value.match(/\n/g)?.length ?? 0), 0);
    return begin;
  });
}

function isEmpty(row: readonly string[]): boolean {
  return row.every((value) => value.trim() === '');
}

/** What separates the fields: that by which the first line has the columns that are needed. */
function separationOf<Column extends string>(text: string, form: CsvForm<Column>) {
  for (const delimiter of [',', ';', '\t']) {
    const { data } = Papa.parse<string[]>(text, { delimiter, newline: '\n', preview: 1 });
    const places = placesIn(data[0] ?? [], form);
    if (places) return { delimiter, places };
  }
  return undefined;
}

/** The lines of a CSV with a header; a line that is empty is none. */
export function linesOf<Column extends string>(
  text: string,
  form: CsvForm<Column>,
): Read<readonly CsvLine<Column>[]> {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const separation = separationOf(plain, form);
  if (!separation) return wrong('header');
  const { delimiter, places } = separation;
  const { data, errors } = Papa.parse<string[]>(plain, { delimiter, newline: '\n' });
  const numbers = numbersOf(data);
  const [header = [], ...rows] = data;
  const open = errors.find(({ type }) => type === 'Quotes');
  if (open) return wrong('quotes', numbers[open.row ?? 0] ?? 1);
  const long = rows.findIndex((row) => !isEmpty(row.slice(header.length)));
  if (long >= 0) return wrong('fields', numbers[long + 1] ?? 1);
  const field = (row: readonly string[], column: Column): string =>
    firstCharacters(withoutGuard(row[places.get(column) ?? -1] ?? ''), fieldLimit);
  const lines = rows.flatMap((row, index): CsvLine<Column>[] => {
    if (isEmpty(row)) return [];
    const fields = Object.fromEntries(form.columns.map((column) => [column, field(row, column)]));
    return [{ line: numbers[index + 1] ?? 0, ...(fields as Record<Column, string>) }];
  });
  if (lines.length > importLimit) return wrong('too_long');
  return lines.length === 0 ? wrong('nothing') : { value: lines };
}

/** The lines as requests can carry them. */
export function batchesOf<Line>(lines: readonly Line[]): Line[][] {
  const encoder = new TextEncoder();
  const batches: Line[][] = [];
  let batch: Line[] = [];
  let bytes = 0;
  for (const line of lines) {
    const more = encoder.encode(JSON.stringify(line)).length + 1;
    if (batch.length === importLinesLimit || (batch.length > 0 && bytes + more > batchBytesLimit)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += more;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}
