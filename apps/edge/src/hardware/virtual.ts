import { createServer, type Server, type Socket } from 'node:net';
import { rmSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Inputs } from '@claviger/agent';
import { virtualInput, virtualLineLimit, type VirtualInput, type VirtualOutput } from '@claviger/protocol';
import type { HardwareDriver, OnInput, OnShown } from './driver.ts';

/** The virtual box has one lock. */
const onlyLock = 1;

/** Lines of the diary that a virtual door which connects later still gets to see. */
const shownLimit = 50;

/** A door that starts open must not look forced: the driver waits this long to hear how it stands. */
const firstInputsLimitMs = 2_000;

/**
 * More virtual doors than the simulator's one (and its next one while it reconnects) have no business here.
 */
const connectionLimit = 4;

function parseLine(line: string): VirtualInput | undefined {
  try {
    const result = virtualInput.safeParse(JSON.parse(line));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

/** Calls back for each line; ends a connection whose line is too long. */
function readLines(socket: Socket, onLine: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
    if (rest.length > virtualLineLimit) socket.destroy();
  });
}

async function listenOn(server: Server, path: string): Promise<void> {
  if (process.platform !== 'win32') rmSync(path, { force: true });
  server.maxConnections = connectionLimit;
  server.listen(path);
  await once(server, 'listening');
}

/**
 * The driver of a virtual door: a local socket over which the simulator says how leaf and tamper switch are
 * and what its readers read, and hears what the relay does and what a reader shows. Without a connection the
 * door is closed and quiet.
 */
export async function openVirtualDriver(socketPath: string): Promise<HardwareDriver> {
  const sockets = new Set<Socket>();
  const shown: VirtualOutput[] = [];
  let inputs: Inputs = { isOpen: false, isTampered: false };
  let relay: VirtualOutput = { type: 'relay', isUnlocked: false };
  let report: OnInput = () => undefined;
  let reportShown: OnShown = () => undefined;
  const heard = Promise.withResolvers<undefined>();

  const send = (output: VirtualOutput): void => {
    for (const socket of sockets) socket.write(`${JSON.stringify(output)}\n`);
  };
  const receive = (line: string): void => {
    const input = parseLine(line);
    if (input?.type === 'shown') reportShown(onlyLock, { reader: input.reader, text: input.text });
    if (input?.type === 'exit') report(onlyLock, { type: 'exit' });
    if (input?.type !== 'inputs') return;
    inputs = { isOpen: input.isOpen, isTampered: input.isTampered };
    heard.resolve(undefined);
    report(onlyLock, { type: 'contact', isOpen: input.isOpen });
    report(onlyLock, { type: 'tamper', isTampered: input.isTampered });
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    readLines(socket, receive);
    for (const output of [relay, ...shown]) socket.write(`${JSON.stringify(output)}\n`);
  });
  await listenOn(server, socketPath);

  return {
    setRelay: (lock, isUnlocked) => {
      if (lock !== onlyLock) return;
      relay = { type: 'relay', isUnlocked };
      send(relay);
    },
    readInputs: () => inputs,
    settled: async () => {
      await Promise.race([heard.promise, pause(firstInputsLimitMs, undefined, { ref: false })]);
    },
    signal: (lock, reader, isGranted) => {
      if (lock === onlyLock) send({ type: 'signal', reader, isGranted });
    },
    listen: (onInput, onShown) => {
      report = onInput;
      reportShown = onShown;
    },
    show: (level, text) => {
      const output: VirtualOutput = { type: 'log', at: Date.now(), level, text };
      shown.push(output);
      if (shown.length > shownLimit) shown.shift();
      send(output);
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
