import {
  bring,
  cardOf,
  createWorld,
  deltaLetters,
  doorList,
  keyRule,
  lastHello,
  listWithKey,
  pinOf,
  seededKey,
  theKey,
  type World,
} from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import type { KeyRule } from '@claviger/domain';
import { kindNumberOf, helloMessage, type KeyEntry } from '@claviger/protocol';

const pin = '482913';
const otherPin = '718264';
const otherKey = '0193a6c0-6666-7000-8000-000000000006';

function put(more: Partial<KeyRule> = {}, digits = pin): KeyEntry {
  const key = keyRule(more);
  return {
    id: key.id,
    isRemoved: false,
    key,
    credentials: [pinOf(digits, key.id), cardOf('04a1b2c3', key.id)],
  };
}

const revoked = put({ state: 'revoked', binding: { state: 'revoked' }, issue: 2 });
const another: KeyEntry = {
  ...{ id: otherKey, isRemoved: false, key: keyRule({ id: otherKey }) },
  credentials: [pinOf(otherPin, otherKey)],
};

async function withList(): Promise<World> {
  const world = createWorld();
  await world.connect();
  await bring(world, listWithKey());
  return world;
}

async function deliver(world: World, letters: Parameters<World['deliver']>[0][]): Promise<void> {
  for (const letter of letters) await world.deliver(letter);
  await world.settle();
}

function opens(world: World, text = pin): boolean {
  const before = world.hardware.moves.length;
  world.agent.present(1, { reader: 'keypad', text });
  return world.hardware.moves.length > before;
}

const versionsOf = (world: World): number[] => lastHello(world)?.lists.map(({ list }) => list.version) ?? [];

function listEvents(world: World): string[] {
  return world
    .server()
    .events.filter(({ type }) => type.startsWith('list_'))
    .map(({ type, detail, list }) => `${type} ${list?.version ?? 0} ${detail ?? ''}`);
}

/** The names of all that the disk keeps of lists. */
function kept(world: World): string[] {
  return world.disk.transact((transaction) => transaction.names('list/1/', '', 100));
}

function changeRecord(world: World, name: string, change: (record: Uint8Array) => Uint8Array | undefined) {
  world.disk.transact((transaction) => {
    const changed = change(transaction.get(name) ?? new Uint8Array());
    if (changed) transaction.put(name, changed);
    else transaction.remove(name);
  });
}

const firstDelta = 'list/1/delta/0000000000000001/0000000000000002';
const turned = (record: Uint8Array): Uint8Array => record.map((byte, at) => (at === 60 ? byte ^ 1 : byte));
const turnedLast = (record: Uint8Array): Uint8Array =>
  record.map((byte, at) => (at === record.length - 1 ? byte ^ 1 : byte));

describe('a delta', () => {
  it('lets a new Key in, ends one, and is told with its version and root', async () => {
    const world = await withList();
    const before = lastHello(world)?.lists[0]?.root;
    await deliver(world, deltaLetters(listWithKey(), [[another], [revoked]]));

    expect([opens(world), opens(world, otherPin)]).toEqual([false, true]);
    expect(versionsOf(world)).toEqual([3]);
    expect(lastHello(world)?.lists[0]?.root).not.toEqual(before);
    expect(listEvents(world)).toEqual(['list_taken 1 keys 1', 'list_taken 2 keys 2', 'list_taken 3 keys 2']);
  });

  it('takes a Key off the list, and puts it on again', async () => {
    const world = await withList();
    const [removal, back] = deltaLetters(listWithKey(), [[{ id: theKey, isRemoved: true }], [put()]]);
    await deliver(world, removal ? [removal] : []);
    const without = opens(world);
    await deliver(world, back ? [back] : []);

    expect([without, opens(world)]).toEqual([false, true]);
    expect(listEvents(world).slice(1)).toEqual(['list_taken 2 keys 0', 'list_taken 3 keys 1']);
  });

  it('holds after a power cut and a restart, without a server', async () => {
    const world = await withList();
    await deliver(world, deltaLetters(listWithKey(), [[another], [revoked]]));
    world.reboot();
    expect([opens(world), opens(world, otherPin)]).toEqual([false, true]);
    world.restart();
    expect([opens(world), opens(world, otherPin)]).toEqual([false, true]);
    await world.connect();
    expect(versionsOf(world)).toEqual([3]);
  });

  it('changes the list that it names and no other, older or lacking a delta', async () => {
    const world = await withList();
    const letters = deltaLetters(listWithKey(), [[another], [revoked]]);
    const [first, second] = letters;
    const isHello = (message: Uint8Array) => kindNumberOf(message) === helloMessage.number;
    const hellos = () => world.letters.filter(({ message }) => isHello(message));
    const before = hellos().length;
    for (let times = 0; times < 3; times += 1) await deliver(world, second ? [second] : []);

    expect(versionsOf(world)).toEqual([1]);
    // The server hears at once which list there is, once.
    expect(hellos().length).toBe(before + 1);
    expect(opens(world)).toBe(true);

    await deliver(world, [...(first ? [first] : []), ...(second ? [second] : [])]);
    expect(versionsOf(world)).toEqual([3]);
    const taken = hellos().length;
    for (const letter of letters) await deliver(world, [letter]);
    expect([hellos().length, opens(world)]).toEqual([taken, false]);
  });

  it('upon a list that says something else is none', async () => {
    const world = await withList();
    const other = listWithKey({}, { lock: { isInactive: true } });
    await deliver(world, deltaLetters(other, [[revoked]]));
    expect([opens(world), versionsOf(world)]).toEqual([true, [1]]);
  });

  it.each([
    ['skips a version', { version: 9 }, 'list_refused 9 list_other_version'],
    ['has not the form of one', { keys: new Uint8Array(30) }, 'list_refused 2 list_malformed'],
  ])('that %s is refused and told once', async (_, more, told) => {
    const world = await withList();
    for (let times = 0; times < 2; times += 1)
      await deliver(world, deltaLetters(listWithKey(), [[revoked]], more));
    expect([opens(world), versionsOf(world)]).toEqual([true, [1]]);
    expect(listEvents(world).slice(1)).toEqual([told]);
  });

  it('that another key has signed is no letter at all', async () => {
    const world = await withList();
    for (const { message } of deltaLetters(listWithKey(), [[revoked]])) {
      const forged = message.slice();
      forged.set(seededKey('stranger').sign(forged.subarray(0, -64)), forged.length - 64);
      world.agent.receive('sync', forged);
    }
    expect(opens(world)).toBe(true);
  });

  it('leaves the list as it was while the disk takes nothing, and comes again', async () => {
    const world = await withList();
    const letters = deltaLetters(listWithKey(), [[revoked]]);
    world.disk.setFull(true);
    await deliver(world, letters);
    world.disk.setFull(false);
    expect([opens(world), versionsOf(world)]).toEqual([true, [1]]);

    await deliver(world, letters);
    expect([opens(world), versionsOf(world)]).toEqual([false, [2]]);
  });

  it('leaves what is spent as it is', async () => {
    const world = await withList();
    await deliver(world, deltaLetters(listWithKey(), [[put({ maxUses: 2 })], [put({ maxUses: 3 })]]));
    expect([opens(world), opens(world), opens(world), opens(world)]).toEqual([true, true, true, false]);
  });
});

