import {
  createWorld,
  keyRule,
  listWithKey,
  theKey,
  theLock,
  type Letter,
  type ListParts,
  type World,
} from '@claviger/sim';
import { kindNumberOf, reportedPieceLimit } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import type { KeyRule } from '@claviger/domain';
import type { MemoryDevice } from '../memory-store.ts';
import { readReported } from './reports.ts';

const pin = { reader: 'keypad', text: '482913' } as const;
const helloEveryMs = 30_000;
const commandId = '0193a6c0-7777-7000-8000-000000000007';

/** Makes the next list with this Key. */
function list(world: World, key: Partial<KeyRule> = {}, parts: ListParts = {}): Promise<void> {
  return world.makeList((heading) => listWithKey({ maxUses: 4, ...key }, { ...parts, ...heading }));
}

/** Shows the PIN when the door has locked again; whether it opened. */
async function opens(world: World): Promise<boolean> {
  await world.pass(6_000);
  const before = world.hardware.moves.length;
  world.agent.present(1, pin);
  await world.settle();
  return world.hardware.moves.length > before;
}

const listed = (world: World) => world.server().lists.get(theLock);
const told = (world: World, type: string) => world.server().events.filter((event) => event.type === type);

/** What a door has given back, put together; undefined where it is not whole. */
function reported(world: World) {
  const { restored } = world.server();
  const report = restored.reports.get(theLock);
  if (!report || !restored.whole.has(theLock)) return undefined;
  const pieces = Array.from(
    { length: report.count },
    (_, index) => report.pieces.get(index) ?? new Uint8Array(),
  );
  return readReported({ head: report.head, pieces }, world.ports);
}

interface Lost {
  readonly world: World;
  readonly image: MemoryDevice;
}

/** A backup is made; then more happens that only the door will know of. */
async function lose(after: (world: World) => Promise<unknown>): Promise<Lost> {
  const world = createWorld();
  await world.connect();
  await list(world);
  await opens(world);
  await world.pass(helloEveryMs);
  const image = world.server();
  await after(world);
  await world.pass(helloEveryMs);
  return { world, image };
}

/** The server is made of its backup again, and its door comes back. */
async function restore({ world, image }: Lost): Promise<void> {
  await world.disconnect();
  world.clock.advance(60_000);
  world.restoreServer(image);
  await world.connect();
  await world.pass(helloEveryMs);
}

describe('a server that was restored', () => {
  it('makes no list for a door before that has given back the one that is lost, as it was', async () => {
    const lost = await lose((world) => list(world, { state: 'revoked' }));
    const { world } = lost;

    await restore(lost);
    await list(world);

    expect(await opens(world)).toBe(false);
    expect(listed(world)?.newest).toMatchObject({ incarnation: 1, version: 1 });
    const found = reported(world);
    expect([found?.incarnation, found?.version, found?.keys[0]?.state]).toEqual([1, 2, 'revoked']);
  });

  it('makes the next list in another incarnation than all that the door has had', async () => {
    const lost = await lose(() => Promise.resolve());
    const { world } = lost;

    await restore(lost);
    await list(world);
    await world.pass(helloEveryMs);

    expect(listed(world)?.told?.incarnation).toBeGreaterThan(1_000_000);
    expect(listed(world)?.told).toMatchObject({ version: 1 });
    expect(await opens(world)).toBe(true);
  });

  it('is given a list of several pieces back, over a wire that loses letters', async () => {
    const keys = Array.from({ length: 6_000 }, (_, index) =>
      keyRule({ id: `0193a6c0-5555-7000-8000-${String(index).padStart(12, '0')}` }),
    );
    const lost = await lose((world) => list(world, {}, { keys }));
    const { world } = lost;
    let letters = 0;
    world.lose(({ message }) => kindNumberOf(message) === 19 && (letters += 1) % 2 === 0);

    await restore(lost);
    for (let hello = 0; hello < 8; hello += 1) await world.pass(helloEveryMs);

    expect(letters * reportedPieceLimit).toBeGreaterThan(4 * reportedPieceLimit);
    expect(reported(world)?.keys).toHaveLength(keys.length);
  });

  it('does not believe a hello of before that the door has nothing to report', async () => {
    const sent: Letter[] = [];
    const { world, image } = await lose(async (lost) => {
      const before = lost.letters.length;
      await lost.pass(helloEveryMs);
      sent.push(...lost.letters.slice(before).filter(({ channel }) => channel === 'state'));
      await list(lost, { state: 'revoked' });
    });
    await world.disconnect();
    world.restoreServer(image);

    for (const letter of sent) await world.deliver(letter);

    expect(sent).not.toEqual([]);
    expect(listed(world)?.reportOwedSince).toBeDefined();
    expect(world.server().device.logBrokenSince).toBeDefined();
  });

  it('believes no list that it has not signed', async () => {
    const lost = await lose((world) => list(world, { state: 'revoked' }));
    const { world } = lost;
    await restore(lost);
    const report = world.letters.findLast(({ message }) => kindNumberOf(message) === 19);
    const { restored } = world.server();
    const kept = restored.reports.get(theLock);
    if (!report || !kept) throw new Error('the door has reported');

    const changed = new Map(kept.pieces).set(0, new Uint8Array(kept.pieces.get(0)?.length ?? 0));
    restored.reports.set(theLock, { ...kept, pieces: changed });

    expect(reported(world)).toBeUndefined();
  });
});

