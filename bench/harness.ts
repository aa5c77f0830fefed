/**
 * How figures are measured (research of performance, section 0): all contenders of a figure in one process,
 * interleaved, in the reverse order on odd rounds; a ratio is the median of the ratios of the rounds.
 */

/** One figure as it is printed; `ratio` is ours to the anchor's, and `goal` says what it has to be. */
export interface Figure {
  readonly figure: string;
  readonly ours: number;
  readonly anchor: number;
  readonly anchorName: string;
  readonly unit: string;
  readonly ratio: number;
  readonly goal: string;
  readonly ok: boolean;
}

/** What is measured: does the work so many times. */
export interface Contender {
  readonly name: string;
  readonly run: (times: number) => void | Promise<void>;
}

/** At least seven (DESIGN section 9). */
const roundsDefault = 9;
/** Long enough that the clock's own grain and a collection do not count. */
const roundMs = 150;
const calibrationMs = 40;
/** What is slow runs seldom in that time, and its code would be measured cold. */
const warmCalls = 20_000;
const warmMs = 1_000;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = NaN, high = NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

/** Seconds of this process's CPU time, or of the clock on the wall. */
export type Clock = () => number;

export const cpuSeconds: Clock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

export const wallSeconds: Clock = () => performance.now() / 1e3;

async function rateOf({ run }: Contender, times: number, clock: Clock): Promise<number> {
  const before = clock();
  await run(times);
  return times / (clock() - before);
}

/** How often a contender works in one round, found by doubling; its code is warm afterwards. */
async function calibrate(contender: Contender, clock: Clock): Promise<number> {
  let [calls, spentMs] = [0, 0];
  for (let times = 1; ; times *= 2) {
    const before = clock();
    await contender.run(times);
    const ms = (clock() - before) * 1e3;
    calls += times;
    spentMs += ms;
    const isWarm = calls >= warmCalls || spentMs >= warmMs;
    if (isWarm && ms >= calibrationMs) return Math.max(1, Math.round((times * roundMs) / ms));
  }
}

export interface Measured {
  /** Operations a second, the median over the rounds. */
  readonly rate: number;
  readonly rounds: readonly number[];
}

/** Measures contenders against each other; the result is by their names. */
export async function interleave(
  contenders: readonly Contender[],
  { clock = cpuSeconds, rounds = roundsDefault }: { clock?: Clock; rounds?: number } = {},
): Promise<ReadonlyMap<string, Measured>> {
  const times = new Map<string, number>();
  for (const contender of contenders) times.set(contender.name, await calibrate(contender, clock));
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of round % 2 === 0 ? contenders : [...contenders].reverse())
      rates.get(contender.name)?.push(await rateOf(contender, times.get(contender.name) ?? 1, clock));
  }
  return new Map([...rates].map(([name, all]) => [name, { rate: median(all), rounds: all }]));
}

function measuredOf(all: ReadonlyMap<string, Measured>, name: string): Measured {
  const measured = all.get(name);
  if (!measured) throw new Error(`${name} was not measured`);
  return measured;
}

/** The median over the rounds of what `one` reached for each that `other` did. */
export function ratioOf(all: ReadonlyMap<string, Measured>, one: string, other: string): number {
  const others = measuredOf(all, other).rounds;
  return median(measuredOf(all, one).rounds.map((rate, round) => rate / (others[round] ?? NaN)));
}

/** A figure of two contenders by their rates: the ratio has to be at least the goal. */
export function figureOf(
  all: ReadonlyMap<string, Measured>,
  { figure, ours, anchor, atLeast }: { figure: string; ours: string; anchor: string; atLeast: number },
): Figure {
  const ratio = ratioOf(all, ours, anchor);
  return {
    figure,
    ours: measuredOf(all, ours).rate,
    anchor: measuredOf(all, anchor).rate,
    anchorName: anchor,
    unit: '/s',
    ratio,
    goal: `≥ ${atLeast}`,
    ok: ratio >= atLeast,
  };
}

/** A figure that must not be more than the goal: bytes, milliseconds, growth. */
export function atMost(figure: Omit<Figure, 'ratio' | 'goal' | 'ok'>, most: number): Figure {
  const ratio = figure.ours / figure.anchor;
  return { ...figure, ratio, goal: `≤ ${most}`, ok: ratio <= most };
}
