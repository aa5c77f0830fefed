import {
  bring,
  createWorld,
  doorList,
  listWithKey,
  PowerCut,
  theKey,
  type VirtualDisk,
  type World,
} from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import { withChecksum } from './checksum.ts';
import { firstMark, ledgerName, markName } from './ledger.ts';

const right = { reader: 'keypad', text: '482913' } as const;
const wrong = { reader: 'keypad', text: '731946' } as const;
const minuteMs = 60_000;
const counter = `key/1/${theKey}`;

/** A door that has let somebody in twice of three times, and is away. */
async function awayWorld(): Promise<World> {
  const world = createWorld();
  await world.connect();
  await bring(world, listWithKey({ maxUses: 3 }));
  await show(world, 2);
  await world.disconnect();
  return world;
}

async function show(world: World, times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await world.pass(6_000);
    world.agent.present(1, right);
    await world.settle();
  }
}

async function meet(world: World): Promise<void> {
  await world.connect();
  await world.pass(61_000);
}

function openings({ hardware }: World): number {
  return hardware.moves.filter(({ isUnlocked }) => isUnlocked).length;
}

function damagesTold(world: World): (string | undefined)[] {
  const { events } = world.server();
  return events.filter(({ type }) => type === 'memory_damaged').map(({ detail }) => detail);
}

function namesOn(disk: VirtualDisk): string[] {
  return disk.transact((transaction) => transaction.names('', '', 1_000));
}

const ways: readonly (readonly [string, (disk: VirtualDisk, name: string) => void])[] = [
  [
    'lies under another name',
    (disk, name) => {
      expect(disk.turnNameBit(name, name.length * 7 - 5)).toBeDefined();
    },
  ],
  [
    'is gone',
    (disk, name) => {
      expect(disk.lose(name)).toBe(true);
    },
  ],
];

describe.each(ways)('a record that %s', (_way, take) => {
  it('gives no use back: what is counted is suspended until the server has answered', async () => {
    const world = await awayWorld();
    take(world.disk, counter);
    world.reboot();
    await show(world);
    expect(openings(world)).toBe(2);
    world.reboot();
    await show(world);
    expect(openings(world)).toBe(2);

    await meet(world);
    await show(world, 3);

    expect(openings(world)).toBe(3);
    expect(damagesTold(world)).toEqual(['damaged_ledger']);
    world.reboot();
    await meet(world);
    expect(damagesTold(world)).toEqual(['damaged_ledger']);
  });

  it('of a reader path pauses the reader, and suspends nobody', async () => {
    const world = await awayWorld();
    for (let time = 0; time < 6; time += 1) world.agent.present(1, wrong);
    take(world.disk, 'path/1/keypad');
    world.reboot();
    await world.pass(14 * minuteMs);
    world.agent.present(1, right);
    expect(openings(world)).toBe(2);
    await world.pass(2 * minuteMs);
    world.agent.present(1, right);
    expect(openings(world)).toBe(3);
  });

  it.each(['boot', 'log', 'log_start', 'evidence', 'clock', ledgerName])(
    'keeps nobody from starting where it is %s, and is told once',
    async (name) => {
      const world = await awayWorld();
      take(world.disk, name);
      world.reboot();
      await show(world);
      expect(openings(world)).toBe(2);
      world.reboot();
      await meet(world);
      await world.pass(15 * minuteMs);
      world.reboot();
      await meet(world);
      await show(world, 3);

      expect(damagesTold(world)).toEqual(['damaged_ledger']);
      expect(world.server().device.doubt).toBeUndefined();
      expect(openings(world)).toBe(3);
      const places = world.server().events.filter(({ logEpoch }) => logEpoch > 0);
      expect(new Set(places.map(({ logEpoch, sequence }) => `${logEpoch}.${sequence}`)).size).toBe(
        places.length,
      );
      expect(places.filter(({ type }) => type === 'key_accepted')).toHaveLength(3);
    },
  );

  it('is noticed and told also where the power fails at the start that meets it', async () => {
    for (let writes = 0; writes < 16; writes += 1) {
      const world = await awayWorld();
      take(world.disk, counter);
      world.disk.cutAfter(writes);
      try {
        world.reboot();
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
      }
      world.disk.cutAfter(Infinity);
      world.reboot();
      await show(world);
      expect(openings(world), `cut at ${writes}`).toBe(2);
      await meet(world);
      await show(world, 2);
      expect(openings(world), `cut at ${writes}`).toBe(3);
      expect(damagesTold(world), `cut at ${writes}`).toEqual(['damaged_ledger']);
    }
  });

  it('of the version of a list lets no older list in again', async () => {
    const world = createWorld();
    await world.connect();
    await bring(world, listWithKey());
    const former = world.letters.filter(({ channel }) => channel === 'sync').slice(-2);
    await bring(world, doorList({ version: 2 }));
    await world.disconnect();
    take(world.disk, 'list/1/head');
    world.disk.lose('list/1/body');
    world.reboot();
    for (const letter of former) await world.deliver(letter);
    await show(world);
    expect(openings(world)).toBe(0);
  });

  it('leaves nothing under a name that is none', async () => {
    const world = await awayWorld();
    const before = namesOn(world.disk).filter((name) => name !== counter);
    take(world.disk, counter);
    world.reboot();
    expect(namesOn(world.disk).filter((name) => !before.includes(name))).toEqual(['doubt']);
  });
});

describe('a ledger', () => {
  it('says of any record that is there or not, whatever has come and gone', async () => {
    const world = await awayWorld();
    for (let start = 0; start < 3; start += 1) {
      world.reboot();
      await meet(world);
      await bring(world, listWithKey({ maxUses: 3 }, { version: start + 2 }));
      for (let time = 0; time < 6; time += 1) world.agent.present(1, wrong);
      await world.disconnect();
      await world.pass(25 * 60 * minuteMs);
    }
    expect(namesOn(world.disk)).not.toContain('path/1/keypad');
    expect(damagesTold(world)).toEqual([]);
  });

  it('is begun where an older agent has kept none, and nothing is called damaged', async () => {
    const world = await awayWorld();
    world.disk.lose(ledgerName);
    world.disk.transact((transaction) => {
      transaction.put(markName, withChecksum(markName, firstMark));
    });
    for (let start = 0; start < 2; start += 1) {
      world.reboot();
      await meet(world);
    }
    await show(world, 2);
    expect(openings(world)).toBe(3);
    expect(damagesTold(world)).toEqual([]);

    world.disk.lose(counter);
    world.reboot();
    await show(world);
    expect(openings(world)).toBe(3);
  });

  it('is believed where its mark alone is gone, which is told', async () => {
    const world = await awayWorld();
    world.disk.lose(markName);
    world.reboot();
    await show(world);
    expect(openings(world)).toBe(3);
    await meet(world);
    expect(damagesTold(world)).toEqual(['damaged_checksums']);
    expect(namesOn(world.disk)).toContain(markName);
  });

  it('that has lost its mark, too, is not taken for one that never was', async () => {
    const world = await awayWorld();
    for (const name of [ledgerName, markName, counter]) world.disk.lose(name);
    world.reboot();
    await show(world);
    expect(openings(world)).toBe(2);
    await meet(world);
    expect(damagesTold(world)).toEqual(['damaged_ledger']);
  });

  it('is missed where no record at all is left beside the events', async () => {
    const world = await awayWorld();
    for (const name of namesOn(world.disk)) world.disk.lose(name);
    world.reboot();
    await meet(world);
    expect(damagesTold(world)).toContain('damaged_ledger');
    expect(world.server().device.doubt).toBeUndefined();
  });
});
