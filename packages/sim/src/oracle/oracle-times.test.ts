import { attempts as attemptsSchema, world as worldSchema } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { calendarOf } from './calendar.ts';
import { oracle } from './oracle.ts';

type Parts = Readonly<Record<string, unknown>>;
/** A title, what the world has besides, and what is said at which instant (`u 5`: uncertain by 5 s). */
type Case = readonly [
  title: string,
  parts: { readonly [part in 'key' | 'lock' | 'more']?: Parts },
  told: Parts,
];

/** The reasons for one Key with an app key at one lock in Berlin, at each of these instants by itself. */
function reasonsAt(instants: readonly string[], parts: Case[1]): Record<string, unknown> {
  const world = worldSchema.parse({
    zone: 'Europe/Berlin',
    locks: [{ id: 'door', ...parts.lock }],
    keys: [{ id: 'key', type: 'staff', bindings: [{ lock: 'door' }], ...parts.key }],
    credentials: [{ id: 'phone', key: 'key', kind: 'app_key' }],
    ...parts.more,
  });
  return Object.fromEntries(
    instants.map((instant) => {
      const [at, uncertainty] = instant.split(' u ');
      const attempt = {
        ...{ lock: 'door', at, method: 'app', credential: 'phone' },
        uncertaintyS: Number(uncertainty ?? 0),
      };
      return [instant, oracle(world, attemptsSchema.parse([attempt]))[0]?.reason];
    }),
  );
}

const daily = (beginTime: string, endTime: string, more: Parts = {}) => ({
  repeat: { mode: 'daily', beginTime, endTime, ...more },
});
const weekly = (weekdays: readonly string[], [beginTime, endTime]: readonly [string, string]) => ({
  repeat: { mode: 'weekly', beginTime, endTime, weekdays },
});

