import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { streetLimit, type DoorView, type StreetMessage } from '../contract.ts';
import { createStreet, type Street } from './street.ts';
import { readOrMakeStreet, streetPaths, writeStreet } from './street-file.ts';

const program = join(import.meta.dirname, '../../test/stand-in-agent.ts');
const patience = { timeout: 40_000 };

let folder: string;
let street: Street;
let broker: Server;
let calls: Socket[];
let messages: StreetMessage[];
let serial: string;

/** A street with one door, and a broker that the stand-in agent obeys. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-'));
  calls = [];
  messages = [];
  broker = createServer((socket) => {
    calls.push(socket);
    socket
      .resume()
      .on('error', () => undefined)
      .on('close', () => calls.splice(calls.indexOf(socket), 1));
  });
  broker.listen(0, '127.0.0.1');
  await once(broker, 'listening');
  const { port } = broker.address() as AddressInfo;
  writeStreet(folder, readOrMakeStreet(folder).slice(0, 1));
  const surroundings = {
    program,
    caFile: join(folder, 'authority.pem'),
    enrolUrl: new URL(`https://127.0.0.1:${port}`),
    brokerUrl: new URL(`mqtts://127.0.0.1:${port}`),
  };
  street = createStreet({ folder, surroundings, importWith: 'claviger import devices' });
  street.watch((message) => messages.push(message));
  await street.open();
  serial = doors()[0]?.serial ?? '';
  await expect.poll(() => calls.length, patience).toBe(1);
  await expect.poll(() => door().agent.state, patience).toBe('running');
});

afterEach(async () => {
  await street.close();
  broker.close();
  rmSync(folder, { recursive: true });
});

function doors(): DoorView[] {
  const overview = street.overview();
  return overview.type === 'street' ? overview.doors.map(({ door }) => door) : [];
}

function door(): DoorView {
  const [first] = doors();
  if (first === undefined) throw new Error('the street is empty');
  return first;
}

function logTexts(): string[] {
  const overview = street.overview();
  return overview.type === 'street' ? (overview.doors[0]?.log ?? []).map((line) => line.text) : [];
}

function command(word: string): void {
  calls[0]?.write(`${word}\n`);
}

describe('a door of the street', () => {
  test('opens for a person when its agent unlocks it, and its agent hears of it', async () => {
    command('unlock');
    await expect.poll(() => door().isOpen, patience).toBe(true);
    expect(door().bolt).toBe('freed_by_relay');
    await expect
      .poll(logTexts, patience)
      .toContain('heard {"type":"inputs","isOpen":true,"isTampered":false}');
    await expect.poll(() => door().isOpen, patience).toBe(false);
  });

  test('tells its agent about the exit button and the tamper switch', async () => {
    street.act(serial, { type: 'exit' });
    street.act(serial, { type: 'tamper', isTampered: true });
    await expect.poll(logTexts, patience).toContain('heard {"type":"exit"}');
    await expect
      .poll(logTexts, patience)
      .toContain('heard {"type":"inputs","isOpen":false,"isTampered":true}');
  });

  test('hands its agent what a reader reads, as it was read', async () => {
    street.act(serial, { type: 'show', reader: 'qr_reader', text: 'CLAVIGER: ä"\n' });
    await expect
      .poll(logTexts, patience)
      .toContain('heard {"type":"shown","reader":"qr_reader","text":"CLAVIGER: ä\\"\\n"}');
  });

  test('shows at its reader whether the agent grants', async () => {
    command('grant');
    await expect
      .poll(() => messages, patience)
      .toContainEqual({ type: 'signal', serial, reader: 'keypad', isGranted: true });
    command('refuse');
    await expect
      .poll(() => messages, patience)
      .toContainEqual({ type: 'signal', serial, reader: 'keypad', isGranted: false });
  });

  test('without power reads nothing', async () => {
    street.act(serial, { type: 'power', isOn: false });
    await expect.poll(() => door().agent.state, patience).toBe('off');
    street.act(serial, { type: 'show', reader: 'keypad', text: '264019' });
    street.act(serial, { type: 'power', isOn: true });
    await expect.poll(() => door().agent.state, patience).toBe('running');
    street.act(serial, { type: 'show', reader: 'keypad', text: '730185' });
    await expect.poll(() => logTexts().join('\n'), patience).toContain('730185');
    expect(logTexts().join('\n')).not.toContain('264019');
  });

  test('rattles when somebody pushes it while it is locked', () => {
    street.act(serial, { type: 'push' });
    expect(messages).toContainEqual({ type: 'rattled', serial });
    expect(door().isOpen).toBe(false);
  });

  test('without power is locked, and its exit button still lets people out', async () => {
    street.act(serial, { type: 'walk_through', isOn: false });
    command('unlock');
    await expect.poll(() => door().bolt, patience).toBe('freed_by_relay');
    street.act(serial, { type: 'power', isOn: false });
    await expect.poll(() => door().agent.state, patience).toBe('off');
    expect(door().bolt).toBe('thrown');
    street.act(serial, { type: 'exit' });
    expect(street.act(serial, { type: 'push' }).isOpen).toBe(true);
  });

  test('tells an agent that starts again how it stands by now', async () => {
    street.act(serial, { type: 'power', isOn: false });
    await expect.poll(() => door().agent.state, patience).toBe('off');
    street.act(serial, { type: 'force' });
    street.act(serial, { type: 'power', isOn: true });
    await expect
      .poll(logTexts, patience)
      .toContain('heard {"type":"inputs","isOpen":true,"isTampered":false}');
  });

  test('shows that its program ended by itself, with the last words of it, and starts it again', async () => {
    command('crash');
    await expect.poll(() => door().agent.state, patience).toBe('ended');
    await expect.poll(() => logTexts().join('\n'), patience).toContain('Error: crashed as told');
    expect(logTexts()).toContain('The program ended by itself: code 1');
    await expect.poll(() => door().agent.state, patience).toBe('running');
  });

  test('ignores and shows a wrong line of its driver', async () => {
    command('babble');
    await expect.poll(() => logTexts().join('\n'), patience).toContain('wrong line from the driver');
    expect(door().bolt).toBe('thrown');
  });

  test('is cut off from the network and found again', async () => {
    street.act(serial, { type: 'network', mode: 'off' });
    await expect.poll(() => calls.length, patience).toBe(0);
    street.act(serial, { type: 'network', mode: 'on' });
    await expect.poll(() => calls.length, patience).toBe(1);
  });
});

describe('a street', () => {
  test('takes a new door, prints its label and lists it for the import', async () => {
    const added = await street.addDoor({ name: 'Cellar', model: 'virtual-lock' });
    expect(doors().map((each) => each.name)).toEqual([doors()[0]?.name, 'Cellar']);
    expect(added.isAddedLater).toBe(true);
    expect(street.overview()).toMatchObject({
      importCommand: `claviger import devices "${streetPaths(folder).stock}"`,
    });
    expect(readFileSync(streetPaths(folder).stock, 'utf8')).toContain(
      `${added.serial},${added.pairingCode},`,
    );
    expect(readOrMakeStreet(folder)).toHaveLength(2);
  });

  test('gives up a door with its program, its folder and its line in the stock list', async () => {
    await street.removeDoor(serial);
    expect(doors()).toEqual([]);
    expect(messages.at(-1)).toEqual({ type: 'removed', serial });
    expect(existsSync(join(streetPaths(folder).doors, serial))).toBe(false);
    expect(readFileSync(streetPaths(folder).stock, 'utf8')).toBe('serial,code,model\n');
    await expect.poll(() => calls.length, patience).toBe(0);
  });

  test('refuses a door too many', async () => {
    const added = Array.from({ length: streetLimit - 1 }, () =>
      street.addDoor({ name: 'Row', model: 'virtual-lock' }),
    );
    await Promise.all(added);
    await expect(street.addDoor({ name: 'Row', model: 'virtual-lock' })).rejects.toThrow('invalid_input');
    expect(doors()).toHaveLength(streetLimit);
  });

  test('refuses what is shown to a reader that the door lacks', async () => {
    const gate = await street.addDoor({ name: 'Gate', model: 'virtual-gate' });
    const lock = await street.addDoor({ name: 'Shed', model: 'virtual-lock' });
    const refusal = { issues: [{ path: 'reader', problem: 'no_such_reader' }] };
    expect(() => street.act(gate.serial, { type: 'show', reader: 'qr_reader', text: 'x' })).toThrow(
      expect.objectContaining(refusal),
    );
    expect(() => street.act(lock.serial, { type: 'show', reader: 'keypad', text: '1' })).toThrow(
      expect.objectContaining(refusal),
    );
  });

  test('does not know a door of another street', () => {
    expect(() => street.act('K7Q29XMD4T8A', { type: 'push' })).toThrow('not_found');
  });
});
