import { weekdays } from '@claviger/domain';
import { z } from 'zod';

/**
 * Another year is a slip of the pen, as in `wallMinuteForm` of the domain, or of a calendar that no zone
 * knows; the last century is asked about where zones have skipped a date (SEMANTICS T10).
 */
const isInZoneYears = (text: string): boolean => /^(19|2[01])\d\d-/.test(text);
const yearsError = { error: 'not in a year from 1900 to 2199' };

/**
 * How people write time in a world (SEMANTICS T1 to T14). Dates and clock times are those of the Entity's
 * zone; an instant is written exactly, or as a clock reads it there.
 */
export const date = z.iso.date().meta({ description: 'A date of the calendar, 2026-11-25' });

export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ description: 'A clock time from 00:00 to 23:59' });

export const endTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/)
  .meta({
    description: 'A clock time that ends something; 24:00 is the midnight that ends the day, as 00:00 is',
  });

export const weekday = z.enum(weekdays);

/** 2026-11-25T18:00Z and 2026-11-25T19:00+01:00: one instant, whatever the zone. */
const exactMinute = z.iso.datetime({ offset: true, precision: -1 });
const exactInstant = z.iso.datetime({ offset: true });
/**
 * 2026-11-25T19:00: as the wall clock reads. In a repeated hour a beginning takes the earlier reading and
 * an end the later; a skipped time moves forward by the gap (T9).
 */
const localMinute = z.iso.datetime({ local: true, precision: -1 });

/** A bound of a validity: an instant on a whole minute. */
export const bound = z
  .union([localMinute, exactMinute, exactInstant.regex(/T\d\d:\d\d:00(\.0+)?(Z|[+-])/)], {
    error: 'not a whole minute such as 2026-11-25T19:00, 2026-11-25T18:00Z or 2026-11-25T19:00+01:00',
  })
  .refine(isInZoneYears, yearsError)
  .meta({
    description: 'A whole minute: 2026-11-25T19:00 on the wall clock, or exactly with Z or an offset',
  });

/** The instant at which something happened, to the millisecond; on the wall clock the earlier reading. */
export const moment = z
  .union([z.iso.datetime({ local: true }), exactMinute, exactInstant], {
    error: 'not an instant such as 2026-11-25T19:00:12.345, 2026-11-25T18:00Z or 2026-11-25T19:00+01:00',
  })
  .refine(isInZoneYears, yearsError)
  .meta({
    description: 'An instant: 2026-11-25T19:00:12.345 on the wall clock, or exactly with Z or an offset',
  });

/** Hours of a day; an end earlier than the beginning is on the next day, equal times are refused (T3). */
export const hours = z
  .strictObject({ from: clockTime, until: endTime })
  .refine((span) => span.from !== span.until, { error: 'equal clock times' });

/**
 * A daily or weekly repeat mode. Equal clock times mean the whole day; what is not given does not restrict.
 */
export const repeat = z.strictObject({
  mode: z.enum(['daily', 'weekly']),
  beginDate: date.optional(),
  endDate: date.optional(),
  beginTime: clockTime,
  endTime,
  weekdays: z.array(weekday).optional().meta({ description: 'With weekly only; none means never (T13)' }),
});
