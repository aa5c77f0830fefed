import {
  bring,
  createWorld,
  doorList,
  lastHello,
  listLetters,
  listWithKey,
  seededCrypto,
  seededKey,
  timeLetter,
  type World,
} from '@claviger/sim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCbor, encodeAccessList, encodeCbor } from '@claviger/protocol';
import { checkedStore } from '../memory/checked-store.ts';
import { createAssemblies } from './assembly.ts';
import { isListBody } from '../memory/memory.ts';

async function connectedWorld(): Promise<World> {
  const world = createWorld();
  await world.connect();
  return world;
}

function typesAndDetails(world: World): string[] {
  return world.server().events.map(({ type, detail }) => `${type} ${detail ?? ''}`.trim());
}

function opens(world: World, text = '482913'): boolean {
  const before = world.hardware.moves.length;
  world.agent.present(1, { reader: 'keypad', text });
  return world.hardware.moves.length > before;
}

/** Changes a record of the store while the box is off, with a checksum that holds. */
function changeRecord(
  world: World,
  name: string,
  change: (record: Uint8Array) => Uint8Array | undefined,
): void {
  checkedStore(world.disk, isListBody).transact((transaction) => {
    const changed = change(transaction.get(name) ?? new Uint8Array());
    if (changed) transaction.put(name, changed);
    else transaction.remove(name);
  });
}

/** A head record with another value in one of its fields: 3 is the version, 4 the hash. */
function withField(head: Uint8Array, field: 3 | 4, value: number | Uint8Array): Uint8Array {
  const fields = decodeCbor(head);
  if (!(fields instanceof Map)) throw new Error('the head is no map');
  return encodeCbor(new Map(fields).set(field, value));
}

const withVersion = (head: Uint8Array, version: number): Uint8Array => withField(head, 3, version);
const withHash = (head: Uint8Array, hash: Uint8Array): Uint8Array => withField(head, 4, hash);

