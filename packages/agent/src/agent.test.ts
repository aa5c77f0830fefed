import { createWorld, timeLetter, theLock, type Letter } from '@claviger/sim';
import { describe, expect, it } from 'vitest';

const first = '0193a6c0-aaaa-7000-8000-000000000001';
const second = '0193a6c0-aaaa-7000-8000-000000000002';

async function connectedWorld() {
  const world = createWorld();
  await world.connect();
  return world;
}

async function letterOf(
  world: Awaited<ReturnType<typeof connectedWorld>>,
  commandId: string,
): Promise<Letter> {
  const issued = await world.issue(commandId);
  if (!issued.ok) throw new Error(`not issued: ${issued.reason}`);
  return { direction: 'down', ...issued.reply };
}

async function open(world: Awaited<ReturnType<typeof connectedWorld>>, commandId: string): Promise<void> {
  await world.deliver(await letterOf(world, commandId));
  await world.settle();
}

describe('a command to open', () => {
  it('opens the door once and climbs the ladder as the door confirms it', async () => {
    const world = await connectedWorld();

    await open(world, first);
    expect(world.hardware.isUnlocked(1)).toBe(true);
    expect(world.server().commands.get(first)?.stage).toBe('unlocked');
    world.agent.input(1, { type: 'contact', isOpen: true });
    await world.settle();
    expect(world.server().commands.get(first)?.stage).toBe('opened');
    world.agent.input(1, { type: 'contact', isOpen: false });
    await world.settle();

    expect(world.server().commands.get(first)?.stage).toBe('closed');
    expect(world.hardware.moves.map(({ isUnlocked }) => isUnlocked)).toEqual([true, false]);
    expect(world.server().doors.get(theLock)?.state).toBe('secured');
  });

  it('is told in plain words in the diary of the box, with what the door did', async () => {
    const world = await connectedWorld();
    const before = world.diary.length;

    await open(world, first);
    world.agent.input(1, { type: 'contact', isOpen: true });
    world.agent.input(1, { type: 'contact', isOpen: false });
    const server = world.server();
    server.locks = server.locks.map((lock) => ({ ...lock, openableAt: 0 }));
    await open(world, second);

    // A question about the time that is answered twice is another story.
    expect(world.diary.slice(before).filter((line) => !line.includes('sync message'))).toEqual([
      'info command: accepted',
      'info unlocked',
      'info the door was opened',
      'info the door was closed',
      'info locked again',
      'info command: refused, cooldown',
    ]);
  });

  it('ends as relocked when nobody opens the door', async () => {
    const world = await connectedWorld();

    await open(world, first);
    await world.pass(5_000);

    expect(world.hardware.isUnlocked(1)).toBe(false);
    expect(world.server().commands.get(first)?.stage).toBe('relocked');
  });

  it('is carried out once, however often it is delivered, also after a power cut', async () => {
    const world = await connectedWorld();
    const letter = await letterOf(world, first);

    await world.deliver(letter);
    await world.deliver(letter);
    world.reboot();
    await world.connect();
    await world.deliver(letter);
    await world.settle();

    expect(world.hardware.moves.filter(({ isUnlocked }) => isUnlocked)).toHaveLength(1);
  });

  it('is dropped when it comes late', async () => {
    const world = await connectedWorld();
    const letter = await letterOf(world, first);

    await world.pass(10_001);
    await world.deliver(letter);
    await world.settle();

    expect(world.hardware.moves).toEqual([]);
    expect(world.server().events.map(({ detail }) => detail)).toContain('command_late');
  });

  it('is still carried out in the last millisecond of its life', async () => {
    const world = await connectedWorld();
    const letter = await letterOf(world, first);

    await world.pass(10_000);
    await world.deliver(letter);

    expect(world.hardware.isUnlocked(1)).toBe(true);
  });

  it('is dropped by a door that the server has not told the time in this boot', async () => {
    const world = createWorld();
    await world.connect();
    const letter = await letterOf(world, first);
    world.reboot();

    await world.deliver(letter);

    expect(world.hardware.moves).toEqual([]);
  });

  it('is dropped when one bit of it is wrong', async () => {
    const world = await connectedWorld();
    const letter = await letterOf(world, first);

    for (let bit = 0; bit < letter.message.length * 8; bit += 1) {
      const message = letter.message.slice();
      message[bit >> 3] = (message[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      world.agent.receive('command', message);
    }

    expect(world.hardware.moves).toEqual([]);
  });

  it('is refused with cooldown within three seconds, whatever the server thinks', async () => {
    const world = await connectedWorld();
    await open(world, first);
    const server = world.server();
    server.locks = server.locks.map((lock) => ({ ...lock, openableAt: 0 }));
    await world.pass(2_999);
    const letter = await letterOf(world, second);

    await world.deliver(letter);
    await world.settle();

    expect(world.server().commands.get(second)).toMatchObject({ stage: 'refused', reason: 'cooldown' });
  });

  it('does not move the relay when it cannot be recorded', async () => {
    const world = await connectedWorld();
    const letter = await letterOf(world, first);
    world.disk.setFull(true);

    await world.deliver(letter);
    await world.settle();

    expect(world.hardware.moves).toEqual([]);
    expect(world.server().commands.get(first)).toMatchObject({
      stage: 'refused',
      reason: 'cannot_be_recorded',
    });
  });

  it('is not issued within the cooldown, to an offline door or to an inactive lock', async () => {
    const world = await connectedWorld();
    await open(world, first);
    expect(await world.issue(second)).toMatchObject({ ok: false, reason: 'cooldown' });
    await world.pass(3_000);
    await world.disconnect();
    expect(await world.issue(second)).toMatchObject({ ok: false, reason: 'offline' });
    const server = world.server();
    server.locks = server.locks.map((lock) => ({ ...lock, status: 'inactive' as const }));
    expect(await world.issue(second)).toMatchObject({ ok: false, reason: 'lock_inactive' });
  });
});

describe('the log of a door', () => {
  it('reaches the server once and in order, also when the answers are lost', async () => {
    const world = createWorld();
    world.agent.input(1, { type: 'exit' });
    await world.connect();
    const repeated = world.letters.filter(
      (letter) => letter.direction === 'up' && letter.channel === 'events',
    );

    for (const letter of [...repeated, ...repeated]) await world.deliver(letter);
    await world.settle();

    const { events } = world.server();
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events.map(({ type }) => type)).toEqual(['device_started', 'exit_requested', 'link_restored']);
  });

  it('is kept through a power cut, and forgotten only when the server has it', async () => {
    const world = createWorld();
    world.agent.input(1, { type: 'exit' });
    world.reboot();
    world.agent.input(1, { type: 'tamper', isTampered: true });
    expect(world.disk.transact((transaction) => transaction.readEvents(1, 100))).toHaveLength(4);

    await world.connect();

    expect(world.server().events.map(({ type }) => type)).toContain('tampered');
    expect(world.disk.transact((transaction) => transaction.readEvents(1, 100))).toEqual([]);
  });

  it('from an older image of the disk is refused as another history', async () => {
    const world = await connectedWorld();
    const image = world.disk.image();
    world.agent.input(1, { type: 'exit' });
    await world.settle();
    world.reboot(image);

    await world.connect();

    expect(world.server().refusals.get('events conflict')).toBeGreaterThan(0);
  });
});

describe('comms and clocks', () => {
  it('move no relay: losing the link, getting it back, restarting, stepping the clock', async () => {
    const world = await connectedWorld();

    await world.disconnect();
    await world.pass(60_000);
    world.clock.setWall(0);
    world.reboot();
    await world.connect();
    await world.pass(3_600_000);

    expect(world.hardware.moves).toEqual([]);
  });

  it('leave no bolt free that the program before had asked for: a new one starts locked', async () => {
    const world = await connectedWorld();
    await open(world, first);
    expect(world.hardware.isUnlocked(1)).toBe(true);

    world.restart();

    expect(world.hardware.isUnlocked(1)).toBe(false);
  });

  it('show the door offline as soon as its connection is gone, and online with its next hello', async () => {
    const world = await connectedWorld();
    await world.disconnect();
    expect(world.server().device.isOnline).toBe(false);

    await world.connect();

    expect(world.server().device.isOnline).toBe(true);
  });

  it('set a clock of 1970 right and say by how much', async () => {
    const world = createWorld({ wallAt: 0 });

    await world.connect();

    expect(world.server().events.map(({ type }) => type)).toContain('clock_set');
  });

  it('take the answers to overtaken hellos for late, and one that nobody asked for as strange', async () => {
    const world = createWorld();
    const refusals = () => world.server().events.filter(({ type }) => type === 'message_refused').length;
    world.agent.linkUp();
    const answers = [true, false, true].map((isOpen) => {
      const answer = timeLetter(world, []);
      world.agent.input(1, { type: 'contact', isOpen });
      return answer;
    });

    for (const answer of answers) await world.deliver(answer);
    await world.connect();
    expect(refusals()).toBe(0);

    await world.deliver(timeLetter(createWorld(), []));
    await world.settle();
    expect(refusals()).toBe(1);
  });

  it('let no old hello bring back an old state', async () => {
    const world = await connectedWorld();
    const old = world.letters.find((letter) => letter.direction === 'up' && letter.channel === 'state');
    await world.disconnect();

    if (old) await world.deliver(old);

    expect(world.server().device.isOnline).toBe(false);
    expect(world.server().refusals.get('hello replayed')).toBe(1);
  });
});
