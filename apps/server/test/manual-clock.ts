import type { Clock } from '../src/platform/clock.ts';

/** A clock that a test advances. */
export interface ManualClock extends Clock {
  /** Moves time on and runs what was due meanwhile, once for each interval. */
  advance(byMs: number): void;
}

interface Repeating {
  readonly intervalMs: number;
  readonly task: () => void;
  dueAt: number;
}

export function createManualClock(startAt: number = Date.now()): ManualClock {
  let now = startAt;
  const repeating = new Set<Repeating>();
  return {
    now: () => now,
    every: (intervalMs, task) => {
      const entry = { intervalMs, task, dueAt: now + intervalMs };
      repeating.add(entry);
      return () => {
        repeating.delete(entry);
      };
    },
    advance: (byMs) => {
      now += byMs;
      for (const entry of repeating) {
        for (; entry.dueAt <= now; entry.dueAt += entry.intervalMs) entry.task();
      }
    },
  };
}
