import { world } from '@claviger/protocol';
import { reasonsIn, type Expected, type Scene } from '@claviger/sim';
import { describe, expect, it } from 'vitest';

type Sentence = readonly [title: string, scene: Scene, expected: readonly Expected[]];

const daily = (beginTime: string, endTime: string, dates: object = {}) => ({
  mode: 'daily' as const,
  beginTime,
  endTime,
  ...dates,
});
const apia = 'Pacific/Apia';

const bounds: Sentence[] = [
  [
    'T1 "until 18:00" opens at 17:59:59.999 and denies at 18:00:00.000',
    { key: { until: '2026-11-25T18:00' } },
    ['2026-11-25T17:59:59.999 granted', '2026-11-25T18:00:00.000 expired'],
  ],
  [
    'T1 a pause is half-open in the same way',
    {
      lock: {
        state: {
          paths: [
            {
              path: 'keypad',
              wrongTries: 6,
              forgivenAt: '2026-11-25T12:00',
              pausedUntil: '2026-11-25T12:00:30',
            },
          ],
        },
      },
    },
    ['2026-11-25T12:00:29.999 throttled', '2026-11-25T12:00:30.000 granted'],
  ],
  [
    'T6 from and until of a Key and of a Binding cut any window, also an overnight one',
    {
      key: {
        repeat: daily('22:00', '06:00', { endDate: '2026-11-25' }),
        until: '2026-11-26T02:00',
        bindings: [{ lock: 'front', from: '2026-11-25T23:00' }],
      },
    },
    [
      '2026-11-25T22:30 not_yet_valid',
      '2026-11-25T23:00 granted',
      '2026-11-26T01:59 granted',
      '2026-11-26T02:00 expired',
    ],
  ],
  [
    'T9 valid-from and valid-until are instants: in a repeated hour the earlier and the later reading',
    { key: { from: '2026-10-25T02:30', until: '2026-10-25T02:30' } },
    [
      '2026-10-25T00:29:59.999Z not_yet_valid',
      '2026-10-25T00:30Z granted',
      '2026-10-25T01:29:59.999Z granted',
      '2026-10-25T01:30Z expired',
    ],
  ],
  [
    'T9 a skipped time moves forward by the gap where nobody can be asked',
    { key: { from: '2026-03-29T02:30' } },
    ['2026-03-29T01:29:59Z not_yet_valid', '2026-03-29T01:30Z granted'],
  ],
  [
    'T11 twenty-four hours are 86,400 elapsed seconds, whatever the wall clock shows then',
    { lock: { list: { signedAt: '2026-10-24T12:00' } } },
    (
      [
        ['2026-10-25T11:00:12.344', 'granted'],
        ['2026-10-25T11:00:12.345', 'unknown_credential'],
      ] as const
    ).map(([at, reason]) => [
      {
        at,
        method: 'qr',
        credential: undefined,
        qr: { key: 'new', signedAt: '2026-10-24T12:00:12.345', rule: {} },
      },
      reason,
    ]),
  ],
  [
    'T12 an end that is not after its begin admits nothing: not yet valid until the begin, expired after it',
    { key: { from: '2026-11-25T12:00', until: '2026-11-25T10:00' } },
    ['2026-11-25T09:00 not_yet_valid', '2026-11-25T11:59 not_yet_valid', '2026-11-25T12:00 expired'],
  ],
  [
    'T12 the same for an end equal to its begin, and for dates',
    {
      key: {
        from: '2026-11-25T10:00',
        until: '2026-11-25T10:00',
        repeat: daily('22:00', '06:00', { beginDate: '2026-11-26', endDate: '2026-11-25' }),
      },
    },
    [
      '2026-11-25T09:59 not_yet_valid',
      '2026-11-25T10:00 not_yet_valid',
      '2026-11-25T23:00 not_yet_valid',
      '2026-11-26T00:00 expired',
    ],
  ],
  [
    'T12 dates alone: no last window runs on after the begin',
    { key: { repeat: daily('22:00', '06:00', { beginDate: '2026-11-26', endDate: '2026-11-25' }) } },
    ['2026-11-25T23:59 not_yet_valid', '2026-11-26T01:00 expired'],
  ],
  ['T14 a begin or end that is not given does not restrict', {}, ['1999-01-01T00:00 granted']],
  [
    'T14 nor does a date that is not given',
    { key: { repeat: daily('09:00', '17:00', {}) } },
    ['1999-01-01T09:00 granted', '2099-01-01T16:59 granted'],
  ],
  [
    'T16 one decision uses one instant, that at which the last needed input was complete',
    { key: { until: '2026-11-25T18:00', secondFactor: true } },
    [
      [{ at: '2026-11-25T17:59:59.999', secondFactor: { method: 'card', credential: 'card' } }, 'granted'],
      [{ at: '2026-11-25T18:00', secondFactor: { method: 'card', credential: 'card' } }, 'expired'],
    ],
  ],
];

