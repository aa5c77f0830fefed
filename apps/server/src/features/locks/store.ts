import type { CommandStage, Reason } from '@claviger/domain';
import type { Command, Lock } from '@claviger/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/index.ts';
import { query, wasFree } from '../../platform/database/query.ts';

export interface NewLock {
  readonly entityId: string;
  readonly id: string;
  readonly deviceId: string;
  readonly name: string;
  readonly location: string;
}

/**
 * Adds a lock that waits for its claim; false, and the transaction is over, if the Entity has this device
 * already.
 */
export function addClaimingLock(tx: Transaction, lock: NewLock): Promise<boolean> {
  const { entityId, id, deviceId, name, location } = lock;
  return wasFree(
    query(tx)
      .insertInto('locks')
      .values({ entity_id: entityId, id, device_id: deviceId, name, location, status: 'claiming' })
      .execute(),
  );
}

function selectLocks(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('locks as l')
    .innerJoin('devices as d', 'd.id', 'l.device_id')
    .leftJoin('device_states as s', (join) =>
      join.onRef('s.entity_id', '=', 'l.entity_id').onRef('s.device_id', '=', 'l.device_id'),
    )
    .leftJoin('door_states as o', (join) =>
      join.onRef('o.entity_id', '=', 'l.entity_id').onRef('o.lock_id', '=', 'l.id'),
    )
    .leftJoin('claims as c', (join) =>
      join
        .onRef('c.entity_id', '=', 'l.entity_id')
        .onRef('c.lock_id', '=', 'l.id')
        .on('c.state', '=', 'waiting'),
    )
    .leftJoin('lock_lists as a', (join) =>
      join.onRef('a.entity_id', '=', 'l.entity_id').onRef('a.lock_id', '=', 'l.id'),
    )
    .where('l.entity_id', '=', entityId)
    .select([
      'l.id',
      'l.name',
      'l.location',
      'l.status',
      'l.openable_at',
      'l.unlock_for_ms',
      'l.version',
      'l.minimum_assurance',
      'l.takes_static_qr',
      'l.takes_card_numbers',
      'a.wanted_at',
      'a.signed_at',
      'a.told_at',
      'a.refused_at',
      sql<
        boolean | null
      >`(a.told_incarnation, a.told_version) is not distinct from (a.incarnation, a.version)`.as('is_told'),
      'l.device_id',
      'd.serial',
      'd.model',
      's.is_online',
      's.offline_since',
      's.last_heard_at',
      's.doubt_since',
      's.doubt_cause',
      'o.state as door_state',
      'o.is_tampered',
      'o.since as door_since',
      'c.expires_at as claim_expires_at',
    ])
    .orderBy('l.name')
    .orderBy('l.id');
}

type LockRow = Awaited<ReturnType<ReturnType<typeof selectLocks>['execute']>>[number];

function olderDiskOf({ doubt_since: since, doubt_cause: cause }: LockRow): Pick<Lock, 'olderDisk'> {
  return since === null || cause === null ? {} : { olderDisk: { since, cause } };
}

/** How far the door has the newest list that is wanted there. */
function accessListOf(row: LockRow): Pick<Lock, 'accessList'> {
  const { wanted_at, signed_at, told_at, refused_at, is_told, is_online, offline_since } = row;
  const since = wanted_at ?? signed_at;
  if (since === null) return {};
  if (wanted_at === null && is_told === true) {
    return { accessList: { state: 'enforced', since: told_at ?? since } };
  }
  if (is_online !== true) return { accessList: { state: 'offline', since: offline_since ?? since } };
  const cause = refused_at === null ? 'sending' : 'refused_by_door';
  return { accessList: { state: 'pending', since, cause } };
}

/** A claim ends with its time, whether or not the job that ends it has come. */
function statusOf({ status, claim_expires_at: expiresAt }: LockRow, now: number): Lock['status'] {
  const isOver = status === 'claiming' && (expiresAt === null || expiresAt <= now);
  return isOver ? 'unclaimed' : status;
}

