import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { virtualLineLimit, type VirtualOutput } from '@claviger/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDriverLink, type DriverLink } from './driver-link.ts';

let folder: string;
let path: string;
let driver: Server;
let doors: Socket[];
let heardByDriver: string[];
let link: DriverLink;
let heard: { ups: number; downs: number; outputs: VirtualOutput[]; nonsense: string[] };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-'));
  path = join(folder, 'driver.sock');
  doors = [];
  heardByDriver = [];
  heard = { ups: 0, downs: 0, outputs: [], nonsense: [] };
  driver = createServer((door) => {
    doors.push(door);
    door.on('error', () => undefined);
    createInterface({ input: door }).on('line', (line) => heardByDriver.push(line));
  });
  link = createDriverLink(path, {
    onUp: () => {
      heard.ups += 1;
      link.send({ type: 'inputs', isOpen: false, isTampered: false });
    },
    onDown: () => {
      heard.downs += 1;
    },
    onOutput: (output) => heard.outputs.push(output),
    onNonsense: (what) => heard.nonsense.push(what),
  });
});

afterEach(async () => {
  link.close();
  for (const door of doors) door.destroy();
  if (driver.listening) {
    driver.close();
    await once(driver, 'close');
  }
  rmSync(folder, { recursive: true });
});

async function listen(): Promise<void> {
  driver.listen(path);
  await once(driver, 'listening');
}

async function connected(): Promise<Socket> {
  await listen();
  link.open();
  await expect.poll(() => doors).toHaveLength(1);
  const [door] = doors;
  if (door === undefined) throw new Error('no door has come');
  return door;
}

describe('the wires to the hardware driver', () => {
  test('find a driver that listens later, and tell it at once how the door is', async () => {
    link.open();
    await listen();
    await expect.poll(() => heardByDriver).toEqual(['{"type":"inputs","isOpen":false,"isTampered":false}']);
  });

  test('tell what the relay does and what the agent says', async () => {
    const door = await connected();
    door.write('{"type":"relay","isUnlocked":true}\n{"type":"log","at":5,"level":"info","text":"hello"}\n');
    await expect
      .poll(() => heard.outputs)
      .toEqual([
        { type: 'relay', isUnlocked: true },
        { type: 'log', at: 5, level: 'info', text: 'hello' },
      ]);
  });

  test.each([
    ['not JSON', 'open the door'],
    ['an unknown word', '{"type":"unlock"}'],
    ['a relay in between', '{"type":"relay","isUnlocked":"perhaps"}'],
    ['a relay with more to say', '{"type":"relay","isUnlocked":true,"forMs":5}'],
    [
      'a line that is too long',
      `{"type":"log","at":5,"level":"info","text":"${'x'.repeat(virtualLineLimit)}"}`,
    ],
  ])('ignore and report a wrong line: %s', async (_title, line) => {
    const door = await connected();
    door.write(`${line}\n{"type":"relay","isUnlocked":false}\n`);
    await expect.poll(() => heard.outputs).toEqual([{ type: 'relay', isUnlocked: false }]);
    expect(heard.nonsense).toHaveLength(1);
  });

  test('are found again after they broke', async () => {
    const door = await connected();
    door.destroy();
    await expect.poll(() => doors).toHaveLength(2);
    await expect.poll(() => heard.ups).toBe(2);
    expect(heard.downs).toBe(1);
  });

  test('carry nothing once they are closed', async () => {
    await connected();
    link.close();
    link.send({ type: 'exit' });
    await expect.poll(() => doors[0]?.destroyed).toBe(true);
    expect(heardByDriver.join()).not.toContain('exit');
    expect(heard.downs).toBe(1);
  });
});