const windows: Sentence[] = [
  [
    'T2 24:00 as an end is the midnight that ends the day',
    { key: { repeat: daily('18:00', '24:00') } },
    ['2026-11-25T17:59 outside_repeat_window', '2026-11-25T23:59:59.999 granted'],
  ],
  [
    'T2 and the same as an end of 00:00',
    { key: { repeat: daily('18:00', '00:00') } },
    ['2026-11-25T23:59:59.999 granted', '2026-11-26T00:00 outside_repeat_window'],
  ],
  [
    'T3 equal clock times mean the calendar day from 00:00 to 24:00, whatever the time is',
    { key: { repeat: { ...daily('09:00', '09:00'), mode: 'weekly', weekdays: ['wed'] } } },
    [
      '2026-11-24T23:59 outside_repeat_window',
      '2026-11-25T00:00 granted',
      '2026-11-25T23:59:59.999 granted',
      '2026-11-26T00:00 outside_repeat_window',
      '2026-11-26T08:00 outside_repeat_window',
    ],
  ],
  [
    'T4 a rule is not yet valid before 00:00 of its begin date, then outside repeat window',
    { key: { repeat: daily('09:00', '17:00', { beginDate: '2026-11-25' }) } },
    [
      '2026-11-24T12:00 not_yet_valid',
      '2026-11-24T23:59:59.999 not_yet_valid',
      '2026-11-25T00:00 outside_repeat_window',
      '2026-11-25T09:00 granted',
      '2026-11-25T17:00 outside_repeat_window',
    ],
  ],
  [
    'T4 the window of the evening before the begin date is none',
    { key: { repeat: daily('22:00', '06:00', { beginDate: '2026-11-25' }) } },
    ['2026-11-25T05:00 outside_repeat_window', '2026-11-25T22:00 granted'],
  ],
  [
    'T5 a rule is expired from 00:00 of the day after its end date, except inside its last window',
    { key: { repeat: daily('22:00', '06:00', { endDate: '2026-11-25' }) } },
    ['2026-11-25T23:00 granted', '2026-11-26T05:59 granted', '2026-11-26T06:00 expired'],
  ],
  [
    'T5 between the last window and that midnight it is outside repeat window',
    { key: { repeat: daily('09:00', '17:00', { endDate: '2026-11-25' }) } },
    ['2026-11-25T23:59:59.999 outside_repeat_window', '2026-11-26T00:00 expired', '2026-11-26T10:00 expired'],
  ],
  [
    'T7 a window that ends in the repeated hour closes, opens again and closes',
    { key: { repeat: daily('01:00', '02:30') } },
    [
      '2026-10-25T00:29:59.999Z granted',
      '2026-10-25T00:30Z outside_repeat_window',
      '2026-10-25T00:59:59.999Z outside_repeat_window',
      '2026-10-25T01:00Z granted',
      '2026-10-25T01:29:59.999Z granted',
      '2026-10-25T01:30Z outside_repeat_window',
    ],
  ],
  [
    'T8 a window that begins in the skipped hour opens at the first instant after it',
    { key: { repeat: daily('02:30', '04:00') } },
    ['2026-03-29T00:59:59.999Z outside_repeat_window', '2026-03-29T01:00Z granted'],
  ],
  [
    'T8 one that ends in it closes there',
    { key: { repeat: daily('01:00', '02:30') } },
    ['2026-03-29T00:59:59.999Z granted', '2026-03-29T01:00Z outside_repeat_window'],
  ],
  [
    'T8 one wholly inside it does not occur that day',
    { key: { repeat: daily('02:10', '02:50') } },
    [
      '2026-03-29T00:59:59.999Z outside_repeat_window',
      '2026-03-29T01:00Z outside_repeat_window',
      '2026-03-29T01:30Z outside_repeat_window',
    ],
  ],
  [
    'T10 the day before a date is that date minus one, also where the zone skipped it',
    { zone: apia, key: { repeat: daily('22:00', '06:00', { endDate: '2011-12-30' }) } },
    ['2011-12-29T23:00 granted', '2011-12-31T05:59 granted', '2011-12-31T06:00 expired'],
  ],
  [
    'T10 so the night of the date before the skipped one does not reach the one after it',
    { zone: apia, key: { repeat: daily('22:00', '06:00', { endDate: '2011-12-29' }) } },
    ['2011-12-29T23:59 granted', '2011-12-31T00:00 expired', '2011-12-31T05:00 expired'],
  ],
  [
    'T13 a weekly rule without a weekday is always outside repeat window',
    { key: { repeat: { ...daily('00:00', '00:00'), mode: 'weekly', weekdays: [] } } },
    ['2026-11-25T12:00 outside_repeat_window', '2026-11-28T12:00 outside_repeat_window'],
  ],
  [
    'T15 the rule of an access group is tested like the Key’s own',
    {
      key: { accessGroup: 'cleaners', bindings: [] },
      accessGroups: [
        {
          id: 'cleaners',
          locks: ['front'],
          until: '2026-11-28T12:00',
          repeat: daily('09:00', '17:00', { beginDate: '2026-11-24' }),
        },
      ],
      holidays: [{ from: '2026-11-26', until: '2026-11-26' }],
    },
    [
      '2026-11-23T12:00 not_yet_valid',
      '2026-11-25T08:59 outside_repeat_window',
      '2026-11-25T09:00 granted',
      '2026-11-26T09:00 holiday',
      '2026-11-28T12:00 expired',
    ],
  ],
  [
    'T15 its locks become the Key’s Bindings, and only they',
    { key: { accessGroup: 'cleaners', bindings: [] }, accessGroups: [{ id: 'cleaners', locks: ['back'] }] },
    [
      [{ lock: 'back' }, 'granted'],
      [{ lock: 'front' }, 'unknown_credential'],
    ],
  ],
];

