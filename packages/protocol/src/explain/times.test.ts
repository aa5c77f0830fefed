import { describe, expect, it } from 'vitest';
import { bound, hours, moment } from './times.ts';

describe('an instant as people write it', () => {
  it.each(['2026-11-25T18:00Z', '2026-11-25T19:00+01:00', '2026-11-25T19:00'])(
    'is a whole minute: %s',
    (text) => {
      expect(bound.safeParse(text).success).toBe(true);
      expect(moment.safeParse(text).success).toBe(true);
    },
  );

  it.each(['2026-11-25T18:00:00Z', '2026-11-25T18:00:00.000+05:30'])('may write its seconds: %s', (text) => {
    expect(bound.safeParse(text).success).toBe(true);
  });

  it.each(['2026-11-25T18:00:12.345Z', '2026-11-25T19:00:12', '2026-11-25T19:00:12.3+01:00'])(
    'has seconds where it is a moment, not where it is a bound: %s',
    (text) => {
      expect(moment.safeParse(text).success).toBe(true);
      expect(bound.safeParse(text).success).toBe(false);
    },
  );

  it.each([
    '2026-11-25',
    '2026-11-31T19:00',
    '2026-11-25 19:00',
    '2026-11-25T24:00',
    '2026-11-25T19:00+0100',
    'noon',
    '0000-01-01T00:00',
    '1899-12-31T23:59Z',
    '2200-01-01T00:00+01:00',
  ])('is not taken for one: %s', (text) => {
    expect(moment.safeParse(text).success).toBe(false);
    expect(bound.safeParse(text).success).toBe(false);
  });
});

describe('hours', () => {
  it('end at 24:00 at the latest, begin before it, and have two different times', () => {
    const taken = (from: string, until: string) => hours.safeParse({ from, until }).success;

    expect([taken('00:00', '24:00'), taken('22:00', '06:00')]).toEqual([true, true]);
    expect([taken('24:00', '06:00'), taken('09:00', '09:00'), taken('9:00', '10:00')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
