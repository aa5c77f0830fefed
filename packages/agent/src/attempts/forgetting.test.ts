import {
  createVirtualClock,
  createVirtualDisk,
  createVirtualHardware,
  doorKeys,
  doorSettings,
  seededCrypto,
  seededKey,
  theDevice,
  worldStartsAt,
} from '@claviger/sim';
import { describe, expect, it } from 'vitest';
import { createCore } from '../core.ts';
import { noDoorList } from '../lists/door-list.ts';
import { recordsOfChanges } from './door-records.ts';
import { keyRecordsPrefix, pathRecordsPrefix } from './record-forms.ts';
import type { Store } from '../ports.ts';
import { createForgetting, unlistedRecordsLimit } from './forgetting.ts';

const dayMs = 86_400_000;

interface WrittenPath {
  readonly name: string;
  readonly wrongTries: number;
  readonly minutesAgo: number;
  readonly pausedForMin?: number;
}

interface Box {
  /** So many Keys that are on no list opened this door so many days ago. */
  readonly fill: (name: string, count: number, daysAgo: number) => void;
  readonly countOf: (name: string) => number;
  readonly addPath: (path: WrittenPath) => void;
  readonly damagePath: (name: string) => void;
  readonly paths: () => string[];
  /** A day goes by, and then as many seconds as the door needs to look through all its records. */
  readonly passDay: () => void;
  readonly hearTime: () => void;
}

type Paths = Pick<Box, 'addPath' | 'damagePath' | 'paths'>;

/** The records of paths on this disk. */
function pathsIn(store: Store, now: () => number): Paths {
  const prefix = pathRecordsPrefix(1);
  return {
    addPath: ({ name, wrongTries, minutesAgo, pausedForMin }) => {
      const pausedUntil = pausedForMin === undefined ? undefined : now() + pausedForMin * 60_000;
      const value = { wrongTries, forgivenAt: now() - minutesAgo * 60_000, pausedUntil };
      store.transact((transaction) => {
        const records = recordsOfChanges(1, [{ record: 'paths', name, value }], now());
        for (const record of records) transaction.put(record.name, record.value);
      });
    },
    damagePath: (name) => {
      store.transact((transaction) => {
        transaction.put(`${prefix}${name}`, Uint8Array.of(0xff));
      });
    },
    paths: () => {
      const names = store.transact((transaction) => transaction.names(prefix, '', Number.MAX_SAFE_INTEGER));
      return names.map((name) => name.slice(prefix.length));
    },
  };
}

function createBox(limit = unlistedRecordsLimit): Box {
  const clock = createVirtualClock(worldStartsAt);
  const disk = createVirtualDisk();
  const key = seededKey('door');
  const core = createCore(
    {
      ...{ deviceId: theDevice, ownershipEpoch: 1, identityKey: key.publicKey, serverKeys: [] },
      ...{ agentVersion: 'test', secrets: doorKeys, locks: [{ number: 1, settings: doorSettings }] },
    },
    {
      ...{ clock, store: disk, hardware: createVirtualHardware(clock.mono) },
      crypto: seededCrypto(key, 'door'),
      ...{ link: { publish: () => undefined }, diary: { note: () => undefined } },
    },
  );
  const { store } = core;
  const version = { incarnation: 1, version: 1 };
  const lists = { of: () => noDoorList, versions: () => [{ lock: 1, list: version }] };
  const forgetting = createForgetting(core, lists, limit);
  const now = () => worldStartsAt + clock.mono();
  return {
    ...pathsIn(store, now),
    fill: (name, count, daysAgo) => {
      const changes = Array.from({ length: count }, (_, number) => ({
        ...{ record: 'keys' as const, name: `${name}-${String(number).padStart(6, '0')}` },
        value: { spent: 1, shownSteps: [] },
      }));
      const keptAt = worldStartsAt + clock.mono() - daysAgo * dayMs;
      store.transact((transaction) => {
        for (const record of recordsOfChanges(1, changes, keptAt)) transaction.put(record.name, record.value);
      });
    },
    countOf: (name) =>
      store.transact(
        (transaction) =>
          transaction.names(`${keyRecordsPrefix(1)}${name}`, '', Number.MAX_SAFE_INTEGER).length,
      ),
    passDay: () => {
      clock.advance(dayMs);
      for (let second = 0; second < 10; second += 1) {
        clock.advance(1_000);
        forgetting.tick();
      }
    },
    hearTime: () => {
      core.time.set(worldStartsAt + clock.mono(), clock.mono());
    },
  };
}

it('a Key that is on no list is remembered for 400 days while there are not too many of them', () => {
  const { fill, countOf, passDay, hearTime } = createBox();
  hearTime();
  fill('recent', 600, 390);
  fill('old', 600, 400);

  for (let day = 0; day < 5; day += 1) passDay();

  expect(countOf('recent')).toBe(600);
  expect(countOf('old')).toBe(0);
});

it('with too many of them the time is halved from day to day, down to 31 days', () => {
  const { fill, countOf, passDay, hearTime } = createBox(1_000);
  hearTime();
  fill('recent', 1_001, 20);
  fill('month', 1, 45);
  fill('season', 1, 150);

  const left: [season: number, month: number, recent: number][] = [];
  for (let day = 0; day < 6; day += 1) {
    passDay();
    left.push([countOf('season'), countOf('month'), countOf('recent')]);
  }

  expect(left).toEqual([
    [1, 1, 1_001], // 400 days
    [1, 1, 1_001], // 200
    [0, 1, 1_001], // 100
    [0, 1, 1_001], // 50: it is 49 days old
    [0, 0, 1_001], // 31
    [0, 0, 1_001],
  ]);
});

it('nothing is forgotten while the server has not told the time', () => {
  const { fill, countOf, passDay, hearTime } = createBox();
  fill('old', 10, 500);
  passDay();
  expect(countOf('old')).toBe(10);

  hearTime();
  passDay();
  expect(countOf('old')).toBe(0);
});

describe('a path', () => {
  it('of a link is forgotten when its throttle has run out, and not a minute earlier', () => {
    const { addPath, paths, passDay, hearTime } = createBox();
    hearTime();
    // A day and nine seconds later, the second for the Keys before them.
    addPath({ name: 'link/over', wrongTries: 95, minutesAgo: 0 });
    addPath({ name: 'link/running', wrongTries: 97, minutesAgo: 0 });
    addPath({ name: 'link/paused', wrongTries: 1, minutesAgo: 0, pausedForMin: 24 * 60 + 1 });
    expect(paths()).toEqual(['link/over', 'link/paused', 'link/running']);

    passDay();

    expect(paths()).toEqual(['link/paused', 'link/running']);
    passDay();
    expect(paths()).toEqual([]);
  });

  it('is forgotten page by page, also where there are many', () => {
    const { addPath, paths, passDay, hearTime } = createBox();
    hearTime();
    for (let link = 0; link < 1_200; link += 1)
      addPath({ name: `link/${String(link)}`, wrongTries: 1, minutesAgo: 60 });

    passDay();

    expect(paths()).toEqual([]);
  });

  it('whose record is damaged stays', () => {
    const { addPath, damagePath, paths, passDay, hearTime } = createBox();
    hearTime();
    addPath({ name: 'link/damaged', wrongTries: 1, minutesAgo: 60 });
    damagePath('link/damaged');

    passDay();

    expect(paths()).toEqual(['link/damaged']);
  });
});
