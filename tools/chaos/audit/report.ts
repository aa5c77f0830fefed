import type { DoorAccount, Findings } from './audit.ts';
import type { Deeds } from '../people.ts';

export interface Result {
  readonly accounts: readonly DoorAccount[];
  readonly deeds: Deeds;
  /** How often each victim was killed at each moment. */
  readonly kills: ReadonlyMap<string, number>;
  readonly usedForMs: number;
  readonly findings: Findings;
}

function attemptLines({ accounts, deeds, usedForMs }: Result): string[] {
  const shown = accounts.flatMap(({ presentations }) => presentations);
  const count = (outcome: string): number => shown.filter((each) => each.outcome === outcome).length;
  const perSecond = (shown.length / (usedForMs / 1_000)).toFixed(1);
  return [
    `${shown.length} attempts at ${accounts.length} doors, ${perSecond} a second: ` +
      `${count('granted')} granted, ${count('denied')} denied, ${count('unknown')} cut off`,
    `${deeds.maxUses.size} Keys with a number of uses; ` +
      `${deeds.answered} requests answered, ${deeds.refused} refused, ${deeds.away} found the server away`,
  ];
}

/** How many kills that is in all. */
export function totalOf(kills: Result['kills']): number {
  return [...kills.values()].reduce((sum, times) => sum + times, 0);
}

/** What is told of a run: each finding, what was done, the kills by victim and moment, the sums. */
export function reportOf(result: Result): string[] {
  const { findings, kills } = result;
  const { lost, doubled, overspent, withoutCause } = findings;
  return [
    ...[lost, doubled, overspent, withoutCause].flat(),
    ...attemptLines(result),
    ...[...kills].sort().map(([name, times]) => `${String(times).padStart(5)}  ${name}`),
    `${totalOf(kills)} kills: ${lost.length} lost, ${doubled.length} doubled, ` +
      `${overspent.length} overspent, ${withoutCause.length} opened without cause`,
  ];
}
