import { reasonsIn, type Expected, type Scene, type Try } from '@claviger/sim';
import { describe, expect, it } from 'vitest';

type Sentence = readonly [title: string, scene: Scene, expected: readonly Expected[]];

const second = (method: NonNullable<Try['secondFactor']>['method'], more: object = {}): Try => ({
  secondFactor: { method, credential: method, ...more },
});

const factors: Sentence[] = [
  [
    'M5 a second factor lifts the attempt to one above the better of the two',
    { lock: { minimumAssurance: 'medium' } },
    [[{ method: 'pin', ...second('card') }, 'granted']],
  ],
  [
    'M5 to high with a medium one',
    { lock: { minimumAssurance: 'high' } },
    [
      [{ method: 'pin', ...second('card') }, 'assurance_too_low'],
      [{ method: 'pin', ...second('finger') }, 'granted'],
      [{ method: 'finger', ...second('pin') }, 'granted'],
      [{ method: 'finger' }, 'assurance_too_low'],
    ],
  ],
  [
    'M5 it is an active credential of another kind',
    {
      lock: { secondFactor: true },
      credentials: [
        { id: 'another', key: 'key', kind: 'pin' },
        { id: 'lost', key: 'key', kind: 'card', state: 'suspended' },
      ],
    },
    [
      [{ secondFactor: { method: 'pin', credential: 'another' } }, 'second_factor_needed'],
      [second('card', { credential: 'lost' }), 'second_factor_needed'],
      [second('card', { credential: undefined }), 'second_factor_needed'],
      [second('app', { credential: 'app_key', signature: 'bad' }), 'second_factor_needed'],
      [second('app', { credential: 'app_key' }), 'granted'],
    ],
  ],
  [
    'M5 a QR as second factor is held to its step, issue, locks and stillness, as the first one is',
    { lock: { secondFactor: true }, key: { issue: 2 } },
    [
      [second('qr', { qr: { shownAt: '2026-11-25T11:59:00' } }), 'second_factor_needed'],
      [second('qr', { qr: { issue: 1 } }), 'second_factor_needed'],
      [second('qr', { qr: { locks: ['back'] } }), 'second_factor_needed'],
      [second('qr', { qr: { isStatic: true } }), 'second_factor_needed'],
      [second('qr', { path: 'other', qr: { issuer: 'stranger' } }), 'second_factor_needed'],
      [second('qr', { path: 'other' }), 'granted'],
      [second('qr', { path: 'other' }), 'second_factor_needed'],
      [{ method: 'qr', ...second('pin') }, 'replayed'],
    ],
  ],
  [
    'M5 a static QR where the lock takes one lifts as what it is, low',
    { lock: { staticQr: true, minimumAssurance: 'medium' } },
    [[second('qr', { qr: { isStatic: true } }), 'granted']],
  ],
  [
    'M5 of the same Key or the same User, at this lock',
    {
      lock: { secondFactor: true },
      users: [{ id: 'ann' }, { id: 'ben' }],
      key: { user: 'ann' },
      keys: [
        { id: 'hers', user: 'ann' },
        { id: 'his', user: 'ben' },
        { id: 'away', user: 'ann', bindings: [{ lock: 'back' }] },
        { id: 'gone', user: 'ann', state: 'revoked' },
      ],
      credentials: (['hers', 'his', 'away', 'gone'] as const).map((id) => ({ id, key: id, kind: 'card' })),
    },
    [
      [second('card', { credential: 'hers' }), 'granted'],
      [second('card', { credential: 'his' }), 'second_factor_needed'],
      [second('card', { credential: 'away' }), 'second_factor_needed'],
      [second('card', { credential: 'gone' }), 'second_factor_needed'],
    ],
  ],
  [
    'M5 an active credential also of a Key that is expired, not yet valid or outside its window (C11)',
    {
      lock: { secondFactor: true },
      users: [{ id: 'ann' }],
      key: { user: 'ann' },
      keys: [
        { id: 'ended', user: 'ann', until: '2026-11-25T12:00' },
        { id: 'coming', user: 'ann', from: '2026-11-26T00:00' },
        { id: 'daily', user: 'ann', repeat: { mode: 'daily', beginTime: '13:00', endTime: '14:00' } },
      ],
      credentials: (['ended', 'coming', 'daily'] as const).map((id) => ({ id, key: id, kind: 'card' })),
    },
    [
      [second('card', { credential: 'ended' }), 'granted'],
      [second('card', { credential: 'coming' }), 'granted'],
      [second('card', { credential: 'daily' }), 'granted'],
      [{ method: 'card', credential: 'ended', ...second('pin') }, 'expired'],
    ],
  ],
  [
    'M5 not one that is suspended or revoked by itself, by its Key or by its Binding',
    {
      lock: { secondFactor: true },
      users: [{ id: 'ann' }],
      key: { user: 'ann' },
      keys: [
        { id: 'key off', user: 'ann', state: 'suspended' },
        { id: 'lock off', user: 'ann', bindings: [{ lock: 'front', state: 'revoked' }] },
        { id: 'card off', user: 'ann' },
      ],
      credentials: [
        { id: 'key off', key: 'key off', kind: 'card' },
        { id: 'lock off', key: 'lock off', kind: 'card' },
        { id: 'card off', key: 'card off', kind: 'card', state: 'revoked' },
      ],
    },
    [
      [second('card', { credential: 'key off' }), 'second_factor_needed'],
      [second('card', { credential: 'lock off' }), 'second_factor_needed'],
      [second('card', { credential: 'card off' }), 'second_factor_needed'],
    ],
  ],
  [
    'M5 second factor needed is said where the Key asks for two and there is none',
    { key: { secondFactor: true } },
    [
      [{}, 'second_factor_needed'],
      [second('card'), 'granted'],
    ],
  ],
];

const buttons: Sentence[] = [
  [
    'M7 a button as second factor is held to its counter, and its grant moves the counter on',
    { lock: { secondFactor: true, state: { buttonCounters: [{ credential: 'button', counter: 7 }] } } },
    [
      [second('button', { counter: 7 }), 'second_factor_needed'],
      [second('button', { counter: 9 }), 'granted'],
      [second('button', { counter: 9 }), 'second_factor_needed'],
      [{ method: 'button', counter: 9, ...second('pin') }, 'replayed'],
      [second('button'), 'granted'],
      [second('button', { counter: 10 }), 'second_factor_needed'],
    ],
  ],
  [
    'M7 a button that was replayed as second factor is a wrong try on its path',
    {
      lock: {
        secondFactor: true,
        state: { paths: [{ path: 'remote_receiver', wrongTries: 5, forgivenAt: '2026-11-25T12:00' }] },
      },
    },
    [
      [second('button', { counter: 0 }), 'granted'],
      [second('button', { counter: 0 }), 'second_factor_needed'],
      [{ method: 'button' }, 'throttled'],
    ],
  ],
];

describe('a second factor', () => {
  it.each([...factors, ...buttons])('%s', (_title, scene, expected) => {
    expect(reasonsIn(scene, expected)).toEqual(expected);
  });
});
