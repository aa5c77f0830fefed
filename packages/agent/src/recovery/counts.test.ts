import {
  bring,
  countsLetter,
  createWorld,
  listWithKey,
  PowerCut,
  theKey,
  type Letter,
  type World,
} from '@claviger/sim';
import { countsMessage, kindNumberOf, uuidBytes } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';

const maxUses = 3;
const pin = { reader: 'keypad', text: '482913' } as const;
const isCounts = ({ message }: Letter): boolean => kindNumberOf(message) === countsMessage.number;

function openings(world: World): number {
  return world.hardware.moves.filter(({ isUnlocked }) => isUnlocked).length;
}

/** Shows the PIN so often, each time after the door has locked again. */
async function show(world: World, times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await world.pass(6_000);
    world.agent.present(1, pin);
    await world.settle();
  }
}

function damage(world: World): void {
  world.disk.transact((transaction) => {
    transaction.put(`key/1/${theKey}`, Uint8Array.of(0xff));
  });
}

/** A door that talks with its server, and one use of three is spent. */
async function doorWithUse(): Promise<World> {
  const world = createWorld();
  await world.connect();
  await bring(world, listWithKey({ maxUses }));
  await show(world);
  return world;
}

const returned = (world: World) =>
  world.server().events.filter(({ type }) => type === 'counters_returned').length;

describe('a Key whose record was damaged', () => {
  it('opens exactly what is left, where the counter comes at once and where it comes late', async () => {
    for (const isLate of [false, true]) {
      const world = await doorWithUse();
      if (isLate) world.lose(isCounts);
      damage(world);
      await show(world, 2);
      expect(openings(world)).toBe(isLate ? 1 : 2);
      world.lose();
      await world.pass(60_000);
      await show(world, 4);

      expect([isLate, openings(world)]).toEqual([isLate, maxUses]);
      expect([isLate, returned(world)]).toEqual([isLate, 1]);
    }
  });

  it('has no use twice by a power cut at any write', async () => {
    let cuts = 0;
    for (let writes = 0; writes < 25; writes += 1) {
      const world = await doorWithUse();
      await world.pass(6_000);
      damage(world);
      world.disk.cutAfter(writes);
      try {
        world.agent.present(1, pin);
        await world.settle();
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
        cuts += 1;
      }
      world.disk.cutAfter(Infinity);
      world.reboot();
      await world.connect();
      await world.pass(60_000);
      await show(world, 4);

      expect([writes, openings(world)]).toEqual([writes, maxUses]);
    }
    expect(cuts).toBeGreaterThan(1);
    expect(cuts).toBeLessThan(25);
  }, 60_000);

  it('is given no counter from before a grant, which a broker plays again', async () => {
    const world = await doorWithUse();
    damage(world);
    await show(world);
    await show(world);
    expect(openings(world)).toBe(2);
    const given = world.letters.filter(isCounts);
    world.agent.linkDown();
    damage(world);
    await show(world);

    for (const { message } of given) world.agent.receive('sync', message);
    await show(world, 2);

    expect(given).not.toHaveLength(0);
    expect(openings(world)).toBe(2);
  });

  it('is told of once, however often its counter is given', async () => {
    const world = await doorWithUse();
    damage(world);
    await show(world);
    await world.pass(30_000);
    const before = returned(world);
    const keys = [{ lock: 1, key: uuidBytes(theKey), spent: 1 }];

    for (let time = 0; time < 5; time += 1) {
      await world.deliver(countsLetter(world, { keys }));
      await world.pass(30_000);
    }

    expect([before, returned(world)]).toEqual([1, 1]);
    await show(world, 4);
    expect(openings(world)).toBe(maxUses);
  });

  it('stays in doubt by what is for another device, ownership, boot, log or lock', async () => {
    const world = await doorWithUse();
    world.lose(isCounts);
    damage(world);
    await show(world);
    await world.pass(30_000);
    const other = new Uint8Array(16).fill(9);
    const keys = [{ lock: 1, key: uuidBytes(theKey), spent: 1 }];

    const give = (more: Parameters<typeof countsLetter>[1] = {}): void => {
      const through = world.server().logs.get(1)?.storedThrough ?? 0;
      world.agent.receive('sync', countsLetter(world, { keys, through, ...more }).message);
    };

    for (const more of [
      { device: other },
      { ownershipEpoch: 2 },
      { bootNonce: other },
      { logEpoch: 2 },
      { through: 1 },
      { keys: [...keys, { lock: 2, key: uuidBytes(theKey), spent: 1 }] },
    ]) {
      give(more);
      await show(world);
      expect([Object.keys(more), openings(world)]).toEqual([Object.keys(more), 1]);
    }
    give();
    await show(world, 4);
    expect(openings(world)).toBe(maxUses);
  });

  it('is not given a counter by a server of which only the door knows what is spent', async () => {
    const world = await doorWithUse();
    await world.disconnect();
    Object.assign(world.server().restored, { lostAfter: world.server().events.length });
    await world.connect();
    damage(world);
    await show(world, 2);
    await world.pass(60_000);
    expect([openings(world), world.letters.filter(isCounts)]).toEqual([1, []]);
  });
});
