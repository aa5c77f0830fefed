import { z } from 'zod';
import { clockTime, date, endTime } from '../../explain/times.ts';
import { personalName, uuid, version } from '../shapes.ts';

/** Hours of its own; equal ones, and the whole day, are refused (SEMANTICS T3). */
const hours = z.strictObject({ from: clockTime, until: endTime }).meta({
  description: 'On the holiday doors open within these hours alone; without them the whole day is closed',
});

const holidayFields = {
  name: personalName,
  firstDate: date,
  lastDate: date.meta({ description: 'The last date, included' }),
  isYearly: z.boolean(),
  hours: hours.optional(),
};

/** Dates on which repeat windows and saved lock schedules of an Entity are closed (SEMANTICS H1 to H9). */
export const holiday = z
  .object({
    id: uuid,
    ...holidayFields,
    nextDate: date.optional().meta({
      description: 'Its first date from today on in the zone of the Entity; absent when it is over',
    }),
    version: version.meta({ description: 'Send it back with a change' }),
  })
  .meta({ id: 'Holiday' });

export const holidayList = z
  .object({ items: z.array(holiday) })
  .meta({ description: 'By the next date; what is over comes last' });

export const addHolidayInput = z.object(holidayFields).strict();

/** The whole holiday as it shall be. */
export const updateHolidayInput = z.object({ ...holidayFields, version }).strict();

export type Holiday = z.infer<typeof holiday>;
