import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessList, CredentialRule, KeyRule } from '@claviger/domain';
import { decodeAccessList, encodeAccessList, openAccessList } from './index.ts';
import { CborFault } from '../cbor.ts';
import { uuidBytes, uuidText } from '../text-bytes.ts';

const keyIds = ['0193a6c0-5555-7000-8000-000000000001', '0193a6c0-5555-7000-8000-000000000002'] as const;

const plainKey: KeyRule = {
  id: keyIds[0],
  type: 'guest',
  state: 'active',
  issue: 1,
  isHolderDeactivated: false,
  binding: { state: 'active' },
  hasMobile: false,
  hasIntercom: false,
  floors: [],
  isEmergency: false,
  isFirstPerson: false,
  isHolidayExempt: false,
  needsSecondFactor: false,
};

const plain: AccessList = {
  format: 2,
  device: '0190a0b0-1111-7222-8333-0a0b0c0d0e0f',
  ownershipEpoch: 1,
  incarnation: 1,
  version: 1,
  signedAt: 1_795_600_000_000,
  zone: { from: 0, until: 1_830_000_000_000, offsets: [{ from: 0, offsetS: -12_600 }] },
  lock: {
    id: 'l1',
    isInactive: false,
    capabilities: [],
    isInLockdown: false,
    isEvacuating: false,
    minimumAssurance: 'low',
    needsSecondFactor: false,
    takesStaticQr: false,
    doorModes: [],
    floors: [],
    hasFirstPersonIn: false,
    whenUnrecorded: 'deny',
  },
  holidays: [],
  profiles: [],
  accessGroups: [],
  keys: [],
  credentials: [],
  issuers: [],
};

const hours = { from: 1320, until: 360 };
const repeat = { dates: { first: 20_000, last: -5 }, weekdays: 31, hours };

const full: AccessList = {
  ...plain,
  lock: {
    ...plain.lock,
    capabilities: ['keypad', 'lift_floors'],
    schedule: { isHolidayExempt: true, intervals: [[hours], [], [], [], [], [], [{ from: 0, until: 1440 }]] },
    doorModes: ['party'],
    floors: [-2, 0, 14],
    antiPassbackMinutes: 10,
    maximumListAgeMinutes: 1_440,
    whenUnrecorded: 'admit',
  },
  holidays: [{ first: 20_447, last: 20_448, isYearly: true, hours }],
  profiles: [
    {
      id: 'p1',
      kind: 'own',
      permissions: ['keyless_go', 'party'],
      scheduler: { dates: { last: 21_000 }, weekdays: 1, hours },
    },
    { id: 'p2', kind: 'admin', permissions: [] },
  ],
  accessGroups: [{ id: 'g1', from: 5, until: 6, repeat }, { id: 'g2' }],
  keys: [
    plainKey,
    {
      ...plainKey,
      id: keyIds[1],
      user: '0193a6c0-7777-7000-8000-000000000007',
      from: 1,
      until: 2,
      binding: { from: 3, until: 4, state: 'suspended' },
      repeat,
      maxUses: 255,
      floors: [14],
      profile: 'p1',
      accessGroup: 'g1',
    },
  ],
  credentials: [
    {
      lookup: 'pin:00112233445566778899aabbccddeeff',
      key: keyIds[0],
      kind: 'pin',
      assurance: 'low',
      state: 'active',
      isDuress: true,
    },
    {
      lookup: 'qr:8000000000000002',
      key: keyIds[1],
      kind: 'qr',
      assurance: 'medium',
      state: 'revoked',
      isDuress: false,
    },
  ],
  issuers: [{ id: 'e1', publicKey: 'AAAA' }, { id: 'e2' }],
};

/** Identifiers as they are drawn: any 16 bytes, a few of them with the same random half. */
const uuid = fc
  .tuple(fc.uint8Array({ minLength: 8, maxLength: 8 }), fc.constantFrom(0, 1, 2, 3, 250))
  .map(([half, last]) => uuidText(Uint8Array.from([...half, 128, 0, 0, 0, 0, 0, 0, last])));
const hex = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes).toString('hex'));
const lookup = fc.oneof(
  hex(16).map((digest) => `pin:${digest}`),
  hex(16).map((digest) => `card:${digest}`),
  hex(8).map((tag) => `qr:${tag}`),
  uuid.map((id) => `link:${id}`),
);
const instant = fc.integer({ min: 0, max: 2 ** 48 - 2 });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** Without what is undefined, which is what a list leaves out. */
function defined<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Value;
}

const key: fc.Arbitrary<KeyRule> = fc
  .record({
    ...{ id: uuid, user: maybe(uuid), from: maybe(instant), until: maybe(instant) },
    bindingFrom: maybe(instant),
    bindingState: fc.constantFrom('active', 'revoked' as const),
    maxUses: maybe(fc.integer({ min: 1, max: 3 })),
    isEmergency: fc.boolean(),
  })
  .map(({ bindingFrom, bindingState, ...more }) => ({
    ...plainKey,
    ...defined(more),
    binding: defined({ from: bindingFrom, state: bindingState }),
  }));

