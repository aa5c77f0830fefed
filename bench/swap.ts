/**
 * P8: for how long a door decides nothing while it takes a list of 100,000 Keys, and while it takes one
 * change of it. On a disk that takes no time; what SQLite takes to keep the list stands beside it.
 */
import { createHash } from 'node:crypto';
import { encodeAccessList, type KeyEntry } from '@claviger/protocol';
import { createWorld, deltaLetters, keyRule, listLetters, type World } from '@claviger/sim';
import { openStore } from '../apps/edge/src/store/store-sqlite.ts';
import { checkedStore } from '../packages/agent/src/memory/checked-store.ts';
import { isListBody, listBodyName } from '../packages/agent/src/memory/memory.ts';
import { inFolder, storeOf } from './box/owned-folder.ts';
import { cpuSeconds, median, type Figure } from './harness.ts';
import { givenKeys, listOf } from './lists.ts';

const count = 100_000;
const rounds = 7;
/** So many changes lie over the list already when the next ones are measured: as many as the server lets. */
const changedBefore = count / 8;
/** They came in deltas of so many. */
const keysAtOnce = 100;
const changesMeasured = 500;
const stallLimitMs = 2;

const keys = givenKeys(count);
const list = listOf(keys, { hasQr: true });

/** Hashing takes the same time whatever the bytes say. */
const sameLength = encodeAccessList(list);

function msOf(work: () => void): number {
  const before = cpuSeconds();
  work();
  return (cpuSeconds() - before) * 1e3;
}

interface Swap {
  readonly takenMs: number;
  /** The longest time for which nothing else is done. */
  readonly longestMs: number;
  readonly hashMs: number;
}

const letters = listLetters(list);

/** A door that no server answers: what that would ask is not measured. */
async function doorAlone(): Promise<World> {
  const world = createWorld();
  world.lose(() => true);
  await world.connect();
  return world;
}

/** Every piece but the last is only kept; with the last one the list is verified, written and swapped in. */
async function swap(): Promise<Swap> {
  const world = await doorAlone();
  const { agent, clock } = world;
  const last = letters.at(-1);
  for (const letter of letters.slice(0, -1)) await world.deliver(letter);
  const slices = [
    msOf(() => {
      if (last) agent.receive('sync', last.message);
    }),
  ];
  while ((agent.nextWakeAt() ?? Infinity) <= clock.mono())
    slices.push(
      msOf(() => {
        agent.wake();
      }),
    );
  const hashMs = msOf(() => void createHash('sha256').update(sameLength).digest());
  const takenMs = slices.reduce((sum, ms) => sum + ms, 0);
  return { takenMs, longestMs: Math.max(...slices), hashMs };
}

function stall(what: string, ms: number): Figure {
  return {
    ...{ figure: `P8 ${what}`, ours: ms, anchor: stallLimitMs, anchorName: 'longest stall of a door' },
    ...{ unit: 'ms CPU', ratio: ms / stallLimitMs, goal: '≤ 1', ok: ms <= stallLimitMs },
  };
}

/** What the disk of a box adds: the list is kept by one transaction, over the one before it. */
function written(): Promise<Figure> {
  return inFolder((folder) => {
    const store = openStore(storeOf(folder));
    const checked = checkedStore(store, isListBody);
    const keep = (): void => {
      checked.transact((transaction) => {
        transaction.put(listBodyName(1), sameLength);
      });
    };
    keep();
    const times = Array.from({ length: rounds }, () => msOf(keep));
    store.close();
    return Promise.resolve(stall('keep 100,000 Keys in SQLite', median(times)));
  });
}

async function wholeFigures(): Promise<Figure[]> {
  const swaps: Swap[] = [];
  for (let round = 0; round <= rounds; round += 1) swaps.push(await swap());
  // The first one makes code warm.
  const counted = swaps.slice(1);
  const takenMs = median(counted.map((each) => each.takenMs));
  const hashMs = median(counted.map((each) => each.hashMs));
  const ratio = median(counted.map((each) => each.takenMs / each.hashMs));
  return [
    {
      ...{ figure: 'P8 take 100,000 Keys', ours: takenMs, anchor: hashMs, anchorName: 'SHA-256 of the list' },
      ...{ unit: 'ms CPU', ratio, goal: '≤ 1.5', ok: ratio <= 1.5 },
    },
    stall('take 100,000 Keys', median(counted.map((each) => each.longestMs))),
    await written(),
  ];
}

function entryOf(place: number): KeyEntry {
  const id = keys[place % count]?.id ?? '';
  return { id, isRemoved: false, key: keyRule({ id, until: 2_000_000_000_000 + place }), credentials: [] };
}

async function deltaFigures(): Promise<Figure[]> {
  const world = await doorAlone();
  for (const letter of letters) await world.deliver(letter);
  const before = Array.from({ length: changedBefore / keysAtOnce }, (_, delta) =>
    Array.from({ length: keysAtOnce }, (_entry, place) => entryOf(delta * keysAtOnce + place)),
  );
  const single = Array.from({ length: changesMeasured }, (_, place) => [entryOf(place)]);
  const deltas = deltaLetters(list, [...before, ...single]);
  for (const { message } of deltas.slice(0, before.length)) world.agent.receive('sync', message);
  const measured: number[] = [];
  for (const { message } of deltas.slice(before.length)) {
    measured.push(
      msOf(() => {
        world.agent.receive('sync', message);
      }),
    );
  }
  measured.sort((one, other) => one - other);
  return [
    stall('take one change, median', median(measured)),
    stall('take one change, 99 of 100', measured[Math.floor(changesMeasured * 0.99)] ?? NaN),
  ];
}

export async function swapFigures(): Promise<Figure[]> {
  return [...(await wholeFigures()), ...(await deltaFigures())];
}
