import type { Instant, LivePins } from '@claviger/domain';
import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, sqlInstant } from '../../../platform/database/query.ts';

interface PinsOfLock {
  readonly entityId: string;
  readonly lockId: string;
  readonly now: Instant;
}

/** How many values of each length are live at a lock. */
export async function countLivePins(
  tx: Transaction,
  { entityId, lockId, now }: PinsOfLock,
): Promise<LivePins> {
  const rows = await query(tx)
    .selectFrom('pin_values')
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .where('lives_until', '>', sqlInstant(now))
    .groupBy('digits')
    .select((eb) => ['digits', eb.fn.countAll<number>().as('count')])
    .execute();
  const counts = new Map(rows.map(({ digits, count }) => [digits, count]));
  return { 6: counts.get(6) ?? 0, 7: counts.get(7) ?? 0, 8: counts.get(8) ?? 0, 9: counts.get(9) ?? 0 };
}

/** How many of these tags belong to a Key that lives, or ended after `since`. */
export async function findTakenTags(
  tx: Transaction,
  wanted: { readonly entityId: string; readonly tags: readonly Buffer[]; readonly since: Instant },
): Promise<number> {
  const row = await query(tx)
    .selectFrom('pin_values')
    .where('entity_id', '=', wanted.entityId)
    .where('tag', 'in', [...wanted.tags])
    .where('lives_until', '>', sqlInstant(wanted.since))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Whose this value is at a lock, or was last. */
export async function findPinHolder(
  tx: Transaction,
  { entityId, lockId, tag }: { readonly entityId: string; readonly lockId: string; readonly tag: Buffer },
): Promise<{ readonly keyId: string; readonly deviceId: string } | undefined> {
  return query(tx)
    .selectFrom('pin_values as p')
    .innerJoin('locks as l', (join) =>
      join.onRef('l.entity_id', '=', 'p.entity_id').onRef('l.id', '=', 'p.lock_id'),
    )
    .where('p.entity_id', '=', entityId)
    .where('p.lock_id', '=', lockId)
    .where('p.tag', '=', tag)
    .select(['p.key_id as keyId', 'l.device_id as deviceId'])
    .executeTakeFirst();
}

/**
 * Reserves a value at a lock for a Key, until then; also one that is that Key's already. False if another Key
 * has it, or had it until after `since`.
 */
export async function reservePin(
  tx: Transaction,
  pin: {
    readonly entityId: string;
    readonly lockId: string;
    readonly keyId: string;
    readonly tag: Buffer;
    readonly digits: number;
    readonly livesUntil: Instant;
    readonly since: Instant;
  },
): Promise<boolean> {
  const kept = { key_id: pin.keyId, digits: pin.digits, lives_until: new Date(pin.livesUntil) };
  const row = await query(tx)
    .insertInto('pin_values')
    .values({ entity_id: pin.entityId, lock_id: pin.lockId, tag: pin.tag, ...kept })
    .onConflict((conflict) =>
      conflict
        .columns(['entity_id', 'lock_id', 'tag'])
        .doUpdateSet(kept)
        .where((where) =>
          where.or([
            where('pin_values.key_id', '=', pin.keyId),
            where('pin_values.lives_until', '<=', sqlInstant(pin.since)),
          ]),
        ),
    )
    .returning('tag')
    .executeTakeFirst();
  return row !== undefined;
}

/** The PINs of a Key live until then at the longest; from then on they rest. */
export async function restPins(
  tx: Transaction,
  { entityId, keyId }: { readonly entityId: string; readonly keyId: string },
  at: Instant,
): Promise<void> {
  await query(tx)
    .updateTable('pin_values')
    .set({ lives_until: sql<Date>`least(lives_until, ${new Date(at)})` })
    .where('entity_id', '=', entityId)
    .where('key_id', '=', keyId)
    .execute();
}
