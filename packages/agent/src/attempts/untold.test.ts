import { readDetail } from '@claviger/domain';
import { decodeEvent, type DeviceEvent } from '@claviger/protocol';
import { bring, createWorld, listWithKey, pinOf, theKey, worldStartsAt, type World } from '@claviger/sim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const pin = { reader: 'keypad', text: '482913' } as const;
const card = { reader: 'card_reader', text: '04a1b2c3' } as const;

type ListParts = Parameters<typeof listWithKey>;

/** A door that the server has left alone with its list: everything that it says stays in its log. */
async function doorAlone(...list: ListParts): Promise<World> {
  const world = createWorld();
  await world.connect();
  await bring(world, listWithKey(...list));
  await world.settle();
  await world.disconnect();
  return world;
}

const refusing: ListParts = [{ state: 'suspended' }];
const withTwoFactors: ListParts = [{ maxUses: 3 }, { lock: { needsSecondFactor: true } }];

function logOf(world: World): DeviceEvent[] {
  const entries = world.disk.transact((transaction) => transaction.readEvents(1, 100_000));
  return entries.map(({ encoded }) => decodeEvent(encoded));
}

function gatheredIn(world: World) {
  const told = logOf(world).filter(({ type }) => type === 'refusals_gathered');
  return told.map(({ detail = '', at, path }) => ({ ...readDetail(detail), at, path }));
}

/** How many refusals the log tells of, each for itself or gathered. */
function refusedIn(world: World): number {
  const singly = logOf(world).filter(({ type, method }) => type === 'key_refused' && method !== undefined);
  const gathered = gatheredIn(world).map((told) => ('numbers' in told ? (told.numbers[0] ?? 0) : 0));
  return gathered.reduce((sum, count) => sum + count, singly.length);
}

/** What became of attempts at the door: `granted`, or why not. */
function attemptsIn(world: World): string[] {
  const told = logOf(world).filter(({ type }) => type === 'key_accepted' || type === 'key_refused');
  return told.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(' '));
}

/** The power fails after so many writes of what is done, and the box starts again. */
function cutIn(world: World, writes: number, work: () => void): void {
  world.disk.cutAfter(writes);
  try {
    work();
  } catch {
    // A start that cannot write ends.
  }
  world.disk.cutAfter(Infinity);
  world.reboot();
}

function show(world: World, times: number): void {
  for (let time = 0; time < times; time += 1) world.agent.present(1, pin);
}

/** More writes than anything that is tried here has. */
const everyCut = Array.from({ length: 16 }, (_, writes) => writes);

