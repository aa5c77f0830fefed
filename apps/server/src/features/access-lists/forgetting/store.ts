import type { Transaction } from '../../../platform/database/index.ts';
import { query, sqlInstant } from '../../../platform/database/query.ts';

/**
 * Forgets what nobody asks for any more at this lock: lists that were replaced before `before`, mails that
 * were written before it, cards, PINs and links whose Key ended before it. The caller holds the mark: a Key
 * that comes back meanwhile is one that has not ended. Scope: entity.
 */
export async function forgetAt(
  tx: Transaction,
  { entityId, lockId }: { readonly entityId: string; readonly lockId: string },
  before: number,
): Promise<void> {
  await forgetLists(tx, { entityId, lockId }, before);
  await query(tx)
    .deleteFrom('mails')
    .where('entity_id', '=', entityId)
    .where('created_at', '<', sqlInstant(before))
    .where('key_id', 'in', (eb) =>
      eb
        .selectFrom('bindings')
        .where('entity_id', '=', entityId)
        .where('lock_id', '=', lockId)
        .select('key_id'),
    )
    .execute();
  await query(tx)
    .deleteFrom('pin_values')
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .where('lives_until', '<', sqlInstant(before))
    .execute();
  await query(tx)
    .deleteFrom('credentials')
    .where('entity_id', '=', entityId)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('card_values')
        .where('entity_id', '=', entityId)
        .where('lock_id', '=', lockId)
        .where('lives_until', '<', sqlInstant(before))
        .select('credential_id'),
    )
    .execute();
  await forgetSecrets(tx, { entityId, lockId }, before);
}

/** What people and doors knew an ended Key by. */
async function forgetSecrets(
  tx: Transaction,
  { entityId, lockId }: { readonly entityId: string; readonly lockId: string },
  before: number,
): Promise<void> {
  await query(tx)
    .updateTable('credentials as c')
    .set({ sealed_secret: null, sealed_digest: null })
    .where('c.entity_id', '=', entityId)
    .where('c.key_id', 'in', (eb) =>
      eb
        .selectFrom('keys as k')
        .innerJoin('bindings as b', (join) =>
          join.onRef('b.entity_id', '=', 'k.entity_id').onRef('b.key_id', '=', 'k.id'),
        )
        .where('k.entity_id', '=', entityId)
        .where('b.lock_id', '=', lockId)
        .where('b.enforced_at', 'is not', null)
        .where((where) =>
          where.or([
            where('k.ended_at', '<', sqlInstant(before)),
            where('k.valid_until', '<', sqlInstant(before)),
          ]),
        )
        .select('k.id'),
    )
    .where((where) =>
      where.or([where('sealed_secret', 'is not', null), where('sealed_digest', 'is not', null)]),
    )
    .execute();
}

/** Until the whole list that replaced them was sent, doors decided by a list and what had changed it. */
async function forgetLists(
  tx: Transaction,
  { entityId, lockId }: { readonly entityId: string; readonly lockId: string },
  before: number,
): Promise<void> {
  const replaced = (await query(tx)
    .selectFrom('access_lists')
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .where('signed_at', '<', sqlInstant(before))
    .select((set) => set.fn.max('signed_at').as('signedAt'))
    .executeTakeFirst()) ?? { signedAt: null };
  if (replaced.signedAt === null) return;
  for (const table of ['access_lists', 'list_deltas'] as const) {
    await query(tx)
      .deleteFrom(table)
      .where('entity_id', '=', entityId)
      .where('lock_id', '=', lockId)
      .where('signed_at', '<', sqlInstant(replaced.signedAt))
      .execute();
  }
}
