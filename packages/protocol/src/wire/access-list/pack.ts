import type { AccessList, CredentialRule, KeyRule } from '@claviger/domain';
import { encodeCbor } from '../cbor.ts';
import { uuidBytes } from '../text-bytes.ts';
import { columnsAt, nameLength, writeInstant, writeKeyRow, writePattern, type Columns } from './columns.ts';
import { listHeader, type CredentialPattern, type KeyPattern, type ListHeader } from './header.ts';
import { keyName, lookupName } from './names.ts';

/** Bytes of a name that a number holds exactly. */
const firstPartLength = 6;

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  for (let place = 0; place < nameLength; place += 1) {
    const difference = (one[place] ?? 0) - (other[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** As much of a name as a number holds: it decides nearly always, and is compared much faster. */
function firstPartOf(name: Uint8Array): number {
  let part = 0;
  for (let place = 0; place < firstPartLength; place += 1) part = part * 256 + (name[place] ?? 0);
  return part;
}

/** In the order of their names. Of several with one name none is carried: nobody could tell whose it is. */
function inOrder<Entry extends { readonly name: Uint8Array }>(entries: readonly Entry[]): Entry[] {
  const sorted = entries
    .map((entry) => ({ entry, name: entry.name, part: firstPartOf(entry.name) }))
    .sort((one, other) => one.part - other.part || compareBytes(one.name, other.name));
  const isSame = (one: number, other: number): boolean => {
    const [first, second] = [sorted[one], sorted[other]];
    if (!first || !second || first.part !== second.part) return false;
    return compareBytes(first.name, second.name) === 0;
  };
  return sorted.filter((_, row) => !isSame(row, row - 1) && !isSame(row, row + 1)).map(({ entry }) => entry);
}

/** Whether two patterns say the same of everything; lists in them count as the same where they are one. */
function isAlike(one: object, other: object): boolean {
  const [first, second] = [Object.entries(one), other as Readonly<Record<string, unknown>>];
  return first.every(([name, value]) => second[name] === value);
}

/** Numbers patterns in the order in which rows need them. */
function createPatterns<Pattern extends object>() {
  const numbers = new Map<string, number>();
  const patterns: Pattern[] = [];
  let last: { readonly pattern: Pattern; readonly number: number } | undefined;
  const numberByText = (pattern: Pattern): number => {
    const text = JSON.stringify(pattern);
    const known = numbers.get(text) ?? patterns.push(pattern) - 1;
    numbers.set(text, known);
    return known;
  };
  return {
    patterns,
    numberOf: (pattern: Pattern): number => {
      const number = last && isAlike(last.pattern, pattern) ? last.number : numberByText(pattern);
      last = { pattern, number };
      return number;
    },
  };
}

const noFloors: readonly number[] = [];

/** What a Key says but for who it is, whose, and when. */
function patternOfKey(rule: KeyRule): KeyPattern {
  return {
    type: rule.type,
    state: rule.state,
    issue: rule.issue,
    isHolderDeactivated: rule.isHolderDeactivated,
    bindingState: rule.binding.state,
    hasMobile: rule.hasMobile,
    hasIntercom: rule.hasIntercom,
    repeat: rule.repeat,
    maxUses: rule.maxUses,
    floors: rule.floors.length > 0 ? rule.floors : noFloors,
    profile: rule.profile,
    accessGroup: rule.accessGroup,
    isEmergency: rule.isEmergency,
    isFirstPerson: rule.isFirstPerson,
    isHolidayExempt: rule.isHolidayExempt,
    needsSecondFactor: rule.needsSecondFactor,
  };
}

function patternOfCredential(rule: CredentialRule, lookup: CredentialPattern['lookup']): CredentialPattern {
  const { kind, assurance, state, isDuress } = rule;
  return { lookup, kind, assurance, state, isDuress };
}

interface Packed {
  readonly header: ListHeader;
  readonly keys: readonly { readonly rule: KeyRule; readonly name: Uint8Array; readonly pattern: number }[];
  readonly credentials: readonly {
    readonly name: Uint8Array;
    readonly pattern: number;
    readonly keyRow: number;
  }[];
}

function packed({ keys, credentials, ...rules }: AccessList): Packed {
  const keyPatterns = createPatterns<KeyPattern>();
  const credentialPatterns = createPatterns<CredentialPattern>();
  const sortedKeys = inOrder(keys.map((rule) => ({ rule, name: keyName(rule.id) })));
  const rows = new Map(sortedKeys.map(({ rule }, row) => [rule.id, row]));
  // A credential whose Key is not there is left out (SEMANTICS C11).
  const held = credentials.filter(({ key }) => rows.has(key));
  const sortedCredentials = inOrder(held.map((rule) => ({ rule, ...lookupName(rule.lookup) })));
  const isBindingTimed = ({ binding: { from, until } }: KeyRule): boolean => (from ?? until) !== undefined;
  return {
    keys: sortedKeys.map((entry) => ({ ...entry, pattern: keyPatterns.numberOf(patternOfKey(entry.rule)) })),
    credentials: sortedCredentials.map(({ rule, name, word }) => ({
      name,
      pattern: credentialPatterns.numberOf(patternOfCredential(rule, word)),
      keyRow: rows.get(rule.key) ?? 0,
    })),
    header: {
      ...rules,
      keyPatterns: keyPatterns.patterns,
      credentialPatterns: credentialPatterns.patterns,
      keyCount: sortedKeys.length,
      credentialCount: sortedCredentials.length,
      hasUsers: keys.some(({ user }) => user !== undefined),
      hasBindingTimes: keys.some(isBindingTimed),
    },
  };
}

function writeKeys(bytes: Uint8Array, { header, keys }: Packed, columns: Columns): void {
  const view = new DataView(bytes.buffer);
  for (const [row, { rule, name, pattern }] of keys.entries()) {
    bytes.set(name, columns.keyNames + row * nameLength);
    writePattern(view, columns, { row, pattern });
    writeInstant(view, { column: columns.from, row }, rule.from);
    writeInstant(view, { column: columns.until, row }, rule.until);
    if (header.hasBindingTimes) {
      writeInstant(view, { column: columns.bindingFrom, row }, rule.binding.from);
      writeInstant(view, { column: columns.bindingUntil, row }, rule.binding.until);
    }
    if (rule.user !== undefined) bytes.set(uuidBytes(rule.user), columns.users + row * nameLength);
  }
}

function writeCredentials(bytes: Uint8Array, { credentials }: Packed, columns: Columns): void {
  const view = new DataView(bytes.buffer);
  for (const [row, { name, pattern, keyRow }] of credentials.entries()) {
    bytes.set(name, columns.lookups + row * nameLength);
    writeKeyRow(view, columns, { row, keyRow });
    bytes[columns.credentialPatterns + row] = pattern;
  }
}

/** Before the header stands its length. */
export const headerBegin = 4;

/**
 * The bytes of an access list, whose hash its signed head names. Throws CborFault for what no list can say,
 * such as a Key without a UUID.
 */
export function encodeAccessList(list: AccessList): Uint8Array<ArrayBuffer> {
  const content = packed(list);
  const header = encodeCbor(listHeader.write(content.header));
  const columns = columnsAt(headerBegin + header.length, content.header);
  const bytes = new Uint8Array(columns.end);
  new DataView(bytes.buffer).setUint32(0, header.length);
  bytes.set(header, headerBegin);
  writeKeys(bytes, content, columns);
  writeCredentials(bytes, content, columns);
  return bytes;
}
