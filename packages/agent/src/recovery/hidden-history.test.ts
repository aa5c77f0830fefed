import { kindNumberOf, usesMessage } from '@claviger/protocol';
import {
  anotherKey,
  createWorld,
  doorList,
  keyRule,
  pinOf,
  theKey,
  theLock,
  type Letter,
  type World,
} from '@claviger/sim';
import { describe, expect, it } from 'vitest';

const pin = { reader: 'keypad', text: '482913' } as const;
const otherPin = { reader: 'keypad', text: '593024' } as const;
const dayMs = 86_400_000;
const isUses = ({ message }: Letter): boolean => kindNumberOf(message) === usesMessage.number;

function openings(world: World): number {
  return world.hardware.moves.filter(({ isUnlocked }) => isUnlocked).length;
}

async function show(world: World, times: number, what: typeof pin | typeof otherPin = pin): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await world.pass(6_000);
    world.agent.present(1, what);
    await world.settle();
  }
}

function stir(world: World, events: number): void {
  for (let time = 0; time < events; time += 1)
    world.agent.input(1, { type: 'contact', isOpen: time % 2 === 0 });
}

async function meet(world: World): Promise<void> {
  await world.connect();
  await world.pass(180_000);
}

/** A door whose log holds forty events, one Key with so many uses, and another one that may often come. */
async function smallDoor(maxUses: number): Promise<World> {
  const world = createWorld({ journalCapacity: 40 });
  await world.connect();
  await world.makeList((heading) =>
    doorList({
      keys: [keyRule({ maxUses }), keyRule({ id: anotherKey, maxUses: 9 })],
      credentials: [pinOf('482913', theKey), pinOf('593024', anotherKey)],
      ...heading,
    }),
  );
  await world.pass(60_000);
  return world;
}

/** Two uses that only events tell which it gives up, and no report makes up for them. */
async function loseTwoUses(world: World): Promise<void> {
  await world.disconnect();
  await show(world, 2);
  await world.pass(10_000);
  stir(world, 120);
  world.lose(isUses);
  await meet(world);
  await world.disconnect();
  world.lose();
}

const causes = (world: World) =>
  world
    .server()
    .events.filter(({ type }) => type === 'older_disk')
    .map(({ detail }) => detail);

describe('an older disk', () => {
  it.each([0, 10, 30, 38, 60, 120])(
    'is recognised whatever its log has given up, after %d events of its own',
    async (events) => {
      const world = await smallDoor(4);
      const image = world.disk.image();
      await show(world, 2);
      await world.pass(60_000);
      world.reboot(image);
      stir(world, events);
      await meet(world);
      await show(world, 6);

      expect(openings(world)).toBeLessThanOrEqual(4);
      expect(causes(world)).toEqual(['other_history']);
      expect(world.server().device.doubt).toBeUndefined();
    },
  );

  it.each([0, 10, 60, 120])('is recognised weeks later, after %d events of its own', async (events) => {
    const world = await smallDoor(4);
    const image = world.disk.image();
    await show(world, 2);
    await world.pass(60_000);
    await world.disconnect();
    await world.pass(35 * dayMs);
    world.reboot(image);
    stir(world, events);
    await meet(world);
    await show(world, 6);

    expect(openings(world)).toBeLessThanOrEqual(4);
    expect(causes(world)).toEqual(['other_history']);
    expect(world.server().device.doubt).toBeUndefined();
  });

  it.each([
    ['is whole', () => undefined],
    ['misses the record of another Key', (world: World) => world.disk.lose(`key/1/${anotherKey}`)],
  ])('gives nothing back that nobody has counted where it %s', async (_what, harm) => {
    const world = await smallDoor(3);
    await world.disconnect();
    await show(world, 1);
    await show(world, 1, otherPin);
    const older = world.disk.image();
    await loseTwoUses(world);
    expect(openings(world)).toBe(4);

    world.reboot(older);
    harm(world);
    world.reboot();
    await meet(world);
    await show(world, 5);
    expect(openings(world)).toBe(4);
  });

  it('gives nothing back that nobody has counted where it was in doubt of itself', async () => {
    const world = await smallDoor(3);
    await show(world, 1);
    await show(world, 1, otherPin);
    await world.disconnect();
    world.disk.lose(`key/1/${anotherKey}`);
    world.reboot();
    const clone = world.disk.image();
    await meet(world);
    expect(causes(world)).toEqual([]);
    await loseTwoUses(world);
    expect(world.server().counters.get(`${theLock} ${theKey}`)).toMatchObject({ isUnsure: true });

    world.reboot(clone);
    await meet(world);
    await show(world, 5);
    expect(openings(world)).toBe(4);
    expect(causes(world)).toEqual(['other_history']);
  });
});

it('is not told of a box that has lost a record of its own', async () => {
  const world = await smallDoor(3);
  await show(world, 2);
  await show(world, 1, otherPin);
  world.disk.lose(`key/1/${anotherKey}`);
  await world.disconnect();
  world.reboot();
  await meet(world);
  await show(world, 2);

  expect([openings(world), world.server().device.doubt, causes(world)]).toEqual([4, undefined, []]);
  expect(world.server().events.some(({ type }) => type === 'counters_returned')).toBe(true);
});
