import {
  bring,
  createWorld,
  lastHello,
  linkLetter,
  listWithKey,
  pictureText,
  PowerCut,
  recoveryLetter,
  storedLetter,
  theKey,
  worldStartsAt,
  type Letter,
  type VirtualDisk,
  type World,
} from '@claviger/sim';
import { kindNumberOf, recoveryMessage, storedMessage, uuidBytes } from '@claviger/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const maxUses = 4;
const pin = { reader: 'keypad', text: '482913' } as const;

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

function told(world: World, type: string): ReturnType<World['server']>['events'] {
  return world.server().events.filter((event) => event.type === type);
}

interface Yesterday {
  readonly world: World;
  readonly image: VirtualDisk;
}

/**
 * One of four uses is spent, then an image is taken, then another use is spent, which the server knows of.
 */
async function yesterday(key: Parameters<typeof listWithKey>[0] = { maxUses }): Promise<Yesterday> {
  const world = createWorld();
  await world.connect();
  await bring(world, listWithKey(key));
  await show(world);
  await world.pass(6_000);
  const image = world.disk.image();
  await show(world);
  await world.pass(6_000);
  return { world, image };
}

/** Yesterday's image runs alone for a while, and one use is spent by it before it meets the server. */
async function olderAlone(given?: Yesterday): Promise<Yesterday> {
  const begun = given ?? (await yesterday());
  begun.world.reboot(begun.image.image());
  await show(begun.world);
  return begun;
}

function expectPowerCut(error: unknown): void {
  if (!(error instanceof PowerCut)) throw error;
}

function isRecovery({ message }: Letter): boolean {
  return kindNumberOf(message) === recoveryMessage.number;
}

