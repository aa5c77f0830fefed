import { attempts, world, type WrittenAttempt, type WrittenWorld } from '@claviger/protocol';
import { reasonsIn, rehearse, type Expected } from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import { explain, explainEach } from './explain.ts';
import { InputRefused } from './input-problems.ts';

const lock = { id: 'front', capabilities: ['keypad' as const, 'qr_reader' as const] };
const key = { id: 'key', type: 'staff' as const, maxUses: 1, bindings: [{ lock: 'front' }] };
const small: WrittenWorld = {
  zone: 'Europe/Berlin',
  locks: [lock],
  keys: [key],
  credentials: [{ id: 'pin', key: 'key', kind: 'pin' }],
};
const shown: WrittenAttempt = { lock: 'front', at: '2026-11-25T12:00', method: 'pin', credential: 'pin' };

function problemsOf(given: Partial<WrittenWorld>, tries: WrittenAttempt[] = []): string[] {
  try {
    explain(world.parse({ ...small, ...given }), attempts.parse(tries));
  } catch (error) {
    if (error instanceof InputRefused)
      return error.problems.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

describe('attempts that are explained', () => {
  it('after a power cut are expired where the end may be past, and clock uncertain besides (K1, R1)', () => {
    const guest = { ...key, type: 'guest' as const, until: '2026-11-25T14:00' };
    const uncertain = { ...shown, uncertaintyS: 86_400 };
    const [answer] = explain(world.parse({ ...small, keys: [guest] }), attempts.parse([uncertain]));

    expect(answer?.reason).toBe('expired');
    const failed = answer?.checks.filter(({ result }) => result === 'failed').map(({ check }) => check);
    expect(failed).toEqual(['expired', 'clock_uncertain']);
  });

  it('are told with their place, lock, instant, Key and every check in its order', () => {
    const [answer] = explain(world.parse(small), attempts.parse([shown]));

    expect(answer).toMatchObject({
      attempt: 0,
      lock: 'front',
      at: '2026-11-25T11:00:00.000Z',
      decision: 'granted',
      reason: 'granted',
      key: 'key',
      silentAlarm: false,
      uses: { spent: 1, max: 1 },
    });
    expect(answer?.checks).toHaveLength(28);
    expect(answer?.checks.filter(({ result }) => result !== 'passed')).toEqual([]);
  });

  it('leave their traces for those after them, or not where each is asked alone', () => {
    const [twice, parsed] = [attempts.parse([shown, shown]), world.parse(small)];

    expect(explain(parsed, twice).map(({ reason }) => reason)).toEqual(['granted', 'uses_exhausted']);
    expect(explainEach(parsed, twice).map(({ reason }) => reason)).toEqual(['granted', 'granted']);
    expect(explain(parsed, [])).toEqual([]);
  });

  it('are tested to the end also after a check that failed', () => {
    const [answer] = rehearse({ key: { state: 'revoked', until: '2026-01-01T00:00' } }, [{}]);

    const failed = answer?.checks.filter(({ result }) => result === 'failed').map(({ check }) => check);
    expect(failed).toEqual(['revoked', 'expired']);
  });

  it('of a stranger are not tested beyond what can be known', () => {
    const [answer] = rehearse({}, [{ credential: undefined }]);

    expect(answer?.checks.slice(0, 4)).toEqual([
      { check: 'malformed', result: 'passed' },
      { check: 'throttled', result: 'passed' },
      { check: 'unknown_credential', result: 'failed' },
      { check: 'bad_signature', result: 'not_tested' },
    ]);
    expect(answer).not.toHaveProperty('key');
  });

  it('by command are told the checks of a command alone', () => {
    const [answer] = rehearse({}, [{ method: 'command' }]);

    const names = answer?.checks.map(({ check }) => check);
    expect(names).toEqual([
      'malformed',
      'bad_signature',
      'lock_inactive',
      'lockdown',
      'cooldown',
      'cannot_be_recorded',
    ]);
  });
});

describe('a second factor that is somebody else’s', () => {
  const both: WrittenWorld = {
    ...small,
    locks: [{ ...lock, capabilities: ['keypad', 'card_reader'] }],
    users: [{ id: 'ann' }, { id: 'bob' }],
    keys: [
      { ...key, user: 'ann', secondFactor: true },
      { id: 'bobs', type: 'staff', user: 'bob', maxUses: 1, bindings: [{ lock: 'front' }] },
    ],
    credentials: [
      { id: 'pin', key: 'key', kind: 'pin' },
      { id: 'card', key: 'bobs', kind: 'card', card: 'desfire' },
    ],
  };
  const withCard = (credential?: string): WrittenAttempt => ({
    ...shown,
    secondFactor: { method: 'card', credential },
  });

  it('is an attempt of its own, as at the door, and the first is refused as if none had come', () => {
    const tries = attempts.parse([withCard('card'), { ...shown, method: 'card', credential: 'card' }]);
    const [mixed, after] = explain(world.parse(both), tries);

    expect(mixed).toMatchObject({ decision: 'denied', reason: 'second_factor_needed', key: 'key' });
    expect(mixed?.apart).toEqual({ decision: 'granted', reason: 'granted', key: 'bobs', silentAlarm: false });
    expect(after?.reason).toBe('uses_exhausted');
  });

  it('is also one that nobody has, which is a wrong try at its own reader', () => {
    const tries = Array.from({ length: 7 }, () => withCard());
    const last = explain(world.parse(both), attempts.parse(tries)).at(-1);

    expect(last).toMatchObject({
      reason: 'second_factor_needed',
      apart: { decision: 'denied', reason: 'throttled' },
    });
  });

  it('is the same holder’s with another Key of theirs', () => {
    const [bobs, ...others] = [...(both.keys ?? [])].reverse();
    const anns = { ...both, keys: [{ ...bobs, user: 'ann' }, ...others] } as WrittenWorld;
    const [answer] = explain(world.parse(anns), attempts.parse([withCard('card')]));

    expect(answer).toMatchObject({ reason: 'granted' });
    expect(answer).not.toHaveProperty('apart');
  });
});

describe('a pause that a world says of a reader', () => {
  const noon = '2026-11-25T12:00';
  const both: WrittenWorld = {
    ...small,
    keys: [{ ...key, secondFactor: true }],
    credentials: [
      { id: 'pin', key: 'key', kind: 'pin' },
      { id: 'card', key: 'key', kind: 'card', card: 'desfire' },
    ],
  };
  const pausedUntil = (reader: string, until: string, forgivenAt = until) => {
    const paths = [{ path: reader, wrongTries: 6, forgivenAt, pausedUntil: until }];
    const capabilities = ['keypad' as const, 'card_reader' as const];
    return world.parse({ ...both, locks: [{ ...lock, capabilities, state: { paths } }] });
  };
  const twoFactors = attempts.parse([{ ...shown, secondFactor: { method: 'card', credential: 'card' } }]);

  it('C9 looks nothing up, the same holder’s second factor neither: that is an attempt of its own', () => {
    const [answer] = explain(pausedUntil('card_reader', '2026-11-25T12:00:30'), twoFactors);

    expect(answer).toMatchObject({
      reason: 'second_factor_needed',
      key: 'key',
      apart: { decision: 'denied', reason: 'throttled' },
    });
    expect(answer?.apart).not.toHaveProperty('key');
    const [after] = explain(pausedUntil('card_reader', noon), twoFactors);
    expect(after?.reason).toBe('granted');
    expect(after).not.toHaveProperty('apart');
  });

  it('C10 is over where it is longer than any: a clock was set back since', () => {
    const alone = attempts.parse([shown]);
    const reasonUntil = (until: string) => explain(pausedUntil('keypad', until), alone)[0]?.reason;

    expect(reasonUntil('2026-11-25T12:15')).toBe('throttled');
    expect(reasonUntil('2026-11-25T12:15:00.001')).toBe('second_factor_needed');
  });

  it('C10 is refused where no door can ever have it', () => {
    const problem =
      'locks[0].state.paths[0].pausedUntil: ' +
      'no pause ends 30 minutes or more after forgivenAt: the longest lasts 15 minutes';
    const last = pausedUntil('keypad', '2026-11-25T12:29:59.999', noon);

    expect(problemsOf(pausedUntil('keypad', '2026-11-25T12:30', noon))).toEqual([problem]);
    expect(problemsOf(last)).toEqual([]);
  });
});

describe('a QR of a Key that this lock’s list does not know', () => {
  const away = { bindings: [{ lock: 'back' }], type: 'staff' as const };
  const early = { list: { signedAt: '2026-11-25T08:00' } };
  const qr = { signedAt: '2026-11-25T11:00', rule: {} };
  const tell = (more: object, reason: Exclude<Expected, string>[1]): Expected => [
    { method: 'qr', qr: { ...qr, ...more } },
    reason,
  ];

  it('is that of its Key in the world, in name and type, unless it says otherwise', () => {
    const expected = [
      tell({}, 'granted'),
      tell({ isStatic: true }, 'assurance_too_low'),
      tell({ isStatic: true, type: 'visitor' }, 'granted'),
      tell({ rule: undefined }, 'unknown_credential'),
    ];

    expect(reasonsIn({ lock: early, key: away }, expected)).toEqual(expected);
    expect(rehearse({ lock: early, key: away }, [{ method: 'qr', qr }])[0]?.key).toBe('key');
  });

  it('is not one whose Key has this lock and only its credential another', () => {
    const scene = { lock: early, credential: { lock: 'back' } };
    const expected = [tell({}, 'unknown_credential')];

    expect(reasonsIn(scene, expected)).toEqual(expected);
  });

  it('is also one whose Key is only available', () => {
    const scene = { lock: early, key: { state: 'available' as const } };
    const expected = [tell({}, 'granted'), tell({ rule: undefined }, 'unknown_credential')];

    expect(reasonsIn(scene, expected)).toEqual(expected);
  });
});

describe('a list of long ago', () => {
  it('has zone offsets for 400 days from its signing, the last known one then', () => {
    const scene = {
      lock: {
        list: { signedAt: '2024-06-01T00:00' },
        schedule: { intervals: [{ weekday: 'wed' as const, from: '12:00', until: '13:00' }] },
      },
    };
    const expected = ['2026-11-25T10:30Z granted', '2026-11-25T11:30Z outside_lock_schedule'];

    expect(reasonsIn(scene, expected)).toEqual(expected);
  });
});

describe('a world that contradicts itself is refused', () => {
  it.each<[string, Partial<WrittenWorld>, string]>([
    ['with a zone that is none', { zone: 'Mars/Base' }, 'zone: Mars/Base is no time zone'],
    ['with a lock that is there twice', { locks: [lock, lock] }, 'locks[1]: front is there twice'],
    [
      'with a Binding that is there twice',
      { keys: [{ ...key, bindings: [{ lock: 'front' }, { lock: 'front' }] }] },
      'keys[0].bindings[1]: front is there twice',
    ],
    [
      'with chips that are there twice',
      {
        users: [{ id: 'ann' }],
        chips: [
          { user: 'ann', lock: 'front' },
          { user: 'ann', lock: 'front' },
        ],
      },
      'chips[1]: ann at front is there twice',
    ],
    [
      'with a Key whose access group is not there',
      { keys: [{ ...key, accessGroup: 'gone' }] },
      'keys[0].accessGroup: there is no access group named gone',
    ],
    [
      'with an access group whose lock is not there',
      { accessGroups: [{ id: 'group', locks: ['gone'] }] },
      'accessGroups[0].locks[0]: there is no lock named gone',
    ],
    [
      'with a memory of a Key that is not there',
      { locks: [{ ...lock, state: { uses: [{ key: 'gone', spent: 1 }] } }] },
      'locks[0].state.uses[0].key: there is no key named gone',
    ],
    [
      'with a memory of a button that is not there',
      { locks: [{ ...lock, state: { buttonCounters: [{ credential: 'gone', counter: 1 }] } }] },
      'locks[0].state.buttonCounters[0].credential: there is no credential named gone',
    ],
    [
      'with a credential whose Key is not there',
      { credentials: [{ id: 'pin', key: 'gone', kind: 'pin' }] },
      'credentials[0].key: there is no key named gone',
    ],
    [
      'with a QR under duress',
      { credentials: [{ id: 'qr', key: 'key', kind: 'qr', duress: true }] },
      'credentials[0].duress: only a PIN can be a duress PIN, this is of kind qr',
    ],
    [
      'with a PIN that is a kind of card',
      { credentials: [{ id: 'pin', key: 'key', kind: 'pin', card: 'classic' }] },
      'credentials[0].card: only a card is a card of some make, this is of kind pin',
    ],
    [
      'with a counter of a PIN',
      { locks: [{ ...lock, state: { buttonCounters: [{ credential: 'pin', counter: 1 }] } }] },
      'locks[0].state.buttonCounters[0].credential: pin is of kind pin, and only a button has a counter',
    ],
    [
      'with an Access Scheduler of Admin',
      { profiles: [{ id: 'admin', kind: 'admin', scheduler: { weekdays: ['mon'] } }] },
      'profiles[0].scheduler: the profile Admin has no Access Scheduler',
    ],
    [
      'with weekdays of a daily Key',
      {
        keys: [
          { ...key, repeat: { mode: 'daily', beginTime: '00:00', endTime: '24:00', weekdays: ['mon'] } },
        ],
      },
      'keys[0].repeat.weekdays: only the mode weekly has weekdays, this is daily',
    ],
    [
      'with weekdays of a daily access group',
      {
        accessGroups: [
          {
            ...{ id: 'group', locks: ['front'] },
            repeat: { mode: 'daily', beginTime: '00:00', endTime: '24:00', weekdays: [] },
          },
        ],
      },
      'accessGroups[0].repeat.weekdays: only the mode weekly has weekdays, this is daily',
    ],
    [
      'with a holiday that ends before it begins',
      { holidays: [{ from: '2026-12-25', until: '2026-12-24' }] },
      'holidays[0].until: the holiday ends on 2026-12-24, before it begins on 2026-12-25',
    ],
  ])('%s', (_title, given, problem) => {
    expect(problemsOf(given)).toEqual([expect.stringContaining(problem)]);
  });

  it('but not with what a door may meet all the same', () => {
    const given: Partial<WrittenWorld> = {
      holidays: [{ from: '2026-12-31', until: '2027-01-01', yearly: true }],
      profiles: [
        { id: 'own', scheduler: {} },
        { id: 'admin', kind: 'admin' },
      ],
      keys: [{ ...key, from: '2026-11-25T12:00', until: '2026-11-25T11:00' }],
      credentials: [
        { id: 'pin', key: 'key', kind: 'pin', duress: true },
        { id: 'card', key: 'key', kind: 'card', card: 'classic' },
      ],
    };

    expect(problemsOf(given, [shown])).toEqual([]);
  });

  it('and so are attempts that say of one method what belongs to another', () => {
    const tries: WrittenAttempt[] = [
      { ...shown, counter: 1 },
      { ...shown, qr: { isStatic: true } },
      { ...shown, stepUp: true },
      { ...shown, secondFactor: { method: 'card', counter: 1, qr: { issue: 2 } } },
      { lock: 'front', at: shown.at, method: 'command', secondFactor: { method: 'pin' } },
      {
        ...{ lock: 'front', at: shown.at, method: 'command' },
        ...{ path: 'keypad', side: 'exit', floor: 1, doorMode: 'party' },
      },
    ];

    expect(problemsOf({}, tries)).toEqual([
      '[0].counter: only a button has a counter, this is shown by pin',
      '[1].qr: only a QR or a pass has this, this is shown by pin',
      '[2].stepUp: only a command is stepped up, this is shown by pin',
      '[3].secondFactor.counter: only a button has a counter, this is shown by card',
      '[3].secondFactor.qr: only a QR or a pass has this, this is shown by card',
      '[4].secondFactor: a command has no second factor',
      '[5].path: a command has no reader path',
      '[5].side: a command has no side',
      '[5].floor: a command has no floor',
      '[5].doorMode: a command has no door mode',
    ]);
  });

  it('and so are QRs that contradict their credential, or themselves', () => {
    const world: Partial<WrittenWorld> = {
      keys: [key, { ...key, id: 'other' }],
      credentials: [{ id: 'qr', key: 'key', kind: 'qr' }],
    };
    const times = { beginTime: '00:00', endTime: '24:00' };
    const window = { ...times, mode: 'daily' as const, weekdays: ['mon' as const] };
    const by = { lock: 'front', at: shown.at, method: 'qr', credential: 'qr' } as const;
    const tries: WrittenAttempt[] = [
      { ...by, qr: { key: 'other' } },
      { ...by, qr: { type: 'intercom' } },
      { ...by, qr: { isStatic: true, shownAt: shown.at } },
      { ...by, qr: { rule: { window } } },
      { ...by, qr: { key: 'key', type: key.type, shownAt: shown.at } },
    ];

    expect(problemsOf(world, tries)).toEqual([
      '[0].qr.key: qr is a credential of key, not of other',
      `[1].qr.type: front knows key as of type ${key.type}, not intercom`,
      '[2].qr.shownAt: a static QR is the same whenever it is shown',
      '[3].qr.rule.window.weekdays: only the mode weekly has weekdays, this is daily',
    ]);
  });

  it.each(['link', 'keyless_go', 'auto_unlock', 'command'])('and so is %s as second factor', (method) => {
    const [issue] = attempts.safeParse([{ ...shown, secondFactor: { method } }]).error?.issues ?? [];

    expect(issue).toMatchObject({
      path: [0, 'secondFactor', 'method'],
      message: 'a second factor is shown by pin, qr, pass, card, button, finger or app',
    });
  });

  it('and so are attempts at what is not there, or by a method that does not show it', () => {
    const tries: WrittenAttempt[] = [
      { ...shown, lock: 'gone' },
      { ...shown, credential: 'gone' },
      { ...shown, method: 'card' },
      { ...shown, method: 'command' },
      { ...shown, secondFactor: { method: 'card', credential: 'pin' } },
    ];

    expect(problemsOf({}, tries)).toEqual([
      '[0].lock: there is no lock named gone',
      '[1].credential: there is no credential named gone',
      '[2].credential: pin is of kind pin, which method card does not show',
      '[3].credential: pin is of kind pin, which method command does not show',
      '[4].secondFactor.credential: pin is of kind pin, which method card does not show',
    ]);
  });
});
