import type { Report } from '../../notice.ts';
import { growingPauseMs, pauseUntil } from '../../connection/pause.ts';
import { DatabaseProblem } from '../../problem.ts';
import type { LaunchPlan } from './launch-plan.ts';
import { launch, stopPostmaster, type Postmaster } from './postmaster.ts';

/** PostgreSQL under watch: it is started again whenever it dies, until it is stopped here. */
export interface Supervised {
  /** The process that serves now, or served last. */
  readonly pid: number;
  stop(): Promise<void>;
}

const PAUSES = { firstMs: 100, longestMs: 30_000 };
/** Who ran this long counts as healthy: the pauses begin small again. */
const HEALTHY_AFTER_MS = 60_000;

/**
 * Launches PostgreSQL and keeps it running; refuses as `launch` does when the first start fails. After a
 * death it waits 100 ms, then twice as long each time up to 30 s, and never gives up: the disk that is full
 * tonight may have room tomorrow, and doors decide without us meanwhile.
 */
export async function supervise(plan: LaunchPlan, report: Report): Promise<Supervised> {
  let postmaster = await launchAndTell(plan, report);
  const stopping = new AbortController();

  async function watch(): Promise<void> {
    let failures = 0;
    for (;;) {
      const since = Date.now();
      const cause = await postmaster.ended;
      if (stopping.signal.aborted) return;
      if (Date.now() - since > HEALTHY_AFTER_MS) failures = 0;
      report({ kind: 'postgres_died', cause, restartInMs: growingPauseMs(failures, PAUSES) });
      failures = await startAgain(failures);
    }
  }

  async function startAgain(failures: number): Promise<number> {
    for (let failed = failures; ; failed += 1) {
      await pauseUntil(growingPauseMs(failed, PAUSES), stopping.signal);
      if (stopping.signal.aborted) return failed;
      try {
        postmaster = await launchAndTell(plan, report);
        return failed + 1;
      } catch (error) {
        const problem = asProblem(error);
        report({ kind: 'postgres_restart_failed', problem, restartInMs: growingPauseMs(failed + 1, PAUSES) });
      }
    }
  }

  const watching = watch();
  return {
    get pid() {
      return postmaster.pid;
    },
    stop: async () => {
      stopping.abort();
      const first: Postmaster = postmaster;
      await stopPostmaster(plan, first);
      await watching;
      // A launch that was under way when we were told to stop.
      if (postmaster !== first) await stopPostmaster(plan, postmaster);
    },
  };
}

async function launchAndTell(plan: LaunchPlan, report: Report): Promise<Postmaster> {
  const postmaster = await launch(plan);
  report({ kind: 'postgres_started', pid: postmaster.pid, isAdopted: postmaster.isAdopted });
  return postmaster;
}

function asProblem(error: unknown): DatabaseProblem {
  if (error instanceof DatabaseProblem) return error;
  return new DatabaseProblem(
    'start_failed',
    `PostgreSQL could not be started again: ${String(error)}`,
    error,
  );
}
