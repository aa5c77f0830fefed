import { Temporal } from 'temporal-polyfill';
import { calendarOf, nextDate, previousDate, type Calendar } from './calendar.ts';
import { type Chance } from './chance.ts';

/** What a world may have in it; each seed leaves most of it out, so that what is in meets. */
export const features = [
  ...['bounds', 'binding bounds', 'repeats', 'groups', 'profiles', 'lock schedules', 'holidays'],
  ...['key states', 'lock states', 'lockdown', 'uncertainty', 'end of offsets', 'missing capabilities'],
  ...['chips', 'assurance', 'floors', 'two factors', 'static pictures', 'anti-passback', 'first person'],
  ...['counts', 'old lists', 'no records', 'wrong tries', 'unlisted codes', 'door modes', 'emergency'],
  ...['commands', 'malformed', 'signatures', 'issues', 'replays', 'proximity', 'bursts', 'lock credentials'],
] as const;
export type Feature = (typeof features)[number];

/** Where and when a world is, and the few dates and clock times from which everything in it is drawn. */
export interface Place {
  readonly chance: Chance;
  readonly has: (feature: Feature) => boolean;
  readonly zone: string;
  readonly calendar: Calendar;
  readonly dates: readonly string[];
  readonly times: readonly string[];
}

/** Half hours, midnights, seconds turns of the year, dates that never were: zones that catch the careless. */
const zones = [
  ...['Europe/Berlin', 'Europe/Dublin', 'UTC', 'America/New_York', 'America/St_Johns', 'America/Havana'],
  ...['Australia/Lord_Howe', 'Pacific/Chatham', 'Asia/Kathmandu', 'Africa/Cairo', 'Asia/Beirut'],
  ...['Africa/Casablanca', 'Africa/El_Aaiun', 'Antarctica/Troll', 'Antarctica/Casey', 'America/Santiago'],
  ...['America/Asuncion', 'Asia/Gaza', 'Asia/Tehran', 'America/Scoresbysund', 'Pacific/Apia'],
  ...['Pacific/Kiritimati', 'Pacific/Kwajalein', 'Australia/Adelaide', 'Pacific/Norfolk', 'Asia/Tokyo'],
];
/** Dates that these zones skipped when they crossed the date line. */
const skipped: Readonly<Record<string, string>> = {
  'Pacific/Apia': '2011-12-30',
  'Pacific/Kiritimati': '1994-12-31',
  'Pacific/Kwajalein': '1993-08-21',
};

const isoDate = (year: number, month: number, day: number): string =>
  new Temporal.PlainDate(year, month, day).toString();

/** The transitions of a zone's offset from one year to before another, as instants. */
export function transitionsOf(zone: string, [from, before]: readonly [number, number]): number[] {
  const found: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(from, 0, 1) - 1).toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= Date.UTC(before, 0, 1)) return found;
    found.push(next.epochMilliseconds);
    at = next;
  }
}

/** A date on which something happens: to the clock, to the year, to February, or nothing. */
function drawDay(chance: Chance, zone: string): { readonly date: string; readonly transitionAt?: number } {
  const year = 2020 + chance.below(21);
  const skippedDate = skipped[zone];
  if (skippedDate !== undefined && chance.happens(0.5)) return { date: skippedDate };
  const transitions = transitionsOf(zone, [year, year + 1]);
  if (transitions.length > 0 && chance.happens(0.7)) {
    const transitionAt = chance.pick(transitions);
    return { date: calendarOf(zone).readingAt(transitionAt).date, transitionAt };
  }
  const special = [isoDate(year, 12, 31), isoDate(year, 1, 1), isoDate(year, 2, 28), isoDate(year, 3, 1)];
  if (chance.happens(0.5)) return { date: chance.pick(special) };
  return { date: isoDate(year, 1 + chance.below(12), 1 + chance.below(28)) };
}

