import type { RunOptions, RunReport } from '@claviger/sim/simulation';

/** What is asked of `npm run sim` to play this world again. */
export function commandOf({ seed, days, doors, without = [], planted }: RunOptions): string {
  const parts = [
    `npm run sim -- --seed ${seed}`,
    ...(days === undefined ? [] : [`--days ${days}`]),
    ...(doors === undefined ? [] : [`--doors ${doors}`]),
    ...(without.length === 0 ? [] : [`--without ${without.join(',')}`]),
    ...(planted === undefined ? [] : [`--planted ${planted}`]),
  ];
  return parts.join(' ');
}

/** One world in a line, and what is broken in it in another one. */
export function wordsOf({ options, broken, days, doors, faults, hash }: RunReport): string {
  const weather = faults.join(' ') || 'no faults';
  const head = `seed ${options.seed}: ${days} days, ${doors} doors, ${weather}, trace ${hash}`;
  if (!broken) return head;
  const { invariant, at, step, text } = broken;
  return `${head}\n  ${invariant} at ${new Date(at).toISOString()}, step ${step}: ${text}`;
}
