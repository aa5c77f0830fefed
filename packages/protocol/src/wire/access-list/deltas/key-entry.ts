import {
  bindingStates,
  credentialKinds,
  credentialStates,
  keyTypes,
  type CredentialRule,
  type KeyRule,
} from '@claviger/domain';
import { CborFault } from '../../cbor.ts';
import { areEqual } from '../../text-bytes.ts';
import { nameLength } from '../columns.ts';
import { heldStates, lookupWords } from '../header.ts';
import { keyIdAt, keyName, lookupName, lookupText } from '../names.ts';
import { createByteReader, createByteWriter, type ByteReader, type ByteWriter } from './bytes.ts';
import { readRest, writeRest } from './key-rest.ts';
import { readTimes, writeTimes } from './key-times.ts';

/** What a delta says of one Key: all that the list knows of it from now on, or that it is on it no more. */
export type KeyEntry =
  | { readonly id: string; readonly isRemoved: true }
  | {
      readonly id: string;
      readonly isRemoved: false;
      readonly key: KeyRule;
      readonly credentials: readonly CredentialRule[];
    };

/** Most credentials of one Key in a delta: their number has seven bits. */
export const entryCredentialsLimit = 127;

/** Stands in the place of the type of a Key that is removed. */
const removedWord = 0xf0;
const maxUsesBit = 0x80;
const restBit = 0x80;

/** Bits of the second byte, from the lowest. */
const flagNames = [
  'isHolderDeactivated',
  'hasMobile',
  'hasIntercom',
  'isEmergency',
  'isFirstPerson',
  'isHolidayExempt',
  'needsSecondFactor',
] as const;

type KindOf = CredentialRule['kind'];

/** By this a credential of this kind is found, if nothing else is said; what its Key gives needs no bytes. */
const usualWords: Readonly<Partial<Record<KindOf, (typeof lookupWords)[number]>>> = {
  ...{ pin: 'pin', card: 'card', qr: 'qr', pass: 'qr', link: 'link' },
};

function wordAt<Word>(words: readonly Word[], place: number): Word {
  const word = words[place];
  if (word === undefined) throw new CborFault('a word that is not in its list');
  return word;
}

/** The lookup that a credential has by its Key alone: that of a QR and of a link. */
function lookupOfKey(kind: KindOf, name: Uint8Array): string | undefined {
  const word = usualWords[kind];
  if (word !== 'qr' && word !== 'link') return undefined;
  const named = new Uint8Array(nameLength);
  named.set(word === 'qr' ? name.subarray(0, nameLength / 2) : lookupName(`link:${keyIdAt(name, 0)}`).name);
  return lookupText({ word, name: named });
}

function writeCredential(out: ByteWriter, name: Uint8Array, rule: CredentialRule): void {
  const { kind, state, assurance, isDuress, lookup } = rule;
  const named = lookupName(lookup);
  const isOfKey = lookup === lookupOfKey(kind, name);
  const isUsual = isOfKey || ((kind === 'pin' || kind === 'card') && named.word === usualWords[kind]);
  const words = (credentialKinds.indexOf(kind) << 5) | (credentialStates.indexOf(state) << 3);
  const flags = (isDuress ? 4 : 0) | (assurance === 'medium' ? 2 : 0) | (isUsual ? 0 : 1);
  out.byte(words | flags);
  if (!isUsual) out.byte(lookupWords.indexOf(named.word));
  if (!isOfKey) out.bytes(named.name);
}

function readCredential(from: ByteReader, name: Uint8Array): CredentialRule {
  const first = from.byte();
  const kind = wordAt(credentialKinds, first >>> 5);
  const isUsual = (first & 1) === 0;
  const word = isUsual ? usualWords[kind] : wordAt(lookupWords, from.byte());
  if (word === undefined) throw new CborFault('a kind of credential without a usual lookup');
  const ofKey = isUsual ? lookupOfKey(kind, name) : undefined;
  return {
    lookup: ofKey ?? lookupText({ word, name: from.bytes(nameLength) }),
    key: keyIdAt(name, 0),
    kind,
    assurance: (first & 2) === 0 ? 'low' : 'medium',
    state: wordAt(credentialStates, (first >>> 3) & 3),
    isDuress: (first & 4) !== 0,
  };
}

