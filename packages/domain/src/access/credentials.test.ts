import { reasonsIn, rehearse, type Expected, type Scene, type Try } from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import { credentialMethods } from '../key.ts';

type Sentence = readonly [title: string, scene: Scene, expected: readonly Expected[]];

const qr = (content: Try['qr'] = {}, more: Try = {}): Try => ({ method: 'qr', qr: content, ...more });
/** A QR of a Key that no list knows, by its own rule. */
const newQr = (content: Try['qr'] = {}, more: Try = {}): Try =>
  qr({ key: 'new', signedAt: '2026-11-25T11:00', rule: {}, ...content }, { credential: undefined, ...more });
const listOfTheMorning: Scene = { lock: { list: { signedAt: '2026-11-25T08:00' } } };
const everyMethod = (reason: Exclude<Expected, string>[1]): Expected[] =>
  credentialMethods.filter((method) => !method.includes('_')).map((method) => [{ method }, reason]);
const bothLocks = [{ lock: 'front' }, { lock: 'back' }];

const which: Sentence[] = [
  [
    'C1 wrong lock is said only of a QR or pass, which names its locks',
    {},
    [
      [qr({ locks: ['back'] }), 'wrong_lock'],
      [qr({ locks: ['back'] }, { method: 'pass' }), 'wrong_lock'],
      [qr({ locks: ['back', 'front'] }), 'granted'],
    ],
  ],
  [
    'C1 a PIN, card, button, finger, link or app key that is not on this lock’s list is unknown credential',
    { key: { bindings: [{ lock: 'back' }] } },
    (['pin', 'card', 'button', 'finger', 'link', 'app'] as const).map((method) => [
      { method, path: `path of ${method}` },
      'unknown_credential',
    ]),
  ],
  [
    'C1 and so is a credential of one lock at the Key’s other locks',
    { key: { bindings: bothLocks }, credential: { lock: 'back' } },
    [
      [{}, 'unknown_credential'],
      [{ lock: 'back' }, 'granted'],
      [qr(), 'unknown_credential'],
    ],
  ],
  [
    'C2 for a QR unknown credential means that the list knows neither its issuer nor its Key',
    {},
    [
      [qr({ issuer: 'stranger' }), 'unknown_credential'],
      [qr({ issuer: 'stranger' }, { signature: 'bad' }), 'unknown_credential'],
      [qr({}, { credential: undefined }), 'unknown_credential'],
    ],
  ],
  [
    'C2 and bad signature that it does not verify under a known issuer, whatever Key it names',
    {},
    [
      [qr({}, { signature: 'bad' }), 'bad_signature'],
      [qr({ key: 'nobody' }, { signature: 'bad', credential: undefined }), 'bad_signature'],
      [qr({}, { method: 'pass', signature: 'bad' }), 'bad_signature'],
    ],
  ],
  [
    'C2 for an app key they mean that the list does not know the key, and that it does not verify under it',
    {},
    [
      [{ method: 'app', credential: undefined, signature: 'bad' }, 'unknown_credential'],
      [{ method: 'app', signature: 'bad' }, 'bad_signature'],
    ],
  ],
  [
    'C4 a QR with an older issue than the list’s is revoked; with a newer one the list decides',
    { key: { issue: 3 } },
    [
      [qr({ issue: 2 }), 'revoked'],
      [qr({ issue: 3 }), 'granted'],
      [qr({ issue: 4, shownAt: '2026-11-25T12:00:30' }), 'granted'],
    ],
  ],
  [
    'C7 a Key not yet accepted is pending',
    { key: { state: 'pending' } },
    [...everyMethod('pending'), [{ method: 'pin' }, 'pending']],
  ],
  [
    'C7 or a credential not yet confirmed by its reader or phone',
    { credential: { state: 'pending' } },
    everyMethod('pending'),
  ],
  [
    'C7 an available Key has no credential',
    { key: { state: 'available' } },
    [
      [{}, 'unknown_credential'],
      [qr(), 'unknown_credential'],
      [qr({ key: 'key' }, { credential: undefined }), 'unknown_credential'],
    ],
  ],
  [
    'C8 malformed is input that has not the form of its method',
    {},
    [
      ...credentialMethods.map((method): Expected => [{ method, malformed: true }, 'malformed']),
      [{ method: 'command', malformed: true }, 'malformed'],
    ],
  ],
  [
    'C11 only the Key of the credential is tested; another Key of the holder neither helps nor harms',
    {
      users: [{ id: 'ann' }],
      key: { user: 'ann', until: '2026-11-25T10:00' },
      keys: [{ id: 'other', user: 'ann' }],
      credentials: [{ id: 'other', key: 'other', kind: 'pin' }],
    },
    [
      [{}, 'expired'],
      [{ credential: 'other' }, 'granted'],
    ],
  ],
];