describe('refusals that a reader gathers', () => {
  it('are told by the next start where the power fails, once, with their span and their reader', async () => {
    const world = await doorAlone(...refusing);
    show(world, 31);
    await world.pass(500);
    show(world, 9);
    await world.pass(500);
    world.reboot();
    world.reboot();
    const [begun, ended] = [worldStartsAt, worldStartsAt + 500];
    expect(gatheredIn(world)).toEqual([
      { code: 'refused_at_least', numbers: [10, begun, ended], at: ended, path: 'keypad' },
    ]);
    await world.pass(120_000);
    expect(refusedIn(world)).toBe(40);
  });

  it('are counted but for those of the last second: the disk is written once a second at most', async () => {
    const world = await doorAlone(...refusing);
    show(world, 30);
    let writes = 0;
    world.disk.watch(() => {
      writes += 1;
    });
    for (let tenth = 0; tenth < 100; tenth += 1) {
      show(world, 1);
      await world.pass(100);
    }
    expect(writes).toBeLessThanOrEqual(11);
    show(world, 3);
    world.reboot();
    expect(refusedIn(world)).toBe(130);
  });

  it('are neither told of again nor forgotten with those that are gathered after them', async () => {
    const world = await doorAlone(...refusing);
    for (let minute = 0; minute < 3; minute += 1) {
      show(world, 40);
      await world.pass(60_000);
    }
    show(world, 40);
    await world.pass(1_000);
    world.reboot();
    expect(gatheredIn(world).map((told) => ('numbers' in told ? told.numbers[0] : 0))).toEqual([
      10, 10, 10, 10,
    ]);
    expect(refusedIn(world)).toBe(160);
  });

  it('are accounted for wherever the power fails, as often as it does', async () => {
    const step = fc.record({
      gapMs: fc.constantFrom(0, 100, 400, 999, 1_000, 20_000),
      times: fc.constantFrom(1, 5, 33),
      cutAfter: fc.option(fc.nat({ max: 4 }), { nil: undefined, freq: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const world = await doorAlone(...refusing);
        const shownAt: number[] = [];
        let mayBeLost = 0;
        for (const { gapMs, times, cutAfter } of steps) {
          await world.pass(gapMs);
          for (let time = 0; time < times; time += 1) shownAt.push(world.clock.mono());
          if (cutAfter === undefined) {
            show(world, times);
            continue;
          }
          show(world, times - 1);
          cutIn(world, cutAfter, () => {
            show(world, 1);
          });
          mayBeLost += shownAt.filter((at) => at > world.clock.mono() - 1_000).length;
        }
        await world.pass(120_000);
        expect(refusedIn(world)).toBeLessThanOrEqual(shownAt.length);
        expect(refusedIn(world)).toBeGreaterThanOrEqual(shownAt.length - mayBeLost);
      }),
      { numRuns: 60 },
    );
  });

  it('are told once also where the power fails in the start that tells of them', async () => {
    for (const writes of everyCut) {
      const world = await doorAlone(...refusing);
      show(world, 40);
      await world.pass(1_000);
      cutIn(world, writes, () => {
        world.reboot();
      });
      expect(refusedIn(world)).toBe(40);
    }
  });

  it('wait for a disk that takes nothing, and are told once then', async () => {
    const world = await doorAlone(...refusing);
    show(world, 40);
    await world.pass(1_000);
    // Enough for the boot to be counted.
    world.disk.cutAfter(1);
    world.reboot();
    expect(gatheredIn(world)).toEqual([]);
    world.disk.cutAfter(Infinity);
    await world.pass(10_000);
    world.reboot();
    expect(refusedIn(world)).toBe(40);
  });

  it('are told as lost where their record is damaged, and the next ones are counted', async () => {
    const world = await doorAlone(...refusing);
    show(world, 40);
    await world.pass(1_000);
    expect(world.disk.turnBit('gathered', 20)).toBe(true);
    world.reboot();
    world.reboot();
    const damages = logOf(world).filter(({ type }) => type === 'memory_damaged');
    expect(damages.map(({ detail }) => detail)).toEqual(['damaged_gathered']);
    show(world, 40);
    await world.pass(60_000);
    expect(gatheredIn(world)).toMatchObject([{ numbers: [10, expect.anything(), expect.anything()] }]);
  });

  it('of a former owner are told to nobody', async () => {
    const world = await doorAlone(...refusing);
    show(world, 40);
    await world.pass(1_000);
    const next = createWorld({ disk: world.disk, ownershipEpoch: 2 });
    expect(gatheredIn(next)).toEqual([]);
  });
});

describe('a first factor that waits', () => {
  const refused = 'second_factor_needed';
  const cutShort = `${refused} ended_waiting`;

  it('when the power fails is told by the next start as what it was, with its instant, once', async () => {
    const world = await doorAlone(...withTwoFactors);
    world.agent.present(1, pin);
    await world.pass(3_000);
    world.reboot();
    world.reboot();
    await world.pass(20_000);
    expect(attemptsIn(world)).toEqual([cutShort]);
    const event = logOf(world).find(({ type }) => type === 'key_refused');
    expect(event).toMatchObject({ at: worldStartsAt, method: 'pin', path: 'keypad' });
    expect(event?.list).toBeDefined();
    expect(event?.key).toHaveLength(16);
  });

  it('is an attempt of which all is told or nothing happened, wherever the power fails', async () => {
    const told: string[][] = [];
    for (const writes of everyCut) {
      const world = await doorAlone(...withTwoFactors);
      cutIn(world, writes, () => {
        world.agent.present(1, pin);
      });
      await world.pass(20_000);
      told.push(attemptsIn(world));
    }
    const cuts = told.findIndex((events) => events.length > 0);
    expect(cuts).toBeGreaterThan(0);
    expect(told.slice(cuts)).toEqual(told.slice(cuts).map(() => [cutShort]));
  });

  it('is told with its second one or as refused, once, wherever the power fails then', async () => {
    const seen = new Set<string>();
    for (const writes of everyCut) {
      const world = await doorAlone(...withTwoFactors);
      world.agent.present(1, pin);
      await world.pass(2_000);
      cutIn(world, writes, () => {
        world.agent.present(1, card);
      });
      await world.pass(20_000);
      const told = attemptsIn(world);
      expect(told).toHaveLength(1);
      const isGranted = told[0] === 'granted';
      if (world.hardware.moves.some(({ isUnlocked }) => isUnlocked)) expect(isGranted).toBe(true);
      seen.add(told[0] ?? '');
    }
    expect([...seen].sort()).toEqual(['granted', cutShort]);
  });

  it('is told once where the power fails as its wait ends, or in the start after it', async () => {
    for (const writes of everyCut) {
      const world = await doorAlone(...withTwoFactors);
      world.agent.present(1, pin);
      world.clock.advance(10_000);
      cutIn(world, writes, () => {
        world.agent.wake();
      });
      expect(attemptsIn(world)).toEqual([writes < 3 ? cutShort : refused]);

      const started = await doorAlone(...withTwoFactors);
      started.agent.present(1, pin);
      cutIn(started, writes, () => {
        started.reboot();
      });
      expect(attemptsIn(started)).toEqual([cutShort]);
    }
  });

  it('leaves nothing behind once it was answered', async () => {
    const world = await doorAlone(...withTwoFactors);
    world.agent.present(1, pin);
    world.agent.present(1, card);
    world.agent.present(1, pin);
    await world.pass(10_000);
    world.agent.present(1, pin);
    world.agent.end();
    world.reboot();
    expect(attemptsIn(world)).toEqual(['granted', refused, refused]);
  });

  it('that is shown again and again is told one by one thirty times a minute at most', async () => {
    const world = await doorAlone(...withTwoFactors);
    show(world, 40);
    await world.pass(60_000);
    expect(attemptsIn(world)).toEqual(Array.from({ length: 30 }, () => refused));
    expect(gatheredIn(world)).toMatchObject([{ numbers: [10, worldStartsAt, worldStartsAt] }]);
    show(world, 40);
    await world.pass(1_000);
    world.reboot();
    await world.pass(60_000);
    expect(refusedIn(world)).toBe(80);
    expect(attemptsIn(world).at(-1)).toBe(cutShort);
  });

  it('under duress has told that in the same moment, wherever the power fails', async () => {
    for (const writes of everyCut) {
      const world = createWorld();
      await world.connect();
      const list = listWithKey(...withTwoFactors);
      const duress = pinOf('482914', theKey, { isDuress: true });
      await bring(world, { ...list, credentials: [...list.credentials, duress] });
      await world.settle();
      await world.disconnect();
      cutIn(world, writes, () => {
        world.agent.present(1, { reader: 'keypad', text: '482914' });
      });
      const alarms = logOf(world).filter(({ type }) => type === 'silent_alarm');
      expect(alarms).toHaveLength(attemptsIn(world).length);
    }
  });

  it('is held by a disk that takes nothing, and told when it takes something', async () => {
    const world = await doorAlone(...withTwoFactors);
    world.disk.setFull(true);
    world.agent.present(1, pin);
    world.disk.setFull(false);
    await world.connect();
    await world.disconnect();
    world.reboot();
    expect(attemptsIn(world)).toEqual([cutShort]);
  });

  it('is told as damaged where its record is', async () => {
    const world = await doorAlone(...withTwoFactors);
    world.agent.present(1, pin);
    expect(world.disk.turnBit('waiting/1', 20)).toBe(true);
    world.reboot();
    world.reboot();
    expect(attemptsIn(world)).toEqual([]);
    const damages = logOf(world).filter(({ type }) => type === 'memory_damaged');
    expect(damages.map(({ detail }) => detail)).toEqual(['damaged_waiting']);
  });
});
