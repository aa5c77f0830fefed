import { nextDayOf, type Day, type EntityId, type Instant } from '@claviger/domain';
import { Refusal, type Holiday, type InputIssue } from '@claviger/protocol';
import { newIdentifier, type Transaction } from '../../../platform/database/index.ts';
import { wantListsOfAll } from '../service.ts';
import * as store from './store.ts';

/** More than every day of a year; a list takes 1,000 and has to stay small enough for a door. */
const holidaysLimit = 366;
const dayMs = 86_400_000;

/** A date of the calendar, `2026-12-25`, as a day number and back. */
function dayOfDate(date: string): Day {
  return Date.parse(date) / dayMs;
}

function dateOf(day: Day): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** The date that the wall clock of the zone shows. */
function todayIn(zone: string, now: Instant): Day {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  return dayOfDate(format.format(now));
}

function present(holiday: store.StoredHoliday, today: Day): Holiday {
  const { firstDate, lastDate, isYearly } = holiday;
  const next = nextDayOf({ first: dayOfDate(firstDate), last: dayOfDate(lastDate), isYearly }, today);
  return { ...holiday, ...(next !== undefined && { nextDate: dateOf(next) }) };
}

/** By the next date; what is over comes last, the latest first. */
function byNextDate(one: Holiday, other: Holiday): number {
  if (one.nextDate !== undefined && other.nextDate !== undefined) {
    return one.nextDate.localeCompare(other.nextDate) || one.name.localeCompare(other.name);
  }
  if (one.nextDate === undefined && other.nextDate === undefined) {
    return other.lastDate.localeCompare(one.lastDate);
  }
  return one.nextDate === undefined ? 1 : -1;
}

const datesInYears = /^(19|2[01])\d\d-/;

/** An end of 00:00 is the midnight that ends the day, as 24:00 is (SEMANTICS T2). */
function isNoSpan({ from, until }: NonNullable<store.HolidayFields['hours']>): boolean {
  return from === until || (from === '00:00' && until === '24:00');
}

/** Refuses invalid_input beside the fields: date_out_of_years, until_before_from, hours_equal. */
function assertHoliday({ firstDate, lastDate, hours }: store.HolidayFields): void {
  const problems = {
    firstDate: datesInYears.test(firstDate) ? undefined : 'date_out_of_years',
    lastDate: !datesInYears.test(lastDate)
      ? 'date_out_of_years'
      : lastDate < firstDate
        ? 'until_before_from'
        : undefined,
    hours: hours && isNoSpan(hours) ? 'hours_equal' : undefined,
  };
  const issues = Object.entries(problems).flatMap(([field, problem]): InputIssue[] =>
    problem === undefined ? [] : [{ path: `body.${field}`, problem }],
  );
  if (issues.length > 0) throw new Refusal('invalid_input', { issues });
}

/** The holidays of the Entity, by the next date. */
export async function listHolidays(tx: Transaction, entityId: EntityId, now: Instant): Promise<Holiday[]> {
  const today = todayIn(await store.findZone(tx, entityId), now);
  return (await store.listHolidays(tx, entityId)).map((holiday) => present(holiday, today)).sort(byNextDate);
}

/** Adds a holiday, and tells every lock. Refuses invalid_input and limit_reached. */
export async function addHoliday(
  tx: Transaction,
  entityId: EntityId,
  { now, ...wanted }: store.HolidayFields & { readonly now: Instant },
): Promise<Holiday> {
  assertHoliday(wanted);
  await wantListsOfAll(tx, entityId, now);
  if ((await store.listHolidays(tx, entityId)).length >= holidaysLimit) throw new Refusal('limit_reached');
  const holidayId = newIdentifier();
  await store.addHoliday(tx, { entityId, holidayId }, wanted);
  return getHoliday(tx, { entityId, holidayId }, now);
}

interface HolidayPlace {
  readonly entityId: EntityId;
  readonly holidayId: string;
}

async function getHoliday(tx: Transaction, place: HolidayPlace, now: Instant): Promise<Holiday> {
  const found = (await listHolidays(tx, place.entityId, now)).find(({ id }) => id === place.holidayId);
  if (!found) throw new Refusal('not_found');
  return found;
}

/** Changes a holiday, and tells every lock. Refuses invalid_input, not_found and changed_meanwhile. */
export async function changeHoliday(
  tx: Transaction,
  place: HolidayPlace,
  { version, now, ...wanted }: store.HolidayFields & { readonly version: number; readonly now: Instant },
): Promise<{ readonly before: store.StoredHoliday; readonly after: Holiday }> {
  assertHoliday(wanted);
  await wantListsOfAll(tx, place.entityId, now);
  const before = await store.holdHoliday(tx, place);
  if (!before) throw new Refusal('not_found');
  if (before.version !== version) throw new Refusal('changed_meanwhile');
  await store.updateHoliday(tx, place, wanted);
  return { before, after: await getHoliday(tx, place, now) };
}

/** Removes a holiday, and tells every lock. Refuses not_found. */
export async function removeHoliday(
  tx: Transaction,
  place: HolidayPlace,
  now: Instant,
): Promise<store.StoredHoliday> {
  await wantListsOfAll(tx, place.entityId, now);
  const before = await store.holdHoliday(tx, place);
  if (!before) throw new Refusal('not_found');
  await store.removeHoliday(tx, place);
  return before;
}
