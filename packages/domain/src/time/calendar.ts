/** A date of the calendar: days since 1970-01-01, which is 0. It belongs to no time zone. */
export type Day = number;

const daysPerEra = 146_097;
/** From 0000-03-01, where the counting of leap days is simplest, to 1970-01-01. */
const daysTo1970 = 719_468;

/**
 * The number of a date of the Gregorian calendar; `month` and `dayOfMonth` count from 1. After Howard
 * Hinnant's `days_from_civil`: integers only, exact for every year.
 */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * daysPerEra + yearOfEra * 365 + leapDays + dayOfYear - daysTo1970;
}

/** Month and day of the month in one number that orders the days of a year: 1225 is 25 December. */
export function monthDayOf(day: Day): number {
  const dayOfEra = (((day + daysTo1970) % daysPerEra) + daysPerEra) % daysPerEra;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return (shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9) * 100 + dayOfMonth;
}

/** The weekdays in the order of their numbers: Monday is 0. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** 1970-01-01 was a Thursday. */
export function weekdayOf(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}