describe('a whole list upon deltas', () => {
  it('takes their place, also on the disk', async () => {
    const world = await withList();
    await deliver(world, deltaLetters(listWithKey(), [[another], [revoked]]));
    expect(kept(world)).toContain(firstDelta);
    await bring(world, listWithKey({}, { version: 4 }));

    expect([opens(world), opens(world, otherPin)]).toEqual([true, false]);
    expect(kept(world).filter((name) => name.startsWith('list/1/delta/'))).toEqual([]);
    world.reboot();
    expect([opens(world), opens(world, otherPin)]).toEqual([true, false]);
  });

  it('is refused where it is older than they are, and no news where it lies below them', async () => {
    const world = await withList();
    await deliver(world, deltaLetters(listWithKey(), [[another], [revoked]]));
    await bring(world, listWithKey());
    await bring(world, doorList({ version: 3 }));
    await bring(world, doorList({ version: 2 }));

    expect(versionsOf(world)).toEqual([3]);
    expect(listEvents(world).filter((told) => told.startsWith('list_refused'))).toEqual([
      'list_refused 3 list_rollback',
      'list_refused 2 list_rollback',
    ]);
  });
});

describe('deltas that were damaged at rest', () => {
  it.each([
    ['a bit of one has turned', (world: World) => changeRecord(world, firstDelta, turned)],
    ['a bit of its signature has', (world: World) => changeRecord(world, firstDelta, turnedLast)],
    ['one is gone', (world: World) => changeRecord(world, firstDelta, () => undefined)],
    [
      'the list below has',
      (world: World) =>
        changeRecord(world, 'list/1/body', (body) => body.map((byte, at) => (at === 20 ? byte ^ 1 : byte))),
    ],
  ])('deny everybody where %s, until a list comes that is not older', async (_, damage) => {
    const world = await withList();
    await deliver(world, deltaLetters(listWithKey(), [[another], [revoked]]));
    damage(world);
    world.reboot();
    await world.connect();
    expect([versionsOf(world), opens(world), opens(world, otherPin)]).toEqual([[], false, false]);

    await bring(world, listWithKey());
    await deliver(world, deltaLetters(listWithKey(), [[another]]));
    expect([versionsOf(world), opens(world, otherPin)]).toEqual([[], false]);
    await bring(world, listWithKey({}, { version: 4 }));
    expect([versionsOf(world), opens(world)]).toEqual([[4], true]);
  });
});

describe('another ownership of the box', () => {
  it('has nothing left of what had changed its list', async () => {
    const world = await withList();
    await deliver(world, deltaLetters(listWithKey(), [[another]]));
    const image = world.disk.image();
    const next = createWorld({ disk: image, ownershipEpoch: 2 });
    expect([opens(next), opens(next, otherPin)]).toEqual([false, false]);
    expect(image.transact((transaction) => transaction.names('list/1/', '', 100))).toEqual([]);
  });
});
