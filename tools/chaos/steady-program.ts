import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

/** A killed program is started again after so long. */
const restartAfterMs = 300;

/** A program without an own word for being ready, which is started again whenever it ends. */
export interface SteadyProgram {
  readonly pid: () => number | undefined;
  /** Resolves at its next end. */
  readonly ended: () => Promise<void>;
  stop(): Promise<void>;
}

/** Runs `program args`; what it says goes to its log file. */
export function keepUp(program: string, args: readonly string[], logFile: string): SteadyProgram {
  let child: ChildProcess;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const start = (): void => {
    const log = openSync(logFile, 'a', 0o600);
    child = spawn(program, [...args], { stdio: ['pipe', log, log] });
    closeSync(log);
    // Its input tells it that we are gone; that it has just ended is told by `exit`.
    child.stdin?.on('error', () => undefined);
    child.once('exit', () => {
      if (!isStopped) timer = setTimeout(start, restartAfterMs);
    });
  };
  start();
  return {
    pid: () => child.pid,
    ended: async () => {
      await once(child, 'exit');
    },
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
