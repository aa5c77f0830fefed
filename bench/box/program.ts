/** The real program of a box, with a hand at its card reader. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { virtualOutput, type VirtualInput, type VirtualOutput } from '@claviger/protocol';

const sources = join(import.meta.dirname, '../../apps/edge/src/main.ts');
/** The driver listens within half a second. */
const connectEveryMs = 2;

export interface RunningBox {
  /** Shows a card; true when it opens. */
  show(card: string): Promise<boolean>;
  /** A line of the kernel about the memory of the program, such as `VmRSS`, in mebibytes. */
  memory(line: 'VmRSS' | 'VmHWM'): number;
  stop(): Promise<void>;
}

/** Tries until somebody listens or the program has ended. */
async function connectTo(path: string, child: ChildProcess): Promise<Socket> {
  while (child.exitCode === null && child.signalCode === null) {
    const socket = connect(path);
    try {
      await once(socket, 'connect');
      return socket;
    } catch {
      await pause(connectEveryMs);
    }
  }
  throw new Error('the program of the box has ended');
}

interface Wire {
  readonly send: (input: VirtualInput) => void;
  /** The next thing that the driver says of which this is true. */
  readonly next: (isIt: (output: VirtualOutput) => boolean) => Promise<VirtualOutput>;
}

function wireOver(socket: Socket): Wire {
  let waiting:
    { isIt: (output: VirtualOutput) => boolean; found: (output: VirtualOutput) => void } | undefined;
  createInterface({ input: socket }).on('line', (line) => {
    const output = virtualOutput.parse(JSON.parse(line));
    if (waiting?.isIt(output) === true) waiting.found(output);
  });
  return {
    send: (input) => socket.write(`${JSON.stringify(input)}\n`),
    next: (isIt) =>
      new Promise((found) => {
        waiting = { isIt, found };
      }),
  };
}

/** How a program of a box is started: from its sources where no other file is named. */
export interface WayToStart {
  readonly name: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly file?: string;
}

/** Starts the program and waits until its agent runs. */
export async function startBox(
  args: readonly string[],
  { environment = {}, file = sources }: Omit<WayToStart, 'name'> = {},
): Promise<RunningBox> {
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, ...environment },
  });
  const socket = await connectTo(args[args.indexOf('--driver-socket') + 1] ?? '', child);
  const wire = wireOver(socket);
  const isRunning = wire.next((output) => output.type === 'log' && output.text.startsWith('running as'));
  wire.send({ type: 'inputs', isOpen: false, isTampered: false });
  await isRunning;
  return {
    show: async (text) => {
      const answer = wire.next(({ type }) => type === 'signal');
      wire.send({ type: 'shown', reader: 'card_reader', text });
      const signal = await answer;
      return signal.type === 'signal' && signal.isGranted;
    },
    memory: (line) => {
      const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8');
      return Number(new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1_024;
    },
    stop: async () => {
      socket.destroy();
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