// In 2026 Berlin is at +01:00 to 29 March 01:00Z, at +02:00 to 25 October 01:00Z. 25 November is a Wednesday.
const times: readonly Case[] = [
  [
    'T1: until 18:00 opens to 17:59:59.999, from 18:00 opens at 18:00:00.000',
    { key: { from: '2026-11-25T17:00', until: '2026-11-25T18:00' } },
    {
      '2026-11-25T15:59:59.999Z': 'not_yet_valid',
      '2026-11-25T16:00:00.000Z': 'granted',
      '2026-11-25T16:59:59.999Z': 'granted',
      '2026-11-25T17:00:00.000Z': 'expired',
    },
  ],
  [
    'T2: 24:00 is the midnight that ends the day',
    { key: daily('18:00', '24:00') },
    {
      '2026-11-25T16:59:59.999Z': 'outside_repeat_window',
      '2026-11-25T22:59:59.999Z': 'granted',
      '2026-11-25T23:00:00.000Z': 'outside_repeat_window',
    },
  ],
  [
    'T3: equal clock times are the calendar day',
    { key: daily('07:00', '07:00', { beginDate: '2026-11-25', endDate: '2026-11-25' }) },
    {
      '2026-11-24T22:59:59.999Z': 'not_yet_valid',
      '2026-11-24T23:00:00.000Z': 'granted',
      '2026-11-25T22:59:59.999Z': 'granted',
      '2026-11-25T23:00:00.000Z': 'expired',
    },
  ],
  [
    'T4, T5: by its dates a day window is not yet, outside, open, outside, expired',
    { key: daily('08:00', '10:00', { beginDate: '2026-11-25', endDate: '2026-11-25' }) },
    {
      '2026-11-24T22:59:59.999Z': 'not_yet_valid',
      '2026-11-24T23:00:00.000Z': 'outside_repeat_window',
      '2026-11-25T07:00:00.000Z': 'granted',
      '2026-11-25T09:00:00.000Z': 'outside_repeat_window',
      '2026-11-25T22:59:59.999Z': 'outside_repeat_window',
      '2026-11-25T23:00:00.000Z': 'expired',
    },
  ],
  [
    'T5: the window that began on the end date runs to its end, that of the evening before does not begin',
    { key: daily('22:00', '06:00', { beginDate: '2026-11-25', endDate: '2026-11-25' }) },
    {
      '2026-11-25T04:00:00.000Z': 'outside_repeat_window',
      '2026-11-25T21:00:00.000Z': 'granted',
      '2026-11-26T04:59:59.999Z': 'granted',
      '2026-11-26T05:00:00.000Z': 'expired',
    },
  ],
  [
    'T6: until cuts a night window',
    { key: { ...daily('22:00', '06:00'), until: '2026-11-26T02:00' } },
    { '2026-11-26T00:59:59.999Z': 'granted', '2026-11-26T01:00:00.000Z': 'expired' },
  ],
  [
    'T7: in the repeated hour a window closes at the first 02:30 and opens again to the second',
    { key: daily('01:00', '02:30') },
    {
      '2026-10-25T00:29:59.999Z': 'granted',
      '2026-10-25T00:30:00.000Z': 'outside_repeat_window',
      '2026-10-25T00:59:59.999Z': 'outside_repeat_window',
      '2026-10-25T01:00:00.000Z': 'granted',
      '2026-10-25T01:29:59.999Z': 'granted',
      '2026-10-25T01:30:00.000Z': 'outside_repeat_window',
    },
  ],
  [
    'T8: a window that begins in the skipped hour opens after it',
    { key: daily('02:30', '04:00') },
    {
      '2026-03-29T00:59:59.999Z': 'outside_repeat_window',
      '2026-03-29T01:00:00.000Z': 'granted',
      '2026-03-29T02:00:00.000Z': 'outside_repeat_window',
    },
  ],
  [
    'T8: a window that ends in the skipped hour closes there',
    { key: daily('01:00', '02:30') },
    { '2026-03-29T00:59:59.999Z': 'granted', '2026-03-29T01:00:00.000Z': 'outside_repeat_window' },
  ],
  [
    'T9: a skipped from moves forward by the gap',
    { key: { from: '2026-03-29T02:30' } },
    { '2026-03-29T01:29:59.999Z': 'not_yet_valid', '2026-03-29T01:30:00.000Z': 'granted' },
  ],
  [
    'PRODUCT: a repeated from takes the earlier reading, an until the later',
    { key: { from: '2026-10-25T02:30', until: '2026-10-25T02:30' } },
    {
      '2026-10-25T00:29:59.999Z': 'not_yet_valid',
      '2026-10-25T00:30:00.000Z': 'granted',
      '2026-10-25T01:29:59.999Z': 'granted',
      '2026-10-25T01:30:00.000Z': 'expired',
    },
  ],
  [
    'T10: the day before a date is one less, also where Apia skipped it (Friday 30 December 2011)',
    { key: weekly(['fri'], ['22:00', '06:00']), more: { zone: 'Pacific/Apia' } },
    {
      '2011-12-30T09:00:00.000Z': 'outside_repeat_window',
      '2011-12-30T10:00:00.000Z': 'granted',
      '2011-12-30T15:59:59.999Z': 'granted',
      '2011-12-30T16:00:00.000Z': 'outside_repeat_window',
    },
  ],
  [
    'T12: an end not after its begin admits nothing',
    { key: { from: '2026-11-25T18:00', until: '2026-11-25T18:00' } },
    { '2026-11-25T16:59:59.999Z': 'not_yet_valid', '2026-11-25T17:00:00.000Z': 'expired' },
  ],
  [
    'T12: so with dates, also for a night window',
    { key: daily('22:00', '06:00', { beginDate: '2026-11-25', endDate: '2026-11-24' }) },
    { '2026-11-24T22:59:59.999Z': 'not_yet_valid', '2026-11-24T23:00:00.000Z': 'expired' },
  ],
  [
    'T13: a weekly rule without a weekday is never open',
    { key: weekly([], ['00:00', '24:00']) },
    { '2026-11-25T12:00:00.000Z': 'outside_repeat_window' },
  ],
  [
    'T15: the rule of an access group is tested like the Key’s own',
    {
      key: { bindings: [], accessGroup: 'crew' },
      more: {
        accessGroups: [
          { id: 'crew', locks: ['door'], from: '2026-11-25T08:00', ...weekly(['wed'], ['08:00', '10:00']) },
        ],
      },
    },
    {
      '2026-11-25T06:59:59.999Z': 'not_yet_valid',
      '2026-11-25T07:00:00.000Z': 'granted',
      '2026-11-26T07:00:00.000Z': 'outside_repeat_window',
    },
  ],
  [
    'K1: from is tested leniently and until strictly against now + u',
    { key: { from: '2026-11-25T17:00', until: '2026-11-25T18:00' } },
    {
      '2026-11-25T15:59:54.999Z u 5': 'not_yet_valid',
      '2026-11-25T15:59:55.000Z u 5': 'granted',
      '2026-11-25T16:59:54.999Z u 5': 'granted',
      '2026-11-25T16:59:55.000Z u 5': 'expired',
    },
  ],
  [
    'K1, K2: a window is tested against now alone, and with u above 300 s not at all',
    { key: daily('08:00', '10:00') },
    {
      '2026-11-25T06:59:59.999Z u 300': 'outside_repeat_window',
      '2026-11-25T08:59:59.999Z u 300': 'granted',
      '2026-11-25T08:30:00.000Z u 301': 'clock_uncertain',
    },
  ],
  ['K2: all others go on', {}, { '2026-11-25T12:00:00.000Z u 3600': 'granted' }],
  [
    'K3: past the end of its offsets a lock schedule keeps the last known one',
    {
      lock: {
        list: { offsetsUntil: '2026-10-25T00:00:00Z' },
        schedule: { intervals: [{ weekday: 'sun', from: '08:00', until: '09:00' }] },
      },
    },
    {
      '2026-10-25T05:59:59.999Z': 'outside_lock_schedule',
      '2026-10-25T06:00:00.000Z': 'granted',
      '2026-10-25T07:00:00.000Z': 'outside_lock_schedule',
    },
  ],
  [
    'K3: and a Key with a rule is clock uncertain from that end on',
    { key: daily('00:00', '00:00'), lock: { list: { offsetsUntil: '2026-10-25T00:00:00Z' } } },
    { '2026-10-24T23:59:59.999Z': 'granted', '2026-10-25T00:00:00.000Z': 'clock_uncertain' },
  ],
];

