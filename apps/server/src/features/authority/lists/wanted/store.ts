import type { ListVersion, WantedList } from '@claviger/authority';
import { addJob, type Transaction } from '../../../../platform/database/index.ts';
import { keyedQuery, sqlInstant } from '../../../../platform/database/query.ts';

/** The job that compiles the list of one lock. */
export const compileListTask = 'compile_list';

export interface LockOfDevice {
  readonly entityId: string;
  readonly lockId: string;
  readonly deviceId: string;
}

/** Marks the lock and queues the job. */
async function mark(
  tx: Transaction,
  { entityId, lockId, deviceId }: LockOfDevice,
  marked: { readonly wanted_at: Date; readonly wants_whole?: true },
): Promise<void> {
  await keyedQuery(tx)
    .insertInto('lock_lists')
    .values({ entity_id: entityId, lock_id: lockId, device_id: deviceId, ...marked })
    .onConflict((conflict) => conflict.columns(['entity_id', 'lock_id']).doUpdateSet(marked))
    .execute();
  const payload = { entityId, lockId };
  await addJob(tx, { task: compileListTask, payload, key: `${compileListTask}:${lockId}` });
}

/**
 * Asks for a whole new access list of a lock, because something that it says changes besides Keys: marked and
 * queued in the transaction of the change, and before it, so that changes and lists of one lock follow each
 * other. Scope: the Entity or the device.
 */
export function wantListOf(tx: Transaction, lock: LockOfDevice, at: number): Promise<void> {
  return mark(tx, lock, { wanted_at: new Date(at), wants_whole: true });
}

/**
 * Asks for a list of a lock that carries what these Keys become, in the same way: what a change costs is then
 * not more where a lock has more Keys. Scope: the Entity or the device.
 */
export async function wantKeysAt(
  tx: Transaction,
  { keyIds, ...lock }: LockOfDevice & { readonly keyIds: readonly string[] },
  at: number,
): Promise<void> {
  await mark(tx, lock, { wanted_at: new Date(at) });
  const place = { entity_id: lock.entityId, lock_id: lock.lockId, device_id: lock.deviceId };
  await keyedQuery(tx)
    .insertInto('list_changes')
    .values(keyIds.map((key_id) => ({ ...place, key_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Queues the job once more beside the one that was queued with the mark, which keeps its place. Scope: the
 * Entity or the device.
 */
export function hastenListOf(
  tx: Transaction,
  { entityId, lockId }: Omit<LockOfDevice, 'deviceId'>,
): Promise<void> {
  const payload = { entityId, lockId };
  return addJob(tx, { task: compileListTask, payload, key: `${compileListTask}:${lockId}:overdue` });
}

/** What no list of this lock has carried yet. */
export async function findWanted(
  tx: Transaction,
  { entityId, lockId }: Omit<LockOfDevice, 'deviceId'>,
): Promise<WantedList> {
  const lock = await keyedQuery(tx)
    .selectFrom('lock_lists')
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .select('wants_whole')
    .executeTakeFirst();
  const changes = await keyedQuery(tx)
    .selectFrom('list_changes')
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .orderBy('key_id')
    .select('key_id')
    .execute();
  return { isWhole: lock?.wants_whole ?? false, keys: changes.map(({ key_id }) => key_id) };
}

/** A new list carries what was wanted, and what no list had carried of the Bindings at this lock. */
export async function settleWanted(
  tx: Transaction,
  { entityId, lockId }: Omit<LockOfDevice, 'deviceId'>,
  list: ListVersion,
): Promise<void> {
  await keyedQuery(tx)
    .deleteFrom('list_changes')
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .execute();
  await keyedQuery(tx)
    .updateTable('bindings')
    .set({ listed_incarnation: list.incarnation, listed_version: list.version })
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .where('listed_version', 'is', null)
    .execute();
}

/**
 * Asks for a new access list of a lock as `wantListOf` does, because something that it says of every Key
 * changes: no Binding there is enforced until the door has told this list. What has ended stays as the door
 * confirmed it. Scope: the Entity.
 */
export async function wantListForEveryKey(tx: Transaction, lock: LockOfDevice, at: number): Promise<void> {
  await wantListOf(tx, lock, at);
  await keyedQuery(tx)
    .updateTable('bindings')
    .set({ since: new Date(at), listed_incarnation: null, listed_version: null, enforced_at: null })
    .where('entity_id', '=', lock.entityId)
    .where('lock_id', '=', lock.lockId)
    .where('state', '<>', 'revoked')
    .where('key_id', 'in', (keys) =>
      keys
        .selectFrom('keys')
        .where('entity_id', '=', lock.entityId)
        .where('state', '<>', 'revoked')
        .where((where) =>
          where.or([where('valid_until', 'is', null), where('valid_until', '>', sqlInstant(at))]),
        )
        .select('id'),
    )
    .execute();
}
