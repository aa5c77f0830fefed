import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessList, CredentialRule, KeyRule } from '@claviger/domain';
import { CborFault } from '../../cbor.ts';
import { sealMessage } from '../../envelope.ts';
import { linkLookup, qrLookup } from '../../lookup.ts';
import { uuidBytes, uuidText } from '../../text-bytes.ts';
import { decodeAccessList, encodeAccessList, openAccessList } from '../index.ts';
import { createChangedList, decodeChangedList } from './changed-list.ts';
import { decodeEntries, encodeEntries, type KeyEntry } from './key-entry.ts';
import { listDeltaMessage, namedRoot, rootAfter, type ListDelta } from './list-delta.ts';

const sha256 = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(createHash('sha256').update(bytes).digest());

const at = Date.UTC(2026, 10, 25, 8);

const empty: AccessList = {
  format: 2,
  device: '0190a0b0-1111-7222-8333-0a0b0c0d0e0f',
  ownershipEpoch: 1,
  incarnation: 1,
  version: 1,
  signedAt: at,
  zone: { from: 0, until: at * 2, offsets: [{ from: 0, offsetS: 3_600 }] },
  lock: {
    ...{ id: '0190a0b0-2222-7222-8333-0a0b0c0d0e0f', isInactive: false, capabilities: [], doorModes: [] },
    ...{ isInLockdown: false, isEvacuating: false, minimumAssurance: 'low', needsSecondFactor: false },
    ...{ takesStaticQr: false, floors: [], hasFirstPersonIn: false, whenUnrecorded: 'deny' },
  },
  ...{ holidays: [], profiles: [], accessGroups: [], keys: [], credentials: [], issuers: [] },
};

/** The UUID of a Key by its number, as Keys have them: the time first. */
function idOf(number: number): string {
  const id = uuidBytes('0193a6c0-5555-7000-8000-000000000000');
  id.set(sha256(Uint8Array.of(number & 255, number >> 8)).subarray(0, 7), 9);
  return uuidText(id);
}

function hexOf(number: number): string {
  return Buffer.from(sha256(Uint8Array.of(7, number & 255, number >> 8)).subarray(0, 16)).toString('hex');
}

function guestKey(id: string, more: Partial<KeyRule> = {}): KeyRule {
  return {
    ...{ id, type: 'guest', state: 'active', issue: 1, isHolderDeactivated: false },
    ...{ binding: { state: 'active' }, hasMobile: false, hasIntercom: false, floors: [] },
    ...{ isEmergency: false, isFirstPerson: false, isHolidayExempt: false, needsSecondFactor: false },
    ...{ from: at, until: at + 86_400_000 },
    ...more,
  };
}

const shared = { state: 'active', isDuress: false } as const;
const pinOf = (key: string, number: number): CredentialRule => ({
  ...{ lookup: `pin:${hexOf(number)}`, key, kind: 'pin', assurance: 'low', ...shared },
});
const cardOf = (key: string, number: number): CredentialRule => ({
  ...{ lookup: `card:${hexOf(number)}`, key, kind: 'card', assurance: 'low', ...shared },
});
const linkAndQr = (key: string): CredentialRule[] => [
  { lookup: linkLookup(key), key, kind: 'link', assurance: 'low', ...shared },
  { lookup: qrLookup(uuidBytes(key).subarray(8)), key, kind: 'qr', assurance: 'medium', ...shared },
];

type PutEntry = Extract<KeyEntry, { isRemoved: false }>;

function guestEntry(number: number, more: Partial<KeyRule> = {}, cards = 0): PutEntry {
  const id = idOf(number);
  const cardRules = Array.from({ length: cards }, (_, card) => cardOf(id, number + 5_000 * (card + 1)));
  return {
    ...{ id, isRemoved: false, key: guestKey(id, more) },
    credentials: [pinOf(id, number), ...linkAndQr(id), ...cardRules],
  };
}

function listOf(entries: readonly PutEntry[]): AccessList {
  return {
    ...empty,
    keys: entries.map(({ key }) => key),
    credentials: entries.flatMap(({ credentials }) => credentials),
  };
}

/** The delta that puts these entries onto a list of this root. */
function deltaOf(root: Uint8Array, version: number, entries: readonly KeyEntry[]): ListDelta {
  return { from: namedRoot(root), version, elapsedMs: 1_000, keys: encodeEntries(entries) };
}

/** All that a list has of these Keys, in the one form of a list. */
const formOf = (list: AccessList): AccessList => decodeAccessList(encodeAccessList(list));