const usualTimes = ['00:00', '00:30', '01:00', '02:00', '02:30', '03:00', '08:00', '18:00', '23:00', '23:59'];

/** The times around a transition: as the clock showed it just before, at it, and half an hour either way. */
function timesAround(zone: string, transitionAt: number | undefined): string[] {
  if (transitionAt === undefined) return [];
  const away = [-3_600_000, -1_800_000, -60_000, 0, 1_800_000, 3_600_000];
  return away.map((ms) => calendarOf(zone).readingAt(transitionAt + ms).time);
}

export function drawPlace(chance: Chance, known: { readonly zone?: string } = {}): Place {
  const zone = known.zone ?? chance.pick(zones);
  const on = new Set<Feature>(chance.some(features, chance.pick([0.15, 0.3, 0.3, 0.5])));
  // Holidays alone close nothing.
  if (on.has('holidays')) on.add(chance.pick(['repeats', 'lock schedules']));
  const { date, transitionAt } = drawDay(chance, zone);
  const before = previousDate(date);
  const after = nextDate(date);
  const times = [...chance.some(usualTimes, 0.3), ...chance.some(timesAround(zone, transitionAt), 0.5)];
  return {
    chance,
    zone,
    has: (feature) => on.has(feature),
    calendar: calendarOf(zone),
    dates: [date, date, date, before, before, after, previousDate(before), nextDate(after)],
    times: times.length > 1 ? times : ['02:30', '00:00', '18:00'],
  };
}

/** With this feature the thing made, with this probability; else nothing. */
export function given<Thing>(
  { chance, has }: Place,
  [feature, probability]: readonly [Feature, number],
  make: () => Thing,
): Thing | undefined {
  return has(feature) ? chance.maybe(probability, make) : undefined;
}

/** A clock time that ends something: 24:00 among them. */
export const drawEnd = ({ chance, times }: Place): string =>
  chance.happens(0.1) ? '24:00' : chance.pick(times);

/** Hours whose two times differ, as a person can save them. */
export function drawHours(place: Place): { from: string; until: string } {
  for (;;) {
    const hours = { from: place.chance.pick(place.times), until: drawEnd(place) };
    if (hours.from !== hours.until) return hours;
  }
}

const exactly = (at: number): string => new Date(at).toISOString();

/** A whole minute: as the clock reads, or exactly. */
export function drawBound({ chance, calendar, dates, times }: Place): string {
  const text = `${chance.pick(dates)}T${chance.pick(times)}`;
  if (chance.happens(0.6)) return text;
  const at = chance.happens(0.5) ? calendar.fromAt(text) : calendar.untilAt(text);
  return chance.happens(0.5) ? exactly(at) : `${exactly(at).slice(0, 16)}Z`;
}

/** Away from an edge: by the least there is, by a minute, and by every span the rules know. */
const aside = [
  ...[0, 0, 0, 0, 0, -1, 1, -60_000, 60_000, -1_000, 59_999, 2_999, 3_000, 14_999, 15_000, 29_999, 30_000],
  ...[-30_000, 899_999, 900_000, -300_000, -299_999, -301_000, 3_599_999, 3_600_000, 3_600_001, -3_600_000],
  ...[86_399_999, 86_400_000, 7_200_000, 5_400_000, 1_800_000, -1_800_000],
];

/** An instant at an edge or just beside it. */
export function drawInstant({ chance, calendar, dates, times }: Place): number {
  const text = `${chance.pick(dates)}T${chance.pick(times)}`;
  const at = chance.happens(0.5) ? calendar.fromAt(text) : calendar.untilAt(text);
  return at + chance.pick(aside);
}

/** An instant in writing; now and then as the clock reads. */
export function drawMoment(place: Place): string {
  const { chance, dates, times } = place;
  if (chance.happens(0.1)) return `${chance.pick(dates)}T${chance.pick(times)}:00.000`;
  return exactly(drawInstant(place));
}
