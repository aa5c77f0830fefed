import { describe, expect, it } from 'vitest';
import { dayOf } from './calendar.ts';
import { hasBegun, offsetAt, readingAt, type ZoneOffsets } from './zone.ts';

const at = (text: string) => Date.parse(`${text}Z`);
const hour = 3600;
/** Winter, summer and winter again, as in Berlin. */
const berlin: ZoneOffsets = {
  from: at('2026-01-01T00:00'),
  until: at('2027-01-01T00:00'),
  offsets: [
    { from: at('2026-01-01T00:00'), offsetS: hour },
    { from: at('2026-03-29T01:00'), offsetS: 2 * hour },
    { from: at('2026-10-25T01:00'), offsetS: hour },
  ],
};

describe('the offsets of a zone', () => {
  it('hold from their instant on, the first also before and the last also after the table', () => {
    const instants = ['2025-07-01T00:00', '2026-03-29T00:59:59.999', '2026-03-29T01:00', '2030-07-01T00:00'];

    expect(instants.map((text) => offsetAt(berlin, at(text)))).toEqual([hour, hour, 2 * hour, hour]);
  });

  it('known to the end of the table are not looked up beyond it', () => {
    const short = { ...berlin, until: at('2026-10-25T01:00') };

    expect(offsetAt(short, at('2026-12-01T00:00'))).toBe(2 * hour);
  });

  it('give day, minute and weekday, an instant within a minute that minute', () => {
    expect(readingAt(berlin, at('2026-11-25T22:59:59.999'))).toEqual({
      day: dayOf(2026, 11, 25),
      minute: 23 * 60 + 59,
      weekday: 2,
    });
    expect(readingAt(berlin, at('1969-12-31T22:30'))).toEqual({ day: -1, minute: 23 * 60 + 30, weekday: 2 });
  });
});

describe('00:00 of a date', () => {
  it('has come from its first instant on', () => {
    const day = dayOf(2026, 11, 25);

    expect(hasBegun(berlin, day, at('2026-11-24T22:59:59.999'))).toBe(false);
    expect(hasBegun(berlin, day, at('2026-11-24T23:00'))).toBe(true);
  });

  it('stays so where the clock goes back over midnight', () => {
    const back: ZoneOffsets = {
      ...berlin,
      offsets: [
        { from: 0, offsetS: 0 },
        { from: at('2026-11-25T00:01'), offsetS: -hour },
      ],
    };
    const day = dayOf(2026, 11, 25);

    expect(hasBegun(back, day, at('2026-11-24T23:59'))).toBe(false);
    expect(hasBegun(back, day, at('2026-11-25T00:00'))).toBe(true);
    expect(readingAt(back, at('2026-11-25T00:30')).day).toBe(day - 1);
    expect(hasBegun(back, day, at('2026-11-25T00:30'))).toBe(true);
  });

  it('is that of the next date where the zone skipped it', () => {
    const skips: ZoneOffsets = {
      ...berlin,
      offsets: [
        { from: 0, offsetS: -10 * hour },
        { from: at('2026-11-25T10:00'), offsetS: 14 * hour },
      ],
    };

    expect(hasBegun(skips, dayOf(2026, 11, 25), at('2026-11-25T09:59:59.999'))).toBe(false);
    expect(hasBegun(skips, dayOf(2026, 11, 25), at('2026-11-25T10:00'))).toBe(true);
  });
});
