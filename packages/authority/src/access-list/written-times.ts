import {
  dayOf,
  everyWeekday,
  weekdays,
  wholeDay,
  type AccessScheduler,
  type ClockSpan,
  type DateRange,
  type Day,
  type Holiday,
  type LockSchedule,
  type RepeatRule,
  type Weekday,
  type WeekdaySet,
} from '@claviger/domain';
import type { HolidayFact, HoursFact, LockFact, ProfileFact, RepeatFact } from './facts.ts';

/** Minutes from 00:00 of a clock time such as `07:30`; 1440 of `24:00`. Throws for anything else. */
export function minuteOf(text: string): number {
  const [, hour, minute] = /^(\d\d):([0-5]\d)$/.exec(text) ?? [];
  const value = Number(hour) * 60 + Number(minute);
  if (!(value <= 1440)) throw new Error(`not a clock time: ${text}`);
  return value;
}

/** The number of a date such as `2026-11-25`. Throws for anything else. */
export function dayOfDate(text: string): Day {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const value = dayOf(Number(year), Number(month), Number(day));
  if (Number.isNaN(value)) throw new Error(`not a date: ${text}`);
  return value;
}

function spanOf({ from, until }: HoursFact): ClockSpan {
  return { from: minuteOf(from), until: minuteOf(until) };
}

function setOf(names: readonly Weekday[]): WeekdaySet {
  return names.reduce((set, name) => set | (1 << weekdays.indexOf(name)), 0);
}

function rangeOf(first: string | undefined, last: string | undefined): DateRange {
  return {
    first: first === undefined ? undefined : dayOfDate(first),
    last: last === undefined ? undefined : dayOfDate(last),
  };
}

/** Equal clock times mean the whole day here (SEMANTICS T3); weekly without a weekday is never (T13). */
export function compileRepeat(repeat: RepeatFact): RepeatRule {
  const hours = spanOf({ from: repeat.beginTime, until: repeat.endTime });
  return {
    dates: rangeOf(repeat.beginDate, repeat.endDate),
    weekdays: repeat.mode === 'daily' ? everyWeekday : setOf(repeat.weekdays ?? []),
    hours: hours.from === hours.until ? wholeDay : hours,
  };
}

export function compileScheduler({ dates, weekdays: days, hours }: NonNullable<ProfileFact['scheduler']>) {
  const scheduler: AccessScheduler = {
    dates: dates && rangeOf(dates.from, dates.until),
    weekdays: days && setOf(days),
    hours: hours && spanOf(hours),
  };
  return scheduler;
}

export function compileHoliday({ from, until, yearly, hours }: HolidayFact): Holiday {
  return {
    first: dayOfDate(from),
    last: dayOfDate(until),
    isYearly: yearly,
    hours: hours && spanOf(hours),
  };
}

/** The intervals by the weekday on which they begin. */
export function compileSchedule(schedule: NonNullable<LockFact['schedule']>): LockSchedule {
  const { holidayExempt, intervals } = schedule;
  return {
    isHolidayExempt: holidayExempt,
    intervals: weekdays.map((name) => intervals.filter(({ weekday }) => weekday === name).map(spanOf)),
  };
}
