import type { Clock } from './clock.ts';

/** One line a minute and subject tells as much as one for each refusal, and a flood cannot fill the disk. */
const lineEveryMs = 60_000;
/** Of one line; the causes are texts of ours or of the broker, a handful in all. */
const causesLimit = 3;
/** Subjects of one minute; what comes beyond them counts as one. */
const subjectsLimit = 1_000;

export interface RefusalLine {
  /** Who was refused; undefined for all those beyond the limit. */
  readonly subject: string | undefined;
  readonly causes: string;
  readonly count: number;
}

/** What was refused to those who speak over the broker, summed up before it is written. */
export interface RefusalLog {
  readonly count: (subject: string, cause: string) => void;
  /** Writes what was counted since, and ends. */
  readonly close: () => void;
}

interface Sum {
  count: number;
  readonly causes: Set<string>;
}

/** The first refusal of a subject is written at once, those that follow as one line a minute. */
export function openRefusalLog(clock: Clock, write: (line: RefusalLine) => void): RefusalLog {
  const sums = new Map<string | undefined, Sum>();
  const flush = (): void => {
    for (const [subject, { count, causes }] of sums) {
      if (count === 0) sums.delete(subject);
      else {
        write({ subject, causes: [...causes].join(', '), count });
        sums.set(subject, { count: 0, causes: new Set() });
      }
    }
  };
  const stop = clock.every(lineEveryMs, flush);
  return {
    count: (who, cause) => {
      const subject = sums.has(who) || sums.size < subjectsLimit ? who : undefined;
      const sum = sums.get(subject);
      if (!sum) {
        sums.set(subject, { count: 0, causes: new Set() });
        write({ subject, causes: cause, count: 1 });
        return;
      }
      sum.count += 1;
      if (sum.causes.size < causesLimit) sum.causes.add(cause);
    },
    close: () => {
      stop();
      flush();
    },
  };
}
