import { rehearse, reasonsIn, type Expected, type Scene, type Try } from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import { assurances } from '../key.ts';
import { capabilities, type Capability } from '../model.ts';

type Sentence = readonly [title: string, scene: Scene, expected: readonly Expected[]];

const without = (...missing: Capability[]): Scene['lock'] => ({
  capabilities: capabilities.filter((name) => !missing.includes(name)),
  floors: [0],
});
const admin: Scene = { key: { profile: 'admin' }, profiles: [{ id: 'admin', kind: 'admin' }] };
const second = (method: NonNullable<Try['secondFactor']>['method'], more: object = {}): Try => ({
  secondFactor: { method, credential: method, ...more },
});
const qr = (content: Try['qr'] = {}, more: Try = {}): Try => ({ method: 'qr', qr: content, ...more });

const theLock: Sentence[] = [
  ['L1 only Inactive denies with lock inactive', { lock: { status: 'inactive' } }, [[{}, 'lock_inactive']]],
  [
    'L1 Error is a report about the device and changes no decision',
    { lock: { status: 'error' } },
    [[{}, 'granted']],
  ],
  [
    'L3 a Key marked emergency is exempt from lockdown, lock schedule, passback, first person and list age',
    {
      key: { emergency: true },
      holidays: [{ from: '2026-11-25', until: '2026-11-25' }],
      lock: {
        lockdown: true,
        schedule: { intervals: [] },
        antiPassbackMinutes: 60,
        firstPersonIn: true,
        maximumListAgeMinutes: 1,
        list: { confirmedAt: '2026-11-24T12:00' },
      },
    },
    [
      [{}, 'granted'],
      [{}, 'granted'],
    ],
  ],
  [
    'L3 and from no other check',
    {
      key: { emergency: true, maxUses: 1, profile: 'own', secondFactor: true },
      profiles: [{ id: 'own', scheduler: { hours: { from: '08:00', until: '13:00' } } }],
      lock: { minimumAssurance: 'medium' },
    },
    [
      [{ at: '2026-11-25T13:00' }, 'outside_profile_schedule'],
      [{}, 'assurance_too_low'],
      [{ method: 'finger' }, 'second_factor_needed'],
      [{ method: 'finger', ...second('card') }, 'granted'],
      [{ method: 'finger', ...second('card') }, 'uses_exhausted'],
    ],
  ],
  [
    'L4 evacuation overrides lockdown while both are set',
    { lock: { lockdown: true, evacuation: true } },
    [
      [{}, 'granted'],
      [{ method: 'command' }, 'granted'],
    ],
  ],
  [
    'L4 evacuation changes no decision else: attempts are decided and counted as always',
    { key: { maxUses: 1 }, lock: { evacuation: true } },
    [
      [{}, 'granted'],
      [{}, 'uses_exhausted'],
    ],
  ],
  [
    'L5 AutoUnlock and KeylessGo from the instant of closing to 15 seconds after it are denied with cooldown',
    { ...admin, lock: { state: { closedAt: '2026-11-25T12:00' } } },
    [
      [{ method: 'auto_unlock', at: '2026-11-25T11:59:59.999' }, 'granted'],
      [{ method: 'auto_unlock', at: '2026-11-25T12:00' }, 'cooldown'],
      [{ method: 'keyless_go', at: '2026-11-25T12:00:14.999' }, 'cooldown'],
      [{ method: 'keyless_go', at: '2026-11-25T12:00:15' }, 'granted'],
    ],
  ],
  [
    'L5 tested right after method not allowed',
    { lock: { state: { closedAt: '2026-11-25T12:00' }, minimumAssurance: 'high' } },
    [[{ method: 'auto_unlock' }, 'method_not_allowed']],
  ],
  [
    'L5 and before assurance too low; every other method is not held up',
    { ...admin, lock: { state: { closedAt: '2026-11-25T12:00' }, minimumAssurance: 'high' } },
    [
      [{ method: 'auto_unlock' }, 'cooldown'],
      [{ method: 'app' }, 'assurance_too_low'],
    ],
  ],
];

