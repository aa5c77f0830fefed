import type { Transaction } from '../../../platform/database/index.ts';
import { query } from '../../../platform/database/query.ts';

/** A Key at one lock. */
export interface HeldAt {
  readonly keyId: string;
  readonly lockId: string;
  readonly deviceId: string;
}

/** Where the Keys that a User holds in the Entity, and that have not ended, are bound. Scope: the Entity. */
export function listHeld(
  tx: Transaction,
  { entityId, userId }: { readonly entityId: string; readonly userId: string },
): Promise<HeldAt[]> {
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
