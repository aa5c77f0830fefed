import { reasonsIn, type Expected, type Scene } from '@claviger/sim';
import { describe, expect, it } from 'vitest';

type Sentence = readonly [title: string, scene: Scene, expected: readonly Expected[]];

const daily = (beginTime: string, endTime: string) => ({ mode: 'daily' as const, beginTime, endTime });
const onWednesday = { from: '2026-11-25', until: '2026-11-25' };
const wednesdays = (...hours: [from: string, until: string][]) => ({
  intervals: hours.map(([from, until]) => ({ weekday: 'wed' as const, from, until })),
});
const scheduled = (scheduler: object): Scene => ({
  key: { profile: 'own' },
  profiles: [{ id: 'own', scheduler }],
});
const admin: Scene = { key: { profile: 'admin' }, profiles: [{ id: 'admin', kind: 'admin' }] };

const profiles: Sentence[] = [
  [
    'P1 when the time of day crosses midnight, date range and weekdays are tested on the day it began',
    scheduled({
      hours: { from: '22:00', until: '06:00' },
      weekdays: ['fri'],
      dates: { until: '2026-11-27' },
    }),
    [
      '2026-11-27T05:00 outside_profile_schedule',
      '2026-11-27T22:00 granted',
      '2026-11-28T05:59 granted',
      '2026-11-28T06:00 outside_profile_schedule',
      '2026-12-04T23:00 outside_profile_schedule',
    ],
  ],
  [
    'P1 the conditions are set independently: weekdays alone',
    scheduled({ weekdays: ['wed'] }),
    [
      '2026-11-25T00:00 granted',
      '2026-11-25T23:59:59.999 granted',
      '2026-11-26T00:00 outside_profile_schedule',
    ],
  ],
  [
    'P2 a date range includes its first and its last date from 00:00 to 24:00',
    scheduled({ dates: { from: '2026-11-25', until: '2026-11-26' } }),
    [
      '2026-11-24T23:59:59.999 outside_profile_schedule',
      '2026-11-25T00:00 granted',
      '2026-11-26T23:59:59.999 granted',
      '2026-11-27T00:00 outside_profile_schedule',
    ],
  ],
  ['P2 a condition that is not set does not restrict', scheduled({}), ['2026-11-25T03:00 granted']],
  [
    'P3 profile Blocked denies with profile blocked',
    { key: { profile: 'blocked' }, profiles: [{ id: 'blocked', kind: 'blocked' }] },
    ['2026-11-25T12:00 profile_blocked'],
  ],
  [
    'P4 profile Admin has no Access Scheduler and is exempt from the lock schedule and so from its holidays',
    {
      ...admin,
      lock: { schedule: wednesdays(['08:00', '17:00']) },
      holidays: [onWednesday],
    },
    ['2026-11-25T12:00 granted', '2026-11-26T12:00 granted'],
  ],
  [
    'P4 profile Admin has every permission of a profile',
    { ...admin, lock: { doorModes: ['party'] } },
    [
      [{ method: 'keyless_go' }, 'granted'],
      [{ method: 'auto_unlock' }, 'granted'],
      [{ doorMode: 'party' }, 'granted'],
    ],
  ],
  [
    'P4 profile Admin is not exempt from lockdown',
    { ...admin, lock: { lockdown: true } },
    ['2026-11-25T12:00 lockdown'],
  ],
  [
    'P4 nor from its own windows',
    { ...admin, key: { profile: 'admin', repeat: daily('09:00', '11:00') } },
    ['2026-11-25T12:00 outside_repeat_window'],
  ],
  [
    'P4 nor from second factor',
    { ...admin, lock: { secondFactor: true } },
    ['2026-11-25T12:00 second_factor_needed'],
  ],
  [
    'P4 nor from first person',
    { ...admin, lock: { firstPersonIn: true } },
    ['2026-11-25T12:00 first_person_missing'],
  ],
  [
    'P4 nor from the age of the list',
    { ...admin, lock: { maximumListAgeMinutes: 60, list: { confirmedAt: '2026-11-25T10:59' } } },
    ['2026-11-25T12:00 access_list_too_old'],
  ],
  [
    'P5 a Key without a profile has no permission for KeylessGo, AutoUnlock or door modes',
    { lock: { doorModes: ['party'] } },
    [
      [{ method: 'keyless_go' }, 'method_not_allowed'],
      [{ method: 'auto_unlock' }, 'method_not_allowed'],
      [{ doorMode: 'party' }, 'method_not_allowed'],
      [{}, 'granted'],
    ],
  ],
];

