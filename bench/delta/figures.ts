/**
 * P10: what one change of a Key costs at the server, in bytes and in CPU time, where its lock has a thousand
 * Keys and where it has a million: the transaction of the change, the job that makes and signs the delta, and
 * the word of the door that it decides by it. PostgreSQL's time for it counts. Beside it a whole list.
 */
import type { EntityId } from '@claviger/domain';
import { kindNumberOf, listDeltaMessage, toldRoot } from '@claviger/protocol';
import { changeGuestKey, endGuestKey, makeGuestKey } from '../../apps/server/src/features/keys/service.ts';
import { drawPin } from '../../apps/server/src/features/keys/pins/pins.ts';
import { wantKeysAt } from '../../apps/server/src/features/authority/index.ts';
import { changeBindings } from '../../apps/server/src/features/keys/store.ts';
import type { PlantedLock } from '../../apps/server/test/planted-rows.ts';
import { atMost, interleave, median, type Contender, type Figure, type Measured } from '../harness.ts';
import { openSite, type Site } from './site.ts';

const sizes = [1_000, 10_000, 100_000, 1_000_000] as const;
/** A guest Key with link, QR and PIN, in a delta. */
const deltaBytes = 158;
/** Whole lists are not made longer than a door takes them. */
const wholeSizes: readonly number[] = [1_000, 10_000, 100_000];
/** Keys of a lock that are changed in turn: what a change touches is in no cache of the last one. */
const changedInTurn = 24;

type Lock = PlantedLock & { readonly entityId: EntityId };

interface Stand {
  readonly lock: Lock;
  readonly count: number;
  readonly keyIds: readonly string[];
}

const shown = (count: number): string => count.toLocaleString('en');

/** What is measured: all that a change costs, and its way to the door alone. */
const works = ['one change', 'its delta'] as const;
type Work = (typeof works)[number];
const nameOf = (count: number, work: Work): string => `${work} at ${shown(count)} Keys`;

/** From one change to the other a Key ends at other minutes; its rights grow and shrink. */
function validity(turn: number) {
  const minute = String(turn % 60).padStart(2, '0');
  return { validFrom: '2026-01-01T00:00', validUntil: `2028-01-01T00:${minute}` };
}

async function makeKey({ database, keys, now }: Site, { entityId, lockId, userId }: Lock): Promise<string> {
  const pin = await drawPin({ entityId, lockIds: [lockId], now: now() }, keys.pins);
  const wanted = { entityId, lockId, madeBy: userId, name: 'Grace', withPicture: false, ...validity(0), pin };
  const made = await database.transact({ kind: 'entity', entityId }, (tx) => makeGuestKey(tx, wanted, keys));
  return made.key.id;
}

/** The door has taken the newest list, and says so. */
async function tell({ ports }: Site, { deviceId, lockId }: Lock): Promise<void> {
  await ports.store.transact(deviceId, async (transaction) => {
    await transaction.getDevice();
    const state = (await transaction.getListStates()).find((known) => known.lockId === lockId);
    const { newest } = state ?? {};
    if (!newest) throw new Error('no list was made');
    await transaction.saveListTold(lockId, { ...newest, root: toldRoot(newest.root) }, ports.now());
  });
}

function onlyDelta(messages: readonly Uint8Array[]): Uint8Array {
  const [message] = messages;
  if (!message || messages.length > 1 || kindNumberOf(message) !== listDeltaMessage.number)
    throw new Error(`not one delta but ${messages.length} letters`);
  return message;
}

/** One change as it goes through the server; the letter that goes to the door. */
async function change(site: Site, { lock, keyIds }: Stand, turn: number): Promise<Uint8Array> {
  const { database, keys } = site;
  const { entityId } = lock;
  const keyId = keyIds[turn % keyIds.length] ?? '';
  const version = 1 + Math.floor(turn / keyIds.length);
  const changed = { entityId, keyId, version, pin: undefined, ...validity(turn) };
  await database.transact({ kind: 'entity', entityId }, (tx) => changeGuestKey(tx, changed, keys));
  const letter = onlyDelta(await site.compile(lock));
  await tell(site, lock);
  return letter;
}

async function standOf(site: Site, count: number): Promise<Stand> {
  const lock = await site.plantLock(count);
  const keyIds: string[] = [];
  for (let made = 0; made < changedInTurn; made += 1) {
    keyIds.push(await makeKey(site, lock));
    onlyDelta(await site.compile(lock));
    await tell(site, lock);
  }
  return { lock, count, keyIds };
}

/** What a change costs after the Key itself: its mark, the delta, and the word of the door. */
async function deliver(site: Site, { lock, keyIds }: Stand, turn: number): Promise<void> {
  const { entityId, lockId, deviceId } = lock;
  const keyId = keyIds[turn % keyIds.length] ?? '';
  const at = site.now();
  await site.database.transact({ kind: 'entity', entityId }, async (tx) => {
    await wantKeysAt(tx, { entityId, lockId, deviceId, keyIds: [keyId] }, at);
    await changeBindings(tx, { entityId, keyId }, { at });
  });
  onlyDelta(await site.compile(lock));
  await tell(site, lock);
}