const night = daily('22:00', '06:00');
const holidayOn = (from: string, more: Parts = {}) => ({ holidays: [{ from, until: from, ...more }] });
const admin = { profile: 'admin' };
const profiles = [{ id: 'admin', kind: 'admin' }];
const wednesdayNight = { intervals: [{ weekday: 'wed', from: '22:00', until: '06:00' }] };

const schedules: readonly Case[] = [
  [
    'P1: over midnight the weekday is that on which the window began',
    {
      key: { profile: 'staff' },
      more: {
        profiles: [
          { id: 'staff', scheduler: { weekdays: ['wed'], hours: { from: '22:00', until: '06:00' } } },
        ],
      },
    },
    {
      '2026-11-25T02:00:00.000Z': 'outside_profile_schedule',
      '2026-11-25T21:00:00.000Z': 'granted',
      '2026-11-26T04:59:59.999Z': 'granted',
      '2026-11-26T05:00:00.000Z': 'outside_profile_schedule',
    },
  ],
  [
    'P2: a date range includes its first and its last date',
    {
      key: { profile: 'staff' },
      more: {
        profiles: [{ id: 'staff', scheduler: { dates: { from: '2026-11-25', until: '2026-11-25' } } }],
      },
    },
    {
      '2026-11-24T22:59:59.999Z': 'outside_profile_schedule',
      '2026-11-24T23:00:00.000Z': 'granted',
      '2026-11-25T22:59:59.999Z': 'granted',
      '2026-11-25T23:00:00.000Z': 'outside_profile_schedule',
    },
  ],
  [
    'P6: an interval over midnight holds to its end where the next day has none',
    { lock: { schedule: wednesdayNight } },
    {
      '2026-11-25T20:59:59.999Z': 'outside_lock_schedule',
      '2026-11-25T21:00:00.000Z': 'granted',
      '2026-11-26T04:59:59.999Z': 'granted',
      '2026-11-26T05:00:00.000Z': 'outside_lock_schedule',
    },
  ],
  [
    'P7: a saved schedule without any interval is always closed',
    { lock: { schedule: { intervals: [] } } },
    { '2026-11-25T12:00:00.000Z': 'outside_lock_schedule' },
  ],
  [
    'P4: profile Admin is exempt from the lock schedule',
    { key: admin, lock: { schedule: { intervals: [] } }, more: { profiles } },
    { '2026-11-25T12:00:00.000Z': 'granted' },
  ],
  [
    'H1: a holiday closes the night that begins on it, and the night before runs to its end',
    { key: night, more: holidayOn('2026-11-26') },
    {
      '2026-11-26T04:59:59.999Z': 'granted',
      '2026-11-26T12:00:00.000Z': 'outside_repeat_window',
      '2026-11-26T21:00:00.000Z': 'holiday',
      '2026-11-27T04:59:59.999Z': 'holiday',
      '2026-11-27T21:00:00.000Z': 'granted',
    },
  ],
  [
    'H2: hours over midnight belong to the holiday',
    { key: night, more: holidayOn('2026-11-26', { hours: { from: '23:00', until: '01:00' } }) },
    {
      '2026-11-26T21:59:59.999Z': 'holiday',
      '2026-11-26T22:00:00.000Z': 'granted',
      '2026-11-26T23:59:59.999Z': 'granted',
      '2026-11-27T00:00:00.000Z': 'holiday',
    },
  ],
  [
    'H3: a holiday-exempt Key knows no holidays, at its windows and at the lock schedule',
    {
      key: { ...night, holidayExempt: true },
      lock: { schedule: { intervals: [{ weekday: 'thu', from: '22:00', until: '06:00' }] } },
      more: holidayOn('2026-11-26'),
    },
    { '2026-11-26T21:00:00.000Z': 'granted' },
  ],
  [
    'H3: an exempt schedule stays open but frees no windows',
    {
      key: night,
      lock: {
        schedule: { holidayExempt: true, intervals: [{ weekday: 'thu', from: '22:00', until: '06:00' }] },
      },
      more: holidayOn('2026-11-26'),
    },
    { '2026-11-26T21:00:00.000Z': 'holiday' },
  ],
  [
    'H4: a never Key at a lock without schedule knows no holidays',
    { more: holidayOn('2026-11-26') },
    { '2026-11-26T12:00:00.000Z': 'granted' },
  ],
  [
    'H6: where two cover a date both have to admit',
    {
      key: daily('08:00', '18:00'),
      more: {
        holidays: [
          { from: '2026-11-25', until: '2026-11-27', hours: { from: '08:00', until: '12:00' } },
          { from: '2026-11-26', until: '2026-11-26', hours: { from: '10:00', until: '18:00' } },
        ],
      },
    },
    {
      '2026-11-26T08:59:59.999Z': 'holiday',
      '2026-11-26T09:00:00.000Z': 'granted',
      '2026-11-26T10:59:59.999Z': 'granted',
      '2026-11-26T11:00:00.000Z': 'holiday',
    },
  ],
  [
    'H7: a yearly one covers its days in later years, over the turn of the year',
    {
      key: daily('00:00', '24:00'),
      more: { holidays: [{ from: '2024-12-24', until: '2025-01-06', yearly: true }] },
    },
    {
      '2024-01-05T12:00:00.000Z': 'granted',
      '2024-12-23T12:00:00.000Z': 'granted',
      '2025-01-06T12:00:00.000Z': 'holiday',
      '2025-01-07T12:00:00.000Z': 'granted',
      '2027-12-24T12:00:00.000Z': 'holiday',
      '2031-01-06T22:59:59.999Z': 'holiday',
      '2031-01-06T23:00:00.000Z': 'granted',
    },
  ],
  [
    'H7: 29 February is not moved',
    {
      key: daily('00:00', '24:00'),
      more: { holidays: [{ from: '2024-02-29', until: '2024-02-29', yearly: true }] },
    },
    {
      '2024-02-29T12:00:00.000Z': 'holiday',
      '2026-02-28T12:00:00.000Z': 'granted',
      '2026-03-01T12:00:00.000Z': 'granted',
      '2028-02-29T12:00:00.000Z': 'holiday',
    },
  ],
  [
    'H9: whom a schedule does not bind, its holidays do not, but those of their own windows do',
    {
      key: { ...daily('08:00', '10:00'), ...admin },
      lock: { schedule: { intervals: [] } },
      more: { profiles, ...holidayOn('2026-11-26') },
    },
    { '2026-11-25T08:00:00.000Z': 'granted', '2026-11-26T08:00:00.000Z': 'holiday' },
  ],
];