const schedules: Sentence[] = [
  [
    'P6 a lock’s intervals are a union, and one over midnight holds to its end',
    { lock: { schedule: wednesdays(['08:00', '12:00'], ['11:00', '14:00'], ['22:00', '02:00']) } },
    [
      '2026-11-25T07:59 outside_lock_schedule',
      '2026-11-25T08:00 granted',
      '2026-11-25T13:59 granted',
      '2026-11-25T14:00 outside_lock_schedule',
      '2026-11-26T01:59 granted',
      '2026-11-26T02:00 outside_lock_schedule',
      '2026-11-25T01:00 outside_lock_schedule',
    ],
  ],
  [
    'P7 a saved schedule without any interval is always closed',
    { lock: { schedule: { intervals: [] } } },
    ['2026-11-25T12:00 outside_lock_schedule', '2026-11-28T12:00 outside_lock_schedule'],
  ],
  [
    'P7 only deleting the schedule makes the lock as if it was never saved',
    { lock: {} },
    ['2026-11-25T03:00 granted'],
  ],
];

const holidays: Sentence[] = [
  [
    'H1 the part after midnight of a holiday’s window is closed too; the evening before runs to its end',
    { key: { repeat: daily('22:00', '06:00') }, holidays: [onWednesday] },
    [
      '2026-11-25T05:59 granted',
      '2026-11-25T23:00 holiday',
      '2026-11-26T05:00 holiday',
      '2026-11-26T22:00 granted',
    ],
  ],
  [
    'H1 the same for intervals of the lock',
    {
      lock: {
        schedule: {
          intervals: (['tue', 'wed', 'thu'] as const).map((weekday) => ({
            weekday,
            from: '22:00',
            until: '06:00',
          })),
        },
      },
      holidays: [onWednesday],
    },
    [
      '2026-11-25T05:59 granted',
      '2026-11-25T23:00 holiday',
      '2026-11-26T05:00 holiday',
      '2026-11-26T22:00 granted',
    ],
  ],
  [
    'H2 a window admits only where the holiday’s hours admit too; hours over midnight belong to the holiday',
    {
      key: { repeat: daily('22:00', '06:00') },
      holidays: [{ ...onWednesday, hours: { from: '20:00', until: '02:00' } }],
    },
    [
      '2026-11-25T21:00 outside_repeat_window',
      '2026-11-25T22:00 granted',
      '2026-11-26T01:59 granted',
      '2026-11-26T02:00 holiday',
    ],
  ],
  [
    'H3 a holiday-exempt Key is decided as if there were no holidays, at all windows and the lock schedule',
    {
      key: { holidayExempt: true, accessGroup: 'cleaners', repeat: daily('08:00', '18:00') },
      accessGroups: [{ id: 'cleaners', locks: [], repeat: daily('10:00', '14:00') }],
      lock: { schedule: wednesdays(['08:00', '17:00']) },
      holidays: [onWednesday],
    },
    ['2026-11-25T12:00 granted', '2026-11-25T15:00 outside_repeat_window'],
  ],
  [
    'H3 a holiday-exempt lock schedule stays open but frees no Key’s windows',
    {
      lock: { schedule: { holidayExempt: true, ...wednesdays(['08:00', '17:00']) } },
      keys: [{ id: 'cleaner', repeat: daily('08:00', '18:00') }],
      credentials: [{ id: 'cleaner', key: 'cleaner', kind: 'pin' }],
      holidays: [onWednesday],
    },
    [
      [{}, 'granted'],
      [{ credential: 'cleaner' }, 'holiday'],
    ],
  ],
  [
    'H4 a holiday closes nothing of a never Key at a lock whose schedule was never saved',
    { holidays: [onWednesday] },
    ['2026-11-25T12:00 granted'],
  ],
  [
    'H4 nor an Access Scheduler',
    {
      ...scheduled({ weekdays: ['wed'], hours: { from: '08:00', until: '18:00' } }),
      holidays: [onWednesday],
    },
    ['2026-11-25T12:00 granted'],
  ],
  [
    'H4 it closes saved lock schedules, weekly and daily windows',
    {
      lock: { schedule: wednesdays(['08:00', '17:00']) },
      keys: [{ id: 'weekly', repeat: { ...daily('08:00', '18:00'), mode: 'weekly', weekdays: ['wed'] } }],
      credentials: [{ id: 'weekly', key: 'weekly', kind: 'pin' }],
      holidays: [onWednesday],
    },
    [
      [{}, 'holiday'],
      [{ credential: 'weekly' }, 'holiday'],
    ],
  ],
  [
    'H5 holiday is the reason when the holiday alone makes the difference',
    {
      key: { repeat: daily('08:00', '18:00') },
      lock: { schedule: wednesdays(['07:00', '17:00']) },
      holidays: [onWednesday],
    },
    [
      '2026-11-25T07:30 outside_repeat_window',
      '2026-11-25T17:30 outside_lock_schedule',
      '2026-11-25T12:00 holiday',
    ],
  ],
  [
    'H6 where several holidays cover a date, a window admits only where all of them admit',
    {
      key: { repeat: daily('00:00', '00:00') },
      holidays: [
        { ...onWednesday, hours: { from: '08:00', until: '12:00' } },
        { ...onWednesday, hours: { from: '10:00', until: '14:00' } },
      ],
    },
    ['2026-11-25T09:00 holiday', '2026-11-25T11:00 granted', '2026-11-25T13:00 holiday'],
  ],
  [
    'H7 a yearly holiday covers the same dates in its first and every later year, over the turn of the year',
    {
      key: { repeat: daily('00:00', '00:00') },
      holidays: [{ from: '2024-12-24', until: '2025-01-02', yearly: true }],
    },
    [
      '2023-12-31T12:00 granted',
      '2024-12-24T00:00 holiday',
      '2025-01-03T00:00 granted',
      '2026-12-31T12:00 holiday',
      '2027-01-02T12:00 holiday',
    ],
  ],
  [
    'H7 29 February occurs only in leap years and is not moved',
    {
      key: { repeat: daily('00:00', '00:00') },
      holidays: [{ from: '2024-02-29', until: '2024-02-29', yearly: true }],
    },
    ['2026-02-28T12:00 granted', '2026-03-01T12:00 granted', '2028-02-29T12:00 holiday'],
  ],
  [
    'H7 a yearly holiday of a whole year covers every date from its first on',
    {
      key: { repeat: daily('00:00', '00:00') },
      holidays: [{ from: '2024-03-01', until: '2025-03-01', yearly: true }],
    },
    ['2024-02-29T12:00 granted', '2028-02-29T12:00 holiday', '2030-07-01T12:00 holiday'],
  ],
  [
    'H8 a holiday includes its first and last date, for all locks of the Entity',
    {
      key: { repeat: daily('00:00', '00:00'), bindings: [{ lock: 'front' }, { lock: 'back' }] },
      holidays: [{ from: '2026-11-25', until: '2026-11-26' }],
    },
    [
      '2026-11-24T23:59 granted',
      '2026-11-25T00:00 holiday',
      '2026-11-26T23:59 holiday',
      '2026-11-27T00:00 granted',
      [{ lock: 'back', at: '2026-11-26T12:00' }, 'holiday'],
    ],
  ],
  [
    'H9 a holiday does not close a lock schedule for those whom it does not bind',
    { ...admin, lock: { schedule: wednesdays(['08:00', '17:00']) }, holidays: [onWednesday] },
    ['2026-11-25T12:00 granted'],
  ],
  [
    'H9 but it closes their own repeat windows',
    {
      key: { emergency: true, repeat: daily('08:00', '18:00') },
      lock: { schedule: wednesdays(['08:00', '17:00']) },
      holidays: [onWednesday],
    },
    ['2026-11-25T12:00 holiday', '2026-11-26T12:00 granted'],
  ],
];