function contenderOf(name: string, does: (turn: number) => Promise<unknown>): Contender {
  let turn = 0;
  return {
    name,
    run: async (times) => {
      for (let time = 0; time < times; time += 1, turn += 1) await does(turn);
    },
  };
}

function contendersOf(site: Site, stand: Stand): Contender[] {
  return [
    contenderOf(nameOf(stand.count, 'one change'), (turn) => change(site, stand, turn)),
    contenderOf(nameOf(stand.count, 'its delta'), (turn) => deliver(site, stand, turn)),
  ];
}

async function byteFigures(site: Site, stand: Stand): Promise<Figure[]> {
  const { lock } = stand;
  const { entityId } = lock;
  const keyId = await makeKey(site, lock);
  const made = onlyDelta(await site.compile(lock));
  await tell(site, lock);
  const [extended] = [await change(site, { ...stand, keyIds: [keyId] }, 0)];
  await site.database.transact({ kind: 'entity', entityId }, (tx) =>
    endGuestKey(tx, { entityId, keyId }, site.keys),
  );
  const revoked = onlyDelta(await site.compile(lock));
  await tell(site, lock);
  const letters = { made, extended, revoked };
  return Object.entries(letters).map(([what, { length }]) =>
    atMost(
      {
        ...{ figure: `P10 ${what} at ${shown(stand.count)} Keys`, ours: length, anchor: 160 },
        ...{ anchorName: '160 bytes for a guest Key, signed', unit: 'B' },
      },
      1,
    ),
  );
}

type All = ReadonlyMap<string, Measured>;

function roundsOf(all: All, count: number, work: Work): readonly number[] {
  return all.get(nameOf(count, work))?.rounds ?? [];
}

/** By what it costs more CPU time at so many Keys than at the fewest. */
function growthFigure(all: All, count: number, work: Work): Figure {
  const [few, many] = [roundsOf(all, sizes[0], work), roundsOf(all, count, work)];
  const ms = (rates: readonly number[]): number => 1e3 / median(rates);
  const ratio = median(few.map((rate, round) => rate / (many[round] ?? NaN)));
  return {
    ...{ figure: `P10 ${nameOf(count, work)}`, ours: ms(many), anchor: ms(few) },
    anchorName: nameOf(sizes[0], work),
    ...{ unit: 'ms CPU', ratio, goal: '≤ 1.1', ok: ratio <= 1.1 },
  };
}

/** A whole list of the same lock, as everything was sent before. */
async function wholeFigure(site: Site, { lock, count }: Stand, changeMs: number): Promise<readonly Figure[]> {
  const costs: number[] = [];
  let bytes = 0;
  for (let round = 0; round < 3; round += 1) {
    await site.admin(
      'update claviger.lock_lists set wanted_at = now(), wants_whole = true where lock_id = $1',
      [lock.lockId],
    );
    const before = site.cpu();
    const letters = await site.compile(lock);
    costs.push((site.cpu() - before) * 1e3);
    bytes = letters.reduce((sum, { length }) => sum + length, 0);
  }
  const wholeMs = median(costs);
  const letters = `P10 whole list of ${shown(count)} Keys`;
  const anchorName = 'one change';
  const more = { anchorName, goal: '> 1', ok: true };
  return [
    { ...more, figure: letters, ours: wholeMs, anchor: changeMs, unit: 'ms CPU', ratio: wholeMs / changeMs },
    { ...more, figure: letters, ours: bytes, anchor: deltaBytes, unit: 'B', ratio: bytes / deltaBytes },
  ];
}

async function measure(site: Site): Promise<Figure[]> {
  const stands: Stand[] = [];
  for (const count of sizes) stands.push(await standOf(site, count));
  await site.admin('vacuum analyze');
  await site.watch();
  const all = await interleave(
    stands.flatMap((stand) => contendersOf(site, stand)),
    { clock: site.cpu },
  );
  const figures: Figure[] = [];
  for (const stand of [stands[0], stands.at(-1)])
    if (stand) figures.push(...(await byteFigures(site, stand)));
  for (const work of works) figures.push(...sizes.slice(1).map((count) => growthFigure(all, count, work)));
  for (const stand of stands.filter(({ count }) => wholeSizes.includes(count)))
    figures.push(...(await wholeFigure(site, stand, 1e3 / median(roundsOf(all, stand.count, 'one change')))));
  return figures;
}

export async function deltaFigures(): Promise<Figure[]> {
  const site = await openSite();
  try {
    return await measure(site);
  } finally {
    await site.close();
  }
}