/** Entries of a few Keys, so that they meet each other, with everything that a Key can say. */
const drawnEntry: fc.Arbitrary<KeyEntry> = fc
  .record({
    number: fc.nat(11),
    isRemoved: fc.boolean(),
    type: fc.constantFrom('guest' as const, 'staff' as const, 'app' as const),
    state: fc.constantFrom('pending' as const, 'active' as const, 'suspended' as const, 'revoked' as const),
    binding: fc.record({
      state: fc.constantFrom('active' as const, 'suspended' as const, 'revoked' as const),
      from: fc.option(fc.nat(3_000_000_000), { nil: undefined }),
    }),
    until: fc.option(fc.constantFrom(at, at + 1, at + 60_000), { nil: undefined }),
    issue: fc.integer({ min: 1, max: 65_535 }),
    maxUses: fc.option(fc.integer({ min: 1, max: 255 }), { nil: undefined }),
    user: fc.option(fc.constant(idOf(99)), { nil: undefined }),
    floors: fc.array(fc.integer({ min: -2, max: 40 }), { maxLength: 2 }),
    isEmergency: fc.boolean(),
    needsSecondFactor: fc.boolean(),
    profile: fc.option(fc.constant('p'), { nil: undefined }),
    repeat: fc.option(
      fc.constant({ dates: { first: 20_000 }, weekdays: 31, hours: { from: 1_320, until: 360 } }),
      { nil: undefined },
    ),
    cards: fc.nat(2),
    isDuress: fc.boolean(),
  })
  .map(({ number, isRemoved, cards, isDuress, ...more }) => {
    if (isRemoved) return { id: idOf(number), isRemoved };
    const entry = guestEntry(number, more, cards);
    return { ...entry, credentials: entry.credentials.map((rule) => ({ ...rule, isDuress })) };
  });

const drawnDelta = fc.uniqueArray(drawnEntry, { maxLength: 5, minLength: 1, selector: ({ id }) => id });

function withEntries(list: AccessList, entries: readonly KeyEntry[]): AccessList {
  const changed = new Set(entries.map(({ id }) => id));
  const puts = entries.flatMap((entry) => (entry.isRemoved ? [] : [entry]));
  return {
    ...list,
    keys: [...list.keys.filter(({ id }) => !changed.has(id)), ...puts.map(({ key }) => key)],
    credentials: [
      ...list.credentials.filter(({ key }) => !changed.has(key)),
      ...puts.flatMap(({ credentials }) => credentials),
    ],
  };
}

