import type { Transaction } from '../../platform/database/index.ts';
import { query } from '../../platform/database/query.ts';

/** The place that a Key leads to, as its holder is told of it. */
export interface PageLock {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly deviceId: string;
  readonly model: string;
  readonly isOnline: boolean | null;
  readonly offlineSince: number | null;
  readonly usesSpent: number;
  readonly unlockForMs: number;
}

export interface PageEntity {
  readonly name: string;
  readonly address: string;
  readonly zone: string;
}

export function findEntity(tx: Transaction, entityId: string): Promise<PageEntity> {
  return query(tx)
    .selectFrom('entities')
    .where('id', '=', entityId)
    .select(['name', 'address', 'zone'])
    .executeTakeFirstOrThrow();
}

/** The locks of a Key that it was not taken off, by name. */
export function listLocksOf(
  tx: Transaction,
  { entityId, keyId }: { readonly entityId: string; readonly keyId: string },
): Promise<PageLock[]> {
  return query(tx)
    .selectFrom('bindings as b')
    .innerJoin('locks as l', (join) =>
      join.onRef('l.entity_id', '=', 'b.entity_id').onRef('l.id', '=', 'b.lock_id'),
    )
    .innerJoin('devices as d', 'd.id', 'l.device_id')
    .leftJoin('device_states as s', (join) =>
      join.onRef('s.entity_id', '=', 'l.entity_id').onRef('s.device_id', '=', 'l.device_id'),
    )
    .where('b.entity_id', '=', entityId)
    .where('b.key_id', '=', keyId)
    .where('b.state', '<>', 'revoked')
    .orderBy('l.name')
    .orderBy('l.id')
    .select([
      'l.id',
      'l.name',
      'l.location',
      'l.device_id as deviceId',
      'd.model',
      's.is_online as isOnline',
      's.offline_since as offlineSince',
      'b.uses_spent as usesSpent',
      'l.unlock_for_ms as unlockForMs',
    ])
    .execute();
}

/** The lock of a command that this Key asked for, or undefined. */
export async function findCommandLock(
  tx: Transaction,
  command: { readonly entityId: string; readonly keyId: string; readonly commandId: string },
): Promise<string | undefined> {
  const row = await query(tx)
    .selectFrom('commands')
    .where('entity_id', '=', command.entityId)
    .where('key_id', '=', command.keyId)
    .where('id', '=', command.commandId)
    .select('lock_id')
    .executeTakeFirst();
  return row?.lock_id;
}

/** Waits until nobody else works on this device; the authority takes the same lock. */
export async function waitForDevice(
  tx: Transaction,
  { entityId, deviceId }: { readonly entityId: string; readonly deviceId: string },
): Promise<void> {
  await query(tx)
    .selectFrom('device_states')
    .where('entity_id', '=', entityId)
    .where('device_id', '=', deviceId)
    .select('device_id')
    .forUpdate()
    .execute();
}
