import type { Transaction } from '../../../platform/database/index.ts';
import { query } from '../../../platform/database/query.ts';

/** Dates as `2026-12-25`, hours as `09:00`. */
export interface HolidayFields {
  readonly name: string;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly isYearly: boolean;
  readonly hours?: { readonly from: string; readonly until: string } | undefined;
}

export interface StoredHoliday extends HolidayFields {
  readonly id: string;
  readonly version: number;
}

interface HolidayId {
  readonly entityId: string;
  readonly holidayId: string;
}

function columnsOf({ name, firstDate, lastDate, isYearly, hours }: HolidayFields) {
  return {
    name,
    first_date: firstDate,
    last_date: lastDate,
    is_yearly: isYearly,
    hours_from: hours?.from ?? null,
    hours_until: hours?.until ?? null,
  };
}

function selectHolidays(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('holidays')
    .where('entity_id', '=', entityId)
    .orderBy('id')
    .select(['id', 'name', 'first_date', 'last_date', 'is_yearly', 'hours_from', 'hours_until', 'version']);
}

type HolidayRow = Awaited<ReturnType<ReturnType<typeof selectHolidays>['execute']>>[number];

function storedOf(row: HolidayRow): StoredHoliday {
  const { id, name, version, hours_from: from, hours_until: until } = row;
  return {
    ...{ id, name, version, firstDate: row.first_date, lastDate: row.last_date, isYearly: row.is_yearly },
    ...(from !== null && until !== null && { hours: { from, until } }),
  };
}

/** Scope, here and below: the Entity. */
export async function listHolidays(tx: Transaction, entityId: string): Promise<StoredHoliday[]> {
  return (await selectHolidays(tx, entityId).execute()).map(storedOf);
}

/** Holds it until the transaction ends. */
export async function holdHoliday(tx: Transaction, id: HolidayId): Promise<StoredHoliday | undefined> {
  const row = await selectHolidays(tx, id.entityId)
    .where('id', '=', id.holidayId)
    .forUpdate()
    .executeTakeFirst();
  return row && storedOf(row);
}

export async function addHoliday(tx: Transaction, id: HolidayId, holiday: HolidayFields): Promise<void> {
  await query(tx)
    .insertInto('holidays')
    .values({ entity_id: id.entityId, id: id.holidayId, ...columnsOf(holiday) })
    .execute();
}

export async function updateHoliday(tx: Transaction, id: HolidayId, holiday: HolidayFields): Promise<void> {
  await query(tx)
    .updateTable('holidays')
    .set((set) => ({ ...columnsOf(holiday), version: set('version', '+', 1) }))
    .where('entity_id', '=', id.entityId)
    .where('id', '=', id.holidayId)
    .execute();
}

export async function removeHoliday(tx: Transaction, id: HolidayId): Promise<void> {
  await query(tx)
    .deleteFrom('holidays')
    .where('entity_id', '=', id.entityId)
    .where('id', '=', id.holidayId)
    .execute();
}

/** The zone of the Entity. */
export async function findZone(tx: Transaction, entityId: string): Promise<string> {
  const { zone } = await query(tx)
    .selectFrom('entities')
    .where('id', '=', entityId)
    .select('zone')
    .executeTakeFirstOrThrow();
  return zone;
}
