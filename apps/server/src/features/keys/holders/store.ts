import type { Instant, KeyType } from '@claviger/domain';
import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, sqlNow } from '../../../platform/database/query.ts';

/** A Key at one lock. */
export interface HeldAt {
  readonly keyId: string;
  readonly lockId: string;
  readonly deviceId: string;
}

interface HolderPlace {
  readonly entityId: string;
  readonly userId: string;
}

/** Where the Keys that a User holds in the Entity, and that have not ended, are bound. Scope: the Entity. */
export function listHeld(tx: Transaction, { entityId, userId }: HolderPlace): Promise<HeldAt[]> {
  return query(tx)
    .selectFrom('keys as k')
    .innerJoin('bindings as b', (join) =>
      join.onRef('b.entity_id', '=', 'k.entity_id').onRef('b.key_id', '=', 'k.id'),
    )
    .innerJoin('locks as l', (join) =>
      join.onRef('l.entity_id', '=', 'b.entity_id').onRef('l.id', '=', 'b.lock_id'),
    )
    .where('k.entity_id', '=', entityId)
    .where('k.holder_id', '=', userId)
    .where('k.state', '<>', 'revoked')
    .orderBy('l.id')
    .orderBy('k.id')
    .select(['k.id as keyId', 'l.id as lockId', 'l.device_id as deviceId'])
    .execute();
}

/** Who of the Entity has this address now. Scope: the Entity. */
export function findByAddress(
  tx: Transaction,
  { entityId, email }: { readonly entityId: string; readonly email: string },
): Promise<{ readonly userId: string; readonly isDeactivated: boolean } | undefined> {
  return query(tx)
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .where('m.entity_id', '=', entityId)
    .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
    .where(sql`lower(u.email)`, '=', email.toLowerCase())
    .select(['u.id as userId', sql<boolean>`u.status = 'deactivated'`.as('isDeactivated')])
    .executeTakeFirst();
}

/** Gives a Key that nobody holds its holder; whether it had none. Scope: the Entity. */
export async function setHolder(
  tx: Transaction,
  { entityId, keyId, userId }: HolderPlace & { readonly keyId: string },
): Promise<boolean> {
  const given = await query(tx)
    .updateTable('keys')
    .set({ holder_id: userId })
    .where('entity_id', '=', entityId)
    .where('id', '=', keyId)
    .where('holder_id', 'is', null)
    .where('state', '<>', 'revoked')
    .returning('id')
    .executeTakeFirst();
  return given !== undefined;
}

/** A Key that a User holds and that comes back with them, or was kept back before. */
export interface WaitingKey {
  readonly id: string;
  readonly entityId: string;
  readonly type: KeyType;
  readonly holder: string;
  readonly until: Instant | null;
  readonly isKeptBack: boolean;
  readonly entity: string;
  readonly locks: string[];
}

/** The Keys of a User that can be restored, held until the transaction ends. Scope: the Owner. */
export async function holdWaiting(tx: Transaction, userId: string): Promise<WaitingKey[]> {
  await query(tx)
    .selectFrom('keys')
    .where('holder_id', '=', userId)
    .where('state', 'in', ['active', 'suspended'])
    .orderBy('id')
    .select('id')
    .forUpdate()
    .execute();
  return listWaiting(tx, userId);
}

/** The Keys of a User that can be restored, by Entity and age. Scope: the Owner. */
export function listWaiting(tx: Transaction, userId: string): Promise<WaitingKey[]> {
  return query(tx)
    .selectFrom('keys as k')
    .innerJoin('entities as e', 'e.id', 'k.entity_id')
    .where('k.holder_id', '=', userId)
    .where((where) => where.or([where('k.state', '=', 'active'), where('k.suspension', '=', 'not_restored')]))
    .where('k.state', '<>', 'revoked')
    .orderBy('e.name')
    .orderBy('k.id')
    .select([
      'k.id',
      'k.entity_id as entityId',
      'k.type',
      'k.holder_name as holder',
      'k.valid_until as until',
      sql<boolean>`k.state = 'suspended'`.as('isKeptBack'),
      'e.name as entity',
      sql<string[]>`array(select l.name from claviger.bindings b
        join claviger.locks l on l.entity_id = b.entity_id and l.id = b.lock_id
        where b.entity_id = k.entity_id and b.key_id = k.id and b.state <> 'revoked' order by l.name)`.as(
        'locks',
      ),
    ])
    .execute();
}

/** Restores these Keys of a User, or keeps them suspended. Scope: the Owner. */
export async function setRestored(
  tx: Transaction,
  keyIds: readonly string[],
  isRestored: boolean,
): Promise<void> {
  if (keyIds.length === 0) return;
  await query(tx)
    .updateTable('keys')
    .set((set) => ({
      state: isRestored ? ('active' as const) : ('suspended' as const),
      suspension: isRestored ? null : 'not_restored',
      version: set('version', '+', 1),
    }))
    .where('id', 'in', [...keyIds])
    .execute();
}
