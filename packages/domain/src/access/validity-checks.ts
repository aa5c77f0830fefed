import type { Day } from '../time/calendar.ts';
import { admitHolidays } from '../time/holiday.ts';
import { hasInterval, isScheduled, openWindow, type RepeatRule } from '../time/window.ts';
import { hasBegun } from '../time/zone.ts';
import type { Validity } from './access-list.ts';
import type { Case } from './situation.ts';

/** SEMANTICS K2: a clock less certain than this decides nothing that hangs on the time of day. */
const certainWithinMs = 300_000;

/** Whether every span holds that must hold besides the repeat rules (SEMANTICS T6, T15). */
function doSpansHold(
  { key }: Case,
  holds: (span: Validity, latest: number) => boolean,
  latest: number,
): boolean {
  const { rule, accessGroup } = key;
  return (
    holds(rule, latest) &&
    holds(rule.binding, latest) &&
    (accessGroup === undefined || holds(accessGroup, latest))
  );
}

function isSpanBegun({ from }: Validity, latest: number): boolean {
  return from === undefined || latest >= from;
}

function isInverted(begin: number | undefined, end: number | undefined): boolean {
  return begin !== undefined && end !== undefined && end < begin;
}

/** SEMANTICS K1: lenient at the beginning; T4: a repeat rule begins at 00:00 of its begin date. */
export function isBegun(known: Case): boolean {
  const { list, attempt, key } = known;
  const latest = attempt.at + attempt.uncertaintyMs;
  return (
    doSpansHold(known, isSpanBegun, latest) &&
    key.repeats.every(
      ({ dates }) => dates.first === undefined || hasBegun(list.zone, dates.first, attempt.at),
    )
  );
}

/** SEMANTICS K1: strict at the end; T12: an end that is not after its begin ends with the begin. */
function isSpanUnexpired({ from, until }: Validity, latest: number): boolean {
  if (until === undefined) return true;
  return latest < (from !== undefined && until <= from ? from : until);
}

/** SEMANTICS T5: the last date lasts to its 24:00, and a window that began on it to its own end. */
function isRepeatUnexpired(rule: RepeatRule, { list, attempt, reading }: Case): boolean {
  const { first, last } = rule.dates;
  if (last === undefined) return true;
  if (first !== undefined && isInverted(first, last)) return !hasBegun(list.zone, first, attempt.at);
  return !hasBegun(list.zone, last + 1, attempt.at) || openWindow(rule, reading) === last;
}

export function isUnexpired(known: Case): boolean {
  const latest = known.attempt.at + known.attempt.uncertaintyMs;
  return (
    doSpansHold(known, isSpanUnexpired, latest) &&
    known.key.repeats.every((rule) => isRepeatUnexpired(rule, known))
  );
}

/** SEMANTICS K2, K3. */
export function isClockGoodEnough({ list, attempt, key }: Case): boolean {
  return !key.isTimeBound || (attempt.uncertaintyMs <= certainWithinMs && attempt.at < list.zone.until);
}

export function isInsideWindows({ key, reading }: Case): boolean {
  return key.repeats.every((rule) => openWindow(rule, reading) !== undefined);
}

export function isInsideProfileSchedule({ key, reading }: Case): boolean {
  const { profile } = key;
  if (profile?.kind !== 'own' || profile.scheduler === undefined) return true;
  return isScheduled(profile.scheduler, reading);
}

/** The lock schedule where it binds this Key (SEMANTICS P4, L3). */
function scheduleFor({ list, key }: Case) {
  const isExempt = key.profile?.kind === 'admin' || key.rule.isEmergency;
  return isExempt ? undefined : list.lock.schedule;
}

/** SEMANTICS H5: as if there were no holidays. */
export function isInsideLockSchedule(known: Case): boolean {
  const schedule = scheduleFor(known);
  return schedule === undefined || hasInterval(schedule, known.reading);
}

/**
 * SEMANTICS H3 to H6, H9: whether no holiday alone closes a window of the Key or the lock schedule. What is
 * closed anyway is not the holiday's doing.
 */
export function isOpenDespiteHolidays(known: Case): boolean {
  const { list, key, reading } = known;
  if (key.rule.isHolidayExempt || list.holidays.length === 0) return true;
  const isAdmitted = (day: Day): boolean => admitHolidays(list.holidays, day, reading);
  const areWindowsOpen = key.repeats.every((rule) => {
    const day = openWindow(rule, reading);
    return day === undefined || isAdmitted(day);
  });
  const schedule = scheduleFor(known);
  if (!areWindowsOpen || schedule === undefined || schedule.isHolidayExempt) return areWindowsOpen;
  return !hasInterval(schedule, reading) || hasInterval(schedule, reading, isAdmitted);
}
