import { boxDamages, type BoxDamage } from '@claviger/domain';
import { uuidBytes } from '@claviger/protocol';
import {
  bring,
  createWorld,
  linkLetter,
  listWithKey,
  PowerCut,
  theKey,
  worldStartsAt,
  type World,
} from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import { checkedStore } from './checked-store.ts';
import { isListBody } from './memory.ts';

const dayMs = 86_400_000;
const right = { reader: 'keypad', text: '482913' } as const;

/** A door that has let somebody in twice of three times, and is away. */
async function awayWorld(): Promise<World> {
  const world = createWorld();
  await world.connect();
  await bring(world, listWithKey({ maxUses: 3 }));
  await show(world, 2);
  await world.disconnect();
  return world;
}

/** Shows the PIN so often, each time after the door has locked again. */
async function show(world: World, times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await world.pass(6_000);
    world.agent.present(1, right);
    await world.settle();
  }
}

function openings({ hardware }: World): number {
  return hardware.moves.filter(({ isUnlocked }) => isUnlocked).length;
}

/** The box is off, bits turn on its disk, and it is on again. */
function harm(world: World, ...names: readonly string[]): void {
  for (const name of names) {
    // What was never written cannot be damaged.
    checkedStore(world.disk, isListBody).transact((transaction) => {
      if (transaction.get(name) === undefined) transaction.put(name, Uint8Array.of(0xa0));
    });
    expect(world.disk.turnBit(name, 13)).toBe(true);
  }
  world.reboot();
}

async function meet(world: World): Promise<void> {
  await world.connect();
  await world.pass(61_000);
}

function damagesTold(world: World): (string | undefined)[] {
  const { events } = world.server();
  return events.filter(({ type }) => type === 'memory_damaged').map(({ detail }) => detail);
}

/** Everything that a door has ever told, in the order of its log. */
function placesOf(world: World): string[] {
  const told = world.server().events.filter(({ logEpoch }) => logEpoch > 0);
  return told.map(({ logEpoch, sequence }) => `${logEpoch}.${sequence}`);
}

