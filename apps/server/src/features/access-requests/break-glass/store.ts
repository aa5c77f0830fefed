import type { Transaction } from '../../../platform/database/index.ts';
import { query, sqlNow } from '../../../platform/database/query.ts';

/** The addresses of the Community Managers of an Entity. Scope: the Owner. */
export async function listManagers(tx: Transaction, entityId: string): Promise<string[]> {
  const rows = await query(tx)
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .where('m.entity_id', '=', entityId)
    .where('m.role', '=', 'community_manager')
    .where('u.status', '=', 'active')
    .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
    .orderBy('u.id')
    .select('u.email')
    .execute();
  return rows.map(({ email }) => email);
}
