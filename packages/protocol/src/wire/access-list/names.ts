import { CborFault } from '../cbor.ts';
import { hexBytes, hexText, uuidBytes, uuidText } from '../text-bytes.ts';
import { nameLength } from './columns.ts';
import { lookupWords } from './header.ts';

const half = nameLength / 2;
type LookupWord = (typeof lookupWords)[number];

/** Sixteen bytes from a place on, the second half first. */
function turned(bytes: Uint8Array, begin = 0): Uint8Array {
  const other = new Uint8Array(nameLength);
  for (let place = 0; place < nameLength; place += 1)
    other[place] = bytes[begin + ((place + half) % nameLength)] ?? 0;
  return other;
}

/**
 * How a column names a Key: its UUID, the random half first. So names are spread evenly, and begin with the
 * part that a QR carries.
 */
export function keyName(id: string): Uint8Array {
  return turned(uuidBytes(id));
}

/** The UUID that a column names at a place. */
export function keyIdAt(bytes: Uint8Array, place: number): string {
  return uuidText(turned(bytes, place));
}

/** So many bytes of a lookup say something, in whole fours; the rest of its name is zero. */
export const lengthOf: Readonly<Record<LookupWord, number>> = { pin: 16, card: 16, qr: 8, link: 16 };

/** A lookup in a column: the word before its colon, and its bytes. */
export interface LookupName {
  readonly word: LookupWord;
  readonly name: Uint8Array;
}

function bytesOf(word: LookupWord, rest: string): Uint8Array | undefined {
  // A link is found by its Key's UUID.
  if (word === 'link') return uuidBytes(rest);
  const bytes = rest === rest.toLowerCase() ? hexBytes(rest) : undefined;
  return bytes?.length === lengthOf[word] ? bytes : undefined;
}

/** What is shorter than a name has zeros behind it. */
function filled(bytes: Uint8Array): Uint8Array {
  if (bytes.length === nameLength) return bytes;
  const name = new Uint8Array(nameLength);
  name.set(bytes);
  return name;
}

/** Throws CborFault for a lookup of no form that there is. */
export function lookupName(lookup: string): LookupName {
  const colon = lookup.indexOf(':');
  const begin = lookup.slice(0, colon);
  const word = lookupWords.find((known) => known === begin);
  const bytes = word && bytesOf(word, lookup.slice(colon + 1));
  if (!bytes) throw new CborFault('a lookup of no known form');
  return { word, name: filled(bytes) };
}

/** The lookup that a column names. */
export function lookupText({ word, name }: LookupName): string {
  return `${word}:${word === 'link' ? uuidText(name) : hexText(name.subarray(0, lengthOf[word]))}`;
}
