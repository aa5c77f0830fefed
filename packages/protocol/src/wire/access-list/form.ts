import { CborFault } from '../cbor.ts';
import { nameLength, readInstant, readKeyRow, readPattern, type Columns } from './columns.ts';
import type { CredentialPattern, ListHeader } from './header.ts';
import { lengthOf } from './names.ts';
import { isAscending, type Rows } from './sorted-names.ts';

/** A list whose header was read, and of whose columns nothing is known yet. */
interface Unproven {
  readonly view: DataView;
  readonly header: ListHeader;
  readonly columns: Columns;
}

/** Rows that are looked at between two stops: some tenths of a millisecond. */
const rowsAtOnce = 16_384;

/** What was looked at, by the bytes of the names in it. */
const bytesOf = ({ from, until }: Rows): number => (until - from) * nameLength;

export function assertThat(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new CborFault(what);
}

function* slicesOf(count: number): Generator<Rows> {
  for (let from = 0; from < count; from += rowsAtOnce)
    yield { from, until: Math.min(count, from + rowsAtOnce) };
}

/** How many patterns were seen, after these rows too; -1 where one is not numbered in the order of need. */
function seenAfter(rows: Rows, seenBefore: number, patternOf: (row: number) => number): number {
  let seen = seenBefore;
  for (let row = rows.from; row < rows.until; row += 1) {
    const pattern = patternOf(row);
    if (pattern > seen) return -1;
    if (pattern === seen) seen += 1;
  }
  return seen;
}

/** Whether something is in one of these rows of a column of instants. */
function isTimed(view: DataView, column: number, { from, until }: Rows): boolean {
  for (let row = from; row < until; row += 1) if (readInstant(view, column, row) !== undefined) return true;
  return false;
}

/** Whether not all names in these rows are zero. */
function isNamed(view: DataView, column: number, { from, until }: Rows): boolean {
  const end = column + until * nameLength;
  for (let place = column + from * nameLength; place < end; place += 4)
    if (view.getUint32(place) !== 0) return true;
  return false;
}

function* assertKeys({ view, header, columns }: Unproven): Generator<number> {
  const { keyCount, keyPatterns, hasUsers, hasBindingTimes } = header;
  const names = { view, begin: columns.keyNames, count: keyCount };
  const patternOf = (row: number): number => readPattern(view, columns, row);
  const { users, bindingFrom, bindingUntil } = columns;
  let [seen, isUser, isBound] = [0, !hasUsers, !hasBindingTimes];
  for (const rows of slicesOf(keyCount)) {
    assertThat(isAscending(names, rows), 'Keys that are not in their order');
    seen = seenAfter(rows, seen, patternOf);
    assertThat(seen >= 0, 'patterns that are not needed');
    isUser ||= isNamed(view, users, rows);
    isBound ||= isTimed(view, bindingFrom, rows) || isTimed(view, bindingUntil, rows);
    yield bytesOf(rows);
  }
  assertThat(seen === keyPatterns.length, 'patterns that are not needed');
  assertThat(isUser, 'no User');
  assertThat(isBound, 'no time of a Binding');
}

/** How long the zeros are that stand behind the lookups of each pattern. */
const zerosOf = ({ lookup }: CredentialPattern): number => nameLength - lengthOf[lookup];

/** Whether each of these credentials belongs to a Key that is there. */
function areHeld({ view, header, columns }: Unproven, { from, until }: Rows): boolean {
  const { keyCount } = header;
  for (let row = from; row < until; row += 1) if (readKeyRow(view, columns, row) >= keyCount) return false;
  return true;
}

/** Whether nothing but zeros stands behind the lookups of these credentials, whose patterns are there. */
function areFilled({ view, columns }: Unproven, { from, until }: Rows, zeros: readonly number[]): boolean {
  const { lookups, credentialPatterns } = columns;
  for (let row = from; row < until; row += 1) {
    const end = lookups + (row + 1) * nameLength;
    const length = zeros[view.getUint8(credentialPatterns + row)] ?? 0;
    for (let place = end - length; place < end; place += 4) if (view.getUint32(place) !== 0) return false;
  }
  return true;
}

function* assertCredentials(list: Unproven): Generator<number> {
  const { view, header, columns } = list;
  const { credentialCount, credentialPatterns } = header;
  const names = { view, begin: columns.lookups, count: credentialCount };
  const patternOf = (row: number): number => view.getUint8(columns.credentialPatterns + row);
  const zeros = credentialPatterns.map(zerosOf);
  let seen = 0;
  for (const rows of slicesOf(credentialCount)) {
    assertThat(isAscending(names, rows), 'credentials that are not in their order');
    seen = seenAfter(rows, seen, patternOf);
    assertThat(seen >= 0, 'patterns not needed');
    assertThat(areHeld(list, rows), 'a credential of no Key');
    assertThat(areFilled(list, rows, zeros), 'a lookup that is too long');
    yield bytesOf(rows);
  }
  assertThat(seen === credentialPatterns.length, 'patterns not needed');
}

/**
 * One list has one form: for what `encodeAccessList` cannot have written CborFault is thrown. Stops wherever
 * it yields how many bytes it has looked at since.
 */
export function* assertForm(list: Unproven): Generator<number> {
  assertThat(list.view.byteLength === list.columns.end, 'an access list of another length');
  yield* assertKeys(list);
  yield* assertCredentials(list);
}
