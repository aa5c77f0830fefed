import { explain } from '@claviger/authority';
import { type Answer, type Attempt, type World } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { calendarOf, nextDate } from './calendar.ts';
import { firstDifference, reduce, type Explain, type Story } from './compare.ts';
import { transitionStories } from './transitions.ts';
import { drawStory } from './worlds.ts';

type Key = World['keys'][number];
type Lock = World['locks'][number];
type Repeat = NonNullable<Key['repeat']>;

const seeds = 400;

/** The decision as it would be if it took every Key for another, and so on. */
const mistakingKeys =
  (change: (key: Key, world: World) => Partial<Key>): Explain =>
  (world, attempts) =>
    explain({ ...world, keys: world.keys.map((key) => ({ ...key, ...change(key, world) })) }, attempts);
const mistakingLocks =
  (change: (lock: Lock) => Partial<Lock>): Explain =>
  (world, attempts) =>
    explain({ ...world, locks: world.locks.map((lock) => ({ ...lock, ...change(lock) })) }, attempts);
const mistakingAttempts =
  (change: (attempt: Attempt) => Partial<Attempt>): Explain =>
  (world, attempts) =>
    explain(
      world,
      attempts.map((attempt) => ({ ...attempt, ...change(attempt) })),
    );
const mistakingRepeats = (change: (repeat: Repeat) => Partial<Repeat>): Explain =>
  mistakingKeys(({ repeat }) => (repeat === undefined ? {} : { repeat: { ...repeat, ...change(repeat) } }));
const misspeaking =
  (change: (answer: Answer, attempt: Attempt, world: World) => Partial<Answer>): Explain =>
  (world, attempts) =>
    explain(world, attempts).map((answer, place) => {
      const attempt = attempts[place];
      return attempt === undefined ? answer : { ...answer, ...change(answer, attempt, world) };
    });

const exactly = (at: number): string => new Date(at).toISOString();
const isOvernight = (repeat: Repeat | undefined): boolean =>
  repeat !== undefined && repeat.beginTime > repeat.endTime;

/** Each success on a path leaves the pause behind, as if tried at another reader from then on. */
const pausesEndedBySuccess: Explain = (world, attempts) => {
  const first = explain(world, attempts);
  const successes = new Map<string, number>();
  const elsewhere = attempts.map((attempt, place) => {
    const path = `${attempt.lock} ${attempt.path ?? attempt.method}`;
    const count = successes.get(path) ?? 0;
    if (first[place]?.decision === 'granted') successes.set(path, count + 1);
    return count === 0 ? attempt : { ...attempt, path: `${path} ${count}` };
  });
  return explain(world, elsewhere);
};

/** Each credential a Key of its own, so that each has the whole count. */
const countsPerCredential: Explain = (world, attempts) => {
  const counted = new Set(world.keys.filter(({ maxUses }) => maxUses !== undefined).map(({ id }) => id));
  const copy = (key: string, credential: string) => `${key}/${credential}`;
  const copies = world.credentials.flatMap(({ id, key }) =>
    counted.has(key)
      ? world.keys.filter((known) => known.id === key).map((known) => ({ ...known, id: copy(key, id) }))
      : [],
  );
  const credentials = world.credentials.map((credential) =>
    counted.has(credential.key) ? { ...credential, key: copy(credential.key, credential.id) } : credential,
  );
  const answers = explain({ ...world, keys: [...world.keys, ...copies], credentials }, attempts);
  return answers.map(({ key, ...answer }) =>
    key === undefined ? answer : { ...answer, key: key.split('/')[0] },
  );
};

const denied = (reason: Answer['reason']) => ({ decision: 'denied' as const, reason, floors: undefined });

