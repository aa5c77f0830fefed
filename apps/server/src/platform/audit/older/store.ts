import { sql } from 'kysely';
import type { Transaction } from '../../database/index.ts';
import { query, queryNamed } from '../../database/query.ts';
import { installationChain, type AuditOutcome, type AuditScope } from '../entry.ts';

/** An entry from before there were chains. */
export interface Unchained {
  readonly scope: AuditScope;
  readonly entityId: string | null;
  readonly accountId: string | null;
  readonly operation: string;
  readonly objectType: string | undefined;
  readonly objectId: string | null;
  readonly outcome: AuditOutcome;
  readonly reason: string | null;
  readonly before: Record<string, unknown> | undefined;
  readonly after: Record<string, unknown> | undefined;
  readonly requestId: string | undefined;
  readonly address: string | undefined;
  readonly at: number;
  readonly name: string | null;
}

/** The Entities of which there are some, null for none of them. Scope: installation. */
export async function listUnchained(tx: Transaction): Promise<(string | null)[]> {
  const rows = await query(tx)
    .selectFrom('unchained_audit_entries')
    .select('entity_id')
    .distinct()
    .orderBy('entity_id')
    .execute();
  return rows.map(({ entity_id }) => entity_id);
}

function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined;
}

/** Takes the oldest entries of a chain away, in the order of their times. Scope: of that chain. */
export async function takeUnchained(
  tx: Transaction,
  { chain, limit }: { readonly chain: string; readonly limit: number },
): Promise<Unchained[]> {
  const entityId = chain === installationChain ? null : chain;
  const rows = await query(tx)
    .deleteFrom('unchained_audit_entries')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('unchained_audit_entries as u')
        .where(sql<boolean>`u.entity_id is not distinct from ${entityId}::uuid`)
        .orderBy('u.at')
        .orderBy('u.id')
        .limit(limit)
        .select('u.id'),
    )
    .returningAll()
    .execute();
  return rows
    .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
    .map((row) => ({
      ...{ scope: row.scope, entityId: row.entity_id, accountId: row.account_id, operation: row.operation },
      ...{ objectType: row.object_type ?? undefined, objectId: row.object_id, outcome: row.outcome },
      ...{ reason: row.reason, before: fieldsOf(row.before), after: fieldsOf(row.after) },
      ...{ requestId: row.request_id ?? undefined, address: row.address?.split('/', 1)[0], at: row.at },
      name: row.actor_name,
    }));
}

/** The User that this Account is in the Entity. */
export async function findUserId(
  tx: Transaction,
  { entityId, accountId }: { readonly entityId: string; readonly accountId: string | null },
): Promise<string | undefined> {
  const rows = await queryNamed<{ userId: string }>(tx, {
    name: 'find_user_of_older_entry',
    text: `select user_id as "userId" from claviger.memberships where entity_id = $1 and account_id = $2
      limit 1`,
    values: [entityId, accountId],
  });
  return rows[0]?.userId;
}
