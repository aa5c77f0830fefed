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

/** How much is done for a figure. */
export interface Effort {
  /** At least seven (DESIGN section 9). */
  readonly rounds: number;
  /** Long enough that the clock's own grain and a collection do not count. */
  readonly roundMs: number;
  /** What is slow runs seldom, and its code would be measured cold: so long, or so many calls, come first. */
  readonly warmMs: number;
  readonly warmCalls: number;
}

export const wholeEffort: Effort = { rounds: 9, roundMs: 150, warmMs: 1_000, warmCalls: 20_000 };
/** Shows that a figure runs, and no more. */
export const glance: Effort = { rounds: 1, roundMs: 1, warmMs: 0, warmCalls: 0 };

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
async function calibrate(contender: Contender, clock: Clock, effort: Effort): Promise<number> {
  const { roundMs, warmMs, warmCalls } = effort;
  let [calls, spentMs] = [0, 0];
  for (let times = 1; ; times *= 2) {
    const before = clock();
    await contender.run(times);
    const ms = (clock() - before) * 1e3;
    calls += times;
    spentMs += ms;
    const isWarm = calls >= warmCalls || spentMs >= warmMs;
    if (isWarm && ms >= roundMs / 4) return Math.max(1, Math.round((times * roundMs) / ms));
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
  { clock = cpuSeconds, effort = wholeEffort }: { clock?: Clock; effort?: Effort } = {},
): Promise<ReadonlyMap<string, Measured>> {
  const times = new Map<string, number>();
  for (const contender of contenders) times.set(contender.name, await calibrate(contender, clock, effort));
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < effort.rounds; round += 1) {
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

/** How much dearer something is where there is more of it: at most the goal. */
export function growthOf(
  all: ReadonlyMap<string, Measured>,
  { figure, ours, anchor, most }: { figure: string; ours: string; anchor: string; most: number },
): Figure {
  const costOf = (name: string): number => 1e6 / measuredOf(all, name).rate;
  const ratio = ratioOf(all, anchor, ours);
  const sides = { ours: costOf(ours), anchor: costOf(anchor), anchorName: anchor };
  return { figure, ...sides, unit: 'µs', ratio, goal: `≤ ${most}`, ok: ratio <= most };
}

/** A figure that must not be more than the goal: bytes, milliseconds, growth. */
export function atMost(figure: Omit<Figure, 'ratio' | 'goal' | 'ok'>, most: number): Figure {
  const ratio = figure.ours / figure.anchor;
  return { ...figure, ratio, goal: `≤ ${most}`, ok: ratio <= most };
}
