import type { ListHeader } from './header.ts';

/** A Key's or a credential's name in a column, in bytes. */
export const nameLength = 16;
/** An instant: milliseconds since 1970, to the year 10889. */
const instantLength = 6;
const rowLength = 4;

/** What stands in an instant's place where there is none. */
const noInstant = 2 ** (8 * instantLength) - 1;

/** Where each column begins in the bytes of a list, and where the last one ends. */
export interface Columns {
  readonly keyNames: number;
  readonly keyPatterns: number;
  /** One to two bytes, or four where Keys differ in more ways than that can tell. */
  readonly patternLength: number;
  readonly from: number;
  readonly until: number;
  readonly bindingFrom: number;
  readonly bindingUntil: number;
  readonly users: number;
  readonly lookups: number;
  readonly credentialKeys: number;
  readonly credentialPatterns: number;
  readonly end: number;
}

type Counts = Pick<
  ListHeader,
  'keyCount' | 'credentialCount' | 'hasUsers' | 'hasBindingTimes' | 'keyPatterns'
>;

/**
 * The columns after a header that ends at `start`: Keys by name, then credentials by lookup, both ascending,
 * so that nothing has to be built to find one.
 */
export function columnsAt(start: number, counts: Counts): Columns {
  const { keyCount, credentialCount, hasUsers, hasBindingTimes, keyPatterns } = counts;
  let end = start;
  const column = (rows: number, length: number): number => {
    const begin = end;
    end += rows * length;
    return begin;
  };
  const patternLength = keyPatterns.length > 0x1_0000 ? 4 : 2;
  const timed = hasBindingTimes ? keyCount : 0;
  return {
    keyNames: column(keyCount, nameLength),
    keyPatterns: column(keyCount, patternLength),
    patternLength,
    from: column(keyCount, instantLength),
    until: column(keyCount, instantLength),
    bindingFrom: column(timed, instantLength),
    bindingUntil: column(timed, instantLength),
    users: column(hasUsers ? keyCount : 0, nameLength),
    lookups: column(credentialCount, nameLength),
    credentialKeys: column(credentialCount, rowLength),
    credentialPatterns: column(credentialCount, 1),
    end,
  };
}

/** The instant at a row of a column; undefined where there is none. */
export function readInstant(view: DataView, column: number, row: number): number | undefined {
  const place = column + row * instantLength;
  const value = view.getUint16(place) * 0x1_0000_0000 + view.getUint32(place + 2);
  return value === noInstant ? undefined : value;
}

/** Throws RangeError for an instant that no column can hold. */
export function writeInstant(view: DataView, place: { column: number; row: number }, at?: number): void {
  const value = at ?? noInstant;
  if (value < 0 || value > noInstant || (at !== undefined && at === noInstant))
    throw new RangeError(`no instant of an access list: ${value}`);
  const offset = place.column + place.row * instantLength;
  view.setUint16(offset, Math.floor(value / 0x1_0000_0000));
  view.setUint32(offset + 2, value % 0x1_0000_0000);
}

/** The number of the pattern of a Key at a row. */
export function readPattern(view: DataView, { keyPatterns, patternLength }: Columns, row: number): number {
  const place = keyPatterns + row * patternLength;
  return patternLength === 2 ? view.getUint16(place) : view.getUint32(place);
}

export function writePattern(
  view: DataView,
  { keyPatterns, patternLength }: Columns,
  { row, pattern }: { readonly row: number; readonly pattern: number },
): void {
  const place = keyPatterns + row * patternLength;
  if (patternLength === 2) view.setUint16(place, pattern);
  else view.setUint32(place, pattern);
}

/** The row of the Key that a credential belongs to. */
export function readKeyRow(view: DataView, { credentialKeys }: Columns, row: number): number {
  return view.getUint32(credentialKeys + row * rowLength);
}

export function writeKeyRow(
  view: DataView,
  { credentialKeys }: Columns,
  { row, keyRow }: { readonly row: number; readonly keyRow: number },
): void {
  view.setUint32(credentialKeys + row * rowLength, keyRow);
}