const unknownKeys: Sentence[] = [
  [
    'C3 such a QR is accepted if it was signed later than the list and less than 24 hours ago',
    listOfTheMorning,
    [
      [newQr(), 'granted'],
      [newQr({ signedAt: '2026-11-25T08:00' }), 'unknown_credential'],
      [newQr({ signedAt: '2026-11-25T08:00:00.001' }, { at: '2026-11-26T08:00' }), 'granted'],
      [
        newQr({ signedAt: '2026-11-25T08:00:00.001' }, { at: '2026-11-26T08:00:00.001' }),
        'unknown_credential',
      ],
    ],
  ],
  [
    'C3 it is decided by its own rule: one span',
    listOfTheMorning,
    [
      [newQr({ rule: { from: '2026-11-25T13:00' } }), 'not_yet_valid'],
      [newQr({ rule: { until: '2026-11-25T12:00' } }), 'expired'],
    ],
  ],
  [
    'C3 or one window',
    listOfTheMorning,
    [
      [newQr({ rule: { window: { mode: 'daily', beginTime: '11:00', endTime: '13:00' } } }), 'granted'],
      [
        newQr({ rule: { window: { mode: 'daily', beginTime: '13:00', endTime: '11:00' } } }),
        'outside_repeat_window',
      ],
    ],
  ],
  [
    'C3 the lock schedule binds it',
    { lock: { ...listOfTheMorning.lock, schedule: { intervals: [] } } },
    [[newQr(), 'outside_lock_schedule']],
  ],
  [
    'C3 and holidays do',
    { ...listOfTheMorning, holidays: [{ from: '2026-11-25', until: '2026-11-25' }] },
    [
      [newQr({ rule: { window: { mode: 'daily', beginTime: '11:00', endTime: '13:00' } } }), 'holiday'],
      [newQr(), 'granted'],
    ],
  ],
  [
    'C3 from wrong lock on it is decided like a Key of its type',
    listOfTheMorning,
    [
      [newQr({ locks: ['back'] }), 'wrong_lock'],
      [newQr({ isStatic: true }), 'granted'],
      [newQr({ isStatic: true, type: 'staff' }), 'assurance_too_low'],
      [newQr({ type: 'wallet' }), 'method_not_allowed'],
    ],
  ],
  [
    'C3 a counted Key’s QR carries no rule and stays unknown',
    listOfTheMorning,
    [[newQr({ rule: undefined }), 'unknown_credential']],
  ],
  [
    'C3 a Key that the list knows never opens by the QR’s own rule, not by a QR of another lock either',
    { ...listOfTheMorning, key: { state: 'revoked', bindings: bothLocks }, credential: { lock: 'back' } },
    [
      [newQr({ key: undefined }, { credential: 'qr' }), 'unknown_credential'],
      [newQr({ key: 'key' }), 'revoked'],
    ],
  ],
  [
    'C3 a Key that the list knows is decided by the list, though its QR says no more than its name',
    { ...listOfTheMorning, key: { until: '2026-11-25T12:00' } },
    [[newQr({ key: 'key' }), 'expired']],
  ],
];

