import type { RunReport } from '@claviger/sim/simulation';

/** What many worlds come to together. */
export interface Tally {
  readonly add: (report: RunReport) => void;
  readonly hashes: ReadonlySet<string>;
  /** Of these counters, those that nothing was counted for. */
  readonly never: (names: readonly string[]) => readonly string[];
  /** Attempts, grants, denials by reason, and every counter. */
  readonly lines: (names: readonly string[]) => readonly string[];
}

function addAll(counts: Map<string, number>, more: Readonly<Record<string, number | undefined>>): void {
  for (const [name, count = 0] of Object.entries(more)) counts.set(name, (counts.get(name) ?? 0) + count);
}

export function createTally(): Tally {
  const reasons = new Map<string, number>();
  const sometimes = new Map<string, number>();
  const hashes = new Set<string>();
  let days = 0;
  let steps = 0;

  const sum = (counts: ReadonlyMap<string, number>): number =>
    [...counts.values()].reduce((one, other) => one + other, 0);
  const never = (names: readonly string[]): string[] => names.filter((name) => !sometimes.get(name));
  return {
    hashes,
    never,
    add: (report) => {
      addAll(reasons, report.reasons);
      addAll(sometimes, report.sometimes);
      hashes.add(report.hash);
      days += report.days * report.doors;
      steps += report.steps;
    },
    lines: (names) => {
      const denied = [...reasons]
        .filter(([name]) => name !== 'granted')
        .toSorted(([, one], [, other]) => other - one);
      return [
        `${days} days of doors, ${steps} steps`,
        `${sum(reasons)} attempts, ${reasons.get('granted') ?? 0} grants, denials:`,
        ...denied.map(([name, count]) => `${String(count).padStart(9)}  ${name}`),
        'sometimes:',
        ...names.map((name) => `${String(sometimes.get(name) ?? 0).padStart(9)}  ${name}`),
        ...never(names).map((name) => `never: ${name}`),
      ];
    },
  };
}
