import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Starts "$@", waits until nobody holds our standard input any more, and ends it. */
const guard = '"$@" </dev/null & program=$!; cat >/dev/null; kill "$program"; wait "$program"';

/** A program that knows nothing of us and ends with us all the same. */
export interface GuardedProgram {
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts a program that ends when it is stopped, and when this process ends in whatever way. */
export function startGuarded(program: string, args: readonly string[]): GuardedProgram {
  const child = spawn('/bin/sh', ['-c', guard, 'sh', program, ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  return {
    process: child,
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
