import { attempts as attemptsSchema, world as worldSchema } from '@claviger/protocol';
import { calendarOf, nextDate, previousDate, weekdayOf } from './calendar.ts';
import { type Story } from './compare.ts';
import { transitionsOf } from './places.ts';

/** The years whose transitions are told. */
export const years = [2020, 2041] as const;

const minute = 60_000;

/** One change of a zone's offset, and the dates and clock times about it from which rules are made. */
interface Transition {
  readonly zone: string;
  readonly at: number;
  readonly date: string;
  /** As the clock would have read and as it reads: an hour before, then each half hour, to an hour after. */
  readonly times: readonly string[];
}

function transitionAt(zone: string, at: number): Transition {
  const calendar = calendarOf(zone);
  const before = calendarOf(calendar.offsetAt(at - 1));
  const after = calendarOf(calendar.offsetAt(at));
  const away = [-60, -30, 0, 30, 60].map((minutes) => at + minutes * minute);
  const times = away.flatMap((instant) => [before, after].map((clock) => clock.readingAt(instant).time));
  return { zone, at, date: before.readingAt(at).date, times: [...new Set(times)] };
}

/** Each clock time with the one so many places on, over midnight where they come out so. */
const pairs = (times: readonly string[], apart: number) =>
  times.map((from, index) => ({ from, until: times[(index + apart) % times.length] ?? from }));

/** Daily, weekly and overnight windows, whole days and spans, each from the times about the transition. */
function rulesOf({ date, times }: Transition, turn: number) {
  const at = (place: number) => times[(place + turn) % times.length] ?? '00:00';
  const repeat = (mode: 'daily' | 'weekly', [from, until]: readonly [number, number]) => ({
    mode,
    beginTime: at(from),
    endTime: at(until),
  });
  const today = weekdayOf(date);
  const yesterday = weekdayOf(previousDate(date));
  return [
    { repeat: repeat('daily', [0, 1]) },
    { repeat: repeat('daily', [1, 3]) },
    { repeat: repeat('daily', [4, 2]) },
    { repeat: { ...repeat('daily', [2, 0]), beginDate: date, endDate: date } },
    { repeat: { ...repeat('daily', [1, 1]), beginDate: date, endDate: date } },
    { repeat: { ...repeat('weekly', [0, 2]), weekdays: [today] } },
    { repeat: { ...repeat('weekly', [3, 0]), weekdays: [yesterday] } },
    { repeat: { ...repeat('daily', [0, 4]), beginDate: nextDate(date) } },
    { repeat: { mode: 'daily' as const, beginTime: '23:00', endTime: at(0), endDate: previousDate(date) } },
    { from: `${date}T${at(0)}`, until: `${nextDate(date)}T${at(1)}` },
    { until: `${date}T${at(2)}` },
    { profile: 'scheduled' },
    { firstPerson: turn % 2 === 0 },
  ];
}

/** A world whose rules change their mind about a transition. */
function worldOf(transition: Transition, turn: number) {
  const { zone, at, date, times } = transition;
  const rules = rulesOf(transition, turn);
  const hours = pairs(times, 1)[turn % times.length];
  return worldSchema.parse({
    zone,
    holidays: turn % 3 === 0 ? [{ from: date, until: date, hours: turn % 2 === 0 ? hours : undefined }] : [],
    profiles: [{ id: 'scheduled', scheduler: { dates: { from: date }, hours: pairs(times, 2)[0] } }],
    locks: [
      { id: 'free', list: { signedAt: new Date(at - 86_400_000).toISOString() } },
      {
        id: 'scheduled',
        firstPersonIn: turn % 4 === 0,
        list: { signedAt: new Date(at - 86_400_000).toISOString() },
        schedule: {
          intervals: [date, previousDate(date)].flatMap((day, index) => {
            const interval = pairs(times, 1 + 2 * index)[(turn + index) % times.length];
            return interval === undefined ? [] : [{ weekday: weekdayOf(day), ...interval }];
          }),
        },
      },
    ],
    keys: rules.map((rule, number) => ({
      id: `k${number}`,
      type: 'staff',
      bindings: [{ lock: 'free' }, { lock: 'scheduled' }],
      ...rule,
    })),
    credentials: rules.map((_, number) => ({ id: `c${number}`, key: `k${number}`, kind: 'app_key' })),
  });
}

const steps = [-60, -50, -40, -30, -20, -10, 0, 10, 20, 30, 40, 50, 60].map((minutes) => minutes * minute);
const closeUp = [
  -60 * minute - 1,
  -30 * minute - 1,
  -minute,
  -1,
  1,
  minute,
  30 * minute - 1,
  60 * minute - 1,
];
const farAway = [-120 * minute, 120 * minute, 180 * minute];

/** From an hour before to an hour after, with the instants just beside; in the order of time. */
const everyStep = [...steps, ...closeUp, ...farAway].toSorted((one, other) => one - other);
const fewSteps = [-60 * minute, -30 * minute, -1, 0, 1, 30 * minute, 60 * minute];

function storyOf(transition: Transition, turn: number, away: readonly number[]): Story {
  const world = worldOf(transition, turn);
  const isBrief = away === fewSteps;
  const keys = world.keys.filter((_, number) => !isBrief || number % 4 === turn % 4);
  const attempts = away.flatMap((ms) =>
    keys.map(({ id }, number) => ({
      lock: number % 3 === 2 ? 'scheduled' : 'free',
      at: new Date(transition.at + ms).toISOString(),
      method: 'app',
      credential: id.replace('k', 'c'),
    })),
  );
  return {
    name: `${transition.zone} at ${new Date(transition.at).toISOString()}`,
    world,
    attempts: attemptsSchema.parse(attempts),
  };
}

/** Zones whose clocks change alike are told once at length and then each in brief. */
export function* transitionStories(zones: readonly string[]): Generator<Story> {
  const told = new Set<string>();
  for (const zone of zones) {
    const transitions = transitionsOf(zone, years);
    const alike = transitions.map((at) => `${at} ${calendarOf(zone).offsetAt(at)}`).join();
    const away = told.has(alike) ? fewSteps : everyStep;
    told.add(alike);
    for (const [turn, at] of transitions.entries()) yield storyOf(transitionAt(zone, at), turn, away);
  }
}