function lockOf(row: LockRow, now: number): Lock {
  const status = statusOf(row, now);
  const isActive = status === 'active';
  return {
    id: row.id,
    name: row.name,
    location: row.location,
    status,
    serial: row.serial,
    model: row.model,
    isOnline: isActive && row.is_online === true,
    door: {
      state: row.door_state ?? 'unknown',
      isTampered: row.is_tampered ?? false,
      ...(row.door_since === null ? {} : { since: row.door_since }),
    },
    ...(isActive && { ...olderDiskOf(row), ...accessListOf(row) }),
    minimumAssurance: row.minimum_assurance,
    takesStaticQr: row.takes_static_qr,
    takesCardNumbers: row.takes_card_numbers,
    unlockForMs: row.unlock_for_ms,
    version: row.version,
    ...(status === 'claiming' && row.claim_expires_at !== null
      ? { claimExpiresAt: row.claim_expires_at }
      : {}),
    ...(isActive && row.offline_since !== null ? { offlineSince: row.offline_since } : {}),
    ...(row.last_heard_at === null ? {} : { lastActivityAt: row.last_heard_at }),
    ...(row.openable_at > now ? { openableAt: row.openable_at } : {}),
  };
}

/** All locks of the Entity, or those of a Mandate, by name. */
export async function listLocks(
  tx: Transaction,
  entityId: string,
  { now, mandateId }: { readonly now: number; readonly mandateId: string | undefined },
): Promise<Lock[]> {
  let locks = selectLocks(tx, entityId);
  if (mandateId !== undefined) {
    locks = locks.where('l.id', 'in', (eb) =>
      eb
        .selectFrom('mandate_locks')
        .where('entity_id', '=', entityId)
        .where('mandate_id', '=', mandateId)
        .select('lock_id'),
    );
  }
  const rows = await locks.execute();
  return rows.map((row) => lockOf(row, now));
}

/** One lock and its device, or undefined: missing and foreign are the same. */
export async function findLock(
  tx: Transaction,
  place: { readonly entityId: string; readonly lockId: string },
  now: number,
): Promise<{ readonly lock: Lock; readonly deviceId: string } | undefined> {
  const row = await selectLocks(tx, place.entityId).where('l.id', '=', place.lockId).executeTakeFirst();
  return row && { lock: lockOf(row, now), deviceId: row.device_id };
}

/** What a person may change of a lock; left out: it stays. */
export interface LockChange {
  readonly name?: string | undefined;
  readonly location?: string | undefined;
  readonly minimumAssurance?: Lock['minimumAssurance'] | undefined;
  readonly takesStaticQr?: boolean | undefined;
  readonly takesCardNumbers?: boolean | undefined;
}

/** Changes a lock unless it has changed since this version; false then. */
export async function updateLock(
  tx: Transaction,
  change: LockChange & {
    readonly entityId: string;
    readonly lockId: string;
    readonly version: number;
  },
): Promise<boolean> {
  const { name, location, minimumAssurance, takesStaticQr, takesCardNumbers } = change;
  const result = await query(tx)
    .updateTable('locks')
    .set((set) => ({
      version: set('version', '+', 1),
      ...(name !== undefined && { name }),
      ...(location !== undefined && { location }),
      ...(minimumAssurance !== undefined && { minimum_assurance: minimumAssurance }),
      ...(takesStaticQr !== undefined && { takes_static_qr: takesStaticQr }),
      ...(takesCardNumbers !== undefined && { takes_card_numbers: takesCardNumbers }),
    }))
    .where('entity_id', '=', change.entityId)
    .where('id', '=', change.lockId)
    .where('version', '=', change.version)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** A command with its ladder, or undefined. */
export async function findCommand(
  tx: Transaction,
  entityId: string,
  commandId: string,
): Promise<Command | undefined> {
  const row = await query(tx)
    .selectFrom('commands')
    .where('entity_id', '=', entityId)
    .where('id', '=', commandId)
    .select(['id', 'lock_id', 'stage', 'reason', 'issued_at', 'not_after'])
    .executeTakeFirst();
  if (!row) return undefined;
  const stages = await query(tx)
    .selectFrom('command_stages')
    .where('entity_id', '=', entityId)
    .where('command_id', '=', commandId)
    .orderBy('at')
    .select(['stage', 'at'])
    .execute();
  return {
    id: row.id,
    lockId: row.lock_id,
    type: 'open',
    stage: row.stage,
    ...(row.reason === null ? {} : { reason: row.reason as Reason }),
    issuedAt: row.issued_at,
    notAfter: row.not_after,
    stages: stages.map(({ stage, at }) => ({ stage: stage as CommandStage, at })),
  };
}