const allowed: Sentence[] = [
  ...(
    [
      ['pin', 'keypad'],
      ['qr', 'qr_reader'],
      ['pass', 'qr_reader'],
      ['card', 'card_reader'],
      ['button', 'remote_receiver'],
      ['finger', 'fingerprint_reader'],
      ['keyless_go', 'phone_proximity'],
      ['auto_unlock', 'phone_proximity'],
    ] as const
  ).map(([method, capability]): Sentence => [
    `M1 ${method} needs ${capability}, else method not allowed`,
    { ...admin, lock: without(capability) },
    [[{ method }, 'method_not_allowed']],
  ]),
  [
    'M1 app and link need none',
    { lock: { capabilities: [] } },
    [
      [{ method: 'app' }, 'granted'],
      [{ method: 'link' }, 'granted'],
    ],
  ],
  ...(['wallet', 'intercom'] as const).map((type): Sentence => [
    `M2 for a Key of type ${type} a missing chip is off; PIN and card know no chips`,
    { key: { type, user: 'ann' }, users: [{ id: 'ann' }] },
    [
      [{ method: 'app' }, 'method_not_allowed'],
      [qr(), 'method_not_allowed'],
      [{ method: 'pass' }, 'method_not_allowed'],
      [{ method: 'pin' }, 'granted'],
      [{ method: 'card' }, 'granted'],
    ],
  ]),
  [
    'M2 Mobile decides at each lock whether the person’s App opens',
    {
      key: { type: 'wallet', user: 'ann', bindings: [{ lock: 'front' }, { lock: 'back' }] },
      users: [{ id: 'ann' }],
      chips: [{ user: 'ann', lock: 'front', mobile: true }],
    },
    [
      [{ method: 'app' }, 'granted'],
      [qr(), 'method_not_allowed'],
      [{ method: 'app', lock: 'back' }, 'method_not_allowed'],
    ],
  ],
  [
    'M2 Intercom decides whether the person’s QR is accepted, in the App or in the pass',
    {
      key: { type: 'wallet', user: 'ann' },
      users: [{ id: 'ann' }],
      chips: [{ user: 'ann', lock: 'front', intercom: true }],
    },
    [
      [qr(), 'granted'],
      [{ method: 'pass', qr: { shownAt: '2026-11-25T12:00:30' } }, 'granted'],
      [{ method: 'app' }, 'method_not_allowed'],
    ],
  ],
  [
    'M2 all other types of Key know no chips',
    { key: { type: 'guest' } },
    [
      [{ method: 'app' }, 'granted'],
      [qr(), 'granted'],
    ],
  ],
  [
    'M3 KeylessGo and AutoUnlock need the profile’s permission; plain opening needs none',
    { key: { profile: 'own' }, profiles: [{ id: 'own', permissions: ['keyless_go'] }] },
    [
      [{ method: 'keyless_go' }, 'granted'],
      [{ method: 'auto_unlock' }, 'method_not_allowed'],
      [{ method: 'app' }, 'granted'],
    ],
  ],
  [
    'M3 a door mode needs the model’s capability, the lock’s leave and the profile’s permission',
    {
      key: { profile: 'own' },
      profiles: [{ id: 'own', permissions: ['day_latch', 'party'] }],
      lock: { ...without('party_mode', 'lift_floors'), doorModes: ['day_latch', 'party', 'permanent_open'] },
    },
    [
      [{ doorMode: 'day_latch' }, 'granted'],
      [{ doorMode: 'party' }, 'method_not_allowed'],
      [{ doorMode: 'permanent_open' }, 'method_not_allowed'],
    ],
  ],
  [
    'M3 for Admin too the first two',
    { ...admin, lock: { ...without('party_mode', 'lift_floors'), doorModes: ['party', 'day_latch'] } },
    [
      [{ doorMode: 'day_latch' }, 'granted'],
      [{ doorMode: 'party' }, 'method_not_allowed'],
      [{ doorMode: 'permanent_open' }, 'method_not_allowed'],
    ],
  ],
];