const windowsAndSpans: readonly (readonly [wrong: string, explain: Explain])[] = [
  [
    'an until that still opens in its own minute',
    mistakingKeys(({ until }, { zone }) =>
      until === undefined ? {} : { until: exactly(calendarOf(zone).untilAt(until) + 60_000) },
    ),
  ],
  [
    'a repeated valid-from that takes the later reading',
    mistakingKeys(({ from }, { zone }) =>
      from === undefined ? {} : { from: exactly(calendarOf(zone).untilAt(from)) },
    ),
  ],
  [
    'a repeated valid-until that takes the earlier reading',
    mistakingKeys(({ until }, { zone }) =>
      until === undefined ? {} : { until: exactly(calendarOf(zone).fromAt(until)) },
    ),
  ],
  ['an uncertain clock that is taken for certain', mistakingAttempts(() => ({ uncertaintyS: 0 }))],
  [
    'a last night window that the end date cuts',
    mistakingKeys(({ repeat, until }, { zone }) => {
      if (repeat?.endDate === undefined || !isOvernight(repeat) || until !== undefined) return {};
      return { until: exactly(calendarOf(zone).beginningOf(nextDate(repeat.endDate))) };
    }),
  ],
  [
    'a holiday that forgets the night window',
    mistakingKeys(({ repeat }) => ({ holidayExempt: isOvernight(repeat) })),
  ],
  [
    'equal clock times that are no time at all',
    mistakingRepeats(({ beginTime, endTime, mode }) =>
      beginTime === endTime ? { mode: 'weekly', weekdays: [] } : { mode },
    ),
  ],
  [
    'a 24:00 that is the last minute of the day',
    mistakingRepeats(({ endTime }) => (endTime === '24:00' ? { endTime: '23:59' } : {})),
  ],
  [
    'a second holiday on a date that is forgotten',
    (world, attempts) => explain({ ...world, holidays: world.holidays.slice(0, 1) }, attempts),
  ],
  [
    'a yearly holiday that comes once',
    (world, attempts) =>
      explain({ ...world, holidays: world.holidays.map((day) => ({ ...day, yearly: false })) }, attempts),
  ],
  [
    'an access group whose rule is forgotten',
    (world, attempts) =>
      explain(
        { ...world, accessGroups: world.accessGroups.map((group) => ({ ...group, repeat: undefined })) },
        attempts,
      ),
  ],
  [
    'an interval of a lock schedule that ends with its day',
    mistakingLocks(({ schedule }) => ({
      schedule: schedule && {
        ...schedule,
        intervals: schedule.intervals.map((interval) =>
          interval.from > interval.until ? { ...interval, until: '24:00' } : interval,
        ),
      },
    })),
  ],
];

const doorsAndFactors: readonly (readonly [wrong: string, explain: Explain])[] = [
  ['a pause that a success ends', pausesEndedBySuccess],
  ['a counter for each credential', countsPerCredential],
  [
    'a later issue that is refused',
    misspeaking(({ key }, { qr }, { keys }) => {
      const issue = keys.find(({ id }) => id === key)?.issue;
      return issue !== undefined && (qr.issue ?? 0) > issue ? denied('revoked') : {};
    }),
  ],
  [
    'an unlisted code that is a millisecond too young',
    mistakingAttempts(({ qr }) => ({
      qr: { ...qr, signedAt: qr.signedAt && exactly(Date.parse(qr.signedAt) + 1) },
    })),
  ],
  ['a lockdown that evacuation does not lift', mistakingLocks(() => ({ evacuation: false }))],
  ['an emergency Key like any other', mistakingKeys(() => ({ emergency: false }))],
  ['anti-passback that knows no other side', mistakingAttempts(() => ({ side: 'entry' }))],
  ['floors of a Key that are forgotten', mistakingKeys(() => ({ floors: [] }))],
  ['a static picture that opens every lock', mistakingLocks(() => ({ staticQr: true }))],
  [
    'a chip that is on unless it is off',
    (world, attempts) =>
      explain(
        { ...world, chips: world.chips.map((chip) => ({ ...chip, mobile: true, intercom: true })) },
        attempts,
      ),
  ],
  ['a duress PIN without alarm', misspeaking(() => ({ silentAlarm: false }))],
  [
    'a door that forgets which pictures it saw',
    mistakingLocks(({ state }) => ({ state: { ...state, shownSteps: [] } })),
  ],
  [
    'a button that as second factor is taken whatever its counter',
    mistakingAttempts(({ secondFactor }) => ({
      secondFactor: secondFactor && { ...secondFactor, counter: undefined },
    })),
  ],
];

function* stories(): Generator<Story> {
  for (let seed = 1; seed <= seeds; seed += 1) yield drawStory(seed);
  yield* transitionStories(['Europe/Berlin', 'Australia/Lord_Howe']);
}

/** The first story that shows that this is not the decision. */
function foundBy(wrong: Explain): Story | undefined {
  for (const story of stories()) if (firstDifference(wrong, story) !== undefined) return story;
  return undefined;
}

describe('a decision with one small wrong', { timeout: 300_000 }, () => {
  it.each(windowsAndSpans)('is found: %s', (_, wrong) => {
    expect(foundBy(wrong)).toBeDefined();
  });

  it.each(doorsAndFactors)('is found: %s', (_, wrong) => {
    expect(foundBy(wrong)).toBeDefined();
  });

  it('is shown in a world from which everything else is left out', () => {
    const wrong = mistakingLocks(() => ({ evacuation: false }));

    const { scene } = reduce(wrong, foundBy(wrong) ?? drawStory(0));

    expect(scene).toMatchObject({ world: { locks: [{ lockdown: true, evacuation: true }] } });
    expect(JSON.stringify(scene).length).toBeLessThan(400);
  });

  it('is told from none at all', () => {
    expect(foundBy(explain)).toBeUndefined();
  });
});
