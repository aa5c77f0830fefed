import {
  anotherKey,
  bring,
  createWorld,
  doorList,
  keyRule,
  linkLetter,
  listWithKey,
  pinOf,
  storedLetter,
  theKey,
  worldStartsAt,
  type World,
} from '@claviger/sim';
import type { KeyRule, LockRules } from '@claviger/domain';
import { decodeEvent, uuidBytes } from '@claviger/protocol';
import fc from 'fast-check';
import { readDetail } from '@claviger/domain';
import { describe, expect, it } from 'vitest';
import { checkedStore } from '../memory/checked-store.ts';
import { isListBody } from '../memory/memory.ts';

const dayMs = 86_400_000;
const right = { reader: 'keypad', text: '482913' } as const;
const wrong = { reader: 'keypad', text: '731946' } as const;

async function worldWith(key: Partial<KeyRule> = {}, lock: Partial<LockRules> = {}): Promise<World> {
  const world = createWorld();
  await world.connect();
  await bring(world, listWithKey(key, { lock }));
  return world;
}

function openings(world: World): number {
  return world.hardware.moves.filter(({ isUnlocked }) => isUnlocked).length;
}

function reasonsTold(world: World): (string | undefined)[] {
  return world
    .server()
    .events.filter(({ type }) => type.startsWith('key_'))
    .map(({ reason }) => reason);
}

function spentOf(world: World, key = theKey): number {
  const text = world.disk
    .transact((transaction) => transaction.readEvents(1, 100_000))
    .map(({ encoded }) => decodeEvent(encoded))
    .filter((event) => event.type === 'key_accepted' && String(event.key) === String(uuidBytes(key)));
  return text.length;
}

describe('a power cut', () => {
  it('between any two writes spends no use twice and opens nothing that was not spent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 14 }), { minLength: 1, maxLength: 8 }), async (cuts) => {
        const world = await worldWith({ maxUses: 3 });
        world.agent.linkDown();
        for (const writes of cuts) {
          world.disk.cutAfter(writes);
          world.agent.present(1, right);
          world.agent.present(1, right);
          world.disk.cutAfter(Infinity);
          world.reboot();
          expect(openings(world)).toBeLessThanOrEqual(spentOf(world));
        }
        for (let time = 0; time < 5; time += 1) world.agent.present(1, right);
        expect(spentOf(world)).toBe(3);
        expect(openings(world)).toBeLessThanOrEqual(3);
      }),
      { numRuns: 60 },
    );
  });

  it('does not shorten the cooldown of commands', async () => {
    const world = await worldWith();
    await world.deliver(linkLetter(world, theKey, { key: undefined }));
    world.reboot();
    await world.connect();
    const again = { key: undefined, sequence: 2, command: uuidBytes('0193a6c0-7777-7000-8000-000000000009') };
    await world.deliver(linkLetter(world, theKey, again));
    await world.settle();
    expect(world.server().events.findLast(({ type }) => type === 'command_refused')?.reason).toBe('cooldown');
    await world.pass(3_000);
    await world.deliver(linkLetter(world, theKey, { ...again, sequence: 3 }));
    expect(openings(world)).toBe(2);
  });
});

describe('a robot at the keypad', () => {
  /** SEMANTICS C10 lets so many through in a day: five, 30 s to 15 min, then one every 15 minutes. */
  const mostTries = 110;

  function pinsOf(seed: number): () => string {
    let state = seed;
    return () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      const digits = String(state % 400_000).padStart(6, '0');
      return digits === right.text ? '000000' : digits;
    };
  }

  it('gets nowhere in a day, whoever else opens meanwhile and however often the power fails', async () => {
    const world = await worldWith();
    const next = pinsOf(7);
    for (let second = 0; second < 86_400; second += 60) {
      world.agent.present(1, { reader: 'keypad', text: next() });
      if (second % 3_600 === 0) {
        world.agent.present(1, { reader: 'card_reader', text: '04a1b2c3' });
        await world.pass(5_000);
        world.reboot();
        await world.connect();
      }
      await world.pass(60_000);
    }
    const looked = reasonsTold(world).filter((reason) => reason === 'unknown_credential').length;
    expect(looked).toBeGreaterThan(60);
    expect(looked).toBeLessThanOrEqual(mostTries);
    // The neighbour came in by card each hour, also in the pauses of the keypad; the robot never did.
    expect(openings(world)).toBe(24);
  }, 120_000);

  it('is paused also by a disk that takes nothing, and after the power failed then', async () => {
    const world = await worldWith();
    world.disk.setFull(true);
    for (let time = 0; time < 6; time += 1) world.agent.present(1, wrong);
    world.agent.present(1, { reader: 'keypad', text: '482913' });
    expect(openings(world)).toBe(0);
    world.disk.setFull(false);
    await world.pass(10_000);
    world.reboot();
    world.agent.present(1, right);
    expect(openings(world)).toBe(0);
    world.clock.advance(20_001);
    world.agent.present(1, right);
    expect(openings(world)).toBe(1);
  });
});

