import type { PlainDetail } from '@claviger/domain';

/**
 * A cause is recorded at most this often, with how many there were: a hostile broker must not wear out the
 * disk.
 */
const recordEveryMs = 60_000;

/** Messages that were refused, gathered by cause. */
export interface RefusalLog {
  readonly add: (cause: PlainDetail) => void;
  readonly tick: () => void;
  readonly nextTickAt: () => number | undefined;
}

/**
 * `record` gets the cause, with ` ×N` when N more came since it was last recorded. */
export function createRefusalLog(mono: () => number, record: (text: string) => void): RefusalLog {
  const seen = new Map<string, { recordedAt: number; waiting: number }>();

  const flush = (cause: string, entry: { recordedAt: number; waiting: number }): void => {
    record(entry.waiting > 1 ? `${cause} ×${entry.waiting}` : cause);
    entry.recordedAt = mono();
    entry.waiting = 0;
  };

  return {
    add: (cause) => {
      const entry = seen.get(cause);
      if (!entry) {
        seen.set(cause, { recordedAt: mono(), waiting: 0 });
        record(cause);
      } else {
        entry.waiting += 1;
      }
    },
    tick: () => {
      for (const [cause, entry] of seen) {
        if (mono() - entry.recordedAt < recordEveryMs) continue;
        if (entry.waiting > 0) flush(cause, entry);
        else seen.delete(cause);
      }
    },
    nextTickAt: () => {
      if (seen.size === 0) return undefined;
      return Math.min(...[...seen.values()].map((entry) => entry.recordedAt + recordEveryMs));
    },
  };
}