const clocks: Sentence[] = [
  [
    'K1 from is lenient and until strict by the uncertainty; windows are tested at now alone',
    {
      key: { from: '2026-11-25T09:00', until: '2026-11-25T17:00', repeat: daily('08:00', '16:59') },
    },
    [
      [{ at: '2026-11-25T08:58:59.999', uncertaintyS: 60 }, 'not_yet_valid'],
      [{ at: '2026-11-25T08:59', uncertaintyS: 60 }, 'granted'],
      [{ at: '2026-11-25T16:58:59.999', uncertaintyS: 60 }, 'granted'],
      [{ at: '2026-11-25T16:59', uncertaintyS: 60 }, 'expired'],
      [{ at: '2026-11-25T16:59', uncertaintyS: 59 }, 'outside_repeat_window'],
    ],
  ],
  [
    'K2 above 300 seconds a guest Key is clock uncertain',
    { key: { type: 'guest' } },
    [
      [{ uncertaintyS: 300 }, 'granted'],
      [{ uncertaintyS: 300.001 }, 'clock_uncertain'],
    ],
  ],
  [
    'K1 before K2 a guest Key that may be past its end is expired, however uncertain the clock (R1)',
    { key: { type: 'guest', until: '2026-11-25T14:00' } },
    [
      [{ at: '2026-11-25T12:00', uncertaintyS: 7_199.999 }, 'clock_uncertain'],
      [{ at: '2026-11-25T12:00', uncertaintyS: 7_200 }, 'expired'],
      [{ at: '2026-11-25T12:00', uncertaintyS: 86_400 }, 'expired'],
    ],
  ],
  [
    'K2 and so is every Key with a daily or weekly rule',
    { key: { repeat: daily('00:00', '00:00') } },
    [[{ uncertaintyS: 301 }, 'clock_uncertain']],
  ],
  [
    'K2 of its own or of its access group',
    {
      key: { accessGroup: 'cleaners' },
      accessGroups: [{ id: 'cleaners', locks: ['front'], repeat: daily('00:00', '00:00') }],
    },
    [[{ uncertaintyS: 301 }, 'clock_uncertain']],
  ],
  [
    'K2 or an Access Scheduler',
    { key: { profile: 'day' }, profiles: [{ id: 'day', scheduler: {} }] },
    [[{ uncertaintyS: 301 }, 'clock_uncertain']],
  ],
  [
    'K2 all others go on, tested at the best time',
    { lock: { schedule: { intervals: [{ weekday: 'wed', from: '08:00', until: '17:00' }] } } },
    [
      [{ at: '2026-11-25T16:59', uncertaintyS: 3600 }, 'granted'],
      [{ at: '2026-11-25T17:00', uncertaintyS: 3600 }, 'outside_lock_schedule'],
    ],
  ],
  [
    'K3 past the end of its zone offsets a lock denies the same Keys',
    { key: { type: 'visitor' }, lock: { list: { offsetsUntil: '2026-11-25T12:00' } } },
    ['2026-11-25T11:59:59.999 granted', '2026-11-25T12:00 clock_uncertain'],
  ],
  [
    'K3 and tests the lock schedule with the last known offset for the others',
    {
      lock: {
        list: { offsetsUntil: '2026-10-20T00:00Z' },
        schedule: { intervals: [{ weekday: 'wed', from: '12:00', until: '13:00' }] },
      },
    },
    [
      '2026-11-25T09:59Z outside_lock_schedule',
      '2026-11-25T10:00Z granted',
      '2026-11-25T11:00Z outside_lock_schedule',
    ],
  ],
];

