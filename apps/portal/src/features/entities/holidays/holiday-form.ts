import type { Holiday, HolidayInput } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { nameProblem } from '../form/entity-words.ts';

/** What the form of a holiday holds; times count where it has hours of its own. */
export interface HolidayValues {
  readonly name: string;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly isYearly: boolean;
  readonly hasHours: boolean;
  readonly from: string;
  readonly until: string;
}

export function valuesOf(holiday: Holiday | undefined): HolidayValues {
  const { name = '', firstDate = '', lastDate = '', isYearly = true, hours } = holiday ?? {};
  const { from = '09:00', until = '12:00' } = hours ?? {};
  return { name, firstDate, lastDate, isYearly, hasHours: hours !== undefined, from, until };
}

/** What is sent; a last date that was left empty is the first. */
export function inputOf(values: HolidayValues): HolidayInput {
  const { name, firstDate, isYearly, hasHours, from, until } = values;
  const lastDate = values.lastDate === '' ? firstDate : values.lastDate;
  return { name: name.trim(), firstDate, lastDate, isYearly, ...(hasHours && { hours: { from, until } }) };
}

/** As the API judges it. */
const dateForm = /^(19|2[01])\d\d-\d\d-\d\d$/;
const timeForm = /^([01]\d|2[0-3]):[0-5]\d$/;

/** What is wrong, by the fields; null where nothing is. */
export const holidayProblems = {
  name: nameProblem,
  firstDate: (date: string) => (dateForm.test(date) ? null : m.holiday_date_form()),
  lastDate: (date: string, { firstDate }: HolidayValues) => {
    if (date === '') return null;
    if (!dateForm.test(date)) return m.holiday_date_form();
    return date < firstDate ? m.holiday_order() : null;
  },
  until: (until: string, { hasHours, from }: HolidayValues) => {
    if (!hasHours) return null;
    const isSpan = timeForm.test(from) && (timeForm.test(until) || until === '24:00') && from !== until;
    return isSpan && !(from === '00:00' && until === '24:00') ? null : m.holiday_hours_form();
  },
};
