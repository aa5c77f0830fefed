import type { Transaction } from '../../platform/database/index.ts';
import { query } from '../../platform/database/query.ts';

/** An event as far as it explains itself. */
export interface ExplainedEvent {
  readonly lockId: string;
  readonly type: string;
  readonly at: number;
  readonly uncertaintyMs: number;
  readonly method: string | null;
  readonly reason: string | null;
  readonly keyId: string | null;
  readonly usesSpent: number | null;
  readonly incarnation: number | null;
  readonly version: number | null;
  readonly path: string | null;
}

export function findEvent(
  tx: Transaction,
  entityId: string,
  event: { readonly deviceId: string; readonly logEpoch: number; readonly sequence: number },
): Promise<ExplainedEvent | undefined> {
  return query(tx)
    .selectFrom('activity_events')
    .where('entity_id', '=', entityId)
    .where('device_id', '=', event.deviceId)
    .where('log_epoch', '=', event.logEpoch)
    .where('sequence', '=', event.sequence)
    .orderBy('ownership_epoch', 'desc')
    .select([
      'lock_id as lockId',
      'type',
      'at',
      'uncertainty_ms as uncertaintyMs',
      'method',
      'reason',
      'key_id as keyId',
      'uses_spent as usesSpent',
      'list_incarnation as incarnation',
      'list_version as version',
      'reader_path as path',
    ])
    .executeTakeFirst();
}

/**
 * The zone of the lock's Entity, the device's ownership epoch and the uses of this Key there, or undefined.
 */
export function findBinding(
  tx: Transaction,
  entityId: string,
  { keyId, lockId }: { readonly keyId: string; readonly lockId: string },
): Promise<{ zone: string; usesSpent: number; ownershipEpoch: number | null } | undefined> {
  return query(tx)
    .selectFrom('bindings as b')
    .innerJoin('locks as l', (join) =>
      join.onRef('l.entity_id', '=', 'b.entity_id').onRef('l.id', '=', 'b.lock_id'),
    )
    .innerJoin('entities as e', 'e.id', 'b.entity_id')
    .leftJoin('device_states as s', (join) =>
      join.onRef('s.entity_id', '=', 'l.entity_id').onRef('s.device_id', '=', 'l.device_id'),
    )
    .where('b.entity_id', '=', entityId)
    .where('b.key_id', '=', keyId)
    .where('b.lock_id', '=', lockId)
    .select(['e.zone', 'b.uses_spent as usesSpent', 's.ownership_epoch as ownershipEpoch'])
    .executeTakeFirst();
}
