import { runWorld } from './run.ts';
import type { Break, RunOptions, RunReport } from './options.ts';

/** A failing world with as little in it as was cheap to find out. */
export interface Minimal {
  readonly options: RunOptions;
  readonly broken: Break;
  /** How many worlds were played for it. */
  readonly plays: number;
}

/** More than this many worlds are not played for one failure. */
const playsLimit = 24;

/** How else the same failure may come about: one fault less, half the days, half the doors. */
function smaller({ options, faults, days, doors }: RunReport): RunOptions[] {
  const halves = (from: number, least: number): number[] =>
    from > least ? [Math.max(least, Math.floor(from / 2))] : [];
  return [
    ...halves(days, 1).map((fewer) => ({ ...options, days: fewer })),
    ...halves(doors, 1).map((fewer) => ({ ...options, doors: fewer })),
    ...faults.map((fault) => ({ ...options, without: [...(options.without ?? []), fault] })),
  ];
}

/**
 * Takes away what a failure does not need, as long as the same invariant is broken: the days that come after
 * it cost nothing, so only what comes before is looked at. Undefined for options that show no failure.
 */
export async function minimise(options: RunOptions): Promise<Minimal | undefined> {
  let report = await runWorld(options);
  const first = report.broken;
  if (!first) return undefined;
  let plays = 1;
  for (let isSmaller = true; isSmaller && plays < playsLimit;) {
    isSmaller = false;
    for (const tried of smaller(report)) {
      if (plays >= playsLimit) break;
      plays += 1;
      const found = await runWorld(tried);
      if (found.broken?.invariant !== first.invariant) continue;
      report = found;
      isSmaller = true;
      break;
    }
  }
  return { options: report.options, broken: report.broken ?? first, plays };
}