describe('the time of a decision', () => {
  it.each([...bounds, ...windows, ...clocks])('%s', (_title, scene, expected) => {
    expect(reasonsIn(scene, expected)).toEqual(expected);
  });

  it('T3 in a holiday’s hours equal clock times are refused', () => {
    const hours = { from: '09:00', until: '09:00' };
    const holidays = [{ from: '2026-12-24', until: '2026-12-24', hours }];

    const parsed = world.safeParse({ zone: 'UTC', locks: [{ id: 'front' }], holidays });

    expect(parsed.error?.issues[0]?.path).toEqual(['holidays', 0, 'hours']);
  });

  it('T17 changing the zone re-reads dates and clock times and leaves instants as they are', () => {
    const key = { until: '2026-11-25T20:00Z', repeat: daily('09:00', '17:00') };
    const at = (zone: string, expected: Expected[]) => reasonsIn({ zone, key }, expected);

    const inBerlin = [
      '2026-11-25T08:00Z granted',
      '2026-11-25T16:00Z outside_repeat_window',
      '2026-11-25T20:00Z expired',
    ];
    const inLima = [
      '2026-11-25T08:00Z outside_repeat_window',
      '2026-11-25T16:00Z granted',
      '2026-11-25T20:00Z expired',
    ];
    expect(at('Europe/Berlin', inBerlin)).toEqual(inBerlin);
    expect(at('America/Lima', inLima)).toEqual(inLima);
  });
});