describe('an access list', () => {
  it('is taken, told in the log and named in a hello at once', async () => {
    const world = await connectedWorld();
    await bring(world, listWithKey());

    const hash = seededCrypto(seededKey('any'), '').sha256(encodeAccessList(listWithKey()));
    expect(lastHello(world)?.lists).toEqual([
      { lock: 1, list: { incarnation: 1, version: 1 }, root: hash.slice(0, 8) },
    ]);
    expect(typesAndDetails(world)).toContain('list_taken keys 1');
    expect(opens(world)).toBe(true);
  });

  it('decides after a power cut as before, without a server', async () => {
    const world = await connectedWorld();
    await bring(world, listWithKey());
    world.reboot();
    expect(opens(world)).toBe(true);
  });

  it('comes together from its pieces in any order, repeated and among foreign ones', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (chance) => {
        const drawn = (below: number): number => (chance.next().value ?? 0) % below;
        const world = await connectedWorld();
        const [head, ...pieces] = listLetters(listWithKey(), {}, 40);
        const foreign = listLetters(doorList({ version: 9 }), {}, 40).slice(1);
        const letters = [...pieces, ...pieces, ...foreign]
          .map((each) => ({ each, place: drawn(1_000) }))
          .sort((one, other) => one.place - other.place);
        if (head) await world.deliver(head);
        for (const { each } of letters) await world.deliver(each);
        expect(opens(world)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  it('of yesterday is refused once, in whatever way it is brought, and the newer one goes on', async () => {
    const world = await connectedWorld();
    await bring(world, listWithKey({}, { version: 1 }));
    await bring(world, doorList({ version: 2 }));
    for (let times = 0; times < 3; times += 1) await bring(world, listWithKey({}, { version: 1 }));
    world.reboot();
    await world.connect();
    await bring(world, listWithKey({}, { incarnation: 1, version: 1 }));

    expect(opens(world)).toBe(false);
    expect(typesAndDetails(world).filter((told) => told.startsWith('list_refused'))).toEqual([
      'list_refused list_rollback',
      'list_refused list_rollback',
    ]);
  });

  it('of a higher incarnation is newer, whatever its version', async () => {
    const world = await connectedWorld();
    await bring(world, doorList({ version: 7 }));
    await bring(world, listWithKey({}, { incarnation: 2, version: 1 }));
    expect(opens(world)).toBe(true);
  });

  it('of another device, ownership, version, form or hash is refused', async () => {
    const world = await connectedWorld();
    await bring(world, listWithKey({}, { device: '0193a6c0-9999-7000-8000-000000000009' }));
    await bring(world, listWithKey({}, { ownershipEpoch: 2 }));
    for (const letter of listLetters(listWithKey({}, { version: 3 }), {
      list: { incarnation: 1, version: 4 },
    }))
      await world.deliver(letter);
    await bring(world, doorList({ lock: { id: 'no uuid' } }));
    const [head, ...pieces] = listLetters(listWithKey({}, { version: 5 }), {}, 40);
    const [other] = listLetters(doorList({ version: 5 }), { hash: new Uint8Array(32).fill(9), pieces: 1 });
    for (const each of [head, other, ...pieces]) if (each) await world.deliver(each);
    await world.settle();

    expect(typesAndDetails(world).filter((told) => told.startsWith('list_'))).toEqual([
      'list_refused list_foreign',
      'list_refused list_foreign',
      'list_refused list_other_version',
      'list_refused list_malformed',
    ]);
    expect(opens(world)).toBe(false);
  });

  it('of one lock is never taken for another lock of the same id later', async () => {
    const world = await connectedWorld();
    await bring(world, listWithKey());
    await bring(world, doorList({ version: 2, lock: { id: '0193a6c0-8888-7000-8000-000000000008' } }));
    expect(typesAndDetails(world)).toContain('list_refused list_foreign');
    expect(opens(world)).toBe(true);
  });

  it('whose letters another key has signed is no letter at all', async () => {
    const world = await connectedWorld();
    for (const letter of listLetters(listWithKey())) {
      const forged = letter.message.slice();
      forged.set(seededKey('stranger').sign(forged.subarray(0, -64)), forged.length - 64);
      world.agent.receive('sync', forged);
    }
    expect(opens(world)).toBe(false);
    expect(lastHello(world)?.lists).toEqual([]);
  });

  it('that was damaged at rest denies everybody, says none, and is taken again', async () => {
    const world = await connectedWorld();
    await bring(world, listWithKey());
    world.disk.transact((transaction) => {
      const body = transaction.get('list/1/body')?.slice() ?? new Uint8Array();
      body[20] = (body[20] ?? 0) ^ 1;
      transaction.put('list/1/body', body);
    });
    world.reboot();
    await world.connect();
    expect(lastHello(world)?.lists).toEqual([]);
    expect(opens(world)).toBe(false);

    await bring(world, doorList({ version: 1, keys: [] }));
    expect(lastHello(world)?.lists).toEqual([]);
    await bring(world, listWithKey());
    expect(opens(world)).toBe(true);
  });

  it.each([
    ['is unreadable', (head: Uint8Array) => head.subarray(1)],
    ['is gone', () => undefined],
    ['names an older version than the list', (head: Uint8Array) => withVersion(head, 1)],
  ])(
    'whose head %s is replaced by what the server names current, and by nothing older',
    async (_, damage) => {
      const world = await connectedWorld();
      await bring(world, listWithKey({}, { version: 1 }));
      await bring(world, doorList({ version: 2 }));
      changeRecord(world, 'list/1/head', damage);
      world.reboot();
      world.agent.linkUp();

      await bring(world, listWithKey({}, { version: 1 }));
      expect(opens(world)).toBe(false);
      await world.deliver(timeLetter(world, [{ lock: 1, list: { incarnation: 1, version: 2 } }]));
      await bring(world, listWithKey({}, { version: 1 }));
      expect(opens(world)).toBe(false);
      await bring(world, listWithKey({}, { version: 3 }));
      expect(opens(world)).toBe(true);
      await world.connect();
      expect(typesAndDetails(world)).toEqual(
        expect.arrayContaining(['list_refused list_damaged', 'list_refused list_rollback']),
      );
    },
  );

  it('whose hash alone is damaged is taken again once the server has named it, and no other', async () => {
    const world = await connectedWorld();
    await bring(world, listWithKey({}, { version: 2 }));
    changeRecord(world, 'list/1/head', (head) => withHash(head, new Uint8Array(32).fill(7)));
    world.reboot();
    world.agent.linkUp();

    await bring(world, listWithKey({}, { version: 2 }));
    expect(opens(world)).toBe(false);
    await world.deliver(timeLetter(world, [{ lock: 1, list: { incarnation: 1, version: 2 } }]));
    await bring(world, listWithKey({}, { version: 1 }));
    expect(opens(world)).toBe(false);
    await bring(world, listWithKey({}, { version: 2 }));
    expect(opens(world)).toBe(true);
  });

  it('that is whole but of no form that can be read lets no older one in', async () => {
    const world = await connectedWorld();
    await bring(world, listWithKey({}, { version: 1 }));
    await bring(world, doorList({ version: 2 }));
    const body = Uint8Array.of(0xff);
    changeRecord(world, 'list/1/body', () => body);
    changeRecord(world, 'list/1/head', (head) =>
      withHash(head, seededCrypto(seededKey('any'), '').sha256(body)),
    );
    world.reboot();
    await world.connect();
    await bring(world, listWithKey({}, { version: 1 }));
    expect(opens(world)).toBe(false);
    await bring(world, listWithKey({}, { version: 3 }));
    expect(opens(world)).toBe(true);
  });

  it('stays the old one while the disk takes no new one', async () => {
    const world = await connectedWorld();
    await bring(world, listWithKey());
    world.disk.setFull(true);
    await bring(world, doorList({ version: 2 }));
    world.disk.setFull(false);
    expect(opens(world)).toBe(true);

    await bring(world, doorList({ version: 2 }));
    expect(opens(world)).toBe(false);
  });

  it('of another ownership of the box is gone when it starts', async () => {
    const world = await connectedWorld();
    await bring(world, listWithKey());
    const image = world.disk.image();
    const next = createWorld({ disk: image, ownershipEpoch: 2 });
    expect(opens(next)).toBe(false);
    expect(image.transact((transaction) => transaction.get('list/1/body'))).toBeUndefined();
  });
});

describe('the age of a list', () => {
  const limit = 10;
  const limited = listWithKey({}, { lock: { maximumListAgeMinutes: limit } });

  /** The door has its list and has said hello; the server has not answered. */
  async function unanswered(): Promise<World> {
    const world = createWorld();
    world.agent.linkUp();
    await bring(world, limited);
    return world;
  }

  async function confirmed(): Promise<World> {
    const world = await unanswered();
    await world.deliver(timeLetter(world, [{ lock: 1, list: { incarnation: 1, version: 1 } }]));
    return world;
  }

  it('counts from the server’s last word that it is current, also over a power cut', async () => {
    const world = await confirmed();
    world.agent.linkDown();
    world.clock.advance(limit * 60_000);
    expect(opens(world)).toBe(true);
    world.clock.advance(1);
    expect(opens(world)).toBe(false);
    world.reboot();
    expect(opens(world)).toBe(false);
  });

  it('is never counted from an answer about another version, or to an older question', async () => {
    const world = await unanswered();
    await world.deliver(timeLetter(world, [{ lock: 1, list: { incarnation: 1, version: 2 } }]));
    expect(opens(world)).toBe(false);
    const old = timeLetter(world, [{ lock: 1, list: { incarnation: 1, version: 1 } }]);
    world.agent.input(1, { type: 'contact', isOpen: true });
    await world.deliver(old);
    expect(opens(world)).toBe(false);
  });
});

describe('pieces', () => {
  it('take no more memory than one longest list, and a list that lacks one piece gets the room', () => {
    const assemblies = createAssemblies();
    const head = (lock: number) => ({
      ...{ device: new Uint8Array(16), ownershipEpoch: 1, signedAt: 0, pieces: 1_300 },
      ...{ lock, list: { incarnation: 1, version: 1 }, hash: new Uint8Array(32).fill(lock) },
    });
    for (const lock of [1, 2]) assemblies.begin(head(lock), new Uint8Array());
    const piece = new Uint8Array(48 * 1024);
    for (let index = 0; index < 1_299; index += 1) assemblies.add(head(1).hash, index, piece);
    for (let index = 0; index < 1_299; index += 1) assemblies.add(head(2).hash, index, piece);
    expect(assemblies.add(head(1).hash, 1_299, piece)).toBeUndefined();
    expect(assemblies.add(head(2).hash, 1_299, piece)?.bytes.length).toBe(1_300 * piece.length);
  });
});

it('a store that is busy is no damage: the agent does not start, and calls no list damaged', async () => {
  let isBusy = false;
  const world = createWorld({
    between: ({ store, ...ports }) => ({
      ...ports,
      store: {
        transact: (work) =>
          store.transact((transaction) =>
            work({
              ...transaction,
              get: (name) => {
                if (isBusy && name === 'list/1/head') throw new Error('database is locked');
                return transaction.get(name);
              },
            }),
          ),
      },
    }),
  });
  await world.connect();
  await bring(world, listWithKey());
  isBusy = true;
  expect(() => {
    world.reboot();
  }).toThrow('database is locked');
  isBusy = false;
  world.reboot();
  await world.connect();
  await world.settle();
  expect(opens(world)).toBe(true);
  expect(typesAndDetails(world)).not.toContain('list_refused list_damaged');
});
