import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, monthDayOf, weekdayOf } from './calendar.ts';

const dayMs = 86_400_000;

describe('the calendar', () => {
  it('counts days as the host does, from year 0 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (day) => {
        const date = new Date(day * dayMs);
        const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];

        expect(dayOf(year, month, dayOfMonth)).toBe(day);
        expect(monthDayOf(day)).toBe(month * 100 + dayOfMonth);
        expect(weekdayOf(day)).toBe((date.getUTCDay() + 6) % 7);
      }),
      { numRuns: 2_000 },
    );
  });

  it('knows leap years', () => {
    expect(dayOf(2024, 3, 1) - dayOf(2024, 2, 28)).toBe(2);
    expect(dayOf(2100, 3, 1) - dayOf(2100, 2, 28)).toBe(1);
    expect(dayOf(2000, 3, 1) - dayOf(2000, 2, 28)).toBe(2);
  });
});
