import { type World } from '@claviger/protocol';
import { nextDate, previousDate, weekdayOf, type Calendar, type Reading, type Weekday } from './calendar.ts';

export type Lock = World['locks'][number];
export type Profile = World['profiles'][number];
export type Holiday = World['holidays'][number];
/** A daily or weekly rule: of a Key, of its access group, or written in a QR (then without dates). */
export interface Repeat {
  readonly mode: 'daily' | 'weekly';
  readonly beginDate?: string | undefined;
  readonly endDate?: string | undefined;
  readonly beginTime: string;
  readonly endTime: string;
  readonly weekdays?: readonly Weekday[] | undefined;
}
/** A window, an interval or hours: two clock times of the day to which they belong. */
interface Hours {
  readonly from: string;
  readonly until: string;
}

/** Whether the wall clock reads a time of the window that belongs to this date (T3, T7, T8, H1). */
export function isWithin(reading: Reading, date: string, { from, until }: Hours): boolean {
  if (from === until) return reading.date === date;
  if (from < until) return reading.date === date && from <= reading.time && reading.time < until;
  const isEvening = reading.date === date && from <= reading.time;
  const isMorningAfter = reading.date === nextDate(date) && reading.time < until;
  return isEvening || isMorningAfter;
}

/** A window that holds now belongs to today or, over midnight, to the date before. */
const possibleDates = (reading: Reading): string[] => [reading.date, previousDate(reading.date)];

const isOnDates = (date: string, from: string | undefined, until: string | undefined): boolean =>
  (from === undefined || from <= date) && (until === undefined || date <= until);

const hoursOf = (rule: Repeat): Hours => ({ from: rule.beginTime, until: rule.endTime });

function occursOn(rule: Repeat, date: string): boolean {
  const isOnItsWeekday = rule.mode === 'daily' || (rule.weekdays ?? []).includes(weekdayOf(date));
  return isOnItsWeekday && isOnDates(date, rule.beginDate, rule.endDate);
}

/** The dates whose window of this rule holds now: none is *outside repeat window*. */
export function openDates(rule: Repeat, reading: Reading): string[] {
  return possibleDates(reading).filter(
    (date) => occursOn(rule, date) && isWithin(reading, date, hoursOf(rule)),
  );
}

/** T4: before 00:00 of its begin date. */
export const hasNotBegun = (rule: Repeat, at: number, calendar: Calendar): boolean =>
  rule.beginDate !== undefined && at < calendar.beginningOf(rule.beginDate);

/** T5: from 00:00 of the day after its end date, except inside a window that began on the end date. */
export function hasEnded(rule: Repeat, at: number, calendar: Calendar): boolean {
  if (rule.endDate === undefined || at < calendar.beginningOf(nextDate(rule.endDate))) return false;
  return !openDates(rule, calendar.readingAt(at)).includes(rule.endDate);
}

/** Access Scheduler (P1, P2): one window's date has to meet the dates and the weekdays. */
export function schedulerAdmits(scheduler: NonNullable<Profile['scheduler']>, reading: Reading): boolean {
  const { dates, weekdays, hours } = scheduler;
  const open =
    hours === undefined
      ? [reading.date]
      : possibleDates(reading).filter((date) => isWithin(reading, date, hours));
  return open.some((date) => {
    const isOnWeekday = weekdays === undefined || weekdays.includes(weekdayOf(date));
    return isOnWeekday && isOnDates(date, dates?.from, dates?.until);
  });
}

/** The dates whose interval of this lock schedule holds now (P6, P7). */
export function openScheduleDates(schedule: NonNullable<Lock['schedule']>, reading: Reading): string[] {
  return possibleDates(reading).filter((date) =>
    schedule.intervals.some(
      (interval) => interval.weekday === weekdayOf(date) && isWithin(reading, date, interval),
    ),
  );
}

/** H7, H8. A yearly one is written again with every later year; `2027-02-29` is a date nothing equals. */
export function isHoliday({ from, until, yearly }: Holiday, date: string): boolean {
  if (until < from) return false;
  if (!yearly) return from <= date && date <= until;
  const later = (text: string, years: number) =>
    `${String(Number(text.slice(0, 4)) + years).padStart(4, '0')}${text.slice(4)}`;
  const yearsSince = Number(date.slice(0, 4)) - Number(from.slice(0, 4));
  for (let years = 0; years <= yearsSince; years += 1) {
    if (later(from, years) <= date && date <= later(until, years)) return true;
  }
  return false;
}

/** H2, H6: whether every holiday of the date on which a window began leaves it open now. */
export function holidaysAdmit(holidays: readonly Holiday[], date: string, reading: Reading): boolean {
  return holidays
    .filter((holiday) => isHoliday(holiday, date))
    .every(({ hours }) => hours !== undefined && isWithin(reading, date, hours));
}
