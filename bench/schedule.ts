/**
 * P6: whether a lock's schedule, with its holidays, admits just now: by the table of offsets that a list
 * carries, and by other readings of the wall clock. All go through the same windows, and must agree at every
 * transition of every zone.
 */
import { createZoneClock, zoneOffsets } from '@claviger/authority';
import { dayOf, readingAt, type Holiday, type WallReading, type ZoneOffsets } from '@claviger/domain';
import { admitHolidays } from '../packages/domain/src/time/holiday.ts';
import { hasInterval, type LockSchedule } from '../packages/domain/src/time/window.ts';
import { chanceOf } from '../packages/sim/src/oracle/chance.ts';
import { intlClock, luxonClock, type WallClock } from './anchors/clocks.ts';
import { figureOf, interleave, type Effort, type Figure } from './harness.ts';
import { lockWindows } from './lists.ts';
import { inTurn } from './stand.ts';

interface Asked {
  readonly zones: readonly string[];
  readonly years: readonly [first: number, last: number];
  readonly effort?: Effort;
}

const asked: Asked = { zones: Intl.supportedValuesOf('timeZone'), years: [2020, 2040] };

const dayMs = 86_400_000;
const zone = 'Europe/Berlin';
const schedule: LockSchedule = { isHolidayExempt: false, intervals: lockWindows };
/** A dozen days of the year, one of them with hours of its own. */
const holidays: readonly Holiday[] = Array.from({ length: 12 }, (_, month) => ({
  first: dayOf(2024, month + 1, 6),
  last: dayOf(2024, month + 1, 6),
  isYearly: true,
  ...(month === 11 && { hours: { from: 480, until: 720 } }),
}));

function admits(reading: WallReading): boolean {
  return hasInterval(schedule, reading, (day) => admitHolidays(holidays, day, reading));
}

function ourClock(offsets: ZoneOffsets): WallClock {
  return { name: 'the offsets of a list', read: (at) => readingAt(offsets, at) };
}

function offsetsOf(name: string, [first, last]: Asked['years']): ZoneOffsets {
  return zoneOffsets(createZoneClock(name), Date.UTC(first, 0, 1), Date.UTC(last + 1, 0, 1));
}

/** How far the wall clock is ahead, in minutes. */
function aheadOf({ read }: WallClock, at: number): number {
  const { day, minute } = read(at);
  return day * 1_440 + minute - Math.floor(at / 60_000);
}

/** The minutes in which Intl's clock is changed. */
function transitionsOf(clock: WallClock, [first, last]: Asked['years']): number[] {
  const found: number[] = [];
  for (let at = Date.UTC(first, 0, 1); at < Date.UTC(last + 1, 0, 1) - dayMs; at += dayMs) {
    const before = aheadOf(clock, at);
    if (before === aheadOf(clock, at + dayMs)) continue;
    let [same, other] = [at, at + dayMs];
    while (other - same > 60_000) {
      const middle = Math.floor((same + other) / 120_000) * 60_000;
      if (aheadOf(clock, middle) === before) same = middle;
      else other = middle;
    }
    found.push(other);
  }
  return found;
}

/** Around each transition: its own instant, and those a moment, a minute, an hour and a day away. */
const around = [0, 1, 60_000, 3_600_000, dayMs].flatMap((ms) => [-ms, ms]);

function isSame(one: WallReading, other: WallReading): boolean {
  return one.day === other.day && one.minute === other.minute && one.weekday === other.weekday;
}

function differencesIn(name: string, years: Asked['years']): { differing: number; compared: number } {
  const [ours, intl, luxon] = [ourClock(offsetsOf(name, years)), intlClock(name), luxonClock(name)];
  const counted = { differing: 0, compared: 0 };
  for (const transition of [Date.UTC(years[0], 5, 1), ...transitionsOf(intl, years)])
    for (const ms of around) {
      const reading = ours.read(transition + ms);
      counted.compared += 1;
      const isRead = [intl, luxon].every(({ read }) => isSame(read(transition + ms), reading));
      const isAdmitted = admits(intl.read(transition + ms));
      if (!isRead || isAdmitted !== admits(reading)) counted.differing += 1;
    }
  return counted;
}

function agreement({ zones, years }: Asked): Figure {
  const counts = zones.map((name) => differencesIn(name, years));
  const differing = counts.reduce((sum, count) => sum + count.differing, 0);
  const compared = counts.reduce((sum, count) => sum + count.compared, 0);
  const anchorName = `readings by Intl and luxon in ${zones.length} zones, ${years.join(' to ')}`;
  const sides = { ours: differing, anchor: compared, anchorName, unit: '' };
  return { figure: 'P6 differences', ...sides, ratio: differing, goal: '= 0', ok: differing === 0 };
}

export async function scheduleFigures(wanted: Asked = asked): Promise<Figure[]> {
  const { effort, years } = wanted;
  const chance = chanceOf(years[0]);
  const begin = Date.UTC(years[0], 0, 1);
  const instants = Array.from(
    { length: 1_024 },
    () => begin + chance.below(400) * dayMs + chance.below(dayMs),
  );
  const clocks = [ourClock(offsetsOf(zone, years)), intlClock(zone), luxonClock(zone)];
  let admitted = 0;
  const contenders = clocks.map(({ name, read }) => ({
    name,
    run: inTurn(instants, (at) => {
      if (admits(read(at))) admitted += 1;
    }),
  }));
  const all = await interleave(contenders, effort && { effort });
  if (admitted === 0) throw new Error('a schedule that admits nobody');
  const ours = clocks[0]?.name ?? '';
  const goals = [25, 200];
  const speeds = clocks
    .slice(1)
    .map(({ name }, place) =>
      figureOf(all, { figure: 'P6 a schedule by the clock', ours, anchor: name, atLeast: goals[place] ?? 0 }),
    );
  return [...speeds, agreement(wanted)];
}