describe('a full disk', () => {
  it('denies counted Keys, and others by the lock’s policy; the log tells it all afterwards', async () => {
    for (const [key, whenUnrecorded, opened] of [
      [{ maxUses: 9 }, 'admit', 0],
      [{}, 'admit', 1],
      [{}, 'deny', 0],
      [{ isEmergency: true }, 'deny', 0],
    ] as const) {
      const world = await worldWith(key, { whenUnrecorded });
      world.disk.setFull(true);
      world.agent.present(1, right);
      expect(openings(world)).toBe(opened);
      world.disk.setFull(false);
      await world.pass(10_000);
      expect(reasonsTold(world)).toEqual([opened === 1 ? 'granted' : 'cannot_be_recorded']);
    }
  });

  it('takes no refusal for two: thirty a minute of one reader are still told one by one', async () => {
    const world = await worldWith({ state: 'suspended' });
    world.disk.setFull(true);
    for (let time = 0; time < 40; time += 1) world.agent.present(1, right);
    world.disk.setFull(false);
    await world.pass(120_000);
    const { events } = world.server();
    expect(events.filter(({ type }) => type === 'key_refused')).toHaveLength(30);
    const gathered = events.filter(({ type }) => type === 'refusals_gathered');
    expect(gathered.map(({ detail }) => readDetail(detail ?? ''))).toEqual([
      { code: 'refused_from', numbers: [10, worldStartsAt, worldStartsAt] },
    ]);
  });

  it('leaves nothing out where the box ends in order: what is gathered is told before', async () => {
    const world = await worldWith({ state: 'suspended' });
    for (let time = 0; time < 40; time += 1) world.agent.present(1, right);
    world.agent.end();
    await world.pass(10_000);
    const { events } = world.server();
    expect(events.findLast(({ type }) => type === 'refusals_gathered')?.detail).toMatch(/^refused_from 10 /);
  });

  it('counts what was let in meanwhile, and says how many events it could not wait for', async () => {
    const letIn = 80;
    const world = await worldWith({}, { whenUnrecorded: 'admit' });
    world.disk.setFull(true);
    for (let time = 0; time < letIn; time += 1) {
      world.agent.present(1, right);
      await world.pass(6_000);
    }
    world.disk.setFull(false);
    await world.pass(60_000);
    const { events } = world.server();
    expect(openings(world)).toBe(letIn);
    expect(events.filter(({ type }) => type.startsWith('key_')).length).toBeLessThan(letIn);
    expect(events.some(({ detail }) => /^not_kept \d+$/.test(detail ?? ''))).toBe(true);

    await bring(world, listWithKey({ maxUses: letIn }, { version: 2 }));
    world.agent.present(1, right);
    await world.settle();
    expect(reasonsTold(world).at(-1)).toBe('uses_exhausted');
  });
});

