import {
  createWorld,
  keyRule,
  listWithKey,
  pinOf,
  theDevice,
  theKey,
  theLock,
  worldStartsAt,
  type World,
} from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import type { AccessList, KeyRule } from '@claviger/domain';
import {
  joinReported,
  kindNumberOf,
  listDeltaMessage,
  listHeadMessage,
  splitReported,
} from '@claviger/protocol';
import type { MemoryDevice } from '../memory-store.ts';
import { readReported } from '../restored/reports.ts';
import type { AuthorityTransaction } from '../store.ts';
import { issueList } from './issue.ts';

const helloEveryMs = 30_000;
const otherKey = '0193a6c0-6666-7000-8000-000000000006';
const pins = { [theKey]: '482913', [otherKey]: '718264' } as const;

/** What the server knows of Keys: the facts of a test. */
type Facts = ReadonlyMap<string, Partial<KeyRule>>;

const facts = (...keys: readonly Partial<KeyRule>[]): Facts =>
  new Map(keys.map((key) => [key.id ?? theKey, key]));

const revoked: Partial<KeyRule> = { state: 'revoked', binding: { state: 'revoked' }, issue: 2 };

type Heading = Pick<AccessList, 'device' | 'ownershipEpoch' | 'incarnation' | 'version' | 'signedAt'>;

function listOf(known: Facts, heading: Heading): AccessList {
  const rules = [...known].map(([id, key]) => keyRule({ ...key, id }));
  const credentials = rules.map(({ id }) => pinOf(id === otherKey ? pins[otherKey] : pins[theKey], id));
  return listWithKey({}, { ...heading, keys: rules, credentials });
}

/** Makes the next list by these facts; with names of Keys, where only they have changed. */
async function make(world: World, known: Facts, ...changed: readonly string[]): Promise<void> {
  if (changed.length > 0) await world.wantKeys(...changed);
  await world.makeList((heading, keys) => {
    const asked = [...known].filter(([id]) => keys === undefined || keys.includes(id));
    return listOf(new Map(asked), heading);
  });
}

/** A door that has said by which list it decides. */
async function withList(known = facts({})): Promise<World> {
  const world = createWorld();
  await world.connect();
  await make(world, known);
  await world.pass(helloEveryMs);
  return world;
}

/** The kinds of letters that the server has sent about lists since. */
function sentKinds(world: World, since: number): number[] {
  const kinds: number[] = [listHeadMessage.number, listDeltaMessage.number];
  const down = world.letters.slice(since).filter(({ direction }) => direction === 'down');
  return down.map(({ message }) => kindNumberOf(message) ?? 0).filter((kind) => kinds.includes(kind));
}

async function opens(world: World, key: keyof typeof pins = theKey): Promise<boolean> {
  await world.pass(6_000);
  const before = world.hardware.moves.length;
  world.agent.present(1, { reader: 'keypad', text: pins[key] });
  await world.settle();
  return world.hardware.moves.length > before;
}

const listed = (world: World) => world.server().lists.get(theLock);
const versions = (world: World) => [listed(world)?.newest?.version, listed(world)?.told?.version];

