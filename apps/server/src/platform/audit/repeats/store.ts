import type { Transaction } from '../../database/index.ts';
import { query, queryNamed, sqlInstant } from '../../database/query.ts';
import { installationChain, type AuditEntry } from '../entry.ts';

/** What repeats have in common. */
export interface RepeatPlace {
  readonly chain: string;
  /** The Account, else the address, else `others`. */
  readonly source: string;
  readonly operation: string;
  readonly code: string;
}

/** A refusal that may have others like it. */
export interface Repeatable {
  readonly place: RepeatPlace;
  readonly entry: AuditEntry & { readonly outcome: 'refused' | 'failed' };
}

const placeColumns = ['chain', 'source', 'operation', 'code'] as const;

/** Counts a refusal among the repeats of one that came after `since`; whether there was such a one. */
export async function countRepeat(
  tx: Transaction,
  { place, entry }: Repeatable,
  since: number,
): Promise<boolean> {
  const at = new Date(entry.at);
  const rows = await queryNamed(tx, {
    name: 'count_audit_repeat',
    text: `update claviger.audit_repeats
      set count = count + 1, first_at = coalesce(first_at, $6), last_at = $6, request_id = $7, cause = $8,
        object_id = case when object_id = $9::uuid then object_id end,
        address = case when address = $10 then address end
      where chain = $1 and source = $2 and operation = $3 and code = $4 and opened_at > $5
      returning count`,
    values: [
      ...[place.chain, place.source, place.operation, place.code, new Date(since), at],
      ...[entry.requestId ?? null, entry.cause ?? null, entry.objectId ?? null, entry.address ?? null],
    ],
  });
  return rows.length === 1;
}

/** From now on others like this one are repeats; false where somebody else has just begun that. */
export async function openRepeats(tx: Transaction, { place, entry }: Repeatable): Promise<boolean> {
  const rows = await query(tx)
    .insertInto('audit_repeats')
    .values({
      ...{ ...place, scope: entry.scope, entity_id: entry.entityId ?? null },
      ...{ account_id: entry.accountId ?? null, user_id: entry.userId ?? null, outcome: entry.outcome },
      ...{ object_type: entry.objectType ?? null, object_id: entry.objectId ?? null },
      ...{ api_key: entry.apiKey ?? null, cause: entry.cause ?? null, request_id: entry.requestId ?? null },
      ...{ address: entry.address ?? null, opened_at: new Date(entry.at) },
    })
    .onConflict((conflict) => conflict.columns(placeColumns).doNothing())
    .returning('count')
    .execute();
  return rows.length === 1;
}

/** Ends what was begun until an instant, of a chain or of one place in it; gives an entry for all repeats. */
export async function closeRepeats(
  tx: Transaction,
  of: { readonly chain: string } | RepeatPlace,
  until: number,
): Promise<AuditEntry[]> {
  let ending = query(tx)
    .deleteFrom('audit_repeats')
    .where('chain', '=', of.chain)
    .where('opened_at', '<=', sqlInstant(until));
  if ('source' in of) {
    ending = ending
      .where('source', '=', of.source)
      .where('operation', '=', of.operation)
      .where('code', '=', of.code);
  }
  const rows = await ending.returningAll().execute();
  return rows
    .filter(({ count, last_at }) => count > 0 && last_at !== null)
    .map((row) => ({
      ...{ scope: row.scope, entityId: row.entity_id ?? undefined, accountId: row.account_id ?? undefined },
      ...{ apiKey: row.api_key ?? undefined },
      ...{ userId: row.user_id ?? undefined, operation: row.operation, outcome: row.outcome, code: row.code },
      ...{ objectType: row.object_type ?? undefined, objectId: row.object_id ?? undefined },
      ...{ cause: row.cause ?? undefined, requestId: row.request_id ?? undefined },
      ...{ address: row.address ?? undefined, count: row.count, firstAt: row.first_at ?? undefined },
      at: row.last_at ?? row.opened_at,
    }));
}

/** The chains in which something was begun until an instant. Scope: installation. */
export async function listDueChains(tx: Transaction, until: number): Promise<string[]> {
  const rows = await query(tx)
    .selectFrom('audit_repeats')
    .where('opened_at', '<=', sqlInstant(until))
    .select('chain')
    .distinct()
    .execute();
  return rows.map(({ chain }) => chain);
}

/** How many addresses without an Account are told apart just now. */
export async function countStrangers(tx: Transaction): Promise<number> {
  const row = await query(tx)
    .selectFrom('audit_repeats')
    .where('chain', '=', installationChain)
    .where('account_id', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}