describe('a door that was started from an older disk', () => {
  it('has all uses back that both disks have spent, and not one more is left than there was', async () => {
    const { world } = await olderAlone();
    expect(openings(world)).toBe(3);

    await world.connect();
    await show(world, 4);

    expect(openings(world)).toBe(maxUses);
    expect(world.server().device.doubt).toBeUndefined();
    expect(told(world, 'counters_returned')).toHaveLength(1);
  });

  it('loses no event that it has recorded, and none is stored twice or changed', async () => {
    const { world, image } = await yesterday();
    const before = [...world.server().events];
    await olderAlone({ world, image });

    await world.connect();

    const { events } = world.server();
    expect(events.slice(0, before.length)).toEqual(before);
    const fromDoors = events.filter(({ logEpoch }) => logEpoch > 0);
    expect(new Set(fromDoors.map(({ logEpoch, sequence }) => `${logEpoch}.${sequence}`)).size).toBe(
      fromDoors.length,
    );
    expect(new Set(fromDoors.map(({ hash }) => String(hash))).size).toBe(fromDoors.length);
    expect(told(world, 'key_accepted').map(({ logEpoch }) => logEpoch)).toEqual([1, 1, 2]);
    expect(world.disk.transact((transaction) => transaction.countEvents())).toBe(0);
  });

  it('is told at the server with cause and since when, and of which time nothing is known', async () => {
    const { world, image } = await yesterday();
    const lastKnownAt = world.server().events.at(-1)?.at;
    world.clock.advance(3_600_000);
    const cameBackAt = worldStartsAt + world.clock.mono();
    await olderAlone({ world, image });
    world.lose(isRecovery);

    await world.connect();

    expect(world.server().device.doubt).toMatchObject({
      since: worldStartsAt + world.clock.mono(),
      cause: 'other_history',
    });
    expect(told(world, 'older_disk')).toMatchObject([{ logEpoch: 0, detail: 'other_history' }]);
    expect(told(world, 'events_unknown')).toMatchObject([
      { logEpoch: 0, since: lastKnownAt, at: cameBackAt },
    ]);
  });

  it('has what both disks tell stored once, and goes on after it', async () => {
    const world = createWorld();
    await world.connect();
    await bring(world, listWithKey({ maxUses }));
    await world.disconnect();
    await show(world);
    await world.pass(6_000);
    const image = world.disk.image();
    await world.connect();
    await show(world);
    await olderAlone({ world, image });

    await world.connect();

    expect(told(world, 'key_accepted').map(({ logEpoch }) => logEpoch)).toEqual([1, 1, 2]);
    expect(told(world, 'link_lost').map(({ logEpoch }) => logEpoch)).toEqual([1]);
    await show(world, 4);
    expect(openings(world)).toBe(maxUses);
  });

  it('is recognised also where the number of its boot was used long ago', async () => {
    const { world, image } = await yesterday();
    for (let boot = 0; boot < 5; boot += 1) {
      world.reboot();
      await world.connect();
    }
    await olderAlone({ world, image });

    await world.connect();
    await world.pass(10_000);
    await show(world, 4);

    expect(openings(world)).toBe(maxUses);
    world.reboot();
    await world.connect();
    expect(told(world, 'older_disk')).toHaveLength(1);
    expect(lastHello(world)?.bootNumber).toBeGreaterThan(6);
  });

  it('is recognised by its boot alone where the server has none of the events that it lacks', async () => {
    const world = createWorld();
    await world.connect();
    await bring(world, listWithKey({ maxUses }));
    const image = world.disk.image();
    world.reboot();
    world.lose(({ channel }) => channel === 'events');
    await world.connect();
    world.lose();
    world.reboot(image);

    await world.connect();
    await world.pass(60_000);

    expect(told(world, 'older_disk')).toMatchObject([{ detail: 'earlier_boot' }]);
    expect(world.server().device.doubt).toBeUndefined();
    await show(world);
    expect(openings(world)).toBe(1);
  });

  it('remembers the wrong tries of both disks', async () => {
    const { world, image } = await yesterday({});
    for (let time = 0; time < 9; time += 1) {
      world.agent.present(1, { reader: 'keypad', text: '731946' });
      await world.pass(time < 5 ? 1_000 : 300_000);
    }
    world.agent.present(1, { reader: 'keypad', text: '731946' });
    await world.settle();
    world.reboot(image);
    await world.connect();
    const before = openings(world);

    await show(world);

    expect(openings(world)).toBe(before);
    expect(told(world, 'key_refused').at(-1)?.reason).toBe('throttled');
  });

  it('takes no moving picture again that its former disk has taken', async () => {
    const { world, image } = await yesterday();
    const at = worldStartsAt + world.clock.mono();
    const picture = { reader: 'qr_reader', text: pictureText({ key: theKey, at }) } as const;
    world.agent.present(1, picture);
    await world.settle();
    world.reboot(image);
    await world.connect();
    const before = openings(world);

    world.agent.present(1, picture);
    await world.settle();

    expect(openings(world)).toBe(before);
    expect(told(world, 'key_refused').at(-1)?.reason).toBe('replayed');
  });

  it('takes no command number again', async () => {
    const { world, image } = await yesterday();
    const issued = await world.issue('0193a6c0-aaaa-7000-8000-000000000001');
    if (!issued.ok) throw new Error(issued.reason);
    await world.deliver({ direction: 'down', ...issued.reply });
    world.reboot(image);
    await world.connect();
    const before = openings(world);

    await world.deliver(linkLetter(world, theKey, { sequence: 1, key: undefined }));

    expect(openings(world)).toBe(before);
    await world.pass(30_000);
    expect(lastHello(world)?.commandSequence).toBe(1);
  });
});

describe('a power cut while the counters are given back', () => {
  it('at any write lets no use be spent twice and leaves nothing suspended', async () => {
    let cuts = 0;
    for (let writes = 0; writes < 40; writes += 1) {
      const { world } = await olderAlone();
      world.disk.cutAfter(writes);
      await world.connect().catch(expectPowerCut);
      const isCut =
        world.server().device.doubt !== undefined || told(world, 'counters_returned').length === 0;
      if (isCut) cuts += 1;
      world.disk.cutAfter(Infinity);
      world.reboot();
      await world.connect();
      await world.pass(60_000);
      await show(world, 5);

      expect([writes, openings(world)]).toEqual([writes, maxUses]);
      expect(world.server().device.doubt).toBeUndefined();
    }
    expect(cuts).toBeGreaterThan(8);
    expect(cuts).toBeLessThan(40);
  }, 60_000);
});

describe('a wire that loses letters while the counters are given back', () => {
  it('delays it, whichever letter is lost, and nothing is spent twice', async () => {
    let count = 0;
    for (let lost = 0; lost === 0 || lost < count; lost += 1) {
      const { world } = await olderAlone();
      count = 0;
      world.lose(() => {
        count += 1;
        return count === lost + 1;
      });
      await world.connect();
      await show(world);
      await world.pass(120_000);
      world.lose();
      await show(world, 4);

      expect([lost, openings(world)]).toEqual([lost, maxUses]);
      expect(world.server().device.doubt).toBeUndefined();
      expect(told(world, 'older_disk')).toHaveLength(1);
    }
    expect(count).toBeGreaterThan(10);
  }, 60_000);
});