const states: Sentence[] = [
  [
    'C5 taking a Key off one lock is a revocation at that lock, for every kind of credential',
    { key: { bindings: [{ lock: 'front', state: 'revoked' }, { lock: 'back' }] } },
    [...everyMethod('revoked'), [{ lock: 'back' }, 'granted']],
  ],
  [
    'C5 also where it came by an access group',
    {
      key: { accessGroup: 'group', bindings: [{ lock: 'front', state: 'revoked' }] },
      accessGroups: [{ id: 'group', locks: ['front', 'back'] }],
    },
    [
      [{}, 'revoked'],
      [{ lock: 'back' }, 'granted'],
    ],
  ],
  [
    'C6 holder suspended is the reason for a deactivated User',
    { users: [{ id: 'ann', deactivated: true }], key: { user: 'ann' } },
    everyMethod('holder_suspended'),
  ],
  ['C6 for a suspended Key', { key: { state: 'suspended' } }, everyMethod('holder_suspended')],
  [
    'C6 one suspended or revoked credential leaves the Key’s others alone',
    {
      credentials: [
        { id: 'cloned', key: 'key', kind: 'card', state: 'suspended' },
        { id: 'lost', key: 'key', kind: 'card', state: 'revoked' },
      ],
    },
    [
      [{ method: 'card', credential: 'cloned' }, 'holder_suspended'],
      [{ method: 'card', credential: 'lost' }, 'revoked'],
      [{ method: 'card' }, 'granted'],
    ],
  ],
  [
    'C6 revoked is final, whatever else is suspended',
    { key: { state: 'revoked', bindings: [{ lock: 'front', state: 'suspended' }] } },
    everyMethod('revoked'),
  ],
  [
    'C12 when the maker of a Key loses a lock, it is holder suspended there and unchanged at other locks',
    { key: { bindings: [{ lock: 'front', state: 'suspended' }, { lock: 'back' }] } },
    [
      [{}, 'holder_suspended'],
      [{ lock: 'back' }, 'granted'],
    ],
  ],
  [
    'C13 revoked and expired Keys stay on the list, so that the reason is revoked or expired',
    {
      key: { state: 'revoked' },
      keys: [{ id: 'old', until: '2026-11-01T00:00' }],
      credentials: [{ id: 'old', key: 'old', kind: 'pin' }],
    },
    [
      [{}, 'revoked'],
      [{ credential: 'old' }, 'expired'],
    ],
  ],
  ['C13 after that it may be unknown credential', { key: { bindings: [] } }, [[{}, 'unknown_credential']]],
];

describe('a credential', () => {
  it.each([...which, ...unknownKeys, ...states])('%s', (_title, scene, expected) => {
    expect(reasonsIn(scene, expected)).toEqual(expected);
  });

  it('C2 whose signature nobody has verified tells no Key', () => {
    const [forged] = rehearse({}, [qr({}, { signature: 'bad' })]);

    expect(forged).not.toHaveProperty('key');
  });
});

const wrong: Try = { credential: undefined };
const wrongAt = (at: string): Expected => [{ ...wrong, at }, 'unknown_credential'];
/** Five free tries and one more, at noon. */
const sixWrong: Expected[] = Array.from({ length: 6 }, () => wrongAt('2026-11-25T12:00'));

function pathState(wrongTries: number, forgivenAt: string): Scene {
  return { lock: { state: { paths: [{ path: 'keypad', wrongTries, forgivenAt }] } } };
}

