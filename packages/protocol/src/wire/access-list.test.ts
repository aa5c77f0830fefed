import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessList, KeyRule } from '@claviger/domain';
import { decodeAccessList, encodeAccessList } from './access-list.ts';
import { CborFault, decodeCbor, encodeCbor, type CborMap } from './cbor.ts';

const plainKey: KeyRule = {
  id: 'k1',
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
  format: 1,
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
      id: 'k2',
      user: 'u1',
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
    { lookup: 'a', key: 'k1', kind: 'pin', assurance: 'low', state: 'active', isDuress: true },
    { lookup: 'b', key: 'k2', kind: 'qr', assurance: 'medium', state: 'revoked', isDuress: false },
  ],
  issuers: [{ id: 'e1', publicKey: 'AAAA' }, { id: 'e2' }],
};

describe('an access list on the wire', () => {
  it.each([
    ['with nothing on it', plain],
    ['with everything on it', full],
  ])('%s says what was written', (_title, list) => {
    expect(decodeAccessList(encodeAccessList(list))).toEqual(list);
  });

  it('with a field that this version does not know is refused as a whole', () => {
    const map = new Map(decodeCbor(encodeAccessList(full)) as CborMap);
    expect(() => decodeAccessList(encodeCbor(map.set(15, true)))).toThrow(CborFault);
  });

  it('is never half read: bytes that were changed or cut are refused, or read back as what they are', () => {
    const bytes = encodeAccessList(full);
    const changed = fc
      .tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }))
      .map(([place, value]) => bytes.with(place, value));
    const cut = fc.nat({ max: bytes.length - 1 }).map((length) => bytes.subarray(0, length));
    fc.assert(
      fc.property(fc.oneof(changed, cut), (hostile) => {
        try {
          expect(encodeAccessList(decodeAccessList(hostile))).toEqual(hostile);
        } catch (error) {
          if (!(error instanceof CborFault)) throw error;
        }
      }),
    );
  });
});