const lift: Scene['lock'] = { capabilities: ['keypad', 'lift_floors'], floors: [0, 1, 2] };
const floors: Sentence[] = [
  [
    'M4 an asked floor must be one of the lock’s and, if the Key has floors, one of the Key’s',
    { lock: lift, key: { floors: [1, 7] } },
    [
      [{ floor: 1 }, 'granted'],
      [{ floor: 0 }, 'floor_not_allowed'],
      [{ floor: 7 }, 'floor_not_allowed'],
    ],
  ],
  [
    'M4 a Key without floors may go to all',
    { lock: lift },
    [
      [{ floor: 2 }, 'granted'],
      [{ floor: 3 }, 'floor_not_allowed'],
      [{}, 'granted'],
    ],
  ],
  [
    'M4 a Key that has none of this lock’s floors goes nowhere',
    { lock: lift, key: { floors: [7] } },
    [[{}, 'floor_not_allowed']],
  ],
  ['M4 at other locks floors do not matter', { key: { floors: [7] } }, [[{ floor: 3 }, 'granted']]],
];

const factors: Sentence[] = [
  [
    'M5 PIN, link, static QR, MIFARE Classic and bare card number are low',
    {
      lock: { minimumAssurance: 'medium', staticQr: true },
      credentials: [{ id: 'classic', key: 'key', kind: 'card', card: 'classic' }],
    },
    [
      [{ method: 'pin' }, 'assurance_too_low'],
      [{ method: 'link' }, 'assurance_too_low'],
      [qr({ isStatic: true }), 'assurance_too_low'],
      [{ method: 'card' }, 'assurance_too_low'],
      [{ method: 'card', credential: 'classic' }, 'assurance_too_low'],
    ],
  ],
  [
    'M5 DESFire, app key, rotating QR, button and finger are medium',
    {
      lock: { minimumAssurance: 'medium' },
      credentials: [{ id: 'desfire', key: 'key', kind: 'card', card: 'desfire' }],
    },
    [
      [{ method: 'card', credential: 'desfire' }, 'granted'],
      [{ method: 'app' }, 'granted'],
      [qr(), 'granted'],
      [{ method: 'button' }, 'granted'],
      [{ method: 'finger' }, 'granted'],
    ],
  ],
  [
    'M8 a static QR or pass of any Key but guest and visitor is assurance too low',
    {},
    [
      [qr({ isStatic: true }), 'assurance_too_low'],
      [{ method: 'pass', qr: { isStatic: true }, ...second('finger') }, 'assurance_too_low'],
    ],
  ],
  ['M8 not at a lock that has opted in', { lock: { staticQr: true } }, [[qr({ isStatic: true }), 'granted']]],
  ...(['guest', 'visitor'] as const).map((type): Sentence => [
    `M8 a static QR of a ${type} is taken`,
    { key: { type } },
    [[qr({ isStatic: true }), 'granted']],
  ]),
];

