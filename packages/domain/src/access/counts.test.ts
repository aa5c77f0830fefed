import { rehearse, reasonsIn, type Expected, type Scene } from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import { denialReasons, reasons } from '../reason.ts';
import { commandChecks, keyChecks, recognitionChecks } from './checks.ts';

const credentialChecks = [...recognitionChecks, ...keyChecks];

type Sentence = readonly [title: string, scene: Scene, expected: readonly Expected[]];

const spent = (count: number): Scene['lock'] => ({ state: { uses: [{ key: 'key', spent: count }] } });
const unrecorded = (whenUnrecorded: 'deny' | 'admit'): Scene['lock'] => ({
  whenUnrecorded,
  state: { canRecord: false },
});
const daily = { mode: 'daily' as const, beginTime: '08:00', endTime: '18:00' };

const sentences: Sentence[] = [
  [
    'U1 a use is one grant of one Key at one lock by any of its credentials; a denial counts nothing',
    { key: { maxUses: 2, bindings: [{ lock: 'front' }, { lock: 'back' }] } },
    [
      [{ method: 'pin' }, 'granted'],
      [{ method: 'keyless_go' }, 'method_not_allowed'],
      [{ method: 'card' }, 'granted'],
      [{ method: 'qr' }, 'uses_exhausted'],
      [{ lock: 'back' }, 'granted'],
    ],
  ],
  [
    'U1 an attempt with two factors counts once',
    { key: { maxUses: 2 } },
    [
      [{ secondFactor: { method: 'card', credential: 'card' } }, 'granted'],
      [{ secondFactor: { method: 'card', credential: 'card' } }, 'granted'],
      [{}, 'uses_exhausted'],
    ],
  ],
  [
    'U2 changing Max uses keeps what is spent: one at or below it is exhausted',
    { key: { maxUses: 3 }, lock: spent(3) },
    [[{}, 'uses_exhausted']],
  ],
  [
    'U2 a higher one leaves the difference',
    { key: { maxUses: 5 }, lock: spent(3) },
    [
      [{}, 'granted'],
      [{}, 'granted'],
      [{}, 'uses_exhausted'],
    ],
  ],
  [
    'U3 the list’s age counts from the server’s last confirmation; older than the limit it is too old',
    {
      lock: {
        maximumListAgeMinutes: 60,
        list: { signedAt: '2026-01-01T00:00', confirmedAt: '2026-11-25T11:00' },
      },
    },
    ['2026-11-25T12:00:00.000 granted', '2026-11-25T12:00:00.001 access_list_too_old'],
  ],
  [
    'U3 a lock without a limit never denies for it',
    { lock: { list: { confirmedAt: '2001-01-01T00:00' } } },
    ['2026-11-25T12:00 granted'],
  ],
  [
    'U4 a lock that meets a count with a repeat mode enforces it all the same',
    { key: { maxUses: 1, repeat: daily } },
    ['2026-11-25T12:00 granted', '2026-11-26T12:00 uses_exhausted'],
  ],
  [
    'U4 also with an access group’s',
    {
      key: { maxUses: 1, accessGroup: 'group' },
      accessGroups: [{ id: 'group', locks: ['front'], repeat: daily }],
    },
    ['2026-11-25T12:00 granted', '2026-11-26T12:00 uses_exhausted'],
  ],
  [
    'U6 when a grant cannot be made durable a counted Key is denied, whatever the lock’s policy',
    { key: { maxUses: 5 }, lock: unrecorded('admit') },
    [[{}, 'cannot_be_recorded']],
  ],
  [
    'U6 every other Key and command is denied unless the policy says otherwise, emergency Keys alike',
    { key: { emergency: true }, lock: unrecorded('deny') },
    [
      [{}, 'cannot_be_recorded'],
      [{ method: 'command' }, 'cannot_be_recorded'],
    ],
  ],
  [
    'U6 and let in where it does',
    { lock: unrecorded('admit') },
    [
      [{}, 'granted'],
      [{ method: 'command' }, 'granted'],
    ],
  ],
  [
    'R1 the first failing check is the reason, whatever else fails',
    { key: { state: 'revoked', until: '2026-01-01T00:00' }, lock: { status: 'inactive', lockdown: true } },
    [[{}, 'revoked']],
  ],
];

describe('a count, a list, a record, a name', () => {
  it.each(sentences)('%s', (_title, scene, expected) => {
    expect(reasonsIn(scene, expected)).toEqual(expected);
  });

  it('U1 a use says what is spent and how many there are', () => {
    const answers = rehearse({ key: { maxUses: 1 }, lock: { evacuation: true } }, [{}, {}]);

    expect(answers.map(({ uses }) => uses)).toEqual([
      { spent: 1, max: 1 },
      { spent: 1, max: 1 },
    ]);
  });

  it('U5 a duress PIN raises the silent alarm whenever it is recognised, granted or denied', () => {
    const duress = { credential: { duress: true } };
    const alarms = (scene: Scene, tries: Parameters<typeof rehearse>[1]) =>
      rehearse(scene, tries).map(({ silentAlarm }) => silentAlarm);

    expect(alarms({ ...duress, key: { maxUses: 1 } }, [{}, {}])).toEqual([true, true]);
    expect(alarms({ ...duress, key: { state: 'revoked' } }, [{}])).toEqual([true]);
    expect(alarms({ ...duress, key: { bindings: [{ lock: 'back' }] } }, [{}])).toEqual([false]);
    expect(alarms(duress, [{ malformed: true }, { method: 'card' }])).toEqual([false, false]);
    expect(alarms({}, [{}])).toEqual([false]);
  });

  it('U5 also as a second factor, and its grant is decided and counted like any other', () => {
    const scene: Scene = { credential: { duress: true }, key: { maxUses: 1 } };

    const [first, next] = rehearse(scene, [
      { method: 'card', secondFactor: { method: 'pin', credential: 'pin' } },
      {},
    ]);

    expect(first).toMatchObject({ reason: 'granted', silentAlarm: true, uses: { spent: 1 } });
    expect(next).toMatchObject({ reason: 'uses_exhausted', silentAlarm: true });
  });

  it('R1 the checks are made in the order of the list of reasons', () => {
    const order = credentialChecks.map(({ name }) => name).filter((name) => name !== 'cooldown');

    expect([...order, 'internal_fault']).toEqual(denialReasons);
    expect(credentialChecks.findIndex(({ name }) => name === 'cooldown')).toBe(
      credentialChecks.findIndex(({ name }) => name === 'method_not_allowed') + 1,
    );
  });

  it('R2 the closed list has no other reasons, cooldown and offline besides', () => {
    const names = [...credentialChecks, ...commandChecks].map(({ name }) => name);

    expect(reasons).toEqual(['granted', ...denialReasons, 'cooldown', 'offline']);
    expect(new Set(reasons).size).toBe(reasons.length);
    expect(names.filter((name) => !reasons.includes(name))).toEqual([]);
  });

  it('R3 a reason’s code is its words joined by underscores; a grant has the reason granted', () => {
    expect(reasons.filter((reason) => !/^[a-z]+(_[a-z]+)*$/.test(reason))).toEqual([]);
    expect(rehearse({}, [{}])[0]).toMatchObject({ decision: 'granted', reason: 'granted' });
  });
});
