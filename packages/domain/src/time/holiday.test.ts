import { expect, it } from 'vitest';
import { dayOf } from './calendar.ts';
import { nextDayOf } from './holiday.ts';

const christmas = { first: dayOf(2024, 12, 25), last: dayOf(2024, 12, 26), isYearly: true };
const leapDay = { first: dayOf(2024, 2, 29), last: dayOf(2024, 2, 29), isYearly: true };

it('comes next on its first date, on the date itself, and the year after', () => {
  expect(nextDayOf(christmas, dayOf(2020, 1, 1))).toBe(dayOf(2024, 12, 25));
  expect(nextDayOf(christmas, dayOf(2026, 12, 26))).toBe(dayOf(2026, 12, 26));
  expect(nextDayOf(christmas, dayOf(2026, 12, 27))).toBe(dayOf(2027, 12, 25));
});

it('comes next on 29 February in a leap year alone, also over 2100', () => {
  expect(nextDayOf(leapDay, dayOf(2024, 3, 1))).toBe(dayOf(2028, 2, 29));
  expect(nextDayOf(leapDay, dayOf(2096, 3, 1))).toBe(dayOf(2104, 2, 29));
});

it('over the turn of the year comes next on the day that is covered', () => {
  const turn = { first: dayOf(2024, 12, 31), last: dayOf(2025, 1, 1), isYearly: true };
  expect(nextDayOf(turn, dayOf(2026, 1, 1))).toBe(dayOf(2026, 1, 1));
  expect(nextDayOf(turn, dayOf(2026, 1, 2))).toBe(dayOf(2026, 12, 31));
});

it('that happens once is over after its last date', () => {
  const once = { ...christmas, isYearly: false };
  expect(nextDayOf(once, dayOf(2024, 12, 26))).toBe(dayOf(2024, 12, 26));
  expect(nextDayOf(once, dayOf(2024, 12, 27))).toBeUndefined();
});
