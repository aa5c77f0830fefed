import {
  bring,
  cardOf,
  createWorld,
  deltaLetters,
  doorList,
  keyRule,
  lastHello,
  listLetters,
  listWithKey,
  pinOf,
  type ListParts,
  type World,
} from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import type { AccessList, KeyRule } from '@claviger/domain';
import type { KeyEntry } from '@claviger/protocol';

const oldPin = '482913';
const newPin = '718264';
const newKey = '0193a6c0-6666-7000-8000-000000000006';

/** Who was let in before is revoked, and another one is let in. */
function nextList(more: ListParts = {}): AccessList {
  const revoked = { state: 'revoked', binding: { state: 'revoked' } } as const;
  return doorList({
    version: 2,
    keys: [keyRule(revoked), keyRule({ id: newKey })],
    credentials: [pinOf(oldPin), pinOf(newPin, newKey)],
    ...more,
  });
}

function entry(more: Partial<KeyRule>, pin: string): KeyEntry {
  const key = keyRule(more);
  return { id: key.id, isRemoved: false, key, credentials: [pinOf(pin, key.id), cardOf('04a1', key.id)] };
}

const revocation = entry({ state: 'revoked', binding: { state: 'revoked' } }, oldPin);
const revocationOfNew = entry({ id: newKey, state: 'revoked', binding: { state: 'revoked' } }, newPin);

/** A door that looks at as little of a list as it can before it does something else. */
async function slowWorld(): Promise<World> {
  const world = createWorld({ listSliceBytes: 1 });
  await world.connect();
  await bring(world, listWithKey());
  await world.pass(0);
  return world;
}

function opens(world: World, text: string): boolean {
  const before = world.hardware.moves.length;
  world.agent.present(1, { reader: 'keypad', text });
  return world.hardware.moves.length > before;
}

const letsIn = (world: World): boolean[] => [opens(world, oldPin), opens(world, newPin)];
const [byTheOld, byTheNew] = [
  [true, false],
  [false, true],
];

const isSwapping = (world: World): boolean => (world.agent.nextWakeAt() ?? Infinity) <= world.clock.mono();

/** Every letter of a list is there and nothing of it proven. */
async function begin(world: World, list: AccessList): Promise<void> {
  for (const letter of listLetters(list, {}, 40)) await world.deliver(letter);
}

/** Asks between any two slices; what was answered, once for each. */
function askThroughout(world: World): boolean[][] {
  const answers: boolean[][] = [];
  while (isSwapping(world)) {
    answers.push(letsIn(world));
    world.agent.wake();
  }
  return answers;
}

const heldVersion = (world: World): number | undefined => lastHello(world)?.lists[0]?.list.version;

function listEvents(world: World): string[] {
  const told = world.server().events.filter(({ type }) => type.startsWith('list_'));
  return told.map(({ type, detail, list }) => `${type} ${list?.version ?? 0} ${detail ?? ''}`);
}

describe('while a list is swapped, a lock', () => {
  it('decides by the old one until the new one is proven to its end, and then by that alone', async () => {
    const world = await slowWorld();
    await begin(world, nextList());
    const answers = askThroughout(world);

    expect(answers.length).toBeGreaterThan(3);
    expect(answers).toEqual(answers.map(() => byTheOld));
    expect(letsIn(world)).toEqual(byTheNew);
    expect(heldVersion(world)).toBe(2);
  });

  it('decides by one of them and never by both, whenever the power fails', async () => {
    const slices = await slowWorld().then(async (world) => {
      await begin(world, nextList());
      return askThroughout(world).length;
    });
    for (let done = 0; done <= slices; done += 1) {
      const world = await slowWorld();
      await begin(world, nextList());
      for (let slice = 0; slice < done; slice += 1) world.agent.wake();
      world.reboot();
      expect(letsIn(world)).toEqual(done < slices ? byTheOld : byTheNew);
    }
  });

  it('keeps the old one whole whichever write of the swap the power fails at', async () => {
    for (let writes = 0, isTaken = false; !isTaken; writes += 1) {
      expect(writes).toBeLessThan(50);
      const world = await slowWorld();
      await begin(world, nextList());
      world.disk.cutAfter(writes);
      while (isSwapping(world)) world.agent.wake();
      const image = world.disk.image();
      world.reboot(image);
      const answers = letsIn(world);
      isTaken = answers[1] === true;
      expect(answers).toEqual(isTaken ? byTheNew : byTheOld);
    }
  });

  it('takes a revocation of the old one at once, and no older list brings the Key back', async () => {
    const world = await slowWorld();
    const deltas = deltaLetters(listWithKey(), [[entry({}, oldPin)], [revocation]]);
    // Signed before the Key was revoked, and proven after it.
    await begin(world, listWithKey({}, { version: 2, signedAt: 1 }));
    for (const delta of deltas) await world.deliver(delta);
    const answers = askThroughout(world);
    await world.settle();

    expect(answers.length).toBeGreaterThan(3);
    expect(answers).toEqual(answers.map(() => [false, false]));
    expect(letsIn(world)).toEqual([false, false]);
    expect(heldVersion(world)).toBe(3);
  });

  it('keeps a revocation that a delta of the new one brings, until that is proven', async () => {
    const world = await slowWorld();
    await begin(world, nextList());
    for (const delta of deltaLetters(nextList(), [[entry({ id: newKey }, newPin)], [revocationOfNew]]))
      await world.deliver(delta);
    const answers = askThroughout(world);
    await world.settle();

    expect(answers).toEqual(answers.map(() => byTheOld));
    expect(letsIn(world)).toEqual([false, false]);
    expect(listEvents(world)).toEqual([
      'list_taken 1 keys 1',
      'list_taken 2 keys 2',
      'list_taken 3 keys 2',
      'list_taken 4 keys 2',
    ]);
  });

  it('lets the server hear which list it has where that of a waiting delta is refused', async () => {
    const world = await slowWorld();
    const [head, ...pieces] = listLetters(nextList(), { list: { incarnation: 1, version: 9 } }, 40);
    for (const letter of [head, ...pieces]) if (letter) await world.deliver(letter);
    for (const delta of deltaLetters(nextList(), [[revocationOfNew]])) await world.deliver(delta);
    const before = lastHello(world)?.helloNumber ?? 0;
    while (isSwapping(world)) world.agent.wake();
    const after = lastHello(world)?.helloNumber ?? 0;
    await world.settle();

    expect(letsIn(world)).toEqual(byTheOld);
    expect(listEvents(world)).toContain('list_refused 9 list_other_version');
    expect(heldVersion(world)).toBe(1);
    expect(after).toBe(before + 1);
  });
});
