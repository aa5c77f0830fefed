import { connect, type Socket } from 'node:net';
import { virtualLineLimit, virtualOutput, type VirtualInput, type VirtualOutput } from '@claviger/protocol';
import { pauseAfter, type Pauses } from './growing-pause.ts';
import { createLineReader } from './line-reader.ts';

/**
 * A program needs about half a second until its driver listens; it is tried for as long as the program lives.
 */
const connectPauses: Pauses = { firstMs: 50, longestMs: 250 };

/** Characters of a wrong line that are shown. */
const shownOfWrongLine = 80;

export interface DriverListener {
  /** The driver listens: it has to be told how the door is. */
  onUp(): void;
  onDown(): void;
  onOutput(output: VirtualOutput): void;
  /** The driver said something wrong, which was ignored. */
  onNonsense(what: string): void;
}

/** The wires between a virtual door and the hardware driver of its agent. */
export interface DriverLink {
  /** Begins to look for the driver, and goes on until `close`. */
  open(): void;
  /** Tells the driver; without a driver this goes nowhere, as with a wire that ends in the air. */
  send(input: VirtualInput): void;
  close(): void;
}

function parseLine(line: string): VirtualOutput | undefined {
  try {
    return virtualOutput.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function listenTo(socket: Socket, listener: DriverListener): void {
  const read = createLineReader(virtualLineLimit, {
    onLine: (line) => {
      const output = parseLine(line);
      if (output) listener.onOutput(output);
      else listener.onNonsense(`wrong line from the driver: ${line.slice(0, shownOfWrongLine)}`);
    },
    onTooLong: () => {
      listener.onNonsense(`line from the driver longer than ${virtualLineLimit}`);
    },
  });
  socket.setEncoding('utf8').on('data', (chunk) => {
    read(chunk.toString());
  });
}

/** Connects to the driver of a door agent at this local socket. */
export function createDriverLink(path: string, listener: DriverListener): DriverLink {
  let socket: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let isUp = false;

  const lost = (): void => {
    const wasUp = isUp;
    isUp = false;
    socket = undefined;
    failures += 1;
    timer = setTimeout(tryOnce, pauseAfter(failures, connectPauses));
    if (wasUp) listener.onDown();
  };
  const tryOnce = (): void => {
    const trying = connect(path);
    socket = trying;
    // An error is always followed by `close`, which is where the next try begins.
    trying
      .on('error', () => undefined)
      .on('close', () => {
        if (socket === trying) lost();
      });
    trying.on('connect', () => {
      isUp = true;
      failures = 0;
      listenTo(trying, listener);
      listener.onUp();
    });
  };
  const close = (): void => {
    const wasUp = isUp;
    isUp = false;
    clearTimeout(timer);
    const closing = socket;
    socket = undefined;
    closing?.destroy();
    if (wasUp) listener.onDown();
  };

  return {
    open: () => {
      close();
      failures = 0;
      tryOnce();
    },
    send: (input) => {
      if (isUp) socket?.write(`${JSON.stringify(input)}\n`);
    },
    close,
  };
}