describe('one change at a lock', () => {
  it('goes to its door as one short letter, and is in force at once', async () => {
    const world = await withList();
    const since = world.letters.length;
    await make(world, facts(revoked), theKey);

    const letter = world.letters.slice(since).find(({ direction }) => direction === 'down');
    expect(sentKinds(world, since)).toEqual([listDeltaMessage.number]);
    expect(letter?.message.length).toBeLessThanOrEqual(160);
    expect(versions(world)).toEqual([2, 2]);
    expect(await opens(world)).toBe(false);
  });

  it('asks for no more of the facts than it concerns', async () => {
    const world = await withList();
    await world.wantKeys(theKey);
    const asked: unknown[] = [];
    await world.makeList((heading, keys) => {
      asked.push(keys);
      return listOf(facts(revoked), heading);
    });
    expect(asked).toEqual([[theKey]]);
  });

  it('takes a Key off that the facts do not name any more', async () => {
    const world = await withList(facts({}, { id: otherKey }));
    await make(world, facts({}), otherKey);
    expect([await opens(world, otherKey), await opens(world)]).toEqual([false, true]);
  });

  it('makes of a door’s list, and of the server’s, what the whole list would have been', async () => {
    const world = await withList();
    await make(world, facts({}, { id: otherKey }), otherKey);
    await make(world, facts(revoked, { id: otherKey }), theKey);
    const whole = await withList(facts(revoked, { id: otherKey }));

    for (const key of [theKey, otherKey] as const)
      expect(await opens(world, key)).toBe(await opens(whole, key));
  });

  it('waits for the hello of a door that is away', async () => {
    const world = await withList();
    await world.disconnect();
    await make(world, facts({}, { id: otherKey }), otherKey);
    await make(world, facts(revoked, { id: otherKey }), theKey);
    const since = world.letters.length;
    await world.connect();

    expect(sentKinds(world, since)).toEqual([listDeltaMessage.number, listDeltaMessage.number]);
    expect([await opens(world), await opens(world, otherKey)]).toEqual([false, true]);
    expect(versions(world)).toEqual([3, 3]);
  });

  it('comes with the next one after its letter was lost', async () => {
    const world = await withList();
    world.lose(({ direction }) => direction === 'down');
    await make(world, facts(revoked), theKey);
    world.lose();
    await make(world, facts(revoked, { id: otherKey }), otherKey);

    expect(versions(world)).toEqual([3, 3]);
    expect([await opens(world), await opens(world, otherKey)]).toEqual([false, true]);
  });

  it('comes after the next hello where no other one comes', async () => {
    const world = await withList();
    world.lose(({ direction }) => direction === 'down');
    for (const known of [facts({}, { id: otherKey }), facts(revoked, { id: otherKey })])
      await make(world, known, ...known.keys());
    world.lose();
    expect(versions(world)).toEqual([3, 1]);
    await world.pass(helloEveryMs);

    expect(versions(world)).toEqual([3, 3]);
    expect([await opens(world), await opens(world, otherKey)]).toEqual([false, true]);
  });

  it('reaches a door whose older disk came back from where that is', async () => {
    const world = await withList();
    const image = world.disk.image();
    await make(world, facts(revoked), theKey);
    world.reboot(image);
    const since = world.letters.length;
    await world.connect();
    await world.pass(helloEveryMs);

    expect(sentKinds(world, since)).toEqual([listDeltaMessage.number]);
    expect(versions(world)).toEqual([2, 2]);
    expect(await opens(world)).toBe(false);
  });

  it('is dated after the list that it changes, also where the clock of the server was set back', async () => {
    const world = await withList();
    const before = listed(world)?.newest?.signedAt ?? 0;
    await world.wantKeys(theKey);
    const compile = (heading: Heading) => listOf(facts(revoked), heading);
    const wanted = { deviceId: theDevice, lockId: theLock, compile };
    const ports = { ...world.ports, now: () => before - 3_600_000 };
    await ports.store.transact(theDevice, (transaction) => issueList(transaction, wanted, ports));
    expect(listed(world)?.newest).toMatchObject({ version: 2, signedAt: before });
  });
});

