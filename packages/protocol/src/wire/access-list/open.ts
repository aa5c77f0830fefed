import type {
  AccessList,
  CredentialRule,
  HeldCredential,
  KeyRule,
  ListRules,
  Validity,
} from '@claviger/domain';
import { CborFault, decodeCbor } from '../cbor.ts';
import { uuidText } from '../text-bytes.ts';
import { columnsAt, nameLength, readInstant, readKeyRow, readPattern, type Columns } from './columns.ts';
import { listHeader, type CredentialPattern, type KeyPattern, type ListHeader } from './header.ts';
import { keyIdAt, keyName, lookupName, lookupText } from './names.ts';
import { headerBegin } from './pack.ts';
import { assertForm, assertThat } from './form.ts';
import { findBeginning, findRow, type NameColumn } from './sorted-names.ts';

/** An access list whose entries are found one by one. */
export interface FoundList {
  readonly rules: ListRules;
  readonly keyCount: number;
  readonly findKey: (id: string) => KeyRule | undefined;
  readonly findCredential: (lookup: string) => HeldCredential | undefined;
  /** The Key that a QR names by a part of its UUID, 8 bytes. */
  readonly findKeyByTag: (tag: Uint8Array) => string | undefined;
}

/**
 * An access list as it lies in its bytes: what is asked for is read out of them, nothing else is made. With
 * 100,000 Keys objects would take a gigabyte.
 */
export interface PackedList extends FoundList {
  readonly credentialCount: number;
  readonly keyAt: (row: number) => KeyRule;
  readonly credentialAt: (row: number) => CredentialRule;
}

interface Opened {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly header: ListHeader;
  readonly columns: Columns;
  /** What Keys say alike, in the form in which a Key says it. */
  readonly sameOfKeys: readonly SameOfKeys[];
}

type SameOfKeys = Omit<KeyRule, 'id' | 'user' | 'from' | 'until'>;

function sameOfKeys({ bindingState, ...same }: KeyPattern): SameOfKeys {
  return { ...same, binding: { state: bindingState } };
}

function nameAt({ bytes }: Opened, column: number, row: number): Uint8Array {
  return bytes.subarray(column + row * nameLength, column + (row + 1) * nameLength);
}

function keyIdOfRow({ bytes, columns }: Opened, row: number): string {
  return keyIdAt(bytes, columns.keyNames + row * nameLength);
}

function isZero(name: Uint8Array): boolean {
  return name.every((byte) => byte === 0);
}

function userAt(opened: Opened, row: number): string | undefined {
  if (!opened.header.hasUsers) return undefined;
  const user = nameAt(opened, opened.columns.users, row);
  return isZero(user) ? undefined : uuidText(user);
}

function bindingTimesAt({ view, header, columns }: Opened, row: number): Validity | undefined {
  if (!header.hasBindingTimes) return undefined;
  const from = readInstant(view, columns.bindingFrom, row);
  const until = readInstant(view, columns.bindingUntil, row);
  return (from ?? until) === undefined ? undefined : { from, until };
}

function keyAt(opened: Opened, row: number): KeyRule {
  const { view, columns } = opened;
  const same = opened.sameOfKeys[readPattern(view, columns, row)];
  if (!same) throw new CborFault('a Key of no pattern');
  const times = bindingTimesAt(opened, row);
  return {
    ...same,
    binding: times ? { ...times, state: same.binding.state } : same.binding,
    id: keyIdOfRow(opened, row),
    user: userAt(opened, row),
    from: readInstant(view, columns.from, row),
    until: readInstant(view, columns.until, row),
  };
}

function patternAt({ bytes, header, columns }: Opened, row: number): CredentialPattern {
  const pattern = header.credentialPatterns[bytes[columns.credentialPatterns + row] ?? 0];
  if (!pattern) throw new CborFault('a credential of no pattern');
  return pattern;
}

function credentialAt(opened: Opened, row: number): CredentialRule {
  const { view, columns } = opened;
  const { lookup: word, ...same } = patternAt(opened, row);
  return {
    ...same,
    lookup: lookupText({ word, name: nameAt(opened, columns.lookups, row) }),
    key: keyIdOfRow(opened, readKeyRow(view, columns, row)),
  };
}

