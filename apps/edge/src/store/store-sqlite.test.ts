import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store, StoredEvent } from '@claviger/agent';
import { createVirtualDisk } from '@claviger/sim';
import { openStore } from './store-sqlite.ts';

let folder: string;
let opened: (Store & { close(): void })[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-store-'));
  opened = [];
});
afterEach(() => {
  for (const store of opened) store.close();
  rmSync(folder, { recursive: true });
});

function openFile(): Store {
  const store = openStore(join(folder, 'memory.sqlite'));
  opened.push(store);
  return store;
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const eventAt = (sequence: number): StoredEvent => ({ sequence, encoded: bytes(1), hash: bytes(2) });

function keep(store: Store, ...sequences: number[]): void {
  store.transact((transaction) => {
    for (const sequence of sequences) transaction.appendEvent(eventAt(sequence));
  });
}

function sequencesOf(store: Store, from = 0, limit = 100): number[] {
  return store.transact((transaction) => transaction.readEvents(from, limit)).map((event) => event.sequence);
}

// The simulation stands on the virtual disk: where the two differ, it would prove nothing about a box.
describe.each([
  ['of a box', openFile],
  ['of the simulation', createVirtualDisk],
])('the memory %s', (_title, open) => {
  it('gives back what was put last, and nothing for a name that was never used', () => {
    const store = open();
    store.transact((transaction) => {
      transaction.put('boot', bytes(1));
      transaction.put('boot', bytes(2, 0, 255));
      expect(transaction.get('boot')).toEqual(bytes(2, 0, 255));
    });
    expect(store.transact((transaction) => transaction.get('boot'))).toEqual(bytes(2, 0, 255));
    expect(store.transact((transaction) => transaction.get('other'))).toBeUndefined();
  });

  it('names its records by their beginning, page after page, and forgets one that is removed', () => {
    const store = open();
    store.transact((transaction) => {
      for (const name of ['key/1/c', 'key/1/a', 'key/1/b', 'key/10/a', 'key', 'lock/1'])
        transaction.put(name, bytes(1));
      transaction.remove('key/1/b');
      transaction.remove('never there');
    });
    const pages = store.transact((transaction) => [
      transaction.names('key/1/', '', 1),
      transaction.names('key/1/', 'key/1/a', 9),
      transaction.names('key/1/', 'key/1/c', 9),
    ]);
    expect(pages).toEqual([['key/1/a'], ['key/1/c'], []]);
    expect(store.transact((transaction) => transaction.get('key/1/b'))).toBeUndefined();
  });

  it('keeps nothing of a transaction that failed', () => {
    const store = open();
    keep(store, 1);
    const work = (): void =>
      store.transact((transaction) => {
        transaction.put('boot', bytes(1));
        transaction.appendEvent(eventAt(2));
        transaction.dropEvents(1, 1);
        throw new Error('power cut');
      });
    expect(work).toThrow('power cut');
    expect(sequencesOf(store)).toEqual([1]);
    expect(store.transact((transaction) => transaction.get('boot'))).toBeUndefined();
  });

  it('reads events in their order, from a sequence on, as many as wanted', () => {
    const store = open();
    keep(store, 3, 1, 2, 7);
    expect([sequencesOf(store), sequencesOf(store, 2, 2)]).toEqual([
      [1, 2, 3, 7],
      [2, 3],
    ]);
    expect(store.transact((transaction) => transaction.countEvents())).toBe(4);
  });

  it('forgets the events between two sequences, both included', () => {
    const store = open();
    keep(store, 1, 2, 3, 4);
    store.transact((transaction) => {
      transaction.dropEvents(2, 3);
    });
    expect(sequencesOf(store)).toEqual([1, 4]);
  });

  it('refuses a second event of one sequence, and keeps the first', () => {
    const store = open();
    keep(store, 1);
    expect(() => {
      keep(store, 2, 1);
    }).toThrow();
    expect(sequencesOf(store)).toEqual([1]);
  });
});

it('the memory of a box is there for whoever opens the file after it', () => {
  const first = openFile();
  keep(first, 1, 2);
  first.transact((transaction) => {
    transaction.put('boot', bytes(9));
  });
  const second = openFile();
  expect(sequencesOf(second)).toEqual([1, 2]);
  expect(second.transact((transaction) => transaction.get('boot'))).toEqual(bytes(9));
});

it('a store of the first form goes on with all that it kept', () => {
  const path = join(folder, 'first.sqlite');
  const first = new DatabaseSync(path);
  first.exec(`
    create table memory (name text primary key, value blob not null) strict, without rowid;
    create table events (sequence integer primary key, encoded blob not null, hash blob not null) strict;
    insert into memory values ('boot', x'07'), ('list/1/body', zeroblob(100000));
    insert into events values (4, x'01', x'02');
  `);
  first.close();

  for (const boot of [8, 9]) {
    const store = openStore(path);
    opened.push(store);
    store.transact((transaction) => {
      expect(transaction.get('boot')).toEqual(bytes(boot - 1));
      expect(transaction.get('list/1/body')).toHaveLength(100_000);
      expect(transaction.names('', '', 10)).toEqual(['boot', 'list/1/body']);
      transaction.put('boot', bytes(boot));
    });
    expect(sequencesOf(store)).toEqual([4]);
  }
});