describe('an image of yesterday', () => {
  it('is recognised at its next contact: counted Keys are suspended, the others go on', async () => {
    const keys = [keyRule({ maxUses: 2 }), keyRule({ id: anotherKey })];
    const world = createWorld();
    await world.connect();
    await bring(world, doorList({ keys, credentials: [pinOf('482913'), pinOf('615204', anotherKey)] }));
    const image = world.disk.image();
    world.agent.present(1, right);
    world.agent.present(1, right);
    await world.settle();
    world.reboot(image);
    const { storedThrough, lastHash } = world.server().logs.get(1) ?? { storedThrough: 0 };
    await world.deliver(storedLetter(storedThrough, lastHash));
    const before = openings(world);
    for (const restart of [false, true]) {
      if (restart) world.reboot();
      world.agent.present(1, right);
      expect(openings(world)).toBe(before);
    }
    world.agent.present(1, { reader: 'keypad', text: '615204' });
    expect(openings(world)).toBe(before + 1);
    const reasons = world.disk
      .transact((transaction) => transaction.readEvents(1, 1_000))
      .map(({ encoded }) => decodeEvent(encoded))
      .filter(({ type }) => type === 'key_refused');
    expect(reasons.map(({ reason }) => reason)).toEqual(['holder_suspended', 'holder_suspended']);
  });

  it('is recognised by another hash of the chain too, and nothing is forgotten on that word', async () => {
    const world = createWorld();
    world.agent.linkUp();
    await bring(world, listWithKey({ maxUses: 2 }));
    const waiting = (): number => world.disk.transact((transaction) => transaction.countEvents());
    const before = waiting();
    await world.deliver(storedLetter(2, new Uint8Array(32).fill(9)));
    expect(waiting()).toBe(before + 1);
    world.agent.present(1, right);
    expect(openings(world)).toBe(0);
  });
});

describe('a clock', () => {
  const guest = { type: 'guest' as const, from: worldStartsAt - dayMs, until: worldStartsAt + dayMs };

  it('of 1970 or a day ahead lets no guest in until the server has told the time', async () => {
    for (const wallAt of [0, worldStartsAt + dayMs]) {
      for (const [key, opened] of [
        [guest, 0],
        [{}, 1],
      ] as const) {
        const world = await worldWith(key);
        world.clock.setWall(wallAt);
        world.reboot();
        world.agent.present(1, right);
        expect(openings(world)).toBe(opened);
        await world.connect();
        await world.pass(5_000);
        world.agent.present(1, right);
        expect(openings(world)).toBe(opened + 1);
      }
    }
  });

  it('never goes behind what the server has signed, a list’s head among it', async () => {
    const world = createWorld({ wallAt: 0 });
    const until = worldStartsAt - 1;
    await bring(world, listWithKey({ until }));
    world.agent.present(1, right);
    expect(openings(world)).toBe(0);
  });

  it('that stands still or was set back does not lengthen a pause', async () => {
    const frozen = await worldWith();
    frozen.reboot();
    for (let time = 0; time < 6; time += 1) frozen.agent.present(1, wrong);
    frozen.clock.advance(30_000);
    frozen.clock.setWall(worldStartsAt);
    frozen.agent.present(1, right);
    expect(openings(frozen)).toBe(1);

    const ahead = await worldWith();
    ahead.clock.setWall(worldStartsAt + dayMs);
    ahead.reboot();
    for (let time = 0; time < 6; time += 1) ahead.agent.present(1, wrong);
    await ahead.connect();
    await ahead.pass(60_000);
    ahead.agent.present(1, right);
    expect(openings(ahead)).toBe(1);
  });
});

describe('400 days without contact', () => {
  it('go by for Keys without times; a Key with a window is denied then', async () => {
    const repeat = { dates: {}, weekdays: 0b111_1111, hours: { from: 0, until: 1440 } };
    for (const [key, opened] of [
      [{}, true],
      [{ repeat }, false],
    ] as const) {
      const world = await worldWith(key);
      world.agent.linkDown();
      world.clock.advance(400 * dayMs);
      world.agent.wake();
      world.agent.present(1, right);
      expect(openings(world) > 0).toBe(opened);
    }
  });

  it('do not forget a use; a Key that is gone for longer is forgotten, one on the list never', async () => {
    const world = await worldWith({ maxUses: 1 });
    world.agent.present(1, right);
    const away = async (ms: number): Promise<void> => {
      await world.disconnect();
      world.clock.advance(ms);
      await world.connect();
    };
    await away(399 * dayMs);
    await bring(world, doorList({ version: 2 }));
    await world.pass(5_000);
    await bring(world, listWithKey({ maxUses: 1 }, { version: 3 }));
    world.agent.present(1, right);
    expect(openings(world)).toBe(1);

    await bring(world, doorList({ version: 4 }));
    for (let day = 0; day < 402; day += 1) {
      await away(dayMs);
      world.agent.wake();
    }
    const record = world.disk.transact((transaction) => transaction.get(`key/1/${theKey}`));
    expect(record).toBeUndefined();
  }, 120_000);
});

