import { nameLength } from './columns.ts';

/** Names of a list, in an ascending column. */
export interface NameColumn {
  readonly view: DataView;
  readonly begin: number;
  readonly count: number;
}

/** Rows of a column, half-open. */
export interface Rows {
  readonly from: number;
  readonly until: number;
}

/** A guess may be wrong so often; then the middle is taken, which ends for certain. */
const guessesLimit = 8;

/** Four bytes of a name as a number. */
function partOf(name: Uint8Array, offset: number): number {
  const [first = 0, second = 0] = [name[offset], name[offset + 1]];
  const [third = 0, fourth = 0] = [name[offset + 2], name[offset + 3]];
  return ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0;
}

/** A name, of which so many bytes are looked for. */
interface Wanted {
  readonly name: Uint8Array;
  readonly length: number;
}

/** Below 0 where the name at a row is less than what is wanted of it, 0 where they are the same. */
function compareAt({ view, begin }: NameColumn, row: number, { name, length }: Wanted): number {
  const place = begin + row * nameLength;
  for (let offset = 0; offset < length; offset += 4) {
    const difference = view.getUint32(place + offset) - partOf(name, offset);
    if (difference !== 0) return difference;
  }
  return 0;
}

function firstPartAt({ view, begin }: NameColumn, row: number): number {
  return view.getUint32(begin + row * nameLength);
}

/** Where a name would be between two rows if names were spread evenly, as digests are. */
function guess(column: NameColumn, { low, high }: { low: number; high: number }, part: number): number {
  const [least, most] = [firstPartAt(column, low), firstPartAt(column, high)];
  if (part <= least) return low;
  if (part >= most) return high;
  return low + Math.floor(((high - low) * (part - least)) / (most - least));
}

/** A row whose name is, or begins with, so much of the wanted one; -1 where there is none. */
function search(column: NameColumn, wanted: Wanted): number {
  const part = partOf(wanted.name, 0);
  let [low, high] = [0, column.count - 1];
  for (let guesses = 0; low <= high; guesses += 1) {
    const row = guesses < guessesLimit ? guess(column, { low, high }, part) : (low + high) >>> 1;
    const difference = compareAt(column, row, wanted);
    if (difference === 0) return row;
    if (difference < 0) low = row + 1;
    else high = row - 1;
  }
  return -1;
}

/** The row with this name, or -1. */
export function findRow(column: NameColumn, name: Uint8Array): number {
  return search(column, { name, length: nameLength });
}

/** The first row whose name begins with these eight bytes, or -1. */
export function findBeginning(column: NameColumn, beginning: Uint8Array): number {
  const wanted = { name: beginning, length: 8 };
  let row = search(column, wanted);
  while (row > 0 && compareAt(column, row - 1, wanted) === 0) row -= 1;
  return row;
}

/** Whether the name at a row is greater than the one before it. */
function isAbove(view: DataView, place: number): boolean {
  for (let offset = 0; offset < nameLength; offset += 4) {
    const [one, before] = [view.getUint32(place + offset), view.getUint32(place + offset - nameLength)];
    if (one !== before) return one > before;
  }
  return false;
}

/** Whether each name of these rows is greater than the one before it; of the first row there is none. */
export function isAscending({ view, begin }: NameColumn, { from, until }: Rows): boolean {
  const end = begin + until * nameLength;
  const start = begin + Math.max(1, from) * nameLength;
  if (start >= end) return true;
  let before = view.getUint32(start - nameLength);
  for (let place = start; place < end; place += nameLength) {
    const first = view.getUint32(place);
    if (first < before || (first === before && !isAbove(view, place))) return false;
    before = first;
  }
  return true;
}
