import type { Instant, ZoneOffsets } from '@claviger/domain';

/** The clocks of one time zone, read from the zone database of the host. */
export interface ZoneClock {
  /** The offset from UTC in seconds that is in force at an instant. */
  readonly offsetAt: (at: Instant) => number;
}

const dayMs = 86_400_000;

/** Whether the host knows this name of the zone database. A bare offset is not the zone of a place. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** `GMT`, `GMT+05:30` or, for old dates, `GMT-00:44:30` at the end of the text. */
function secondsIn(text: string): number {
  const [, sign, hours, minutes, seconds] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text) ?? [];
  if (sign === undefined) return 0;
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return sign === '-' ? -total : total;
}

/** Days whose first offset is remembered: more than the decades that one list or one world speaks of. */
const daysKept = 40_000;

/**
 * Throws a RangeError for a zone that the host does not know. The zone database is slow, so each day is
 * asked for once; only a day that ends with another offset than it begins with is asked about again.
 */
export function createZoneClock(zone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const offsets = new Map<number, number>();
  const firstOffsetOf = (day: number): number => {
    const known = offsets.get(day);
    if (known !== undefined) return known;
    if (offsets.size >= daysKept) offsets.clear();
    const offset = secondsIn(format.format(day * dayMs));
    offsets.set(day, offset);
    return offset;
  };
  return {
    offsetAt: (at) => {
      const day = Math.floor(at / dayMs);
      const offset = firstOffsetOf(day);
      return offset === firstOffsetOf(day + 1) ? offset : secondsIn(format.format(at));
    },
  };
}

/** The first instant of another offset within a day that ends with another offset than it begins with. */
function transitionIn(clock: ZoneClock, begin: Instant): Instant {
  const before = clock.offsetAt(begin);
  let [same, other] = [begin, begin + dayMs];
  while (other - same > 1000) {
    const middle = Math.floor((same + other) / 2000) * 1000;
    if (clock.offsetAt(middle) === before) same = middle;
    else other = middle;
  }
  return other;
}

/**
 * The table of offsets that an access list carries, from an instant on until another, looked up day by day:
 * no zone changes its clocks twice within one.
 */
export function zoneOffsets(clock: ZoneClock, from: Instant, until: Instant): ZoneOffsets {
  const begin = Math.floor(from / dayMs) * dayMs;
  const offsets = [{ from: begin, offsetS: clock.offsetAt(begin) }];
  for (let at = begin; at < until; at += dayMs) {
    const offsetS = clock.offsetAt(at + dayMs);
    if (offsetS !== offsets.at(-1)?.offsetS) offsets.push({ from: transitionIn(clock, at), offsetS });
  }
  return { from, until, offsets };
}
