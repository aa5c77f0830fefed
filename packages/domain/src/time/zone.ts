import type { Instant } from '../identifiers.ts';
import { weekdayOf, type Day } from './calendar.ts';

/**
 * What the clocks of one time zone show, compiled by the server so that no door needs a zone database:
 * offsets from UTC in seconds, each from its instant on, ascending and never empty. The first one also
 * holds before `from`. From `until` on nothing is promised, and the last one known is used (SEMANTICS K3).
 */
export interface ZoneOffsets {
  readonly from: Instant;
  readonly until: Instant;
  readonly offsets: readonly { readonly from: Instant; readonly offsetS: number }[];
}

/** What the wall clock reads at an instant; `minute` counts from 00:00, `weekday` from Monday, 0. */
export interface WallReading {
  readonly day: Day;
  readonly minute: number;
  readonly weekday: number;
}

const dayMs = 86_400_000;

/** The place of the offset in force at an instant. */
function placeAt(zone: ZoneOffsets, at: Instant): number {
  const known = at < zone.until ? at : zone.until - 1;
  let place = 0;
  let beyond = zone.offsets.length;
  while (beyond - place > 1) {
    const middle = (place + beyond) >> 1;
    if ((zone.offsets[middle]?.from ?? Infinity) <= known) place = middle;
    else beyond = middle;
  }
  return place;
}

function offsetOf(zone: ZoneOffsets, place: number): number {
  const entry = zone.offsets[place];
  if (entry === undefined) throw new Error('an access list without zone offsets');
  return entry.offsetS;
}

/** The offset from UTC in seconds at an instant. */
export function offsetAt(zone: ZoneOffsets, at: Instant): number {
  return offsetOf(zone, placeAt(zone, at));
}

/** What the wall clock of this zone reads; an instant within a minute reads that minute. */
export function readingAt(zone: ZoneOffsets, at: Instant): WallReading {
  const local = at + offsetAt(zone, at) * 1000;
  const day = Math.floor(local / dayMs);
  return { day, minute: Math.floor((local - day * dayMs) / 60_000), weekday: weekdayOf(day) };
}

/**
 * Whether 00:00 of this date has come: its first instant, or that of the next date where the zone skipped
 * it. It stays so where the clock then goes back over midnight.
 */
export function hasBegun(zone: ZoneOffsets, day: Day, at: Instant): boolean {
  const place = placeAt(zone, at);
  if (Math.floor((at + offsetOf(zone, place) * 1000) / dayMs) >= day) return true;
  for (let earlier = 0; earlier < place; earlier += 1) {
    const lastInstant = (zone.offsets[earlier + 1]?.from ?? -Infinity) - 1;
    if (Math.floor((lastInstant + offsetOf(zone, earlier) * 1000) / dayMs) >= day) return true;
  }
  return false;
}