describe('the oracle on time and windows, computed by hand', () => {
  it.each(times)('%s', (_, parts, told) => {
    expect(reasonsAt(Object.keys(told), parts)).toEqual(told);
  });
});

describe('the oracle on profiles, lock schedules and holidays, computed by hand', () => {
  it.each(schedules)('%s', (_, parts, told) => {
    expect(reasonsAt(Object.keys(told), parts)).toEqual(told);
  });
});

describe('the calendar', () => {
  it('begins a date with its first instant, and a skipped one where the next begins', () => {
    const apia = calendarOf('Pacific/Apia');

    expect(apia.beginningOf('2011-12-30')).toBe(Date.UTC(2011, 11, 30, 10));
    expect(apia.beginningOf('2011-12-31')).toBe(Date.UTC(2011, 11, 30, 10));
  });

  it('begins a date after the midnight that its zone skips', () => {
    // Beirut goes from 00:00 to 01:00 on 29 March 2026, at 22:00Z of the day before.
    expect(calendarOf('Asia/Beirut').beginningOf('2026-03-29')).toBe(Date.UTC(2026, 2, 28, 22));
  });

  it('reads half an hour, three quarters and two hours', () => {
    const at = Date.UTC(2026, 5, 30, 23, 45);

    expect(calendarOf('Australia/Lord_Howe').readingAt(at)).toEqual({ date: '2026-07-01', time: '10:15' });
    expect(calendarOf('Asia/Kathmandu').readingAt(at)).toEqual({ date: '2026-07-01', time: '05:30' });
    expect(calendarOf('Antarctica/Troll').readingAt(at)).toEqual({ date: '2026-07-01', time: '01:45' });
  });
});
