import type { Instant } from '@claviger/domain';
import type { ZoneClock } from './zone-clock.ts';

/** Which of two readings is meant where the clock shows a time twice: a from takes the earlier (T9). */
export type Reading = 'earlier' | 'later';

/** Farther from a change of the clocks than any zone has ever changed them by. */
const aroundMs = 2 * 86_400_000;

/** The instants at which the wall clock reads this, none in a skipped hour and two in a repeated one. */
function instantsOf(clock: ZoneClock, local: number): Instant[] {
  const offsets = new Set([clock.offsetAt(local - aroundMs), clock.offsetAt(local + aroundMs)]);
  return Array.from(offsets, (offset) => local - offset * 1000)
    .filter((at) => at + clock.offsetAt(at) * 1000 === local)
    .sort((one, other) => one - other);
}

/** The milliseconds that a clock set to UTC would show as this text, such as `2026-11-25T19:00:12.345`. */
function readingOf(local: string): number {
  const reading = Date.parse(`${local}Z`);
  if (Number.isNaN(reading)) throw new Error(`not a local time: ${local}`);
  return reading;
}

/**
 * The instant at which the wall clock reads this, or undefined where the zone skips it: a form refuses it
 * then and says so.
 */
export function findInstant(clock: ZoneClock, local: string, reading: Reading): Instant | undefined {
  const found = instantsOf(clock, readingOf(local));
  return reading === 'earlier' ? found[0] : found.at(-1);
}

/**
 * The instant at which the wall clock reads this; a skipped time moves forward by the gap, for imports,
 * feeds and the API, where nobody can be asked (SEMANTICS T9).
 */
export function toInstant(clock: ZoneClock, local: string, reading: Reading): Instant {
  const asUtc = readingOf(local);
  return findInstant(clock, local, reading) ?? asUtc - clock.offsetAt(asUtc - aroundMs) * 1000;
}
