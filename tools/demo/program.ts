import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { compileCache } from './compile-cache.ts';
import { createLastWords } from './last-words.ts';

const stopLimitMs = 15_000;

/** A program of ours that runs until it is stopped. */
export interface Program {
  readonly name: string;
  readonly process: ChildProcess;
  /** The object that it printed when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

export interface ProgramPlan {
  readonly name: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Its log: what it writes to standard error. */
  readonly logFile: string;
  /** Ends the start: what has begun is stopped. */
  readonly signal?: AbortSignal | undefined;
}

interface Started {
  readonly child: ChildProcess;
  /** What it said last; only once it has ended. */
  readonly lastWords: () => string;
}

/** The end of a log that is read for the last words of a program, in bytes. */
const lastWordsLimit = 64 * 1024;

function readLastWords(logFile: string, from: number): string {
  const log = readFileSync(logFile).subarray(from).subarray(-lastWordsLimit);
  const lastWords = createLastWords();
  log.toString().split('\n').forEach(lastWords.hear);
  return lastWords.text();
}

function start({ args, environment, logFile }: ProgramPlan): Started {
  const log = openSync(logFile, 'a', 0o600);
  const { size } = fstatSync(log);
  const child = spawn(process.execPath, [...args], {
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, ...environment },
    // Over the channel it learns that this process is gone, also when that was killed. Its log is no pipe to
    // us: on a broken one it would die of its next line instead of stopping in order.
    stdio: ['pipe', 'pipe', log, 'ipc'],
  });
  closeSync(log);
  return { child, lastWords: () => readLastWords(logFile, size) };
}

/** A pipe of a program that has ended would keep this one from ending. */
function closePipes({ stdin, stdout }: ChildProcess): void {
  for (const pipe of [stdin, stdout]) pipe?.destroy();
}

/** Whether a program has ended, however that came. */
export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** Closes the channel, which asks a program of ours to end in order; by force after a while. */
async function stop(child: ChildProcess): Promise<void> {
  if (!hasEnded(child)) {
    const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
    if (child.connected) child.disconnect();
    await once(child, 'exit');
    clearTimeout(timer);
  }
  closePipes(child);
}

function faultOf({ name, logFile }: ProgramPlan, what: string, lastWords: Started['lastWords']): string {
  const said = lastWords();
  return said === '' ? `${name} ${what}; see ${logFile}` : `${name} ${what}: ${said}\nMore is in ${logFile}`;
}

/**
 * Starts a program and waits for its line of JSON with `ready`. Throws when it ends before, also because the
 * start was given up.
 */
export async function startProgram(plan: ProgramPlan): Promise<Program> {
  const { child, lastWords } = start(plan);
  const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>>();
  // Only then has everything been read that it said.
  child.once('close', () => {
    closePipes(child);
    reject(new Error(faultOf(plan, 'did not start', lastWords)));
  });
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"ready":true')) resolve(JSON.parse(line) as Record<string, unknown>);
    });
  }
  const giveUp = (): void => void stop(child);
  plan.signal?.addEventListener('abort', giveUp);
  try {
    return { name: plan.name, process: child, ready: await promise, stop: () => stop(child) };
  } finally {
    plan.signal?.removeEventListener('abort', giveUp);
  }
}

/** Runs a program to its end. Throws when it fails. */
export async function runProgram(plan: ProgramPlan): Promise<void> {
  const { child, lastWords } = start(plan);
  await once(child, 'close');
  closePipes(child);
  if (child.exitCode !== 0) throw new Error(faultOf(plan, 'failed', lastWords));
}
