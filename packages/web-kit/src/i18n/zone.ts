const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** How far a zone's clock can be from UTC, with room: no zone was ever further than 15 h 14 min. */
const furthestOffsetMs = 16 * 3_600_000;

/** A calendar date as `2026-11-22`. */
export type CalendarDate = string;

/** Whether this browser knows the IANA time zone. */
export function isKnownZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone.length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The time zone that this browser runs in. */
export function zoneOfBrowser(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA-u-ca-iso8601', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  dayFormats.set(zone, made);
  return made;
}

function partsOf(at: number, zone: string): Record<string, string> {
  return Object.fromEntries(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
}

/** The calendar date that the clocks of the zone show at this instant. */
export function dayIn(zone: string, at: number): CalendarDate {
  const { year, month, day } = partsOf(at, zone);
  return `${String(year).padStart(4, '0')}-${String(month)}-${String(day)}`;
}

/** The hour, 0 to 23, that the clocks of the zone show at this instant. */
export function hourIn(zone: string, at: number): number {
  return Number(partsOf(at, zone)['hour']);
}

function offsetMs(zone: string, at: number): number {
  const { year, month, day, hour, minute, second } = partsOf(at, zone);
  const shown = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return shown - Math.floor(at / 1000) * 1000;
}

/** The calendar date before (`days` negative) or after this one. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The first instant at which the clocks of the zone show this date. Where midnight is skipped it is the end
 * of the gap, where it comes twice the earlier one. Undefined if `date` is not a date.
 */
export function startOfDay(zone: string, date: CalendarDate): number | undefined {
  const utcMidnight = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(utcMidnight)) return undefined;
  const around = [utcMidnight - furthestOffsetMs, utcMidnight, utcMidnight + furthestOffsetMs];
  const candidates = around.map((at) => utcMidnight - offsetMs(zone, at));
  return candidates.filter((at) => dayIn(zone, at) === date).sort((a, b) => a - b)[0];
}

/** A whole minute on the wall clock of a zone, as `2026-11-25T19:00`: what a date and time field holds. */
export type WallMinute = string;

/** The minute that the clocks of the zone show at this instant. */
export function wallMinuteIn(zone: string, at: number): WallMinute {
  const { hour, minute } = partsOf(at, zone);
  return `${dayIn(zone, at)}T${String(hour)}:${String(minute)}`;
}

/**
 * The instants at which the clocks of the zone show this minute, ascending: two in an hour that comes twice,
 * none where it is skipped. Undefined if `wall` is not a minute.
 */
export function instantsOf(zone: string, wall: WallMinute): readonly number[] | undefined {
  const utc = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) ? Date.parse(`${wall}Z`) : Number.NaN;
  if (Number.isNaN(utc)) return undefined;
  const around = [utc - furthestOffsetMs, utc, utc + furthestOffsetMs];
  const candidates = new Set(around.map((at) => utc - offsetMs(zone, at)));
  return [...candidates].filter((at) => wallMinuteIn(zone, at) === wall).sort((a, b) => a - b);
}