describe('deltas upon a whole list', () => {
  it('say what the whole list would say, however they follow each other', () => {
    fc.assert(
      fc.property(drawnDelta, fc.array(drawnDelta, { maxLength: 6 }), (first, drawn) => {
        const base = withEntries(empty, first);
        const whole = encodeAccessList(base);
        const changed = createChangedList(openAccessList(whole));
        let [expected, root] = [base, sha256(whole)];
        const deltas: ListDelta[] = [];
        for (const [place, entries] of drawn.entries()) {
          const delta = deltaOf(root, place + 2, entries);
          deltas.push(delta);
          root = rootAfter(root, delta, sha256);
          expected = {
            ...withEntries(expected, entries),
            ...{ version: place + 2, signedAt: expected.signedAt + 1_000 },
          };
          changed.apply(changed.read(delta));
        }

        const wanted = formOf(expected);
        expect(formOf(decodeChangedList(whole, deltas))).toEqual(wanted);
        const list = changed.list();
        expect(list.rules).toMatchObject({ version: expected.version, signedAt: expected.signedAt });
        expect(list.keyCount).toBe(wanted.keys.length);
        const keys = new Map(wanted.keys.map((key) => [key.id, key]));
        const credentials = new Map(wanted.credentials.map((rule) => [rule.lookup, rule]));
        for (let number = 0; number < 12; number += 1) {
          const id = idOf(number);
          expect(list.findKey(id)).toEqual(keys.get(id));
          expect(list.findKeyByTag(uuidBytes(id).subarray(8))).toBe(keys.get(id)?.id);
          const lookups = guestEntry(number, {}, 2).credentials.map(({ lookup }) => lookup);
          for (const lookup of lookups) {
            const rule = credentials.get(lookup);
            expect(list.findCredential(lookup)).toEqual(rule && { rule, key: keys.get(rule.key) });
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('let nobody in by what two Keys have, whether it lies in the list or over it', () => {
    const [one, other] = [guestEntry(1), guestEntry(2)];
    const taken: PutEntry = { ...other, credentials: [pinOf(other.id, 1)] };
    const changed = createChangedList(openAccessList(encodeAccessList(listOf([one]))));
    const pin = pinOf(one.id, 1).lookup;

    changed.apply({ version: 2, elapsedMs: 0, entries: [taken] });
    const withTwo = changed.list().findCredential(pin);
    changed.apply({ version: 3, elapsedMs: 0, entries: [{ id: one.id, isRemoved: true }] });
    const withOther = changed.list().findCredential(pin)?.key.id;
    changed.apply({ version: 4, elapsedMs: 0, entries: [one] });

    expect([withTwo, withOther, changed.list().findCredential(pin)]).toEqual([
      undefined,
      other.id,
      undefined,
    ]);
    expect(changed.changedKeys()).toBe(2);
  });
});

describe('the Keys of a delta', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(drawnDelta, (entries) => {
        expect(decodeEntries(encodeEntries(entries))).toEqual(entries);
      }),
    );
  });

  it('have one form: no other bytes are read', () => {
    fc.assert(
      fc.property(drawnDelta, fc.nat(), fc.integer({ min: 1, max: 255 }), (entries, place, change) => {
        const bytes = encodeEntries(entries);
        const other = bytes.map((byte, index) => (index === place % bytes.length ? byte ^ change : byte));
        try {
          expect(encodeEntries(decodeEntries(other))).toEqual(other);
        } catch (error) {
          expect(error).toBeInstanceOf(CborFault);
        }
      }),
    );
  });

  it.each([
    ['that end early', encodeEntries([guestEntry(1)]).subarray(0, 30)],
    ['of which one is there twice', encodeEntries([{ id: idOf(1), isRemoved: true }, guestEntry(1)])],
    ['with a number in more bytes than it needs', longIssue()],
    ['with milliseconds for whole minutes', longTime()],
  ])('%s are refused', (_, bytes) => {
    expect(() => decodeEntries(bytes)).toThrow(CborFault);
  });
});

/** The issue of a plain Key stands in its nineteenth byte, its times from the twentieth on. */
function longIssue(): Uint8Array {
  const bytes = [...encodeEntries([guestEntry(1)])];
  bytes.splice(18, 1, 0x81, 0x00);
  return Uint8Array.from(bytes);
}

function longTime(): Uint8Array {
  const bytes = [...encodeEntries([guestEntry(1)])];
  const instant = Array.from({ length: 6 }, (_, place) => Math.floor(at / 256 ** (5 - place)) % 256);
  bytes.splice(19, 5, 0b0110, ...instant);
  return Uint8Array.from(bytes);
}

describe('the root of a list', () => {
  const root = sha256(Uint8Array.of(1));
  const delta = deltaOf(root, 2, [guestEntry(1)]);

  it('is another one for another list, version, time or Key', () => {
    const roots = [
      rootAfter(root, delta, sha256),
      rootAfter(sha256(Uint8Array.of(2)), delta, sha256),
      rootAfter(root, { ...delta, version: 3 }, sha256),
      rootAfter(root, { ...delta, elapsedMs: 2 }, sha256),
      rootAfter(root, { ...delta, keys: encodeEntries([guestEntry(2)]) }, sha256),
    ];

    expect(new Set(roots.map(String)).size).toBe(roots.length);
  });
});

describe('the signed message of one change', () => {
  const signer = { keyId: new Uint8Array(8), sign: () => new Uint8Array(64) };
  /** An hour after the version before, which is of a lock that had thousands of them. */
  const lengthOf = (entry: KeyEntry): number =>
    sealMessage(
      listDeltaMessage,
      { ...deltaOf(sha256(Uint8Array.of(1)), 9_999, [entry]), elapsedMs: 3_600_000 },
      signer,
    ).length;

  it.each([
    ['a guest Key that is made, with link, QR and PIN', guestEntry(1), 158],
    ['one with a count', guestEntry(1, { maxUses: 3 }), 159],
    ['one that is extended', guestEntry(1, { until: at + 7 * 86_400_000 }), 158],
    [
      'one that is revoked',
      guestEntry(1, { state: 'revoked', issue: 2, binding: { state: 'revoked' } }),
      158,
    ],
    ['one with a card besides', guestEntry(1, {}, 1), 175],
    ['one that is removed', { id: idOf(1), isRemoved: true } as const, 126],
  ])('of %s has so many bytes', (_, entry, bytes) => {
    expect(lengthOf(entry)).toBe(bytes);
  });
});
