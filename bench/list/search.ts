/**
 * P18: search among 100,000 Users, over HTTP with session and row-level security, by terms of three letters
 * and more, of which some fit nobody and some everybody; beside each the same text looked for by a bare
 * connection, past row-level security and without an index.
 */
import {
  atMost,
  figureOf,
  interleave,
  wallSeconds,
  type Contender,
  type Effort,
  type Figure,
} from '../harness.ts';
import { oneByOne, openListSite, type ListSite } from './site.ts';

interface Asked {
  readonly users: number;
  readonly effort: Effort;
  /** How often each term is asked for, for the slowest of twenty. */
  readonly calls: number;
}

const asked: Asked = {
  users: 100_000,
  effort: { rounds: 7, roundMs: 60, warmMs: 60, warmCalls: 2 },
  calls: 20,
};

/** Part of a few names, of many, of every address, of a number, a plate; whole names; nobody's. */
const terms = ['mar', 'zax', '@ex', '079', 'zh4', 'grad', 'helmar', 'example', 'zhq', '123456'];

/** Names of three syllables and of three more, numbers, plates; the same in every run. */
export const plantUsers = `with syllables as (
    select s, (n - 1)::int as n from unnest(string_to_array('ar be cor dan el fi gra hel in jo ka lu mi no '
      'ol pe qui ro sa ti ur ve wil xan yo za che mar ber ste', ' ')) with ordinality as all_of (s, n)),
  drawn as (
    select i, ('x' || substr(md5(i::text), 1, 8))::bit(32)::bigint as h
    from generate_series(1, $3::int) i),
  made as (
    insert into claviger.users (id, owner_id, name, email, phone, mobile, plates)
    select gen_random_uuid(), $1, initcap(a.s || b.s || c.s) || ' ' || initcap(d.s || e.s || f.s),
      a.s || b.s || c.s || '.' || d.s || e.s || f.s || i || '@example.com',
      '+41 44 ' || (1000000 + (i::bigint * 7919) % 8999999),
      '+41 79 ' || (1000000 + (i::bigint * 104729) % 8999999), array['ZH ' || (i::bigint * 31337) % 900000]
    from drawn join syllables a on a.n = h % 30 join syllables b on b.n = (h / 30) % 30
      join syllables c on c.n = (h / 900) % 30 join syllables d on d.n = (h / 27000) % 30
      join syllables e on e.n = (h / 810000) % 30 join syllables f on f.n = i % 30
    returning id, owner_id)
  insert into claviger.memberships (entity_id, user_id, owner_id, role)
    select $2, id, owner_id, 'resident' from made`;

const bareSearch = `select u.id, u.name, u.email, u.phone, u.mobile, u.plates, u.status
  from claviger.memberships m join claviger.users u on u.id = m.user_id
  where m.entity_id = $1 and (u.name ilike $2 or u.email ilike $2 or u.search_text ilike $2)
  order by lower(u.name), u.id limit 51`;

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

async function p95(site: ListSite, calls: number, path: (term: string) => string): Promise<Figure> {
  const spent: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    for (const term of terms) {
      const before = performance.now();
      await site.get(path(term));
      spent.push(performance.now() - before);
    }
  }
  const sides = { ours: percentile(spent, 0.95), anchor: 15, unit: 'ms', anchorName: '15 ms, all terms' };
  return atMost({ figure: 'P18 search, 95 of 100', ...sides }, 1);
}

export async function searchFigures({ users, effort, calls }: Asked = asked): Promise<Figure[]> {
  const site = await openListSite();
  try {
    await site.admin(plantUsers, [site.ownerId, site.entityId, users]);
    await site.admin('vacuum analyze');
    const bare = await site.bare();
    const path = (term: string) => `/api/entities/${site.entityId}/users?text=${encodeURIComponent(term)}`;
    const figures: Figure[] = [];
    for (const term of terms) {
      const [ours, anchor] = [`search for ${term}`, 'the same text, no index, no policies'];
      const contenders: Contender[] = [
        { name: ours, run: oneByOne(() => site.get(path(term))) },
        { name: anchor, run: oneByOne(() => bare.query(bareSearch, [site.entityId, `%${term}%`])) },
      ];
      const all = await interleave(contenders, { clock: wallSeconds, effort });
      figures.push(figureOf(all, { figure: `P18 ${ours}`, ours, anchor, atLeast: 6 }));
    }
    return [...figures, await p95(site, calls, path)];
  } finally {
    await site.close();
  }
}
