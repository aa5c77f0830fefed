/**
 * P15: a page of 50 events over HTTP, with session, tenant and filters, eight callers at once, beside a bare
 * loop of the same statement; what of it row-level security and the session cost. P16: the same page deep in
 * a list, as the list grows. P17: every pair of the filters of Activity, one that matches nothing among them.
 */
import type { Client } from 'pg';
import {
  atMost,
  figureOf,
  growthOf,
  interleave,
  wallSeconds,
  type Contender,
  type Effort,
  type Figure,
} from '../harness.ts';
import { deepEventPath, deepKeyPath, filterPairs, growEvents, growKeys, type Grown } from './rows.ts';
import { byAll, callers, oneByOne, openListSite, type ListSite } from './site.ts';

interface Asked {
  /** So many events at first and at last, and so many Keys. */
  readonly events: readonly [few: number, many: number];
  readonly keys: readonly [few: number, many: number];
  readonly effort: Effort;
}

const asked: Asked = {
  events: [200_000, 2_000_000],
  keys: [10_000, 500_000],
  effort: { rounds: 7, roundMs: 300, warmMs: 300, warmCalls: 5 },
};

/** What the page of Activity selects. */
const columns = `e.device_id, e.log_epoch, e.sequence, e.lock_id, e.lock_name, e.type, e.at, e.uncertainty_ms,
  e.received_at, e.method, e.is_static, e.second_method, e.reason, e.person_name, e.command_id, e.detail,
  e.unknown_since, e.key_id`;

/** The statement of the page with a lock and a type: what the bare loop asks, as text, for its values. */
const bareText = `select ${columns}, (select l.location from claviger.locks l
    where l.entity_id = e.entity_id and l.id = e.lock_id) as location
  from claviger.activity_events e where e.entity_id = $1 and e.lock_id = $2 and e.type in ('lock_unlocked')
  order by e.at desc, e.device_id desc, e.log_epoch desc, e.sequence desc limit 51`;

async function pageFigure(site: ListSite, grown: Grown, effort: Effort): Promise<Figure[]> {
  const lockId = grown.lockIds[3] ?? '';
  const path = `/api/entities/${site.entityId}/activity?lockId=${lockId}&type=lock_unlocked`;
  const values = [site.entityId, lockId];
  const bare = await Promise.all(Array.from({ length: callers }, () => site.bare()));
  const behind = await site.scoped('entity');
  const [whole, noSession] = ['a page over HTTP', 'a page over HTTP, the session not asked'];
  const [loop, one, policies] = ['bare loop, 8 connections', 'bare select', 'select behind the policies'];
  const skipping = async (): Promise<void> => {
    site.skipSession(true);
    await site.get(path);
    site.skipSession(false);
  };
  const contenders: Contender[] = [
    { name: whole, run: byAll(() => site.get(path)) },
    { name: noSession, run: sessionless(site, path) },
    { name: loop, run: byAll((caller) => (bare[caller] as Client).query(bareText, values)) },
    { name: one, run: oneByOne(() => (bare[0] as Client).query(bareText, values)) },
    { name: policies, run: oneByOne(() => behind.query(bareText, values)) },
  ];
  await skipping();
  const all = await interleave(contenders, { clock: wallSeconds, effort });
  return [
    figureOf(all, { figure: 'P15 a page of events, filtered', ours: whole, anchor: loop, atLeast: 0.7 }),
    growthOf(all, { figure: 'row-level security, of a page', ours: policies, anchor: one, most: 1.2 }),
    growthOf(all, { figure: 'session and role, of a page', ours: whole, anchor: noSession, most: 2 }),
  ];
}

/** While it runs, nobody is looked up. */
function sessionless(site: ListSite, path: string): Contender['run'] {
  const run = byAll(() => site.get(path));
  return async (times) => {
    site.skipSession(true);
    try {
      await run(times);
    } finally {
      site.skipSession(false);
    }
  };
}

/** Milliseconds of one call, the median of so many: for what is measured before and after a list grew. */
async function medianMs(site: ListSite, path: string, calls = 41): Promise<number> {
  const spent: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const before = performance.now();
    await site.get(path);
    spent.push(performance.now() - before);
  }
  return spent.sort((one, other) => one - other)[Math.floor(calls / 2)] ?? NaN;
}

/** Of a page deep in the events, and in the Keys. */
async function deepMs(site: ListSite): Promise<{ events: number; keys: number }> {
  const events = await medianMs(site, await deepEventPath(site));
  return { events, keys: await medianMs(site, await deepKeyPath(site)) };
}

async function pairFigures(site: ListSite, grown: Grown, effort: Effort): Promise<Figure[]> {
  const base = `/api/entities/${site.entityId}/activity?advanced=true`;
  const anchor = 'the page without filters';
  const figures: Figure[] = [];
  for (const [figure, filters] of filterPairs(grown)) {
    const all = await interleave(
      [
        { name: figure, run: oneByOne(() => site.get(`${base}&${filters}`)) },
        { name: anchor, run: oneByOne(() => site.get(base)) },
      ],
      { clock: wallSeconds, effort: { ...effort, roundMs: 60, warmMs: 60 } },
    );
    figures.push(growthOf(all, { figure: `P17 ${figure}`, ours: figure, anchor, most: 4 }));
  }
  return figures;
}

/** What grew, at its two sizes. */
function grownFigure(
  figure: string,
  [few, many]: readonly [number, number],
  spent: readonly [number, number],
) {
  const [anchor, ours] = spent;
  const at = (count: number): string => count.toLocaleString('en');
  const sides = { anchor, ours, unit: 'ms', anchorName: `at ${at(few)}` };
  return atMost({ figure: `P16 ${figure} at ${at(many)}`, ...sides }, 1.15);
}

export async function pageFigures({ events, keys, effort }: Asked = asked): Promise<Figure[]> {
  const site = await openListSite();
  try {
    const few = await growEvents(site, { from: 0, to: events[0] });
    await growKeys(site, 0, keys[0]);
    await site.admin('vacuum analyze');
    const before = await deepMs(site);
    await growEvents(site, { from: events[0], to: events[1] });
    await growKeys(site, keys[0], keys[1]);
    await site.admin('vacuum analyze');
    const after = await deepMs(site);
    return [
      ...(await pageFigure(site, few, effort)),
      grownFigure('events at 95 % depth', events, [before.events, after.events]),
      grownFigure('Keys at 95 % depth', keys, [before.keys, after.keys]),
      ...(await pairFigures(site, few, effort)),
    ];
  } finally {
    await site.close();
  }
}
