import { monthDayOf, type Day } from './calendar.ts';
import { beginningOf, type ClockSpan } from './window.ts';
import type { WallReading } from './zone.ts';

/**
 * Dates of the Entity's calendar, first and last included, on which windows and saved lock schedules are
 * closed, or admit only within the holiday's own hours. A yearly one comes again in every later year.
 */
export interface Holiday {
  readonly first: Day;
  readonly last: Day;
  readonly isYearly: boolean;
  readonly hours?: ClockSpan | undefined;
}

/** The longest year: a yearly holiday of this length covers every date from its first on. */
const daysOfLeapYear = 366;

/** Whether the holiday covers the date (SEMANTICS H7, H8); 29 February is not moved in other years. */
export function covers({ first, last, isYearly }: Holiday, day: Day): boolean {
  if (day < first || last < first) return false;
  if (!isYearly) return day <= last;
  if (last - first + 1 >= daysOfLeapYear) return true;
  const [from, until, wanted] = [monthDayOf(first), monthDayOf(last), monthDayOf(day)];
  return from <= until ? wanted >= from && wanted <= until : wanted >= from || wanted <= until;
}

/** 29 February comes after eight years at most: 1896, 1904. */
const daysUntilAnyDate = 8 * daysOfLeapYear;

/** The first date from this one on that the holiday covers; undefined where it is over for good. */
export function nextDayOf(holiday: Holiday, from: Day): Day | undefined {
  const begin = Math.max(from, holiday.first);
  const end = holiday.isYearly ? begin + daysUntilAnyDate : holiday.last;
  for (let day = begin; day <= end; day += 1) {
    if (covers(holiday, day)) return day;
  }
  return undefined;
}

/**
 * Whether every holiday that covers the date on which a window began admits this reading (SEMANTICS H1, H2,
 * H6).
 */
export function admitHolidays(holidays: readonly Holiday[], day: Day, reading: WallReading): boolean {
  return holidays.every(
    (holiday) =>
      !covers(holiday, day) || (holiday.hours !== undefined && beginningOf(holiday.hours, reading) === day),
  );
}