const pauses: Sentence[] = [
  [
    'C9 a pause holds for one reader path of one lock and refuses right credentials too',
    { key: { bindings: bothLocks } },
    [
      ...sixWrong,
      [{ at: '2026-11-25T12:00:29.999' }, 'throttled'],
      [{ at: '2026-11-25T12:00:29', path: 'keypad inside' }, 'granted'],
      [{ at: '2026-11-25T12:00:29', method: 'card' }, 'granted'],
      [{ at: '2026-11-25T12:00:29', lock: 'back' }, 'granted'],
      [{ at: '2026-11-25T12:00:30' }, 'granted'],
    ],
  ],
  [
    'C10 after five wrong tries each further one pauses for 30 s, then 60 s and so on',
    {},
    [
      ...sixWrong,
      wrongAt('2026-11-25T12:00:30'),
      '2026-11-25T12:01:29.999 throttled',
      wrongAt('2026-11-25T12:01:30'),
      '2026-11-25T12:03:29.999 throttled',
      '2026-11-25T12:03:30 granted',
    ],
  ],
  [
    'C10 doubling to 15 minutes',
    pathState(30, '2026-11-25T12:00'),
    [
      wrongAt('2026-11-25T12:00'),
      '2026-11-25T12:14:59.999 throttled',
      wrongAt('2026-11-25T12:15'),
      '2026-11-25T12:29:59.999 throttled',
      '2026-11-25T12:30 granted',
    ],
  ],
  [
    'C10 a wrong try is malformed, unknown credential or bad signature',
    {},
    [
      ...Array.from({ length: 4 }, (): Expected => [{ path: 'x', malformed: true }, 'malformed']),
      [{ method: 'app', path: 'x', signature: 'bad' }, 'bad_signature'],
      [{ method: 'app', path: 'x', credential: undefined }, 'unknown_credential'],
      [{ path: 'x' }, 'throttled'],
    ],
  ],
  [
    'C10 or a wrong second factor, on its own path and whatever was decided',
    {},
    [
      ...Array.from({ length: 6 }, (): Expected => [
        { method: 'card', secondFactor: { method: 'pin' } },
        'granted',
      ]),
      [{ method: 'card' }, 'granted'],
      [{}, 'throttled'],
    ],
  ],
  [
    'C10 other denials are no wrong tries',
    { key: { state: 'revoked' } },
    Array.from({ length: 8 }, (): Expected => [{}, 'revoked']),
  ],
  [
    'C10 one try is forgiven every 15 minutes',
    pathState(5, '2026-11-25T11:45'),
    [wrongAt('2026-11-25T12:00'), wrongAt('2026-11-25T12:14:59.999'), '2026-11-25T12:15:15 throttled'],
  ],
  [
    'C10 not before they have passed',
    pathState(5, '2026-11-25T11:45'),
    [wrongAt('2026-11-25T11:59:59.999'), '2026-11-25T12:00:00 throttled'],
  ],
  [
    'C10 forgiveness does not shorten a pause that runs',
    pathState(9, '2026-11-25T11:45:01'),
    [wrongAt('2026-11-25T12:00'), '2026-11-25T12:07:59.999 throttled', '2026-11-25T12:08 granted'],
  ],
  [
    'C10 tries in a pause are neither looked up nor counted',
    {},
    [
      ...sixWrong,
      [{ ...wrong, at: '2026-11-25T12:00:10' }, 'throttled'],
      [{ at: '2026-11-25T12:00:20', malformed: true }, 'malformed'],
      wrongAt('2026-11-25T12:00:30'),
      '2026-11-25T12:01:29.999 throttled',
      '2026-11-25T12:01:30 granted',
    ],
  ],
];

describe('a reader path', () => {
  it.each(pauses)('%s', (_title, scene, expected) => {
    expect(reasonsIn(scene, expected)).toEqual(expected);
  });

  it('C10 in a pause tests nothing but itself', () => {
    const { lock } = pathState(30, '2026-11-25T12:00');

    const [, throttled] = rehearse({ lock }, [wrong, {}]);

    const tested = throttled?.checks.filter(({ result }) => result !== 'not_tested');
    expect(tested).toEqual([
      { check: 'malformed', result: 'passed' },
      { check: 'throttled', result: 'failed' },
    ]);
  });
});

describe('a lock that nobody has claimed', () => {
  it.each(['unclaimed', 'claiming'] as const)('L2 that is %s knows no credential', (status) => {
    const expected = credentialMethods.map((method): Expected => [{ method }, 'unknown_credential']);

    expect(reasonsIn({ lock: { status } }, expected)).toEqual(expected);
  });
});