const traces: Sentence[] = [
  [
    'M6 within the set minutes after a grant at one side, the same side is passed back',
    { lock: { antiPassbackMinutes: 10 }, key: { bindings: [{ lock: 'front' }, { lock: 'back' }] } },
    [
      [{ at: '2026-11-25T12:00' }, 'granted'],
      [{ at: '2026-11-25T12:09:59.999' }, 'passed_back'],
      [{ at: '2026-11-25T12:05', lock: 'back' }, 'granted'],
      [{ at: '2026-11-25T12:10' }, 'granted'],
    ],
  ],
  [
    'M6 until a grant at the other side, per Key',
    {
      lock: { antiPassbackMinutes: 10 },
      keys: [{ id: 'other' }],
      credentials: [{ id: 'other', key: 'other', kind: 'pin' }],
    },
    [
      [{ side: 'entry' }, 'granted'],
      [{ side: 'entry', method: 'card' }, 'passed_back'],
      [{ side: 'entry', credential: 'other' }, 'granted'],
      [{ side: 'exit' }, 'granted'],
      [{ side: 'exit' }, 'passed_back'],
      [{ side: 'entry' }, 'granted'],
    ],
  ],
  [
    'M7 a rotating QR is accepted in its 30-second step, the one before and the one after, once per lock',
    { key: { bindings: [{ lock: 'front' }, { lock: 'back' }] } },
    [
      [qr({ shownAt: '2026-11-25T12:00' }, { at: '2026-11-25T11:59:29.999' }), 'replayed'],
      [qr({ shownAt: '2026-11-25T12:00' }, { at: '2026-11-25T11:59:30' }), 'granted'],
      [qr({ shownAt: '2026-11-25T12:00' }, { at: '2026-11-25T12:00' }), 'replayed'],
      [qr({ shownAt: '2026-11-25T12:00' }, { at: '2026-11-25T12:00:59.999', lock: 'back' }), 'granted'],
      [qr({ shownAt: '2026-11-25T12:00:30' }, { at: '2026-11-25T12:01' }), 'granted'],
      [qr({ shownAt: '2026-11-25T12:00' }, { at: '2026-11-25T12:01' }), 'replayed'],
    ],
  ],
  [
    'M7 what was shown before is remembered by its step',
    { lock: { state: { shownSteps: [{ key: 'key', at: '2026-11-25T12:00:29' }] } } },
    [
      [qr({ shownAt: '2026-11-25T12:00' }, { at: '2026-11-25T12:00' }), 'replayed'],
      [qr({ shownAt: '2026-11-25T12:00:30' }, { at: '2026-11-25T12:00' }), 'granted'],
    ],
  ],
  [
    'M7 a button is replayed when its counter is not above the last that this lock accepted',
    { lock: { state: { buttonCounters: [{ credential: 'button', counter: 7 }] } } },
    [
      [{ method: 'button', counter: 7 }, 'replayed'],
      [{ method: 'button', counter: 9 }, 'granted'],
      [{ method: 'button', counter: 8 }, 'replayed'],
      [{ method: 'button' }, 'granted'],
    ],
  ],
  [
    'M7 static QR, PIN and card are never replayed',
    { lock: { staticQr: true } },
    [
      [qr({ isStatic: true }), 'granted'],
      [qr({ isStatic: true }), 'granted'],
      [{}, 'granted'],
      [{}, 'granted'],
      [{ method: 'card' }, 'granted'],
      [{ method: 'card' }, 'granted'],
    ],
  ],
  [
    'M9 a Key not marked first person waits until one so marked was granted on the same date',
    {
      lock: { firstPersonIn: true },
      keys: [{ id: 'first', firstPerson: true }],
      credentials: [{ id: 'first', key: 'first', kind: 'pin' }],
    },
    [
      [{ at: '2026-11-25T08:00' }, 'first_person_missing'],
      [{ at: '2026-11-25T08:01', credential: 'first' }, 'granted'],
      [{ at: '2026-11-25T23:59:59.999' }, 'granted'],
      [{ at: '2026-11-26T00:00' }, 'first_person_missing'],
    ],
  ],
];

describe('a lock, a method, a factor', () => {
  it.each([...theLock, ...allowed, ...floors, ...factors, ...traces])('%s', (_title, scene, expected) => {
    expect(reasonsIn(scene, expected)).toEqual(expected);
  });

  it('M4 without an asked floor the Key’s floors are released', () => {
    const [theirs, asked] = rehearse({ lock: lift, key: { floors: [2, 1, 7] } }, [{}, { floor: 2 }]);
    const [every] = rehearse({ lock: lift }, [{}]);

    expect([theirs?.floors, asked?.floors, every?.floors]).toEqual([[1, 2], [2], [0, 1, 2]]);
    expect(rehearse({}, [{}])[0]).not.toHaveProperty('floors');
  });

  it('M5 the three degrees are ordered', () => {
    expect(assurances).toEqual(['low', 'medium', 'high']);
  });
});
