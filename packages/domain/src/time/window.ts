import { weekdayOf, type Day } from './calendar.ts';
import type { WallReading } from './zone.ts';

/**
 * Clock times in minutes from 00:00, half-open; `until` may be 1440, the midnight that ends the day. An end
 * before the beginning is on the next day. Equal times admit nothing: where they mean the whole day
 * (SEMANTICS T3), the compiler of the list has written 0 to 1440.
 */
export interface ClockSpan {
  readonly from: number;
  readonly until: number;
}

export const wholeDay: ClockSpan = { from: 0, until: 1440 };

/**
 * The date on which the window of these clock times began that contains this reading, or undefined if none
 * does. The evening before is the date minus one in the calendar, also where the zone skipped it (T10).
 */
export function beginningOf(span: ClockSpan, reading: WallReading): Day | undefined {
  const { day, minute } = reading;
  if (span.from < span.until) return minute >= span.from && minute < span.until ? day : undefined;
  if (span.from === span.until) return undefined;
  if (minute >= span.from) return day;
  return minute < span.until ? day - 1 : undefined;
}

/** Several weekdays in one number: bit 0 is Monday. */
export type WeekdaySet = number;
export const everyWeekday: WeekdaySet = 0b111_1111;

export function hasWeekday(set: WeekdaySet, day: Day): boolean {
  return ((set >> weekdayOf(day)) & 1) === 1;
}

/** First and last date, both included; one that is not given does not restrict (SEMANTICS T14, P2). */
export interface DateRange {
  readonly first?: Day | undefined;
  readonly last?: Day | undefined;
}

export function isWithinDates(range: DateRange, day: Day): boolean {
  return (range.first === undefined || day >= range.first) && (range.last === undefined || day <= range.last);
}

/** A daily or weekly repeat mode; daily is weekly on every weekday. */
export interface RepeatRule {
  readonly dates: DateRange;
  readonly weekdays: WeekdaySet;
  readonly hours: ClockSpan;
}

/** The date of the rule's window that is open at this reading, holidays aside, or undefined. */
export function openWindow(rule: RepeatRule, reading: WallReading): Day | undefined {
  const day = beginningOf(rule.hours, reading);
  if (day === undefined) return undefined;
  return isWithinDates(rule.dates, day) && hasWeekday(rule.weekdays, day) ? day : undefined;
}

/** Conditions independent of each other; one that is not set does not restrict (SEMANTICS P1, P2). */
export interface AccessScheduler {
  readonly dates?: DateRange | undefined;
  readonly weekdays?: WeekdaySet | undefined;
  readonly hours?: ClockSpan | undefined;
}

/** Whether the scheduler admits; dates and weekdays are tested on the day its hours began. */
export function isScheduled({ dates, weekdays, hours }: AccessScheduler, reading: WallReading): boolean {
  const day = hours === undefined ? reading.day : beginningOf(hours, reading);
  if (day === undefined) return false;
  return (dates === undefined || isWithinDates(dates, day)) && hasWeekday(weekdays ?? everyWeekday, day);
}

/** A saved lock schedule: the intervals of each weekday, Monday first; without any it is always closed. */
export interface LockSchedule {
  readonly isHolidayExempt: boolean;
  readonly intervals: readonly (readonly ClockSpan[])[];
}

function hasBegunOn(spans: readonly ClockSpan[] | undefined, day: Day, reading: WallReading): boolean {
  return spans?.some((span) => beginningOf(span, reading) === day) ?? false;
}

/**
 * Whether an interval that contains this reading, and whose beginning the condition takes, is there.
 */
export function hasInterval(
  { intervals }: LockSchedule,
  reading: WallReading,
  isTaken: (day: Day) => boolean = () => true,
): boolean {
  const { day, weekday } = reading;
  return (
    (hasBegunOn(intervals[weekday], day, reading) && isTaken(day)) ||
    (hasBegunOn(intervals[(weekday + 6) % 7], day - 1, reading) && isTaken(day - 1))
  );
}