/** Of several credentials with one lookup none is carried: nobody could tell which it is. */
function carried(credentials: readonly CredentialRule[]): readonly CredentialRule[] {
  return credentials.filter(
    ({ lookup }) => credentials.filter((other) => other.lookup === lookup).length === 1,
  );
}

function writeKey(
  out: ByteWriter,
  name: Uint8Array,
  { key, credentials }: Extract<KeyEntry, { isRemoved: false }>,
): void {
  const held = carried(credentials);
  if (held.length > entryCredentialsLimit) throw new CborFault('too many credentials of one Key');
  const rest = writeRest(key);
  const states = (heldStates.indexOf(key.state) << 2) | bindingStates.indexOf(key.binding.state);
  out.byte((keyTypes.indexOf(key.type) << 4) | states);
  const flags = flagNames.reduce((bits, flag, place) => bits | (key[flag] ? 1 << place : 0), 0);
  out.byte(flags | (rest ? restBit : 0));
  out.count(key.issue);
  writeTimes(out, key);
  if (rest) {
    out.count(rest.length);
    out.bytes(rest);
  }
  out.byte(held.length | (key.maxUses === undefined ? 0 : maxUsesBit));
  if (key.maxUses !== undefined) out.byte(key.maxUses);
  for (const credential of held) writeCredential(out, name, credential);
}

function readFlags(bits: number): Pick<KeyRule, (typeof flagNames)[number]> {
  const entries = flagNames.map((flag, place) => [flag, (bits & (1 << place)) !== 0] as const);
  return Object.fromEntries(entries) as Pick<KeyRule, (typeof flagNames)[number]>;
}

function readIssue(from: ByteReader): number {
  const issue = from.count();
  if (issue < 1 || issue > 0xffff) throw new CborFault('no issue of a QR');
  return issue;
}

function readKey(from: ByteReader, name: Uint8Array, words: number): KeyEntry {
  const id = keyIdAt(name, 0);
  const type = wordAt(keyTypes, words >>> 4);
  const state = wordAt(heldStates, (words >>> 2) & 3);
  const bindingState = wordAt(bindingStates, words & 3);
  const flags = from.byte();
  const issue = readIssue(from);
  const { own, binding } = readTimes(from);
  const rest = readRest((flags & restBit) === 0 ? undefined : from.bytes(from.count()));
  const counts = from.byte();
  const maxUses = (counts & maxUsesBit) === 0 ? {} : { maxUses: from.byte() };
  if (maxUses.maxUses === 0) throw new CborFault('a Key with no uses');
  const key: KeyRule = {
    ...{ id, type, state, issue, ...own, ...rest, ...maxUses, ...readFlags(flags) },
    binding: { ...binding, state: bindingState },
  };
  const credentials: CredentialRule[] = [];
  for (let left = counts & ~maxUsesBit; left > 0; left -= 1) credentials.push(readCredential(from, name));
  return { id, isRemoved: false, key, credentials };
}

function writeEntry(out: ByteWriter, entry: KeyEntry): void {
  const name = keyName(entry.id);
  out.bytes(name);
  if (entry.isRemoved) out.byte(removedWord);
  else writeKey(out, name, entry);
}

/**
 * The Keys of a delta in their bytes, one after the other. A Key with its times takes 28 bytes, a PIN or a
 * card 17 more, a QR or a link one. Throws CborFault for what no delta can say.
 */
export function encodeEntries(entries: readonly KeyEntry[]): Uint8Array<ArrayBuffer> {
  const out = createByteWriter();
  for (const entry of entries) writeEntry(out, entry);
  return out.written();
}

/** Throws CborFault for anything that `encodeEntries` did not write, and for a Key that is there twice. */
export function decodeEntries(encoded: Uint8Array): readonly KeyEntry[] {
  const from = createByteReader(encoded);
  const entries: KeyEntry[] = [];
  while (!from.isAtEnd()) {
    const name = from.bytes(nameLength);
    const words = from.byte();
    entries.push(
      words === removedWord ? { id: keyIdAt(name, 0), isRemoved: true } : readKey(from, name, words),
    );
  }
  if (new Set(entries.map(({ id }) => id)).size !== entries.length) throw new CborFault('a Key twice');
  if (!areEqual(encodeEntries(entries), encoded)) throw new CborFault('Keys in another form');
  return entries;
}
