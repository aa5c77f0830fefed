import { isFinalStage, type CommandStage } from '@claviger/domain';
import { keyIdOf } from '@claviger/agent';
import { ackMessage, sealMessage, uuidBytes } from '@claviger/protocol';
import {
  createWorld,
  hashOf,
  seededKey,
  theDevice,
  worldStartsAt,
  type Letter,
  type World,
} from '@claviger/sim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const first = '0193a6c0-aaaa-7000-8000-000000000001';
const second = '0193a6c0-aaaa-7000-8000-000000000002';

async function connectedWorld(): Promise<World> {
  const world = createWorld();
  await world.connect();
  return world;
}

async function letterOf(world: World, commandId: string): Promise<Letter> {
  const issued = await world.issue(commandId);
  if (!issued.ok) throw new Error(`not issued: ${issued.reason}`);
  return { direction: 'down', ...issued.reply };
}

async function open(world: World, commandId: string): Promise<void> {
  await world.deliver(await letterOf(world, commandId));
  await world.settle();
}

function contact(world: World, isOpen: boolean): Promise<void> {
  world.agent.input(1, { type: 'contact', isOpen });
  return world.settle();
}

async function cutPower(world: World): Promise<void> {
  await world.disconnect();
  world.reboot();
}

const stageOf = (world: World, id: string) => world.server().commands.get(id)?.stage;
const rungsOf = (world: World, id: string) => world.server().stages.get(id);

describe('a command whose door starts again in the middle', () => {
  it.each<[string, (world: World) => Promise<void>, CommandStage[]]>([
    ['after it unlocked', () => Promise.resolve(), ['issued', 'accepted', 'unlocked', 'interrupted']],
    [
      'while it is open',
      (world) => contact(world, true),
      ['issued', 'accepted', 'unlocked', 'opened', 'interrupted'],
    ],
  ])('is interrupted %s', async (_when, act, rungs) => {
    const world = await connectedWorld();
    await open(world, first);
    await act(world);

    await cutPower(world);
    await world.connect();

    expect(rungsOf(world, first)).toEqual(rungs);
    expect(stageOf(world, first)).toBe('interrupted');
    expect(world.hardware.isUnlocked(1)).toBe(false);
  });

  it('is interrupted by the hello alone, when the log cannot come', async () => {
    const world = await connectedWorld();
    await open(world, first);
    await cutPower(world);
    world.agent.linkUp();
    const hello = world.letters.findLast(({ channel }) => channel === 'state');

    if (hello) await world.deliver(hello);

    expect(stageOf(world, first)).toBe('interrupted');
  });

  it('is interrupted by the log alone, when the hello is lost', async () => {
    const world = await connectedWorld();
    await open(world, first);
    await cutPower(world);
    world.agent.linkUp();
    const batch = world.letters.findLast(({ channel }) => channel === 'events');

    if (batch) await world.deliver(batch);

    expect(stageOf(world, first)).toBe('interrupted');
  });

  it.each<[string, boolean, CommandStage]>([
    ['closed', true, 'closed'],
    ['relocked', false, 'relocked'],
  ])('ends as %s when its log tells so after the hello', async (_end, isUsed, end) => {
    const world = await connectedWorld();
    await open(world, first);
    await world.disconnect();
    if (isUsed) for (const isOpen of [true, false]) await contact(world, isOpen);
    else await world.pass(5_000);
    world.reboot();
    world.agent.linkUp();
    const [hello, batch] = ['state', 'events'].map((name) =>
      world.letters.findLast(({ channel }) => channel === name),
    );

    if (hello) await world.deliver(hello);
    expect(stageOf(world, first)).toBe('interrupted');
    if (batch) await world.deliver(batch);

    expect(stageOf(world, first)).toBe(end);
  });

  it('shows every rung that only the log has told, and was never accepted twice', async () => {
    const world = await connectedWorld();
    const letter = await letterOf(world, first);
    await world.disconnect();
    world.agent.receive('command', letter.message);
    world.agent.input(1, { type: 'contact', isOpen: true });
    world.reboot();

    await world.connect();

    expect([...(rungsOf(world, first) ?? [])].sort()).toEqual(
      ['accepted', 'expired', 'interrupted', 'issued', 'opened', 'unlocked'].sort(),
    );
    expect(stageOf(world, first)).toBe('interrupted');
  });

  it('has expired at once when the door had not accepted it, and opens nothing afterwards', async () => {
    const world = await connectedWorld();
    const letter = await letterOf(world, first);

    await cutPower(world);
    await world.connect();
    expect(stageOf(world, first)).toBe('expired');
    await world.deliver(letter);
    await world.settle();

    expect(stageOf(world, first)).toBe('expired');
    expect(world.hardware.moves).toEqual([]);
  });

  it('is interrupted when a report of the boot before comes after it had expired', async () => {
    const world = await connectedWorld();
    await world.deliver(await letterOf(world, first));
    const accepted = world.letters.find(({ channel }) => channel === 'ack');
    await cutPower(world);
    world.agent.linkUp();
    const hello = world.letters.findLast(({ channel }) => channel === 'state');
    if (hello) await world.deliver(hello);
    expect(stageOf(world, first)).toBe('expired');

    if (accepted) await world.deliver(accepted);

    expect(stageOf(world, first)).toBe('interrupted');
    expect(rungsOf(world, first)).toContain('accepted');
  });

  it('stays interrupted when reports of the boot before are played again', async () => {
    const world = await connectedWorld();
    await open(world, first);
    await contact(world, true);
    const reports = world.letters.filter(({ channel }) => channel === 'ack');
    await cutPower(world);
    await world.connect();

    for (const report of reports.toReversed()) await world.deliver(report);

    expect(stageOf(world, first)).toBe('interrupted');
  });

  it('leaves one alone that was issued to the new boot', async () => {
    const world = await connectedWorld();
    await open(world, first);
    await cutPower(world);
    world.agent.linkUp();
    const [hello, batch] = ['state', 'events'].map((name) =>
      world.letters.findLast(({ channel }) => channel === name),
    );
    if (hello) await world.deliver(hello);
    await world.pass(3_000);
    await world.issue(second);

    if (batch) await world.deliver(batch);

    expect([stageOf(world, first), stageOf(world, second)]).toEqual(['interrupted', 'issued']);
  });
});