describe('a profile, a lock schedule, a holiday', () => {
  it.each([...profiles, ...schedules, ...holidays])('%s', (_title, scene, expected) => {
    expect(reasonsIn(scene, expected)).toEqual(expected);
  });
});

describe('P8 a command is tested for these alone, in this order', () => {
  const command = { method: 'command' } as const;
  const everything: Scene = {
    lock: {
      status: 'inactive',
      lockdown: true,
      schedule: { intervals: [] },
      maximumListAgeMinutes: 1,
      list: { confirmedAt: '2026-01-01T00:00' },
      state: { commandOpenedAt: '2026-11-25T12:00', canRecord: false },
    },
  };
  const less = (lock: Scene['lock']): Scene => ({ lock: { ...everything.lock, ...lock } });

  it.each<readonly [string, Scene, Expected]>([
    ['malformed', everything, [{ ...command, malformed: true, signature: 'bad' }, 'malformed']],
    ['bad signature', everything, [{ ...command, signature: 'bad' }, 'bad_signature']],
    ['lock inactive', everything, [command, 'lock_inactive']],
    ['lockdown', less({ status: 'active' }), [command, 'lockdown']],
    ['lockdown not with step-up', less({ status: 'active' }), [{ ...command, stepUp: true }, 'cooldown']],
    ['cooldown', less({ status: 'error', lockdown: false }), [command, 'cooldown']],
    [
      'cooldown until 3 seconds after the last opening by command',
      less({ status: 'active', lockdown: false }),
      [{ ...command, at: '2026-11-25T12:00:02.999' }, 'cooldown'],
    ],
    [
      'cannot be recorded',
      less({ status: 'active', lockdown: false }),
      [{ ...command, at: '2026-11-25T12:00:03' }, 'cannot_be_recorded'],
    ],
    [
      'and nothing else: not the schedule, not the age of the list',
      less({ status: 'claiming', lockdown: false, whenUnrecorded: 'admit' }),
      [{ ...command, at: '2026-11-25T12:00:03' }, 'granted'],
    ],
  ])('P8 %s', (_title, scene, expected) => {
    expect(reasonsIn(scene, [expected])).toEqual([expected]);
  });

  it('P8 the cooldown counts from the last opening by command that was granted', () => {
    const expected: Expected[] = [
      [{ ...command, at: '2026-11-25T12:00' }, 'granted'],
      [{ ...command, at: '2026-11-25T12:00:02' }, 'cooldown'],
      [{ at: '2026-11-25T12:00:02' }, 'granted'],
      [{ ...command, at: '2026-11-25T12:00:03' }, 'granted'],
    ];
    expect(reasonsIn({}, expected)).toEqual(expected);
  });
});
