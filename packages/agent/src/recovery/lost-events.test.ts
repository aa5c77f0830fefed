import { kindNumberOf, openMessage, sealMessage, usesMessage } from '@claviger/protocol';
import {
  createWorld,
  listWithKey,
  seededCrypto,
  seededKey,
  theKey,
  theLock,
  type Letter,
  type World,
} from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import { keyIdOf } from '../core.ts';

const pin = { reader: 'keypad', text: '482913' } as const;
const record = `key/1/${theKey}`;
const doorKey = seededKey('door');
const doorSigner = {
  keyId: keyIdOf(doorKey.publicKey, seededCrypto(doorKey, 'door').sha256),
  sign: doorKey.sign,
};
const isUses = ({ message }: Letter): boolean => kindNumberOf(message) === usesMessage.number;

function openings(world: World): number {
  return world.hardware.moves.filter(({ isUnlocked }) => isUnlocked).length;
}

async function show(world: World, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await world.pass(6_000);
    world.agent.present(1, pin);
    await world.settle();
  }
}

/** A door whose log is full, so that grants may be among what it has given up. */
function fill(world: World): void {
  for (let time = 0; time < 120; time += 1) world.agent.input(1, { type: 'contact', isOpen: time % 2 === 0 });
}

/** A Key with so many uses is shown so often while the server is away, and what tells it is given up. */
async function doorThatForgot({ maxUses, spent }: { maxUses: number; spent: number }): Promise<World> {
  const world = createWorld({ journalCapacity: 40 });
  await world.connect();
  await world.makeList((heading) => listWithKey({ maxUses }, heading));
  await world.disconnect();
  await show(world, spent);
  await world.pass(10_000);
  fill(world);
  return world;
}

async function meet(world: World): Promise<void> {
  await world.connect();
  await world.pass(120_000);
}

const counter = (world: World) => world.server().counters.get(`${theLock} ${theKey}`);

describe('uses that only lost events would tell', () => {
  it.each([
    ['is gone', (world: World) => world.disk.lose(record)],
    ['has another name', (world: World) => world.disk.turnNameBit(record, 100)],
    ['is damaged', (world: World) => world.disk.turnBit(record, 20)],
  ])('are never given back where the record that counted them %s', async (_what, harm) => {
    const world = await doorThatForgot({ maxUses: 2, spent: 2 });
    harm(world);
    world.reboot();
    await meet(world);
    await show(world, 3);

    expect(openings(world)).toBe(2);
    expect(world.server().device.doubt).toBeUndefined();
    const refused = world.server().events.findLast(({ type }) => type === 'key_refused');
    expect(refused).toMatchObject({ key: theKey, detail: 'suspended_counter', uses: undefined });
    expect(counter(world)).toMatchObject({ isUnsure: true, isLost: true });
  });

  it('are told by the door whose memory is whole, and are known from then on', async () => {
    const world = await doorThatForgot({ maxUses: 3, spent: 2 });
    await meet(world);
    expect(counter(world)).toMatchObject({ spent: 2, isUnsure: false });

    world.disk.lose(record);
    world.reboot();
    await meet(world);
    await show(world, 3);

    expect(openings(world)).toBe(3);
  });

  it('are not told by a door that misses a record since it started', async () => {
    const world = await doorThatForgot({ maxUses: 2, spent: 2 });
    world.disk.lose(record);
    await meet(world);

    expect([world.letters.filter(isUses), counter(world)?.isUnsure]).toEqual([[], true]);
    world.reboot();
    await meet(world);
    await show(world, 2);
    expect(openings(world)).toBe(2);
  });

  it('are not told by a memory that is in doubt', async () => {
    const world = await doorThatForgot({ maxUses: 3, spent: 0 });
    const older = world.disk.image();
    await show(world, 2);
    fill(world);
    world.lose(isUses);
    await meet(world);
    world.lose(({ message }) => kindNumberOf(message) === 6);
    world.reboot(older);
    await meet(world);
    const told = world.letters.length;
    await show(world, 1);
    await meet(world);

    expect(world.server().device.doubt).toBeDefined();
    expect(world.letters.slice(told).filter(isUses)).toEqual([]);
    const refused = world.server().events.findLast(({ type }) => type === 'key_refused');
    expect(refused).toMatchObject({ key: theKey, uses: undefined });
    world.lose();
    await meet(world);
    await show(world, 3);
    expect(openings(world)).toBe(2);
  });

  it('name the Keys that the door has found damaged, and with how many uses at least', async () => {
    const world = await doorThatForgot({ maxUses: 3, spent: 1 });
    world.disk.turnBit(record, 20);
    await meet(world);

    const letter = world.letters.findLast(isUses);
    const opened = letter && openMessage(usesMessage, letter.message, () => true);
    expect(opened?.ok && opened.body.keys).toMatchObject([{ spent: 0, isInDoubt: true }]);
    expect(counter(world)).toMatchObject({ isUnsure: true, isLost: true });
  });

  it.each([
    ['names what it doubts', { namesDoubted: true }, false],
    ['is older and does not', { namesDoubted: undefined }, true],
  ])('leave nothing out where the agent that tells them %s', async (_what, said, isUnsure) => {
    const world = await doorThatForgot({ maxUses: 3, spent: 1 });
    world.lose(isUses);
    await meet(world);
    expect(counter(world)).toMatchObject({ isUnsure: true });

    const letter = world.letters.findLast(isUses);
    const told = letter && openMessage(usesMessage, letter.message, () => true);
    if (!told?.ok) throw new Error('no uses were told');
    const message = sealMessage(usesMessage, { ...told.body, keys: [], ...said }, doorSigner);
    await world.deliver({ direction: 'up', channel: 'state', message });
    expect(counter(world)).toMatchObject({ isUnsure });
  });
});