/** A list of any Keys with names of their own, each with credentials. */
const anyList: fc.Arbitrary<AccessList> = fc
  .tuple(
    fc.uniqueArray(key, { selector: ({ id }) => id, maxLength: 30 }),
    fc.uniqueArray(lookup, {
      selector: (text) => text.split(':')[1]?.replaceAll('-', '').padEnd(32, '0'),
      maxLength: 60,
    }),
  )
  .map(([keys, lookups]) => ({
    ...plain,
    keys,
    credentials: lookups.flatMap((text, place) => {
      const holder = keys[place % Math.max(1, keys.length)];
      const rule = { kind: 'pin', assurance: 'low', state: 'active', isDuress: place % 5 === 0 } as const;
      return holder ? [{ ...rule, lookup: text, key: holder.id }] : [];
    }),
  }));

function byName<Entry>(entries: readonly Entry[], nameOf: (entry: Entry) => string): Entry[] {
  return [...entries].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}

function inOrder(list: AccessList): AccessList {
  return {
    ...list,
    keys: byName(list.keys, ({ id }) => id),
    credentials: byName(list.credentials, (credential) => credential.lookup),
  };
}

describe('an access list on the wire', () => {
  it.each([
    ['with nothing on it', plain],
    ['with everything on it', full],
  ])('%s says what was written', (_title, list) => {
    expect(inOrder(decodeAccessList(encodeAccessList(list)))).toEqual(inOrder(list));
  });

  it('has one form, whatever the order in which it was written', () => {
    fc.assert(
      fc.property(anyList, (list) => {
        const bytes = encodeAccessList(list);
        const turned = { ...list, keys: list.keys.toReversed(), credentials: list.credentials.toReversed() };
        expect(encodeAccessList(turned)).toEqual(bytes);
        expect(inOrder(decodeAccessList(bytes))).toEqual(inOrder(list));
        expect(encodeAccessList(decodeAccessList(bytes))).toEqual(bytes);
      }),
    );
  });

  it('finds everything on it, and nothing else', () => {
    fc.assert(
      fc.property(anyList, uuid, lookup, (list, strangeKey, strangeLookup) => {
        const opened = openAccessList(encodeAccessList(list));
        for (const rule of list.keys) {
          expect(opened.findKey(rule.id)).toEqual(rule);
          const tag = uuidBytes(rule.id).slice(8);
          const same = list.keys.filter(({ id }) => id.slice(18) === rule.id.slice(18));
          expect(same.map(({ id }) => id)).toContain(opened.findKeyByTag(tag));
        }
        const heldBy = (rule: CredentialRule | undefined) =>
          rule && { rule, key: list.keys.find(({ id }) => id === rule.key) };
        for (const rule of list.credentials) expect(opened.findCredential(rule.lookup)).toEqual(heldBy(rule));
        expect(opened.findKey(strangeKey)).toEqual(list.keys.find(({ id }) => id === strangeKey));
        const known = list.credentials.find((rule) => rule.lookup === strangeLookup);
        expect(opened.findCredential(strangeLookup)).toEqual(heldBy(known));
      }),
    );
  });

  it.each(['', 'k1', 'K1', 'pin:', 'pin:00', 'pin:00112233445566778899AABBCCDDEEFF', 'link:k1', 'door:00'])(
    'knows nothing called %s',
    (name) => {
      const { findKey, findCredential } = openAccessList(encodeAccessList(full));
      expect([findKey(name), findCredential(name)]).toEqual([undefined, undefined]);
    },
  );

  it('carries neither of two credentials that nobody could tell apart, nor one of no Key', () => {
    const [pin, qr] = full.credentials;
    if (!pin || !qr) throw new Error('no credentials');
    const doubled = { ...full, credentials: [pin, { ...pin, key: keyIds[1] }, qr] };
    const orphaned = { ...full, keys: full.keys.slice(0, 1) };
    expect(decodeAccessList(encodeAccessList(doubled)).credentials).toEqual([qr]);
    expect(decodeAccessList(encodeAccessList(orphaned)).credentials).toEqual([pin]);
  });

  it('tells Keys apart that differ in more ways than two bytes can number', () => {
    const keys = Array.from({ length: 70_000 }, (_, place): KeyRule => {
      const id = `0193a6c0-5555-7000-8000-${place.toString(16).padStart(12, '0')}`;
      return { ...plainKey, id, issue: 1 + (place % 60_000), maxUses: 1 + (place % 250) };
    });
    const { findKey } = openAccessList(encodeAccessList({ ...plain, keys }));
    for (const rule of [keys[0], keys[59_999], keys[69_999]])
      if (rule) expect(findKey(rule.id)).toEqual(rule);
  });

  it('is never half read: bytes that were changed or cut are refused, or read back as what they are', () => {
    const bytes = encodeAccessList(full);
    const changed = fc
      .tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }))
      .map(([place, value]) => bytes.with(place, value));
    const cut = fc.nat({ max: bytes.length - 1 }).map((length) => bytes.subarray(0, length));
    const longer = fc.constant(Uint8Array.of(...bytes, 0));
    fc.assert(
      fc.property(fc.oneof(changed, cut, longer), (hostile) => {
        try {
          expect(encodeAccessList(decodeAccessList(hostile))).toEqual(hostile);
        } catch (error) {
          if (!(error instanceof CborFault)) throw error;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['a Key without a UUID', { keys: [{ ...plainKey, id: 'k1' }] }],
    ['an instant beyond its column', { keys: [{ ...plainKey, from: 2 ** 48 }] }],
    ['a lookup of no form', { keys: [plainKey], credentials: [{ ...full.credentials[0], lookup: 'a' }] }],
  ])('cannot say %s', (_title, more) => {
    expect(() => encodeAccessList({ ...plain, ...(more as Partial<AccessList>) })).toThrow();
  });
});