describe('a damaged record of what a box remembers of itself', () => {
  it.each(boxDamages)('keeps nobody from starting where it is %s, and is told once', async (name) => {
    const world = await awayWorld();
    harm(world, name);
    world.reboot();
    await meet(world);
    world.reboot();
    await meet(world);

    expect(damagesTold(world)).toEqual([`damaged_${name}`]);
    expect(world.server().device.doubt).toBeUndefined();
    // Where nobody knows which records there are, readers are paused.
    await world.pass(15 * 60_000);
    await show(world, 3);
    expect(openings(world)).toBe(3);
    expect(new Set(placesOf(world)).size).toBe(placesOf(world).length);
  });

  it('is told also where the power fails before the log has it', async () => {
    for (let writes = 0; writes < 12; writes += 1) {
      const world = await awayWorld();
      const all: readonly BoxDamage[] = ['boot', 'alarm', 'log'];
      world.disk.cutAfter(Infinity);
      checkedStore(world.disk, isListBody).transact((transaction) => {
        for (const name of all) transaction.put(name, Uint8Array.of(0xff));
      });
      world.disk.cutAfter(writes);
      try {
        world.reboot();
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
      }
      world.disk.cutAfter(Infinity);
      world.reboot();
      await meet(world);

      expect(damagesTold(world).sort(), `cut at ${writes}`).toEqual(
        all.map((name) => `damaged_${name}`).sort(),
      );
    }
  });

  it('opens nothing by a command that was signed before, and takes the next one', async () => {
    const world = createWorld();
    await world.connect();
    await bring(world, listWithKey());
    const first = linkLetter(world, theKey, { key: undefined });
    await world.deliver(first);
    expect(openings(world)).toBe(1);
    await world.pass(6_000);
    harm(world, 'command');
    await world.connect();

    await world.deliver(first);
    expect(openings(world)).toBe(1);
    const command = uuidBytes('0193a6c0-7777-7000-8000-000000000009');
    await world.deliver(linkLetter(world, theKey, { key: undefined, sequence: 1, command }));
    expect(openings(world)).toBe(2);
    await world.deliver(linkLetter(world, theKey, { key: undefined, sequence: 1, command }));
    expect(openings(world)).toBe(2);
  });

  it.each(['boot', 'doubt'] as const)(
    'suspends counted Keys where it is %s, until the server has answered',
    async (name) => {
      const world = await awayWorld();
      harm(world, name);
      const isFoundAlone = name === 'doubt';
      await world.pass(6_000);
      if (isFoundAlone) await show(world);
      expect(openings(world)).toBe(2);

      await meet(world);
      await show(world, 3);

      expect(openings(world)).toBe(3);
      const { events } = world.server();
      expect(events.map(({ type }) => type)).toContain('counters_returned');
    },
  );

  it('is the newest instant that lists tell of where it is the evidence of the time', async () => {
    const world = createWorld();
    await world.connect();
    const signedAt = worldStartsAt + 5 * dayMs;
    await bring(world, listWithKey({}, { signedAt }));
    world.clock.setWall(0);
    harm(world, 'evidence');
    for (let start = 0; start < 2; start += 1) {
      world.reboot();
      world.clock.advance(60_000);
      world.agent.present(1, right);
    }
    await meet(world);

    const told = world.server().events.filter(({ type }) => type === 'key_accepted');
    expect(told.map(({ at }) => at >= signedAt + 60_000)).toEqual([true, true]);
    expect(told.map(({ uncertaintyMs }) => uncertaintyMs > 20 * dayMs)).toEqual([true, true]);
  });

  it('leaves the time unknown where the clock of the box goes, until the server has told it', async () => {
    const world = await awayWorld();
    const uncertaintyTold = async (): Promise<number | undefined> => {
      await meet(world);
      return world.server().events.findLast(({ type }) => type === 'device_started')?.uncertaintyMs;
    };
    harm(world, 'evidence');
    world.reboot();
    expect(await uncertaintyTold()).toBeGreaterThan(20 * dayMs);
    world.reboot();
    expect(await uncertaintyTold()).toBe(dayMs);
  });
});

describe('a log whose own record is damaged', () => {
  it.each([true, false])(
    'loses no event and numbers none twice, with events that wait: %s',
    async (waits) => {
      const world = createWorld();
      await world.connect();
      await bring(world, listWithKey());
      await show(world, 2);
      if (waits) await world.disconnect();
      else await world.settle();
      await show(world, 2);
      harm(world, 'log');
      await show(world);
      await meet(world);

      const sequences = world.server().events.filter(({ logEpoch }) => logEpoch > 0);
      expect(sequences.map(({ sequence }) => sequence)).toEqual(sequences.map((_, index) => index + 1));
      expect(sequences.filter(({ type }) => type === 'key_accepted')).toHaveLength(5);
      expect(sequences.every(({ logEpoch }) => logEpoch === 1)).toBe(true);
    },
  );

  it.each([
    ['damaged', true],
    ['damaged', false],
    ['not kept by an older agent', true],
    ['not kept by an older agent', false],
  ])('is as an older disk where its beginning is %s (some wait: %s)', async (how, waits) => {
    const world = createWorld();
    await world.connect();
    await bring(world, listWithKey({ maxUses: 5 }));
    await show(world, 1);
    await world.pass(40_000);
    if (waits) {
      await world.disconnect();
      await show(world);
    }
    expect(world.disk.transact((transaction) => transaction.countEvents() > 0)).toBe(waits);
    if (how === 'damaged') harm(world, 'log', 'log_start');
    else {
      world.disk.transact((transaction) => {
        transaction.remove('log_start');
      });
      harm(world, 'log');
    }
    await show(world);
    expect(openings(world)).toBe(waits ? 2 : 1);

    await meet(world);
    await show(world, 6);

    expect(openings(world)).toBe(5);
    expect(world.server().device.doubt).toBeUndefined();
    expect(new Set(placesOf(world)).size).toBe(placesOf(world).length);
    const accepted = world.server().events.filter(({ type }) => type === 'key_accepted');
    expect(accepted).toHaveLength(5);
  });
});
