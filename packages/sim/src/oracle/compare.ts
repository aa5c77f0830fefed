import { type Reason } from '@claviger/domain';
import {
  attempts as attemptsSchema,
  world as worldSchema,
  type Answer,
  type Attempt,
  type World,
} from '@claviger/protocol';
import { oracle, type Verdict } from './oracle.ts';

export type Explain = (world: World, attempts: readonly Attempt[]) => Answer[];

/** A world with attempts, and where it comes from: a seed, or a zone's transition. */
export interface Story {
  readonly name: string;
  readonly world: World;
  readonly attempts: readonly Attempt[];
}

export interface Difference {
  readonly story: string;
  readonly attempt: number;
  readonly expected: Verdict;
  readonly answered: Verdict;
}

/** How many decisions were compared, how often each reason was the oracle's, and what differed. */
export interface Tally {
  comparisons: number;
  readonly reasons: Map<Reason, number>;
  /** The first of them. */
  readonly differences: Difference[];
  differing: number;
  differingStories: number;
}

export const emptyTally = (): Tally => ({
  comparisons: 0,
  reasons: new Map(),
  differences: [],
  differing: 0,
  differingStories: 0,
});

const kept = 50;

/** What is compared, in writing; which floor is named first does not matter. */
function written({ decision, reason, key, silentAlarm, floors, uses }: Verdict): string {
  const sorted = floors?.toSorted((one, other) => one - other).join();
  return [decision, reason, key, silentAlarm, sorted, uses?.spent, uses?.max].join('|');
}

const verdictOf = ({ decision, reason, key, silentAlarm, floors, uses }: Verdict): Verdict => ({
  decision,
  reason,
  key,
  silentAlarm,
  floors,
  uses,
});

/** An answer with the reason that its list of checks tells: of these the first that failed is the reason. */
function asChecked(answer: Answer): Verdict {
  const failed = answer.checks.find(({ result }) => result === 'failed');
  return { ...verdictOf(answer), reason: failed?.check ?? 'granted' };
}

/** Decides a story twice and adds what came out to the tally. */
export function compare(explain: Explain, { name, world, attempts }: Story, tally: Tally): void {
  const expected = oracle(world, attempts);
  const answers = explain(world, attempts);
  const before = tally.differing;
  if (answers.length !== expected.length) throw new Error(`${name}: ${answers.length} answers`);
  expected.forEach((verdict, attempt) => {
    const answer = answers[attempt];
    tally.comparisons += 1;
    tally.reasons.set(verdict.reason, (tally.reasons.get(verdict.reason) ?? 0) + 1);
    if (answer === undefined) return;
    const answered = written(answer) === written(verdict) ? asChecked(answer) : verdictOf(answer);
    if (written(answered) === written(verdict)) return;
    tally.differing += 1;
    if (tally.differences.length >= kept) return;
    tally.differences.push({
      story: name,
      attempt,
      expected: verdictOf(verdict),
      answered,
    });
  });
  if (tally.differing > before) tally.differingStories += 1;
}

/** The first attempt on which the two disagree; none also where the world is refused. */
export function firstDifference(explain: Explain, story: Omit<Story, 'name'>): Difference | undefined {
  const tally = emptyTally();
  try {
    compare(explain, { ...story, name: '' }, tally);
  } catch {
    // A reduced world whose references lead nowhere is refused and shows nothing.
    return undefined;
  }
  return tally.differences[0];
}

type Step = string | number;

/** Every place in a value, an element before what is in it and the last of a list first. */
function placesIn(value: unknown): Step[][] {
  const inside = (step: Step, child: unknown): Step[][] => [
    [step],
    ...placesIn(child).map((rest) => [step, ...rest]),
  ];
  if (Array.isArray(value)) {
    return value
      .map((child: unknown, index) => inside(index, child))
      .reverse()
      .flat();
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => inside(name, child));
}

/** The value without what is at this place; itself when nothing is there. */
function without(value: unknown, [step, ...rest]: readonly Step[]): unknown {
  if (step === undefined) return value;
  const isLast = rest.length === 0;
  if (Array.isArray(value)) {
    const children: unknown[] = value;
    if (isLast) return children.filter((_, index) => index !== step);
    return children.map((child, index) => (index === step ? without(child, rest) : child));
  }
  if (typeof value !== 'object' || value === null) return value;
  const children = Object.entries(value).filter(([name]) => !(isLast && name === step));
  return Object.fromEntries(
    children.map(([name, child]) => [name, name === step ? without(child, rest) : child]),
  );
}

type Scene = Pick<Story, 'world' | 'attempts'>;

/** The scene that a reduced value still is, with what is left out filled in again, if it is one. */
function sceneOf(value: unknown): Scene | undefined {
  const { world, attempts } = value as Record<keyof Scene, unknown>;
  const parsedWorld = worldSchema.safeParse(world);
  const parsedAttempts = attemptsSchema.safeParse(attempts);
  if (!parsedWorld.success || !parsedAttempts.success) return undefined;
  return { world: parsedWorld.data, attempts: parsedAttempts.data };
}

/** What is left of a story when everything is left out without which the two still disagree. */
export interface Reduced {
  readonly story: string;
  readonly difference: Difference;
  readonly scene: unknown;
}

export function reduce(explain: Explain, story: Story): Reduced {
  const differenceIn = (value: unknown) => {
    const scene = sceneOf(value);
    return scene === undefined ? undefined : firstDifference(explain, scene);
  };
  const first = firstDifference(explain, story);
  if (first === undefined) throw new Error(`${story.name} shows no difference`);
  let scene: unknown = { world: story.world, attempts: story.attempts.slice(0, first.attempt + 1) };
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (const place of placesIn(scene)) {
      const smaller = without(scene, place);
      if (JSON.stringify(smaller) === JSON.stringify(scene) || !differenceIn(smaller)) continue;
      scene = smaller;
      isSmaller = true;
    }
  }
  return { story: story.name, difference: differenceIn(scene) ?? first, scene };
}
