import { sql } from 'kysely';
import type { Scope } from '../../src/platform/database/index.ts';
import { query } from '../../src/platform/database/query.ts';
import type { TestDatabase } from '../test-database.ts';

/** What a transaction in this scope sees of a column, whatever the application would ask for. */
export async function seenIn(
  { database }: TestDatabase,
  scope: Scope,
  [table, column]: readonly [table: string, column: string],
): Promise<string[]> {
  return database.transact(scope, async (tx) => {
    const rows = await query(tx)
      .selectFrom(
        sql<{ value: string }>`(select ${sql.ref(column)}::text as value
        from ${sql.id('claviger', table)})`.as('seen'),
      )
      .select('seen.value')
      .execute();
    return rows.map(({ value }) => value);
  });
}
