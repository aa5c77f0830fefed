import { Client } from 'pg';
import type { Secret } from '../secrets/index.ts';

/** A restore, as the installation remembers it; instants are UTC epoch milliseconds. */
export interface RestoreMark {
  /** Whose backup it was; one that was never started has not marked its database yet. */
  readonly installationId: string;
  readonly restoredAt: number;
  /** Up to when everything was brought back. */
  readonly reachedAt: number;
}

/**
 * An incarnation is the time of its restore, in these steps: two restores of one backup are never the same.
 */
const incarnationStepMs = 10_000;

interface Change {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Every door is asked before anything new is decided for it. */
function changesOf({ restoredAt, reachedAt }: RestoreMark): Change[] {
  const [at, reached] = [new Date(restoredAt), new Date(reachedAt)];
  return [
    {
      text: `insert into claviger.restores (incarnation, restored_at, reached_at)
        select incarnation, $1, $2 from claviger.installations`,
      values: [at, reached],
    },
    {
      text: `update claviger.device_states set is_online = false, log_broken_since = $1,
        offline_since = coalesce(offline_since, last_heard_at, $1)`,
      values: [at],
    },
    {
      text: `insert into claviger.lock_lists (entity_id, lock_id, device_id, wanted_at, wants_whole,
          report_owed_since, uses_owed)
        select l.entity_id, l.id, l.device_id, $1, true, $1, true from claviger.locks l
          join claviger.device_states s on s.entity_id = l.entity_id and s.device_id = l.device_id
        on conflict (entity_id, lock_id) do update
          set report_owed_since = $1, uses_owed = true, wanted_at = $1, wants_whole = true`,
      values: [at],
    },
    {
      text: 'update claviger.bindings set is_count_unsure = true',
      values: [],
    },
    {
      // What became of them is told by events that are lost, so nothing waits for it.
      text: `with ended as (
          update claviger.commands
            set stage = case when stage in ('issued', 'sent') then 'expired' else 'interrupted' end
            where stage in ('issued', 'sent', 'accepted', 'unlocked', 'opened')
            returning entity_id, id, stage)
        insert into claviger.command_stages (entity_id, command_id, stage, at)
          select entity_id, id, stage, $1 from ended on conflict do nothing`,
      values: [at],
    },
  ];
}

/** What had ended since the backup must not be alive again: sessions, and the operator's one-time token. */
const endings = ['delete from auth.sessions', 'delete from claviger.bootstrap_tokens'];

async function asOwner<Result>(adminUrl: Secret, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: adminUrl.revealText() });
  // The statement under way rejects with the same; without a listener the process would end.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** What a restore has begun. */
export interface Restored {
  readonly incarnation: number;
  /** Of every Entity that there is. */
  readonly entityIds: readonly string[];
}

/**
 * Marks a database as restored and raises its incarnation, in one transaction. From then on doors report
 * before they are told anything. `adminUrl` is the owner's.
 */
export async function markRestored(adminUrl: Secret, mark: RestoreMark): Promise<Restored> {
  return asOwner(adminUrl, async (client) => {
    await client.query('begin');
    const raised = await client.query<{ incarnation: string }>(
      `insert into claviger.installations as i (id, incarnation) values ($1, $2)
         on conflict (id) do update set incarnation = greatest(i.incarnation + 1, $2)
         returning incarnation::text`,
      [mark.installationId, Math.floor(mark.restoredAt / incarnationStepMs)],
    );
    for (const { text, values } of changesOf(mark)) await client.query(text, [...values]);
    for (const text of endings) await client.query(text);
    const entities = await client.query<{ id: string }>('select id from claviger.entities order by id');
    await client.query('commit');
    return {
      incarnation: Number(raised.rows[0]?.incarnation),
      entityIds: entities.rows.map(({ id }) => id),
    };
  });
}

/** Which history of the installation a database tells, 1 until its first restore; and PostgreSQL's major. */
export async function incarnationOf(adminUrl: Secret): Promise<{ incarnation: number; postgres: string }> {
  return asOwner(adminUrl, async (client) => {
    const found = await client.query<{ incarnation: string; postgres: string }>(
      `select coalesce(max(incarnation), 1)::text as incarnation,
         split_part(current_setting('server_version'), '.', 1) as postgres from claviger.installations`,
    );
    const row = found.rows[0];
    return { incarnation: Number(row?.incarnation ?? 1), postgres: row?.postgres ?? '' };
  });
}
