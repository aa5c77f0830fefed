import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { hasEnded, type Program } from './program.ts';

/** How a program that ended by itself is started again. */
export interface KeepTimes {
  /** Pause before the next start: the first, and the longest that doubling may lead to. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** A program that has run this long was well: its next end counts as the first. */
  readonly steadyAfterMs: number;
  /** So many quick ends in a row, starts that failed among them, and nobody tries again. */
  readonly quickEndLimit: number;
}

/** With these pauses a program gets about half a minute to find its port free or its disk back. */
export const usualTimes: KeepTimes = {
  firstPauseMs: 1_000,
  longestPauseMs: 15_000,
  steadyAfterMs: 60_000,
  quickEndLimit: 5,
};

export interface KeepPlan {
  readonly start: (signal: AbortSignal) => Promise<Program>;
  readonly say: (line: string) => void;
  readonly onStarted?: (program: Program) => void;
  readonly times?: KeepTimes;
}

/** Why a program is not started again: stopped here, ended in order by somebody else, or given up. */
export type KeptEnd =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'given_up'; readonly why: string };

/** A program under watch. */
export interface Kept {
  readonly current: () => Program;
  /** Resolves when nobody starts it again. */
  readonly over: Promise<KeptEnd>;
  /** Stops it, or the start that is under way; true if it ended in order, and so left nothing behind. */
  stop(): Promise<boolean>;
}

function howItEnded({ process: { exitCode, signalCode } }: Program): string {
  return signalCode === null ? `ended with exit code ${exitCode}` : `was ended by ${signalCode}`;
}

function endedInOrder({ process: { exitCode } }: Program): boolean {
  return exitCode === 0;
}

async function pauseUnlessAborted(pauseMs: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(pauseMs, undefined, { signal });
  } catch {
    // It is stopped, which whoever pauses looks at next.
  }
}

/**
 * Starts a program again, after growing pauses, whenever it ends by itself. One that ended in order (exit
 * code 0) was stopped by somebody who meant it, and stays as it is.
 */
export function keepRunning(first: Program, plan: KeepPlan): Kept {
  const { start, say, onStarted, times = usualTimes } = plan;
  const stopping = new AbortController();
  const { signal } = stopping;
  const isStopping = (): boolean => signal.aborted;
  let program = first;
  let quickEnds = 0;

  const pauseBefore = async (how: string): Promise<void> => {
    const pauseMs = Math.min(times.longestPauseMs, times.firstPauseMs * 2 ** (quickEnds - 1));
    say(`${how}; starting it again in ${pauseMs / 1_000} s`);
    await pauseUnlessAborted(pauseMs, signal);
  };

  /** Undefined when it runs again, or when it is to be stopped here; otherwise why it was given up. */
  const startAgain = async (ended: string): Promise<string | undefined> => {
    for (let how = ended; ;) {
      if (quickEnds >= times.quickEndLimit) return `${how}. That was ${quickEnds} times in a row.`;
      await pauseBefore(how);
      if (isStopping()) return undefined;
      try {
        program = await start(signal);
        if (isStopping()) return undefined;
        say(`The ${program.name} is back.`);
        onStarted?.(program);
        return undefined;
      } catch (error) {
        how = error instanceof Error ? error.message : String(error);
        quickEnds += 1;
      }
    }
  };

  const watch = async (): Promise<KeptEnd> => {
    while (!isStopping()) {
      const startedAt = performance.now();
      if (!hasEnded(program.process)) await once(program.process, 'exit');
      if (!isStopping() && endedInOrder(program)) return { kind: 'ended' };
      if (isStopping()) break;
      quickEnds = performance.now() - startedAt >= times.steadyAfterMs ? 1 : quickEnds + 1;
      const why = await startAgain(`The ${program.name} ${howItEnded(program)}`);
      if (why !== undefined) return { kind: 'given_up', why };
    }
    return { kind: 'stopped' };
  };

  const over = watch();
  return {
    current: () => program,
    over,
    stop: async () => {
      stopping.abort();
      await program.stop();
      await over;
      // A start that came to its end all the same.
      await program.stop();
      return endedInOrder(program);
    },
  };
}