describe('a command that joined an opening', () => {
  it('ends with it, also when only the log tells of the end', async () => {
    const world = await connectedWorld();
    await open(world, first);
    await world.pass(3_000);
    await open(world, second);
    await world.disconnect();
    for (const isOpen of [true, false]) await contact(world, isOpen);

    await world.connect();

    expect([stageOf(world, first), stageOf(world, second)]).toEqual(['closed', 'closed']);
  });
});

/** What may happen to a door and its connection. */
const happenings = ['press', 'lost press', 'open', 'close', 'cut', 'connect', 'power', 'wait'] as const;
type Occurrence = (typeof happenings)[number];

const commandOf = (index: number): string => `0193a6c0-aaaa-7000-8000-${String(index).padStart(12, '0')}`;

async function press(world: World, index: number, isLost: boolean): Promise<void> {
  const issued = await world.issue(commandOf(index));
  if (!issued.ok || isLost) return;
  await world.deliver({ direction: 'down', ...issued.reply });
  await world.settle();
}

async function occur(world: World, what: Occurrence, index: number): Promise<void> {
  switch (what) {
    case 'press':
      return press(world, index, false);
    case 'lost press':
      return press(world, index, true);
    case 'open':
    case 'close':
      return contact(world, what === 'open');
    case 'cut':
      return world.disconnect();
    case 'connect':
      return world.connect();
    case 'power':
      return cutPower(world);
    case 'wait':
      return world.pass(2_000);
  }
}

/** The network is whole, the door is shut, everybody has had time, and the server's timers have run. */
async function heal(world: World): Promise<void> {
  await world.connect();
  await contact(world, false);
  await world.pass(60_000);
  for (const id of world.server().commands.keys()) await world.expire(id);
}

describe('every command', () => {
  it('has its end when network and power are whole again, whatever happened', async () => {
    const lives = fc.array(fc.constantFrom(...happenings), { minLength: 1, maxLength: 25 });

    await fc.assert(
      fc.asyncProperty(lives, async (occurrences) => {
        const world = await connectedWorld();
        for (const [index, what] of occurrences.entries()) await occur(world, what, index);
        await heal(world);

        const open = [...world.server().commands.values()].filter(({ stage }) => !isFinalStage(stage));
        expect(open.map(({ id, stage }) => `${id} ${stage}`)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

it('a rung whose report was lost comes with the log, and so does when the door last moved', async () => {
  const world = await connectedWorld();
  const letter = await letterOf(world, first);
  await world.disconnect();
  world.agent.receive('command', letter.message);
  world.clock.advance(60_000);
  world.agent.input(1, { type: 'contact', isOpen: true });
  world.agent.input(1, { type: 'contact', isOpen: false });
  const movedAt = worldStartsAt + world.clock.mono();
  world.clock.advance(60_000);
  const { publicKey, sign } = seededKey('door');
  const signer = { keyId: keyIdOf(publicKey, hashOf), sign };
  const ofTheDevice = { device: uuidBytes(theDevice), ownershipEpoch: 1, command: uuidBytes(first) };
  const message = sealMessage(ackMessage, { ...ofTheDevice, stage: 'closed' }, signer);
  await world.deliver({ direction: 'up', channel: 'ack', message });
  expect(rungsOf(world, first)).toEqual(['issued', 'closed']);

  await world.connect();

  expect([...(rungsOf(world, first) ?? [])].sort()).toEqual(
    ['issued', 'accepted', 'unlocked', 'opened', 'closed'].sort(),
  );
  expect(stageOf(world, first)).toBe('closed');
  expect([...world.server().doors.values()]).toEqual([{ state: 'secured', isTampered: false, at: movedAt }]);
});
