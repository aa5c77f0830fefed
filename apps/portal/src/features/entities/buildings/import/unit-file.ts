import { type ImportLine, importLinesLimit } from '@claviger/protocol';
import Papa from 'papaparse';

/** As many as the server takes. */
export const linesLimit = 100_000;
/** Below the limit of a request, 64 KB. */
const batchBytesLimit = 60_000;
/** Longer is no name, and the server does not read it. */
const fieldLimit = 1_000;

const columns = ['building', 'unit', 'floors'] as const;

/** What a person fills in. */
export const template = `${columns.join(',')}\r\nTower,Apartment 1,0\r\nTower,Apartment 2,"1, 2"\r\n`;

export type FileProblem = 'header' | 'too_long' | 'nothing';

/** Where each column stands; undefined without the two that are needed. */
function placesIn(header: readonly string[]): Readonly<Record<string, number>> | undefined {
  const names = header.map((name) => name.trim().toLowerCase());
  const places = Object.fromEntries(columns.map((column) => [column, names.indexOf(column)]));
  return places['building'] === -1 || places['unit'] === -1 ? undefined : places;
}

/**
 * The lines of a CSV with a header; a line that is empty is none. Line numbers are those of the file, also
 * where a field has line breaks in it.
 */
export function linesOf(text: string): readonly ImportLine[] | FileProblem {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''));
  const [header = [], ...rows] = data;
  const places = placesIn(header);
  if (!places) return 'header';
  const lines: ImportLine[] = [];
  let line = 1 + breaksIn(header);
  for (const row of rows) {
    line += 1;
    const field = (column: string): string => (row[places[column] ?? -1] ?? '').slice(0, fieldLimit);
    if (row.some((value) => value.trim() !== '')) {
      lines.push({ line, building: field('building'), unit: field('unit'), floors: field('floors') });
    }
    line += breaksIn(row);
  }
  if (lines.length > linesLimit) return 'too_long';
  return lines.length === 0 ? 'nothing' : lines;
}

function breaksIn(row: readonly string[]): number {
  return row.reduce((count, value) => count + (value.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}

/** The lines as requests can carry them. */
export function batchesOf(lines: readonly ImportLine[]): ImportLine[][] {
  const encoder = new TextEncoder();
  const batches: ImportLine[][] = [];
  let batch: ImportLine[] = [];
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
