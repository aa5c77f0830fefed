import type { AccessList } from '@claviger/domain';
import { newIdentifier, type Transaction } from '../../platform/database/index.ts';
import { query } from '../../platform/database/query.ts';

interface LockPlace {
  readonly entityId: string;
  readonly lockId: string;
}

/** A list that a door has given back, whole. */
export interface Reported {
  readonly deviceId: string;
  readonly head: Uint8Array;
  readonly pieces: readonly Uint8Array[];
}

/** The pieces that a door has given back of one list, in their order; undefined while some are missing. */
export async function findReported(
  tx: Transaction,
  { entityId, lockId }: LockPlace,
): Promise<Reported | undefined> {
  const rows = await query(tx)
    .selectFrom('reported_pieces')
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .orderBy('index')
    .select(['device_id', 'head', 'pieces', 'piece'])
    .execute();
  const [first] = rows;
  if (!first || rows.length < first.pieces) return undefined;
  return { deviceId: first.device_id, head: first.head, pieces: rows.map(({ piece }) => piece) };
}

export async function forgetReported(tx: Transaction, { entityId, lockId }: LockPlace): Promise<void> {
  await query(tx)
    .deleteFrom('reported_pieces')
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .execute();
}

/** The list is among those that this server knows again: events that were decided by it can be explained. */
export async function keepList(
  tx: Transaction,
  place: LockPlace & { readonly deviceId: string },
  kept: {
    readonly list: AccessList;
    readonly encoded: Uint8Array;
    readonly sha256: (bytes: Uint8Array) => Uint8Array;
  },
): Promise<void> {
  const { list, encoded, sha256 } = kept;
  const { incarnation, version, ownershipEpoch, signedAt } = list;
  await query(tx)
    .insertInto('access_lists')
    .values({
      ...{ entity_id: place.entityId, lock_id: place.lockId, device_id: place.deviceId },
      ...{ incarnation, version, ownership_epoch: ownershipEpoch, signed_at: new Date(signedAt) },
      ...{ hash: Buffer.from(sha256(encoded)), encoded: Buffer.from(encoded) },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The next list of the lock may be made. */
export async function settleReport(tx: Transaction, { entityId, lockId }: LockPlace): Promise<void> {
  await query(tx)
    .updateTable('lock_lists')
    .set({ report_owed_since: null })
    .where('entity_id', '=', entityId)
    .where('lock_id', '=', lockId)
    .execute();
}

/** Keeps what came of a report for whoever reads about the last restore. */
export async function addFinding(
  tx: Transaction,
  finding: LockPlace & {
    readonly deviceId: string;
    readonly at: number;
    readonly found: Record<string, unknown>;
  },
): Promise<void> {
  const { entityId, lockId, deviceId, at, found } = finding;
  const after = JSON.stringify(found);
  const restore = await findLastRestore(tx);
  if (!restore) return;
  await query(tx)
    .insertInto('restore_findings')
    .values({
      ...{ entity_id: entityId, id: newIdentifier(), lock_id: lockId, device_id: deviceId },
      ...{ restore_incarnation: restore.incarnation, kind: 'list', at: new Date(at), found: after },
    })
    .execute();
}

/** When the installation was last restored, and to which instant; undefined where it never was. */
export function findLastRestore(tx: Transaction) {
  return query(tx)
    .selectFrom('restores')
    .orderBy('incarnation', 'desc')
    .select(['incarnation', 'restored_at as restoredAt', 'reached_at as reachedAt'])
    .executeTakeFirst();
}

/** What became known at each lock after a restore, oldest first. Scope: installation. */
export function listFindings(tx: Transaction, incarnation: number) {
  return query(tx)
    .selectFrom('restore_findings as f')
    .innerJoin('devices as d', 'd.id', 'f.device_id')
    .where('f.restore_incarnation', '=', incarnation)
    .orderBy('f.at')
    .select(['f.lock_id as lockId', 'd.serial', 'f.kind', 'f.at', 'f.found'])
    .execute();
}

/** Locks whose doors have not told yet what they know. Scope: installation. */
export function listOwing(tx: Transaction) {
  return query(tx)
    .selectFrom('lock_lists as l')
    .innerJoin('devices as d', 'd.id', 'l.device_id')
    .where('l.report_owed_since', 'is not', null)
    .orderBy('d.serial')
    .select(['l.lock_id as lockId', 'd.serial', 'l.told_at as toldAt'])
    .execute();
}
