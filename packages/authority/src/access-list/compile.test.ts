import { dayOf } from '@claviger/domain';
import { describe, expect, it } from 'vitest';
import { compileAccessList } from './compile.ts';
import type { CredentialFact, KeyFact, LockFact, RuleFacts } from './facts.ts';
import { dayOfDate, minuteOf } from './written-times.ts';

const lock: LockFact = {
  id: 'front',
  status: 'active',
  capabilities: ['keypad'],
  lockdown: false,
  evacuation: false,
  minimumAssurance: 'low',
  secondFactor: false,
  staticQr: false,
  doorModes: [],
  floors: [],
  firstPersonIn: false,
  whenUnrecorded: 'deny',
};

function keyFact(more: Partial<KeyFact> = {}): KeyFact {
  return {
    id: 'key',
    type: 'staff',
    state: 'active',
    isHolderDeactivated: false,
    floors: [],
    emergency: false,
    firstPerson: false,
    holidayExempt: false,
    secondFactor: false,
    issue: 1,
    bindings: [{ lock: 'front', state: 'active' }],
    ...more,
  };
}

function credentialFact(more: Partial<CredentialFact> = {}): CredentialFact {
  return { lookup: 'digest', key: 'key', kind: 'pin', state: 'active', duress: false, ...more };
}

const nothing: RuleFacts = {
  holidays: [],
  profiles: [],
  accessGroups: [],
  keys: [],
  credentials: [],
  chips: [],
  issuers: [],
};
const head = {
  device: 'device',
  ownershipEpoch: 2,
  incarnation: 3,
  version: 4,
  signedAt: 5,
  zone: { from: 0, until: 9, offsets: [{ from: 0, offsetS: 0 }] },
};
const compile = (facts: Partial<RuleFacts>, of = lock) =>
  compileAccessList({ ...nothing, ...facts }, of, head);

describe('an access list', () => {
  it('has what concerns its lock and nothing else', () => {
    const list = compile({
      keys: [
        keyFact(),
        keyFact({ id: 'away', bindings: [{ lock: 'back', state: 'active' }] }),
        keyFact({ id: 'free', state: 'available' }),
        keyFact({ id: 'grouped', bindings: [], accessGroup: 'here' }),
        keyFact({ id: 'elsewhere', bindings: [], accessGroup: 'there' }),
      ],
      accessGroups: [
        { id: 'here', locks: ['front'] },
        { id: 'there', locks: ['back'] },
      ],
      credentials: [
        credentialFact(),
        credentialFact({ lookup: 'of back', lock: 'back' }),
        credentialFact({ lookup: 'away', key: 'away' }),
      ],
    });

    expect(list.keys.map(({ id }) => id)).toEqual(['key', 'grouped']);
    expect(list.credentials.map(({ lookup }) => lookup)).toEqual(['digest']);
    expect(list).toMatchObject({ format: 2, ownershipEpoch: 2, incarnation: 3, version: 4, signedAt: 5 });
  });

  it('has the Key’s own Binding where an access group has the lock too', () => {
    const bindings = [{ lock: 'front', state: 'revoked', until: 7 }] as const;

    const list = compile({
      keys: [keyFact({ bindings, accessGroup: 'here' })],
      accessGroups: [{ id: 'here', locks: ['front'] }],
    });

    expect(list.keys[0]?.binding).toEqual({ state: 'revoked', from: undefined, until: 7 });
  });

  it('has minutes and day numbers for what people wrote', () => {
    const list = compile(
      {
        keys: [
          keyFact({
            repeat: { mode: 'daily', beginDate: '2026-11-25', beginTime: '22:00', endTime: '24:00' },
          }),
        ],
        holidays: [
          { from: '2026-12-24', until: '2026-12-26', yearly: true, hours: { from: '08:00', until: '12:30' } },
        ],
      },
      {
        ...lock,
        schedule: {
          holidayExempt: false,
          intervals: [{ weekday: 'wed', from: '08:00', until: '17:00' }],
        },
      },
    );

    expect(list.keys[0]?.repeat).toEqual({
      dates: { first: dayOf(2026, 11, 25), last: undefined },
      weekdays: 127,
      hours: { from: 1320, until: 1440 },
    });
    expect(list.holidays).toEqual([
      {
        first: dayOf(2026, 12, 24),
        last: dayOf(2026, 12, 26),
        isYearly: true,
        hours: { from: 480, until: 750 },
      },
    ]);
    expect(list.lock.schedule?.intervals[2]).toEqual([{ from: 480, until: 1020 }]);
  });

  it('of a lock that is unclaimed or claiming names no Key and no issuer', () => {
    const facts = { keys: [keyFact()], credentials: [credentialFact()], issuers: [{ id: 'entity' }] };

    for (const status of ['unclaimed', 'claiming'] as const) {
      expect(compile(facts, { ...lock, status })).toMatchObject({ keys: [], credentials: [], issuers: [] });
    }
    expect(compile(facts, { ...lock, status: 'error' }).issuers).toHaveLength(1);
  });

  it.each([
    ['a PIN', credentialFact(), 'low'],
    ['a card that does not say what it is', credentialFact({ kind: 'card' }), 'low'],
    ['a DESFire card', credentialFact({ kind: 'card', card: 'desfire' }), 'medium'],
    ['a finger', credentialFact({ kind: 'finger' }), 'medium'],
  ])('says what %s proves', (_title, fact, assurance) => {
    expect(compile({ keys: [keyFact()], credentials: [fact] }).credentials[0]).toMatchObject({ assurance });
  });
});

describe('a date or clock time that was stored wrongly', () => {
  it.each(['7:30', '24:01', '12:60', 'noon'])('%s is not taken', (text) => {
    expect(() => minuteOf(text)).toThrow('not a clock time');
  });

  it('is not taken as a date either', () => {
    expect(() => dayOfDate('25.11.2026')).toThrow('not a date');
  });
});