describe('a hostile broker', () => {
  it('changes nothing by playing everything again that was ever said', async () => {
    const { world } = await olderAlone();
    await world.connect();
    await world.pass(60_000);
    const { events, device, logs } = structuredClone(world.server());

    for (const letter of [...world.letters]) await world.deliver(letter);
    for (const letter of [...world.letters].reverse()) await world.deliver(letter);

    const isOfOther = ({ type }: { type: string }) => type !== 'message_refused';
    expect(world.server().events.filter(isOfOther)).toEqual(events.filter(isOfOther));
    expect(world.server().device).toMatchObject({ logEpoch: device.logEpoch, doubt: undefined });
    expect([...world.server().logs.keys()]).toEqual([...logs.keys()]);
    await world.pass(60_000);
    await show(world, 4);
    expect(openings(world)).toBe(maxUses);
  });

  it('gives an older disk nothing back with what the server once gave to another boot', async () => {
    const { world, image } = await olderAlone();
    await world.connect();
    const given = world.letters.filter(
      ({ direction, message }) =>
        direction === 'down' &&
        [recoveryMessage.number, storedMessage.number].includes(kindNumberOf(message) as 3),
    );
    await show(world, 4);
    expect(openings(world)).toBe(maxUses);
    world.reboot(image);
    world.agent.linkUp();
    const { storedThrough, lastHash } = world.server().logs.get(1) ?? { storedThrough: 0 };
    await world.deliver(storedLetter(storedThrough, lastHash));

    for (const letter of [...given, ...given]) world.agent.receive('sync', letter.message);
    world.agent.present(1, pin);

    expect(given.filter(isRecovery)).not.toHaveLength(0);
    expect(openings(world)).toBe(maxUses);
  });

  it('ends no second doubt of a boot with what was given back in its first', async () => {
    const { world } = await olderAlone();
    await world.connect();
    const given = world.letters.filter(isRecovery);
    const last = world.server().logs.get(2)?.storedThrough ?? 0;
    const foreign = new Uint8Array(32).fill(9);
    const { bootNonce = foreign.slice(16) } = lastHello(world) ?? {};
    world.agent.receive('sync', storedLetter(last, foreign, { logEpoch: 2 }).message);
    const before = openings(world);

    for (const letter of given) world.agent.receive('sync', letter.message);
    const next = { logEpoch: 2, bootNonce };
    world.agent.receive('sync', storedLetter(last, foreign, { logEpoch: 2, next }).message);
    world.agent.present(1, pin);

    expect(given).not.toHaveLength(0);
    expect(openings(world)).toBe(before);
  });

  it('makes no alarm of what a boot has told that is over', async () => {
    const { world, image } = await yesterday();
    const present = world.disk;
    world.reboot(image);
    world.lose(() => true);
    const before = world.letters.length;
    await world.connect();
    world.lose();
    const batches = world.letters.slice(before).filter(({ channel }) => channel === 'events');
    world.reboot(present);
    await world.connect();
    await world.pass(60_000);

    for (const letter of batches) await world.deliver(letter);

    expect(world.server().refusals.get('events conflict')).toBe(batches.length);
    expect(told(world, 'older_disk')).toEqual([]);
  });

  it('ends no doubt with what is for another device, ownership, boot or log, or is not all', async () => {
    const { world } = await olderAlone();
    world.lose(isRecovery);
    await world.connect();
    const before = openings(world);
    const used = { lock: 1, key: uuidBytes(theKey), spent: 3 };
    const other = new Uint8Array(16).fill(9);
    const through = lastHello(world)?.lastSequence ?? 0;

    for (const more of [
      { device: other },
      { ownershipEpoch: 2 },
      { bootNonce: other },
      { logEpoch: 3 },
      { parts: 2, part: 0 },
      { parts: 2, part: 1, through: through - 1 },
      { lists: [{ lock: 1, list: { incarnation: 1, version: 2 } }] },
    ]) {
      await world.deliver(recoveryLetter(world, { keys: [used], ...more }));
      world.agent.present(1, pin);
      expect([more, openings(world)]).toEqual([more, before]);
    }
    world.agent.receive('sync', recoveryLetter(world, { keys: [used] }).message);
    await world.deliver(recoveryLetter(world, { keys: [used], through: 1_000 }));
    await show(world, 3);
    expect(openings(world)).toBe(before + 1);
  });
});

