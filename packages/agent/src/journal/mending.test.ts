import { decodeEvent, encodeEvent } from '@claviger/protocol';
import { createWorld, type World } from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../ports.ts';

/** A door that has told the server nothing of what happened since it lost the connection. */
async function awayWorld(happenings: number, journalCapacity?: number): Promise<World> {
  const world = createWorld(journalCapacity === undefined ? {} : { journalCapacity });
  await world.connect();
  await world.disconnect();
  for (let time = 0; time < happenings; time += 1) {
    world.agent.input(1, { type: 'tamper', isTampered: time % 2 === 0 });
    await world.pass(1_000);
  }
  return world;
}

function entriesOf(world: World): readonly StoredEvent[] {
  return world.disk.transact((transaction) => transaction.readEvents(0, 10_000));
}

function flipped(bytes: Uint8Array, place: number): Uint8Array {
  return bytes.map((byte, index) => (index === place ? byte ^ 1 : byte));
}

/** Puts another entry in the place of one that waits; the last is at -1. */
function damage(world: World, place: number, change: (entry: StoredEvent) => Partial<StoredEvent>): number {
  const entry = entriesOf(world).at(place);
  if (!entry) throw new Error('no such entry');
  world.disk.transact((transaction) => {
    transaction.dropEvents(entry.sequence, entry.sequence);
    transaction.appendEvent({ ...entry, ...change(entry) });
  });
  return entry.sequence;
}

/** What waits, by sequence. */
function typesOf(world: World): Map<number, string> {
  return new Map(entriesOf(world).map(({ sequence, encoded }) => [sequence, decodeEvent(encoded).type]));
}

/** What the server was told since the connection was lost, when it has everything that waited. */
async function told(world: World) {
  const waiting = entriesOf(world);
  const [first, last] = [waiting[0]?.sequence ?? 0, waiting.at(-1)?.sequence ?? 0];
  await world.connect();
  await world.pass(30_000);
  expect(entriesOf(world)).toEqual([]);
  expect(world.receipts.filter(({ ok }) => !ok)).toEqual([]);
  return world.server().events.filter(({ sequence }) => sequence >= first && sequence <= last);
}

describe('an entry of the log that the disk has damaged', () => {
  it.each([
    ['first', 0, 1],
    ['in the middle', 4, 1],
    ['last', -1, 1],
    ['unreadable', 4, 0],
  ])('and is %s is told as lost, and everything else as it was', async (_, place, byte) => {
    const world = await awayWorld(8);
    const expected = typesOf(world);
    const sequence = damage(world, place, ({ encoded }) => ({ encoded: flipped(encoded, byte) }));
    expected.set(sequence, 'events_lost');

    const events = await told(world);

    expect(new Map(events.map((event) => [event.sequence, event.type]))).toEqual(expected);
    expect(events.find((event) => event.sequence === sequence)?.detail).toMatch(/^given_up 1 /);
  });

  it.each([0, 4, -1])('only in its hash loses nothing: %i', async (place) => {
    const world = await awayWorld(8);
    const expected = typesOf(world);
    damage(world, place, ({ hash }) => ({ hash: flipped(hash, 7) }));

    const events = await told(world);

    expect(new Map(events.map(({ sequence, type }) => [sequence, type]))).toEqual(expected);
  });

  it('keeps no room from being made', async () => {
    const world = await awayWorld(20, 40);
    damage(world, 6, ({ encoded }) => ({ encoded: flipped(encoded, 0) }));
    for (let time = 0; time < 60; time += 1) {
      world.agent.input(1, { type: 'tamper', isTampered: time % 2 === 0 });
      await world.pass(1_000);
    }

    const events = await told(world);

    const counts = events.map(({ type, detail }) =>
      type === 'events_lost' ? Number(detail?.split(' ')[1]) : 1,
    );
    const [first = 0, last = 0] = [events[0]?.sequence, events.at(-1)?.sequence];
    const before = first - (counts[0] ?? 0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(last - before);
  });

  it('is a record of lost events that counts others than are missing: it is told as it must be', async () => {
    const world = await awayWorld(8);
    const at = entriesOf(world).at(4)?.sequence ?? 0;
    damage(world, 4, ({ encoded, hash }) => {
      const { sequence, lock, at: when, uncertaintyMs, mono, bootNumber } = decodeEvent(encoded);
      const lost = { count: 3, until: when, hash };
      const event = { sequence, lock, at: when, uncertaintyMs, mono, bootNumber, lost };
      return { encoded: encodeEvent({ ...event, type: 'events_lost' }) };
    });

    const events = await told(world);

    expect(events.map(({ sequence }) => sequence)).toEqual(
      events.map((_, index) => index + (events[0]?.sequence ?? 0)),
    );
    expect(events.find(({ sequence }) => sequence === at)?.detail).toMatch(/^given_up 1 /);
  });
});

describe('an entry of the log that lies under another number', () => {
  it.each([1, 64])('beyond the end goes back to its own: %i further', async (further) => {
    const world = await awayWorld(8);
    const expected = typesOf(world);
    damage(world, -1, ({ sequence }) => ({ sequence: sequence + further }));
    world.reboot();
    for (let time = 0; time < 70; time += 1)
      world.agent.input(1, { type: 'tamper', isTampered: time % 2 === 0 });

    const events = await told(world);

    const all = new Map(events.map(({ sequence, type }) => [sequence, type as string]));
    for (const [sequence, type] of expected) expect(all.get(sequence)).toBe(type);
    expect(events.some(({ detail }) => detail === 'damaged_log')).toBe(true);
    expect(world.diary.filter((line) => line.includes('cannot record'))).toEqual([]);
  });

  it("whose place is taken or far away is lost, and in nobody's way", async () => {
    const world = await awayWorld(8);
    const last = entriesOf(world).at(-1)?.sequence ?? 0;
    damage(world, 3, () => ({ sequence: last + 5 }));
    world.reboot();
    for (let time = 0; time < 10; time += 1)
      world.agent.input(1, { type: 'tamper', isTampered: time % 2 === 0 });

    const events = await told(world);

    const lost = events
      .filter(({ type }) => type === 'events_lost')
      .map(({ detail }) => detail?.split(' ')[1]);
    expect(lost).toEqual(['2']);
    expect(world.diary.filter((line) => line.includes('cannot record'))).toEqual([]);
  });
});
