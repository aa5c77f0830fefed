import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { createLineReader } from './line-reader.ts';
import { pauseAfter, type Pauses } from './growing-pause.ts';

/** A program that has run this long was well: its next end counts as the first. */
const steadyAfterMs = 30_000;
/** Longest line of its standard error that is shown, in characters. */
const errorLineLimit = 1_000;
/** What a door box knows of the machine around it: nothing that a server or a person has set there. */
const passedOn = ['PATH', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'NODE_COMPILE_CACHE'];

export interface AgentTimes {
  /** Before a program that ended by itself is started again. */
  readonly restartPauses: Pauses;
  /** How long a program may take to end once its standard input is closed. */
  readonly endsWithinMs: number;
}

const usualTimes: AgentTimes = { restartPauses: { firstMs: 500, longestMs: 30_000 }, endsWithinMs: 3_000 };

export interface AgentListener {
  onStarted(): void;
  /** The process is gone; `restartsAt` (UTC epoch milliseconds) if it will be started again by itself. */
  onEnded(how: string, restartsAt: number | undefined): void;
  onErrorLine(line: string): void;
}

/** The mains of one door box: with power its program runs, without it is gone as in a power cut. */
export interface AgentProcess {
  switchOn(): void;
  switchOff(): void;
  /** Ends the program in peace, by force after a while; resolves when it is gone. */
  end(): Promise<void>;
}

type Program = ChildProcessByStdio<Writable, null, Readable>;

function environment(): NodeJS.ProcessEnv {
  const entries = passedOn.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Starts it with an open standard input: a program that reads its end knows that the street is gone. */
function startProgram(
  command: readonly string[],
  listener: AgentListener,
  onEnded: (how: string) => void,
): Program {
  const child = spawn(process.execPath, command, {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: environment(),
    windowsHide: true,
  });
  const read = createLineReader(errorLineLimit, {
    onLine: (line) => {
      listener.onErrorLine(line);
    },
    onTooLong: () => {
      listener.onErrorLine(`a line longer than ${errorLineLimit} characters`);
    },
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    read(chunk);
  });
  // Closing the input of a program that has just ended fails; its end is told by `exit`.
  child.stdin.on('error', () => undefined);
  child.once('exit', (code, signal) => {
    onEnded(signal ?? `code ${code}`);
  });
  child.once('error', (error) => {
    if (child.pid === undefined) onEnded(error.message);
  });
  return child;
}

async function endProgram(child: Program, endsWithinMs: number): Promise<void> {
  const gone = once(child, 'exit');
  child.stdin.end();
  const force = setTimeout(() => {
    child.kill('SIGKILL');
  }, endsWithinMs);
  await gone;
  clearTimeout(force);
}

/** Runs `node <command>` as the program of a door box and starts it again whenever it ends by itself. */
export function createAgentProcess(
  command: readonly string[],
  listener: AgentListener,
  times: AgentTimes = usualTimes,
): AgentProcess {
  let isOn = false;
  let child: Program | undefined;
  let wasCut = false;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let startedAt = 0;

  const start = (): void => {
    child = startProgram(command, listener, ended);
    wasCut = false;
    startedAt = performance.now();
    listener.onStarted();
  };
  const ended = (how: string): void => {
    child = undefined;
    if (!isOn || wasCut) {
      listener.onEnded(how, undefined);
      if (isOn) start();
      return;
    }
    failures = performance.now() - startedAt >= steadyAfterMs ? 1 : failures + 1;
    const pause = pauseAfter(failures, times.restartPauses);
    timer = setTimeout(start, pause);
    listener.onEnded(how, Date.now() + pause);
  };
  const switchOff = (): void => {
    const wasWaiting = isOn && child === undefined;
    isOn = false;
    wasCut = true;
    failures = 0;
    clearTimeout(timer);
    child?.kill('SIGKILL');
    if (wasWaiting) listener.onEnded('no power', undefined);
  };

  return {
    switchOn: () => {
      if (isOn) return;
      isOn = true;
      if (child === undefined) start();
    },
    switchOff,
    end: async () => {
      isOn = false;
      clearTimeout(timer);
      if (child !== undefined) await endProgram(child, times.endsWithinMs);
    },
  };
}
