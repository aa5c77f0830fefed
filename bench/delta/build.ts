/**
 * P11: what a whole list of one lock costs the server, read from the database, compiled, packed, hashed,
 * signed and recorded; beside it the bare reading of the same rows. CPU time, PostgreSQL's with it.
 */
import { growthOf, interleave, type Contender, type Effort, type Figure } from '../harness.ts';
import { openSite, type Site } from './site.ts';

interface Asked {
  readonly keys: number;
  readonly effort: Effort;
}

/** A list of 100,000 Keys takes seconds: one of them a round. */
const once: Effort = { rounds: 7, roundMs: 1, warmMs: 1, warmCalls: 1 };
const asked: Asked = { keys: 100_000, effort: once };

/** What is read of a lock to make its list, without a word about how it is put together. */
const rowsOfLock = [
  `select k.id, k.type, k.state, k.issue, k.valid_from, k.valid_until, k.max_uses, b.state, k.holder_id,
      u.status
    from claviger.bindings b join claviger.keys k on k.entity_id = b.entity_id and k.id = b.key_id
      left join claviger.users u on u.id = k.holder_id
    where b.entity_id = $1 and b.lock_id = $2 order by k.id`,
  `select c.id, c.key_id, c.kind, c.state, c.sealed_digest
    from claviger.credentials c join claviger.bindings b on b.entity_id = c.entity_id and b.key_id = c.key_id
    where b.entity_id = $1 and b.lock_id = $2 order by c.id`,
] as const;

const wantWhole = 'update claviger.lock_lists set wanted_at = now(), wants_whole = true where lock_id = $1';

type Lock = Awaited<ReturnType<Site['plantLock']>>;

function buildOf(site: Site, lock: Lock, name: string): Contender {
  return {
    name,
    run: async (times) => {
      for (let time = 0; time < times; time += 1) {
        await site.admin(wantWhole, [lock.lockId]);
        const letters = await site.compile(lock);
        if (letters.length < 2) throw new Error('no whole list was made');
      }
    },
  };
}

function selectOf(site: Site, lock: Lock, { name, keys }: { name: string; keys: number }): Contender {
  return {
    name,
    run: async (times) => {
      for (let time = 0; time < times; time += 1)
        for (const text of rowsOfLock) {
          const rows = await site.select(text, [lock.entityId, lock.lockId]);
          if (rows.length < keys) throw new Error('rows are missing');
        }
    },
  };
}

export async function buildFigures({ keys, effort }: Asked = asked): Promise<Figure[]> {
  const site = await openSite();
  try {
    const lock = await site.plantLock(keys);
    await site.admin('vacuum analyze');
    const ours = `a list of ${keys.toLocaleString('en')} Keys`;
    const anchor = 'the same rows selected, by pg';
    // The first one opens the connections that are counted.
    await buildOf(site, lock, ours).run(1);
    await site.watch();
    const contenders = [buildOf(site, lock, ours), selectOf(site, lock, { name: anchor, keys })];
    const all = await interleave(contenders, { clock: site.cpu, effort });
    return [growthOf(all, { figure: `P11 build ${ours}`, ours, anchor, most: 1.25 })];
  } finally {
    await site.close();
  }
}
