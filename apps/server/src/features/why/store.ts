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
  readonly detail: string | null;
  readonly usesSpent: number | null;
  readonly incarnation: number | null;
  readonly version: number | null;
  readonly path: string | null;
  readonly isStatic: boolean | null;
  readonly second: string | null;
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
      'detail',
      'key_id as keyId',
      'uses_spent as usesSpent',
      'list_incarnation as incarnation',
      'list_version as version',
      'reader_path as path',
      'is_static as isStatic',
      'second_method as second',
    ])
    .executeTakeFirst();
}

/** The zone of the lock's Entity and the device's ownership epoch; undefined where the lock is not there. */
export function findPlace(
  tx: Transaction,
  entityId: string,
  lockId: string,
): Promise<{ zone: string; ownershipEpoch: number | null } | undefined> {
  return query(tx)
    .selectFrom('locks as l')
    .innerJoin('entities as e', 'e.id', 'l.entity_id')
    .leftJoin('device_states as s', (join) =>
      join.onRef('s.entity_id', '=', 'l.entity_id').onRef('s.device_id', '=', 'l.device_id'),
    )
    .where('l.entity_id', '=', entityId)
    .where('l.id', '=', lockId)
    .select(['e.zone', 's.ownership_epoch as ownershipEpoch'])
    .executeTakeFirst();
}