describe('the log of a door whose server was restored', () => {
  it('goes on where the lost one had stored it: nothing is stored twice, and the gap is told', async () => {
    const lost = await lose((world) => opens(world));
    const { world, image } = lost;
    const last = image.events.at(-1);
    const lostEvents = world.server().events.length - image.events.length;
    await world.disconnect();
    expect(await opens(world)).toBe(true);

    await restore(lost);

    const fromDoor = world.server().events.filter(({ logEpoch }) => logEpoch > 0);
    const sequences = fromDoor.map(({ sequence }) => sequence);
    expect(new Set(sequences).size).toBe(sequences.length);
    expect(told(world, 'key_accepted')).toHaveLength(2);
    expect(world.disk.transact((transaction) => transaction.countEvents())).toBe(0);
    const stored = last?.sequence ?? 0;
    const detail = `missing_events 1 ${stored + 1} 1 ${stored + lostEvents}`;
    expect(told(world, 'server_restored')).toMatchObject([{ logEpoch: 0, since: last?.at, detail }]);
    expect(world.server().device.logBrokenSince).toBeUndefined();
  });

  it('goes on in a log that only the lost server knew, after an older disk', async () => {
    const world = createWorld();
    await world.connect();
    await list(world);
    const disk = world.disk.image();
    await opens(world);
    await world.pass(helloEveryMs);
    const image = world.server();
    await opens(world);
    world.reboot(disk);
    await world.connect();
    await world.pass(helloEveryMs);
    expect(world.server().device.logEpoch).toBe(2);

    await restore({ world, image });
    await opens(world);

    expect(world.server().device).toMatchObject({ logEpoch: 2, doubt: undefined });
    expect(world.disk.transact((transaction) => transaction.countEvents())).toBe(0);
  });
});

describe('what a door has counted', () => {
  it('counts at a server that was restored, also for a disk that is older than the backup', async () => {
    const world = createWorld();
    await world.connect();
    await list(world);
    const disk = world.disk.image();
    const image = world.server();
    for (let use = 0; use < 3; use += 1) await opens(world);
    await world.pass(helloEveryMs);
    await restore({ world, image });
    await list(world);
    await world.pass(helloEveryMs);

    world.reboot(disk);
    await world.connect();
    await world.pass(helloEveryMs);

    expect([await opens(world), await opens(world)]).toEqual([true, false]);
  });

  it('is not counted twice where it is told by an event too', async () => {
    const lost = await lose((world) => opens(world));
    const { world } = lost;
    await world.disconnect();
    await opens(world);
    await restore(lost);
    await list(world);

    expect([await opens(world), await opens(world)]).toEqual([true, false]);
    const spent = told(world, 'key_accepted').at(-1)?.uses?.spent;
    expect(spent).toBe(4);
  });

  it('is believed as of the last event that is stored, and of no earlier one', async () => {
    const lost = await lose((world) => opens(world));
    const { world } = lost;
    const isUses = ({ message }: Letter): boolean => kindNumberOf(message) === 20;
    world.lose(isUses);
    await restore(lost);
    const late = world.letters.findLast(isUses);
    await opens(world);

    if (late) await world.deliver(late);

    expect(late).toBeDefined();
    expect(listed(world)?.areUsesOwed).toBe(true);
    world.lose();
    await world.pass(2 * helloEveryMs);
    expect(listed(world)?.areUsesOwed).toBe(false);
    expect(world.server().counters.get(`${theLock} ${theKey}`)).toMatchObject({ spent: 3, isUnsure: false });
  });

  it('is not made up where the door was in doubt when its server was lost', async () => {
    const world = createWorld();
    await world.connect();
    await list(world);
    const image = world.server();
    const disk = world.disk.image();
    await opens(world);
    await world.pass(helloEveryMs);
    world.reboot(disk);
    world.lose(({ message }) => kindNumberOf(message) === 6);
    await world.connect();
    await world.pass(helloEveryMs);
    expect(world.server().device.doubt).toBeDefined();

    await world.disconnect();
    world.lose();
    await restore({ world, image });
    await list(world);
    await world.pass(helloEveryMs);

    expect(world.server().device.doubt).toBeUndefined();
    // One use was spent on the disk that is gone, and told to the server that is lost: nobody knows of it.
    expect(await opens(world)).toBe(false);
    expect(told(world, 'key_refused').at(-1)).toMatchObject({ detail: 'suspended_counter', uses: undefined });
  });
});

describe('a command of a server that was restored', () => {
  it('has a number above all that the door has judged', async () => {
    const lost = await lose(async (world) => {
      for (const command of ['7001', '7002', '7003']) {
        await world.pass(6_000);
        const issued = await world.issue(commandId.replace('7777', command));
        if (issued.ok) await world.deliver({ direction: 'down', ...issued.reply });
        await world.settle();
      }
    });
    const { world } = lost;
    await restore(lost);
    await world.pass(6_000);

    const issued = await world.issue(commandId);

    expect(issued.ok && issued.command.sequence).toBe(lost.image.device.commandSequence + 4);
  });
});
