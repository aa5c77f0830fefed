import { createWorld, type World } from '@claviger/sim';
import { describe, expect, it } from 'vitest';

const capacity = 40;

/** People leave while the server is away: the door opens after the exit button and closes again. */
async function leaveOften(world: World, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    world.agent.input(1, { type: 'exit' });
    for (const isOpen of [true, false]) {
      world.agent.input(1, { type: 'contact', isOpen });
      await world.pass(5_000);
    }
  }
}

interface Told {
  readonly sequence: number;
  readonly type: string;
  readonly detail: string | undefined;
}

function lostCount({ type, detail }: Told): number {
  return type === 'events_lost' ? Number(/^given_up (\d+) \d{13}$/.exec(detail ?? '')?.[1]) : 1;
}

/** Every sequence is accounted for: by its event, or by the record that says it is lost. */
function expectNoSilence(events: readonly Told[]): void {
  let told = 0;
  for (const event of events) {
    told += lostCount(event);
    expect(event.sequence).toBe(told);
  }
}

async function fullWorld(): Promise<World> {
  const world = createWorld({ journalCapacity: capacity });
  await world.connect();
  await world.disconnect();
  return world;
}

describe('a log that is full', () => {
  it('goes on recording: the oldest ordinary events give way, and the server is told how many', async () => {
    const world = await fullWorld();
    const before = world.server().events.length;
    await leaveOften(world, 100);
    expect(world.disk.transact((transaction) => transaction.countEvents())).toBeLessThanOrEqual(capacity);

    await world.connect();
    await world.pass(60_000);

    const { events } = world.server();
    expectNoSilence(events);
    const lost = events.filter(({ type }) => type === 'events_lost');
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.reduce((sum, event) => sum + lostCount(event), 0)).toBeGreaterThan(150);
    expect(events.length - before).toBeLessThanOrEqual(capacity + 5);
    expect(world.receipts.filter(({ ok }) => !ok)).toEqual([]);
    expect(world.disk.transact((transaction) => transaction.countEvents())).toBe(0);
  });

  it('keeps what was tampered with and refused longer than the course of the day', async () => {
    const world = await fullWorld();
    world.agent.input(1, { type: 'tamper', isTampered: true });
    await world.pass(1_000);
    await leaveOften(world, 100);

    await world.connect();
    await world.pass(60_000);

    expectNoSilence(world.server().events);
    expect(world.server().events.map(({ type }) => type)).toContain('tampered');
  });

  it('gives way in the end whatever it holds, so that the newest is never refused', async () => {
    const world = await fullWorld();
    for (let time = 0; time < 100; time += 1) {
      world.agent.input(1, { type: 'tamper', isTampered: time % 2 === 0 });
      await world.pass(1_000);
    }
    world.agent.input(1, { type: 'contact', isOpen: true });

    await world.connect();
    await world.pass(60_000);

    expectNoSilence(world.server().events);
    expect(
      world
        .server()
        .events.map(({ type }) => type)
        .slice(-4),
    ).toContain('door_forced');
    expect(world.diary.filter((line) => line.includes('cannot record'))).toEqual([]);
  });

  it('holds together when the server had stored a part and the word of that was lost', async () => {
    const world = await fullWorld();
    await leaveOften(world, 10);
    // The batch arrives, and nothing that is answered to it.
    world.agent.linkUp();
    const batch = world.letters.findLast(({ channel }) => channel === 'events');
    if (batch) await world.deliver(batch);
    world.agent.linkDown();
    const stored = world.server().events.length;
    expect(stored).toBeGreaterThan(20);

    await leaveOften(world, 100);
    world.reboot();
    await world.connect();
    await world.pass(60_000);

    const { events } = world.server();
    // What is stored stays, and the record that reaches back over it tells only of what follows too.
    expectNoSilence(events);
    expect(events[stored]?.type).toBe('events_lost');
    expect(events.at(-1)?.sequence).toBeGreaterThan(200);
    expect(world.receipts.filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('a log that fills up', () => {
  const alarms = (world: World): number =>
    world.server().events.filter(({ type }) => type === 'log_nearly_full').length;
  const waiting = (world: World): number => world.disk.transact((transaction) => transaction.countEvents());
  /** Lets that happen by which the log gets so many entries, at most one or two at a time. */
  const reach = (world: World, count: number): void => {
    for (let time = 0; time < 2 * count && waiting(world) < count; time += 1) {
      world.agent.input(1, { type: 'tamper', isTampered: time % 2 === 0 });
    }
  };
  const empty = async (world: World): Promise<void> => {
    await world.connect();
    await world.pass(60_000);
    await world.disconnect();
  };

  it('says nothing at 80 % of its room', async () => {
    const world = await fullWorld();
    // The link that is restored is the last event that has room below the alarm.
    reach(world, capacity * 0.8 - 1);

    await empty(world);

    expect(alarms(world)).toBe(0);
  });

  it('says above 80 % that it is nearly full, once, also over a restart and when it is full', async () => {
    const world = await fullWorld();
    reach(world, capacity * 0.8 + 1);
    world.reboot();
    await leaveOften(world, 20);

    await empty(world);

    expect(alarms(world)).toBe(1);
    expectNoSilence(world.server().events);
  });

  it('says it again when it was emptied and fills up again', async () => {
    const world = await fullWorld();
    for (let time = 0; time < 2; time += 1) {
      reach(world, capacity * 0.8 + 1);
      await empty(world);
    }

    expect(alarms(world)).toBe(2);
  });
});
