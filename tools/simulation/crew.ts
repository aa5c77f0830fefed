import type { RunOptions, RunReport } from '@claviger/sim/simulation';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** More than this many processes only wait for each other on the machines that we know. */
const CREW_LIMIT = 16;
/** The longest world takes some seconds; one that takes this long hangs. */
const WORLD_LIMIT_MS = 180_000;

const worker = fileURLToPath(new URL('worker.ts', import.meta.url));

/** Throws an AbortError if the process ended, or the world never does. */
async function ask(child: ChildProcess, options: RunOptions, exited: AbortSignal): Promise<RunReport> {
  child.send(options);
  const signal = AbortSignal.any([exited, AbortSignal.timeout(WORLD_LIMIT_MS)]);
  const [report] = (await once(child, 'message', { signal })) as [RunReport];
  return report;
}

/** Plays these worlds on all cores. Reports come as they are ready; `isEnough` ends the asking for more. */
export async function playAll(
  worlds: Iterable<RunOptions>,
  onReport: (report: RunReport) => void,
  isEnough: () => boolean = () => false,
): Promise<void> {
  const waiting = worlds[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    const child = fork(worker, { stdio: 'inherit' });
    const exited = new AbortController();
    child.once('exit', () => {
      exited.abort();
    });
    try {
      for (let next = waiting.next(); !next.done && !isEnough(); next = waiting.next()) {
        onReport(await ask(child, next.value, exited.signal));
      }
    } finally {
      if (child.connected) child.disconnect();
    }
  };
  await Promise.all(Array.from({ length: Math.min(CREW_LIMIT, availableParallelism()) }, lane));
}
