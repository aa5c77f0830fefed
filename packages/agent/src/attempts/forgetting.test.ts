import { bring, createWorld, doorList, worldStartsAt, type World } from '@claviger/sim';
import { expect, it } from 'vitest';
import { keyRecordsPrefix, recordsOfChanges } from './door-records.ts';
import { unlistedRecordsLimit } from './forgetting.ts';

const dayMs = 86_400_000;

/** So many Keys that are on no list opened this door so many days ago. */
function fill(
  world: World,
  { name, count, daysAgo }: { name: string; count: number; daysAgo: number },
): void {
  const value = { spent: 1, shownSteps: [] };
  const changes = Array.from({ length: count }, (_, number) => ({
    record: 'keys' as const,
    name: `${name}-${String(number).padStart(6, '0')}`,
    value,
  }));
  const keptAt = worldStartsAt + world.clock.mono() - daysAgo * dayMs;
  world.disk.transact((transaction) => {
    for (const { name, value } of recordsOfChanges(1, changes, keptAt)) transaction.put(name, value);
  });
}

function countOf(world: World, name: string): number {
  return world.disk.transact(
    (transaction) => transaction.names(`${keyRecordsPrefix(1)}${name}`, '', Number.MAX_SAFE_INTEGER).length,
  );
}

/** A day goes by, and then as many seconds as the door needs to look through all its records. */
async function passDay(world: World): Promise<void> {
  await world.disconnect();
  world.clock.advance(dayMs);
  await world.connect();
  for (let second = 0; second < 105; second += 1) {
    world.clock.advance(1_000);
    world.agent.wake();
  }
}

async function worldWithList(): Promise<World> {
  const world = createWorld();
  await world.connect();
  await bring(world, doorList());
  await world.pass(5_000);
  return world;
}

it('a Key that is on no list is remembered for 400 days while there are not too many of them', async () => {
  const world = await worldWithList();
  fill(world, { name: 'recent', count: 600, daysAgo: 390 });
  fill(world, { name: 'old', count: 600, daysAgo: 400 });

  for (let day = 0; day < 5; day += 1) await passDay(world);

  expect(countOf(world, 'recent')).toBe(600);
  expect(countOf(world, 'old')).toBe(0);
});

it('with too many of them the time is halved from day to day, down to 31 days', async () => {
  const world = await worldWithList();
  fill(world, { name: 'recent', count: unlistedRecordsLimit + 1, daysAgo: 20 });
  fill(world, { name: 'month', count: 1, daysAgo: 45 });
  fill(world, { name: 'season', count: 1, daysAgo: 150 });

  const left: [season: number, month: number, recent: number][] = [];
  for (let day = 0; day < 6; day += 1) {
    await passDay(world);
    left.push([countOf(world, 'season'), countOf(world, 'month'), countOf(world, 'recent')]);
  }

  const all = unlistedRecordsLimit + 1;
  expect(left).toEqual([
    [1, 1, all], // 400 days
    [1, 1, all], // 200
    [0, 1, all], // 100
    [0, 1, all], // 50: it is 49 days old
    [0, 0, all], // 31
    [0, 0, all],
  ]);
}, 120_000);

it('nothing is forgotten while the server has not told the time', async () => {
  const world = await worldWithList();
  fill(world, { name: 'old', count: 10, daysAgo: 500 });
  world.reboot();
  world.clock.advance(dayMs);
  for (let second = 0; second < 10; second += 1) {
    world.clock.advance(1_000);
    world.agent.wake();
  }
  expect(countOf(world, 'old')).toBe(10);

  await world.connect();
  await world.pass(5_000);
  await passDay(world);
  expect(countOf(world, 'old')).toBe(0);
});
