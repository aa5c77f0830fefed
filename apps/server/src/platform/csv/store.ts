import { sql } from 'kysely';
import type { Transaction } from '../database/index.ts';
import { query } from '../database/query.ts';

/** Whose an export is, and which day it is there now (`2026-11-29`). Scope: the Entity, or its Owner. */
export async function readExportSubject(
  tx: Transaction,
  entityId: string,
): Promise<{ readonly code: string; readonly day: string }> {
  return query(tx)
    .selectFrom('entities as n')
    .where('n.id', '=', entityId)
    .select(['n.code', sql<string>`to_char(now() at time zone n.zone, 'YYYY-MM-DD')`.as('day')])
    .executeTakeFirstOrThrow();
}
