import { CborFault } from '../cbor.ts';
import { hexBytes, hexText, uuidBytes, uuidText } from '../text-bytes.ts';
import { nameLength } from './columns.ts';
import { lookupWords } from './header.ts';

const half = nameLength / 2;
type LookupWord = (typeof lookupWords)[number];

/**
 * How a column names a Key: its UUID, the random half first. So names are spread evenly, and begin with the
 * part that a QR carries.
 */
export function keyName(id: string): Uint8Array {
  const uuid = uuidBytes(id);
  const name = new Uint8Array(nameLength);
  name.set(uuid.subarray(half), 0);
  name.set(uuid.subarray(0, half), half);
  return name;
}

/** The UUID that a column names. */
export function keyIdOf(name: Uint8Array): string {
  const uuid = new Uint8Array(nameLength);
  uuid.set(name.subarray(half), 0);
  uuid.set(name.subarray(0, half), half);
  return uuidText(uuid);
}

/** So many bytes of a lookup say something; the rest of its name is zero. */
const lengthOf: Readonly<Record<LookupWord, number>> = { pin: 16, card: 16, qr: 8, link: 16 };

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

/** Throws CborFault for a lookup of no form that there is. */
export function lookupName(lookup: string): LookupName {
  const word = lookupWords.find((known) => lookup.startsWith(`${known}:`));
  const bytes = word && bytesOf(word, lookup.slice(word.length + 1));
  if (!bytes) throw new CborFault('a lookup of no known form');
  const name = new Uint8Array(nameLength);
  name.set(bytes);
  return { word, name };
}

/** The lookup that a column names. */
export function lookupText({ word, name }: LookupName): string {
  return `${word}:${word === 'link' ? uuidText(name) : hexText(name.subarray(0, lengthOf[word]))}`;
}

/** Whether nothing stands behind the bytes that say something. */
export function isLookupName({ word, name }: LookupName): boolean {
  return name.subarray(lengthOf[word]).every((byte) => byte === 0);
}