/** The credential at the row of a lookup, which a column holds without its word. */
function heldAt(opened: Opened, row: number, lookup: string): HeldCredential | undefined {
  const { lookup: word, kind, assurance, state, isDuress } = patternAt(opened, row);
  if (!lookup.startsWith(word)) return undefined;
  const key = keyAt(opened, readKeyRow(opened.view, opened.columns, row));
  return { rule: { lookup, key: key.id, kind, assurance, state, isDuress }, key };
}

/** What a name means, or undefined for text that names nothing. */
function nameOf(make: () => Uint8Array): Uint8Array | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof CborFault) return undefined;
    throw error;
  }
}

const keyColumn = ({ view, header, columns }: Opened): NameColumn => ({
  ...{ view, begin: columns.keyNames, count: header.keyCount },
});
const lookupColumn = ({ view, header, columns }: Opened): NameColumn => ({
  ...{ view, begin: columns.lookups, count: header.credentialCount },
});

function rulesOf(header: ListHeader): ListRules {
  const { device, ownershipEpoch, incarnation, version, signedAt, zone } = header;
  const { lock, holidays, profiles, accessGroups, issuers } = header;
  const heading = { device, ownershipEpoch, incarnation, version, signedAt };
  return { format: 2, ...heading, zone, lock, holidays, profiles, accessGroups, issuers };
}

function readHeader(bytes: Uint8Array): { readonly header: ListHeader; readonly end: number } {
  assertThat(bytes.length > headerBegin, 'an access list without a header');
  const end = headerBegin + new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0);
  assertThat(end <= bytes.length, 'a header that is cut off');
  return { header: listHeader.read(decodeCbor(bytes.subarray(headerBegin, end))), end };
}

function* openBytes(bytes: Uint8Array): Generator<number, Opened> {
  const { header, end } = readHeader(bytes);
  yield end;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const columns = columnsAt(end, header);
  yield* assertForm({ view, header, columns });
  return { bytes, view, header, columns, sameOfKeys: header.keyPatterns.map(sameOfKeys) };
}

/**
 * How long the list is that these bytes begin with; what follows is something else. Throws CborFault where
 * they begin with none.
 */
export function accessListLength(bytes: Uint8Array): number {
  const { header, end } = readHeader(bytes);
  const length = columnsAt(end, header).end;
  assertThat(length <= bytes.length, 'an access list that is cut off');
  return length;
}

/**
 * Opens the bytes of a list, which must not change from then on. The form of a long list takes some
 * milliseconds: stops wherever it yields how many bytes it has looked at since. Throws CborFault for any
 * other bytes.
 */
export function* openInSlices(bytes: Uint8Array): Generator<number, PackedList> {
  return packedListOf(yield* openBytes(bytes));
}

/** The same at once. */
export function openAccessList(bytes: Uint8Array): PackedList {
  const slices = openInSlices(bytes);
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
  }
}

function packedListOf(opened: Opened): PackedList {
  const { header } = opened;
  const rowOf = (column: NameColumn, make: () => Uint8Array): number => {
    const name = nameOf(make);
    return name ? findRow(column, name) : -1;
  };
  return {
    rules: rulesOf(header),
    keyCount: header.keyCount,
    credentialCount: header.credentialCount,
    findKey: (id) => {
      const row = rowOf(keyColumn(opened), () => keyName(id));
      return row < 0 ? undefined : keyAt(opened, row);
    },
    findCredential: (lookup) => {
      const row = rowOf(lookupColumn(opened), () => lookupName(lookup).name);
      return row < 0 ? undefined : heldAt(opened, row, lookup);
    },
    findKeyByTag: (tag) => {
      const row = findBeginning(keyColumn(opened), tag);
      return row < 0 ? undefined : keyIdOfRow(opened, row);
    },
    keyAt: (row) => keyAt(opened, row),
    credentialAt: (row) => credentialAt(opened, row),
  };
}

/** The whole list as plain data. Throws CborFault for anything that `encodeAccessList` did not write. */
export function decodeAccessList(bytes: Uint8Array): AccessList {
  const { rules, keyCount, credentialCount, keyAt: key, credentialAt: credential } = openAccessList(bytes);
  const rows = (count: number): number[] => Array.from({ length: count }, (_, row) => row);
  return {
    ...rules,
    keys: rows(keyCount).map(key),
    credentials: rows(credentialCount).map(credential),
  };
}
