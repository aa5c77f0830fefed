import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { virtualLineLimit } from '@claviger/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { HardwareDriver } from './driver.ts';
import { openVirtualDriver } from './virtual.ts';

interface Stand {
  readonly driver: HardwareDriver;
  readonly told: unknown[];
  readonly connected: () => Promise<{ socket: Socket; lines: unknown[] }>;
}

/** A driver, what it tells the agent, and a way to be the virtual door on the other side. */
async function openStand(): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-driver-'));
  const path = join(folder, 'door.sock');
  const driver = await openVirtualDriver(path);
  onTestFinished(async () => {
    await driver.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const told: unknown[] = [];
  driver.listen(
    (lock, input) => void told.push({ lock, ...input }),
    (lock, shown) => void told.push({ lock, ...shown }),
  );
  const connected = async () => {
    const socket = connect(path);
    await once(socket, 'connect');
    const lines: unknown[] = [];
    createInterface({ input: socket }).on('line', (line) => lines.push(JSON.parse(line)));
    return { socket, lines };
  };
  return { driver, told, connected };
}

it('a virtual door hears how the relay stands, what was written, and what its readers show', async () => {
  const { driver, connected } = await openStand();
  driver.setRelay(1, true);
  driver.show('info', 'running');
  const { lines } = await connected();
  await vi.waitFor(() => {
    expect(lines).toEqual([
      { type: 'relay', isUnlocked: true },
      { type: 'log', at: expect.any(Number) as number, level: 'info', text: 'running' },
    ]);
  });

  driver.setRelay(1, false);
  driver.signal(1, 'keypad', false);
  driver.setRelay(2, true);
  driver.signal(2, 'keypad', true);
  driver.signal(1, 'qr_reader', true);

  await vi.waitFor(() => {
    expect(lines.slice(2)).toEqual([
      { type: 'relay', isUnlocked: false },
      { type: 'signal', reader: 'keypad', isGranted: false },
      { type: 'signal', reader: 'qr_reader', isGranted: true },
    ]);
  });
});

it('the agent is told what was shown to a reader, and of nothing else', async () => {
  const { told, connected } = await openStand();
  const { socket } = await connected();
  const shown = JSON.stringify({ type: 'shown', reader: 'keypad', text: '482913' });
  socket.write(shown.slice(0, 10));
  socket.write(`${shown.slice(10)}\nno json\n{"type":"shown","reader":"gate","text":"1"}\n`);
  socket.write('{"type":"relay","isUnlocked":true}\n{"type":"exit"}\n');
  socket.write('{"type":"inputs","isOpen":true,"isTampered":false}\n');

  await vi.waitFor(() => {
    expect(told).toEqual([
      { lock: 1, reader: 'keypad', text: '482913' },
      { lock: 1, type: 'exit' },
      { lock: 1, type: 'contact', isOpen: true },
      { lock: 1, type: 'tamper', isTampered: false },
    ]);
  });
});

it('a line that does not end is cut off with its connection, and the next door is heard', async () => {
  const { told, connected } = await openStand();
  const { socket } = await connected();
  socket.on('error', () => undefined).write('x'.repeat(virtualLineLimit + 1));
  await once(socket, 'close');

  const { socket: next } = await connected();
  next.write('{"type":"exit"}\n');

  await vi.waitFor(() => {
    expect(told).toEqual([{ lock: 1, type: 'exit' }]);
  });
});

it('the start waits for how the door stands, so that one that stands open does not look forced', async () => {
  const { driver, connected } = await openStand();
  let isSettled = false;
  const settled = driver.settled().then(() => {
    isSettled = true;
  });
  const { socket } = await connected();
  socket.write('{"type":"exit"}\n');
  expect(isSettled).toBe(false);

  socket.write('{"type":"inputs","isOpen":true,"isTampered":true}\n');
  await settled;

  expect(driver.readInputs(1)).toEqual({ isOpen: true, isTampered: true });
});
