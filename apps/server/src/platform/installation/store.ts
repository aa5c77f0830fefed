import assert from 'node:assert/strict';
import type { Transaction } from '../database/index.ts';
import { query } from '../database/query.ts';

/**
 * The identifier in the database, which becomes this one when there is none; several starters agree on one.
 */
export async function findOrAddInstallation(tx: Transaction, id: string): Promise<string> {
  await query(tx)
    .insertInto('installations')
    .values({ id })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await query(tx).selectFrom('installations').select('id').executeTakeFirst();
  assert(row, 'a database has an installation');
  return row.id;
}