describe('a damaged record of what the door remembers', () => {
  function damage(world: World, name: string): void {
    checkedStore(world.disk, isListBody).transact((transaction) => {
      transaction.put(name, Uint8Array.of(0xff));
    });
    world.reboot();
  }

  async function damageTold(world: World): Promise<(string | undefined)[]> {
    await world.connect();
    await world.settle();
    return world
      .server()
      .events.filter(({ type }) => type === 'memory_damaged')
      .map(({ detail, path, key }) => [detail, path ?? key].join(' '));
  }

  it('of a reader path is the longest pause from when it is found, is told once and ends', async () => {
    const world = await worldWith();
    damage(world, 'path/1/keypad');
    world.agent.present(1, right);
    expect(openings(world)).toBe(0);
    world.reboot();
    world.clock.advance(15 * 60_000 - 1);
    world.agent.present(1, right);
    expect(openings(world)).toBe(0);
    world.clock.advance(1);
    world.agent.present(1, right);
    expect(openings(world)).toBe(1);
    expect(await damageTold(world)).toEqual(['damaged_path keypad']);
    expect(reasonsTold(world)).toEqual(['throttled', 'throttled', 'granted']);
  });

  it('of a counted Key suspends that Key, until its counter is given back, and is told once', async () => {
    const world = await worldWith({ maxUses: 2 });
    world.agent.present(1, right);
    damage(world, `key/1/${theKey}`);
    world.agent.present(1, right);
    world.reboot();
    world.agent.present(1, right);
    expect(openings(world)).toBe(1);
    expect(await damageTold(world)).toEqual([`damaged_key ${theKey}`]);
    expect(reasonsTold(world)).toEqual(['granted', 'holder_suspended', 'holder_suspended']);

    for (let time = 0; time < 2; time += 1) world.agent.present(1, right);
    await world.settle();
    expect(openings(world)).toBe(2);
    expect(reasonsTold(world).slice(3)).toEqual(['granted', 'uses_exhausted']);
  });

  it('of a Key without a count lets it go on, and what it did counts if it is counted later', async () => {
    const world = await worldWith();
    damage(world, `key/1/${theKey}`);
    world.agent.present(1, right);
    world.agent.present(1, right);
    expect(openings(world)).toBe(2);
    expect(await damageTold(world)).toEqual([`damaged_key ${theKey}`]);
    await bring(world, listWithKey({ maxUses: 3 }, { version: 2 }));
    for (let time = 0; time < 2; time += 1) world.agent.present(1, right);
    await world.settle();
    expect(reasonsTold(world)).toEqual(['granted', 'granted', 'granted', 'uses_exhausted']);
  });

  it('of a Key may hide a grant at this side: it is passed back for the set minutes, once', async () => {
    const world = await worldWith({}, { antiPassbackMinutes: 10 });
    damage(world, `key/1/${theKey}`);
    world.agent.present(1, right);
    world.reboot();
    world.clock.advance(10 * 60_000 - 1);
    world.agent.present(1, right);
    world.clock.advance(1);
    world.agent.present(1, right);
    expect(await damageTold(world)).toEqual([`damaged_key ${theKey}`]);
    expect(reasonsTold(world)).toEqual(['passed_back', 'passed_back', 'granted']);
  });

  it('of the lock itself is an opening by command just now, and passes', async () => {
    const world = await worldWith({}, { hasFirstPersonIn: true });
    damage(world, 'lock/1');
    world.agent.present(1, right);
    expect(await damageTold(world)).toEqual(['damaged_lock ']);
    expect(reasonsTold(world)).toEqual(['first_person_missing']);
  });

  it('of a Key and of a path is mended by the recovery of the server, which ends', async () => {
    const world = await worldWith({ maxUses: 2 });
    const unknown = { reader: 'card_reader', text: '04ffffff' } as const;
    const image = world.disk.image();
    for (let time = 0; time < 6; time += 1) world.agent.present(1, unknown);
    world.agent.present(1, right);
    await world.pass(6_000);
    world.reboot(image);
    for (const name of [`key/1/${theKey}`, 'path/1/card_reader']) damage(world, name);
    await world.connect();
    await world.pass(6_000);

    const { events } = world.server();
    expect(events.filter(({ type }) => type === 'counters_returned')).toHaveLength(1);
    for (let time = 0; time < 2; time += 1) world.agent.present(1, right);
    world.agent.present(1, { reader: 'card_reader', text: '04a1b2c3' });
    await world.settle();
    expect(reasonsTold(world).slice(-3)).toEqual(['granted', 'uses_exhausted', 'throttled']);
  });
});