describe('an opening that the server does not know of yet', () => {
  it('is waited for: what is given back counts it too', async () => {
    const { world } = await olderAlone(await yesterday({}));
    world.lose(isRecovery);
    await world.connect();
    const early = recoveryLetter(world, { keys: [{ lock: 1, key: uuidBytes(theKey), spent: 3 }] });
    world.lose(({ channel }) => channel === 'events');
    await show(world);
    world.lose();

    world.agent.receive('sync', early.message);
    await world.pass(60_000);
    await bring(world, listWithKey({ maxUses: 4 }, { version: 2 }));
    await show(world, 2);

    expect(openings(world)).toBe(4);
    expect(told(world, 'key_refused').at(-1)?.uses).toEqual({ spent: 4, max: 4 });
  });
});

/** The wire brings letters in any order, some twice and some late, while time passes and people come. */
async function talkWildly(world: World, drawn: (below: number) => number, steps: number): Promise<void> {
  const waiting: Letter[] = [];
  world.lose((letter) => waiting.push(letter) > 0);
  await world.connect();
  for (let step = 0; step < steps; step += 1) {
    const place = drawn(waiting.length);
    const [letter] = drawn(4) === 0 ? waiting.slice(place, place + 1) : waiting.splice(place, 1);
    if (letter) await world.deliver(letter);
    if (drawn(5) === 0) await world.pass(drawn(7_000));
    if (drawn(10) === 0) await show(world);
  }
  world.lose();
  await world.pass(120_000);
}

describe('a wire that brings letters in any order, late and twice', () => {
  const chance = fc.infiniteStream(fc.nat());

  it('makes nobody an older disk who is none', async () => {
    await fc.assert(
      fc.asyncProperty(chance, async (stream) => {
        const drawn = (below: number): number => (stream.next().value ?? 0) % Math.max(1, below);
        const { world } = await yesterday();
        for (let boot = 0; boot < 3; boot += 1) {
          world.reboot();
          await talkWildly(world, drawn, 40);
        }
        expect(told(world, 'older_disk')).toEqual([]);
        await show(world, 4);
        expect(openings(world)).toBe(maxUses);
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  it('lets an older disk spend no use twice, and has it back in the end', async () => {
    await fc.assert(
      fc.asyncProperty(chance, async (stream) => {
        const drawn = (below: number): number => (stream.next().value ?? 0) % Math.max(1, below);
        const { world, image } = await yesterday();
        world.reboot(image);
        await talkWildly(world, drawn, 60);
        expect(world.server().device.doubt).toBeUndefined();
        expect(told(world, 'older_disk')).toHaveLength(1);
        await show(world, 5);
        expect(world.server().events.filter(({ type }) => type === 'key_accepted')).toHaveLength(
          openings(world),
        );
        expect(told(world, 'key_refused').at(-1)?.reason).toBe('uses_exhausted');
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('two disks of one door that run in turn', () => {
  it('give the alarm also while the first is still in doubt', async () => {
    const { world, image } = await yesterday();
    world.lose(isRecovery);
    for (const [turn, disk] of [image.image(), image.image()].entries()) {
      world.reboot(disk);
      await world.connect();
      await world.pass(10_000);
      expect(told(world, 'older_disk')).toHaveLength(turn + 1);
    }
    world.lose();
    await world.pass(60_000);
    expect(world.server().device).toMatchObject({ doubt: undefined, logEpoch: 3 });
  });

  it('give the alarm each time, and together spend what one lineage allows', async () => {
    const { world, image } = await yesterday();
    const disks = [image, world.disk];
    for (let turn = 0; turn < 6; turn += 1) {
      const disk = disks[turn % 2];
      if (disk) world.reboot(disk);
      await world.connect();
      await world.pass(60_000);
      expect(told(world, 'older_disk')).toHaveLength(turn + 1);
      expect(world.server().device.doubt).toBeUndefined();
      await show(world);
      expect(openings(world)).toBe(Math.min(maxUses, 3 + turn));
    }
  });
});