describe('a whole list is made', () => {
  it.each([
    [
      'what is around Keys has changed too',
      (store: AuthorityTransaction) => store.wantList(theLock, worldStartsAt),
    ],
    [
      'the door has not told yet that it has one',
      (store: AuthorityTransaction) => store.saveListTold(theLock, undefined, worldStartsAt),
    ],
    [
      'the door knows no deltas, for it tells no root',
      (store: AuthorityTransaction) =>
        store.saveListTold(theLock, { incarnation: 1, version: 1 }, worldStartsAt),
    ],
  ])('where %s', async (_, happen) => {
    const world = await withList();
    await world.ports.store.transact(theDevice, happen);
    const since = world.letters.length;
    await make(world, facts(revoked), theKey);
    expect(sentKinds(world, since)).toEqual([listHeadMessage.number]);
  });

  it('where the last whole one may be lost', async () => {
    const world = await withList();
    world.lose(({ direction }) => direction === 'down');
    await make(world, facts({}));
    world.lose();
    const since = world.letters.length;
    await make(world, facts(revoked), theKey);

    expect(sentKinds(world, since)).toEqual([listHeadMessage.number]);
    expect(await opens(world)).toBe(false);
  });

  it('where too many Keys have changed since the last one', async () => {
    const world = await withList();
    const since = world.letters.length;
    for (let change = 0; change < 257; change += 1)
      await make(world, facts(change % 2 === 0 ? revoked : {}), theKey);

    const kinds = sentKinds(world, since);
    expect(kinds.slice(0, 256).every((kind) => kind === listDeltaMessage.number)).toBe(true);
    expect(kinds[256]).toBe(listHeadMessage.number);
    expect(listed(world)?.newest).toMatchObject({ version: 258, changedKeys: 0, whole: { version: 258 } });
    expect(versions(world)).toEqual([258, 258]);
  });

  it('where the door holds something else by the name of the newest one', async () => {
    const world = await withList();
    await make(world, facts(revoked), theKey);
    const state = world.server().lists.get(theLock);
    const newest = state?.newest && { ...state.newest, root: new Uint8Array(32).fill(9) };
    world.server().lists.set(theLock, { ...state, lockId: theLock, newest });
    await world.pass(helloEveryMs);
    expect(world.server().wanted.get(theLock)?.isWhole).toBe(true);

    await make(world, facts(revoked, { id: otherKey }));
    expect(versions(world)).toEqual([3, 3]);
    expect([await opens(world), await opens(world, otherKey)]).toEqual([false, true]);
  });

  it('where a damaged disk has lost what deltas had changed', async () => {
    const world = await withList();
    await make(world, facts(revoked), theKey);
    world.disk.turnBit('list/1/delta/0000000000000001/0000000000000002', 500);
    world.reboot();
    await world.connect();
    await world.pass(helloEveryMs);
    expect(world.server().wanted.get(theLock)?.isWhole).toBe(true);

    await make(world, facts(revoked));
    expect(versions(world)).toEqual([3, 3]);
  });
});

describe('a server that was restored', () => {
  /** What a box could give back that is not what the server had signed: cut, changed, reordered, in part. */
  function mistold(content: Uint8Array): Uint8Array[] {
    const { whole, letters } = splitReported(content);
    return [
      content.subarray(0, -1),
      content.map((byte, at) => (at === content.length - 70 ? byte ^ 1 : byte)),
      joinReported({ whole, letters: [...letters].reverse() }),
      joinReported({ whole, letters: letters.slice(1) }),
    ];
  }

  async function restored(): Promise<World> {
    const world = await withList();
    const image: MemoryDevice = world.server();
    await make(world, facts({}, { id: otherKey }), otherKey);
    await make(world, facts(revoked, { id: otherKey }), theKey);
    await world.disconnect();
    world.clock.advance(60_000);
    world.restoreServer(image);
    await world.connect();
    await world.pass(helloEveryMs);
    return world;
  }

  it('is given back what deltas had changed, by letters that it had signed itself', async () => {
    const world = await restored();
    const report = world.server().restored.reports.get(theLock);
    const pieces = [...(report?.pieces.values() ?? [])];
    const head = report?.head ?? new Uint8Array();
    const list = readReported({ head, pieces }, world.ports);

    expect(report?.list).toMatchObject({ incarnation: 1, version: 3 });
    expect([list?.version, list?.keys.length]).toEqual([3, 2]);
    expect(list?.keys.find(({ id }) => id === theKey)?.state).toBe('revoked');
    const others = pieces.flatMap(mistold);
    for (const other of others) expect(readReported({ head, pieces: [other] }, world.ports)).toBeUndefined();
  });
});
