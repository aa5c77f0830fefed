import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { bring, createWorld, listWithKey, theKey, type World } from '@claviger/sim';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from './store-sqlite.ts';

let folder: string;
let path: string;
let store: ReturnType<typeof openStore>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-damaged-'));
  path = join(folder, 'memory.sqlite');
  store = openStore(path);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const pageSize = 4_096;
/** A few hundred bits of a file of some pages. */
const stepOfBits = 997;
/** The kind of a page of rows (SQLite file format 1.6). */
const tableLeaf = 13;
const right = { reader: 'keypad', text: '482913' } as const;
const counter = `key/1/${theKey}`;

function openings({ hardware }: World): number {
  return hardware.moves.filter(({ isUnlocked }) => isUnlocked).length;
}

async function show(world: World, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await world.pass(6_000);
    world.agent.present(1, right);
    await world.settle();
  }
}

/** A real store under a door that has let in somebody as often as the Key may, and is off now. */
async function spentWorld(): Promise<World> {
  const world = createWorld({ between: (ports) => ({ ...ports, store }) });
  await world.connect();
  await bring(world, listWithKey({ maxUses: 2 }));
  await show(world, 3);
  expect(openings(world)).toBe(2);
  await world.pass(10_000);
  store.close();
  return world;
}

/** Where this text lies in the file: in its table, in its index, and where it lay before. */
function placesOf(text: string): number[] {
  const bytes = readFileSync(path);
  const places: number[] = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at);
  return places;
}

/** Turns the lowest bit of the bytes at these places. */
function turn(...places: readonly number[]): void {
  const bytes = readFileSync(path);
  for (const place of places) bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

/** Whether the store can be opened. */
function opens(): boolean {
  try {
    store = openStore(path);
    return true;
  } catch {
    return false;
  }
}

function start(world: World): void {
  store = openStore(path);
  world.reboot();
}

async function meet(world: World): Promise<void> {
  await world.connect();
  await world.pass(61_000);
}

function told(world: World): { readonly damages: unknown[]; readonly reasons: unknown[] } {
  const { events } = world.server();
  return {
    damages: events.filter(({ type }) => type === 'memory_damaged').map(({ detail }) => detail),
    reasons: events.filter(({ type }) => type.startsWith('key_')).map(({ reason }) => reason),
  };
}

/** The last letter of the name of the counter, in each place where it lies. */
function lettersOfName(): { readonly table: number[]; readonly index: number[] } {
  const bytes = readFileSync(path);
  const all = placesOf(counter).map((place) => place + counter.length - 1);
  const isInTable = (place: number): boolean => bytes[place - (place % pageSize)] === tableLeaf;
  return { table: all.filter(isInTable), index: all.filter((place) => !isInTable(place)) };
}

describe('a bit that turned in the name of a counter gives no use back', () => {
  it('where it lies in the index alone, which is made anew of its table', async () => {
    const world = await spentWorld();
    turn(...lettersOfName().index);
    start(world);
    await show(world, 1);
    await meet(world);

    expect(openings(world)).toBe(2);
    expect(told(world).reasons.at(-1)).toBe('uses_exhausted');
    expect(told(world).damages).toEqual([]);
  });

  it.each(['table', 'both'])('where it lies in the %s', async (where) => {
    const world = await spentWorld();
    const { table, index } = lettersOfName();
    expect([table.length, index.length]).toEqual([1, 1]);
    turn(...table, ...(where === 'both' ? index : []));

    start(world);
    await show(world, 2);
    expect(openings(world)).toBe(2);
    await meet(world);
    await show(world, 2);

    expect(openings(world)).toBe(2);
    expect(told(world).damages).toEqual(['damaged_ledger']);
    expect(told(world).reasons.slice(-4)).toEqual([
      ...['holder_suspended', 'holder_suspended'],
      ...['uses_exhausted', 'uses_exhausted'],
    ]);
    store.close();
    start(world);
    await meet(world);
    expect(told(world).damages).toEqual(['damaged_ledger']);
  });
});

it('a bit that turned anywhere in the file gives no use back', async () => {
  const world = await spentWorld();
  const image = readFileSync(path);
  const whole = `${path}.whole`;
  copyFileSync(path, whole);
  let started = 0;
  for (let bit = 0; bit < image.length * 8; bit += stepOfBits) {
    const bytes = Buffer.from(image);
    const place = Math.floor(bit / 8);
    bytes[place] = (bytes[place] ?? 0) ^ (1 << (bit % 8));
    writeFileSync(path, bytes);
    // In the schema or the head of the file it is no database, and nobody gets in.
    if (!opens()) continue;
    started += 1;
    world.reboot();
    await show(world, 1);
    expect(openings(world), `bit ${bit}`).toBe(2);
    store.close();
  }
  expect(started).toBeGreaterThan(100);
  copyFileSync(whole, path);
  store = openStore(path);
}, 120_000);

describe('a file of which a part is damaged', () => {
  function fill(count: number): void {
    store.transact((transaction) => {
      for (let number = 1; number <= count; number += 1) {
        transaction.put(`key/1/${String(number).padStart(6, '0')}`, new Uint8Array(60).fill(number));
        transaction.appendEvent({ sequence: number, encoded: new Uint8Array(90), hash: new Uint8Array(32) });
      }
    });
    store.close();
  }

  const rowsIn = (table: string): number => {
    const database = new DatabaseSync(path);
    const [row] = database.prepare(`select count(*) as count from ${table} not indexed`).all();
    database.close();
    return Number(row?.['count']);
  };

  it('is made anew of what can be read from both ends, and kept beside it', () => {
    fill(1_000);
    const bytes = readFileSync(path);
    const pages = placesOf('key/1/000500').map((place) => place - (place % pageSize));
    const page = pages.find((start) => bytes[start] === tableLeaf) ?? 0;
    expect(page).toBeGreaterThan(0);
    // No page is of this kind.
    bytes[page] = 0x77;
    writeFileSync(path, bytes);
    let isTold = false;

    store = openStore(path, () => {
      isTold = true;
    });

    expect(isTold).toBe(true);
    expect(existsSync(`${path}.damaged`)).toBe(true);
    expect(rowsIn('records')).toBeGreaterThan(900);
    expect(rowsIn('records')).toBeLessThan(1_001);
    expect(rowsIn('events')).toBe(1_000);
    const [ledger] = store.transact((transaction) => [transaction.get('ledger')]);
    expect(ledger).toEqual(new Uint8Array());
    store.close();
    store = openStore(path, () => {
      throw new Error('it is damaged again');
    });
  });

  it('is not made anew where it is whole', () => {
    fill(10);
    store = openStore(path, () => {
      throw new Error('it is whole');
    });
    expect(existsSync(`${path}.damaged`)).toBe(false);
  });

  it('is one whose table is gone under its name: it is not begun anew as if it were empty', () => {
    fill(10);
    const database = new DatabaseSync(path);
    database.exec('alter table records rename to recprds');
    database.close();
    let isTold = false;

    store = openStore(path, () => {
      isTold = true;
    });

    expect(isTold).toBe(true);
    expect(store.transact((transaction) => transaction.get('ledger'))).toEqual(new Uint8Array());
    expect(rowsIn('events')).toBe(10);
  });

  it('is refused where it cannot be read as a database at all', () => {
    fill(10);
    writeFileSync(path, 'this is no database, and long enough to be taken for one'.repeat(100));
    expect(() => openStore(path)).toThrow('not a database');
    rmSync(path);
    store = openStore(path);
  });
});
