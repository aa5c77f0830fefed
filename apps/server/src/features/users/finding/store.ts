import type { UserStatus } from '@claviger/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, sqlNow } from '../../../platform/database/query.ts';

/** Where a page of Users begins: after this one. */
export interface UserRank {
  readonly name: string;
  readonly id: string;
}

/**
 * What this transaction finds from now on, as patterns of LIKE of which one has to fit. The policies of
 * `findable_users` apply them, which is why an index can (decision record 0058). Scope, here and below: the
 * Owner.
 */
export async function lookFor(tx: Transaction, patterns: readonly string[]): Promise<void> {
  await query(tx)
    .selectNoFrom(sql`set_config('claviger.search', ${[...patterns]}::text[]::text, true)`.as('search'))
    .execute();
}

/** The Users of the Owner who are found, in no order; undefined where they are more than so many. */
export async function listFound(tx: Transaction, most: number): Promise<string[] | undefined> {
  const found = await query(tx)
    .selectFrom((some) =>
      some
        .selectFrom('findable_users')
        .select('user_id')
        .limit(most + 1)
        .as('found'),
    )
    .select(sql<string[] | null>`case when count(*) <= ${most} then array_agg(user_id) end`.as('ids'))
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow();
  return found.count === 0 ? [] : (found.ids ?? undefined);
}

/** Whether more than so many have, or had, a role in the Entity. */
export async function hasMoreMembers(tx: Transaction, entityId: string, than: number): Promise<boolean> {
  const beyond = await query(tx)
    .selectFrom('memberships')
    .where('entity_id', '=', entityId)
    .select('user_id')
    .offset(than)
    .limit(1)
    .executeTakeFirst();
  return beyond !== undefined;
}

/**
 * Lets this transaction read in the order of an index, or no more. Nobody knows beforehand how many fit, and
 * the planner believes that they are few: it would find all of them first and sort them for one page.
 */
async function readInOrder(tx: Transaction, isInOrder: boolean): Promise<void> {
  const others = isInOrder ? 'off' : 'on';
  const set = (name: string) => sql`set_config(${name}, ${others}, true)`;
  await query(tx)
    .selectNoFrom([set('enable_bitmapscan').as('bitmap'), set('enable_sort').as('sort')])
    .execute();
}

/** Of the Users who are found those of the Entity, by name; as many as one page shows. */
export async function walkFound(
  tx: Transaction,
  place: { readonly ownerId: string; readonly entityId: string },
  wanted: {
    readonly status: UserStatus | undefined;
    readonly after: UserRank | undefined;
    readonly limit: number;
  },
): Promise<string[]> {
  const { status, after, limit } = wanted;
  await readInOrder(tx, true);
  const rows = await query(tx)
    .selectFrom('findable_users as f')
    .where('f.owner_id', '=', place.ownerId)
    .$if(status !== undefined, (found) => found.where('f.status', '=', status ?? 'active'))
    .$if(after !== undefined, (found) =>
      found.where(
        sql<boolean>`(f.sorted_name, f.user_id) > (${after?.name ?? ''}, ${after?.id ?? ''}::uuid)`,
      ),
    )
    .where((found) =>
      found.exists(
        found
          .selectFrom('memberships as m')
          .where('m.entity_id', '=', place.entityId)
          .whereRef('m.user_id', '=', 'f.user_id')
          .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
          .select('m.user_id'),
      ),
    )
    .orderBy('f.sorted_name')
    .orderBy('f.user_id')
    .limit(limit)
    .select('f.user_id as id')
    .execute();
  await readInOrder(tx, false);
  return rows.map(({ id }) => id);
}
