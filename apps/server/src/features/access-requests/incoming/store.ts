import type { AccountId, Instant, RequestKind } from '@claviger/domain';
import type { MailLanguage } from '@claviger/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, sqlNow } from '../../../platform/database/query.ts';

/** A Device of a serial number, and the Entity that owns it. */
export interface OwnedDevice {
  readonly deviceId: string;
  readonly entityId: string;
}

/** Devices with these serial numbers that somebody owns. Scope: the installation. */
export async function findOwnedDevices(tx: Transaction, serials: readonly string[]): Promise<OwnedDevice[]> {
  if (serials.length === 0) return [];
  return query(tx)
    .selectFrom('devices')
    .where('serial', 'in', [...serials])
    .where('owner_entity_id', 'is not', null)
    .select(['id as deviceId', 'owner_entity_id as entityId'])
    .$narrowType<{ entityId: string }>()
    .execute();
}

/** An Entity in which the Account of the scope is a community_manager. */
export interface ManagedEntity {
  readonly ownerId: string;
  readonly entityId: string;
  readonly code: string;
}

/** Scope, here and below: the Account of the owner. */
export function listManaged(tx: Transaction, accountId: AccountId): Promise<ManagedEntity[]> {
  return query(tx)
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .innerJoin('entities as e', 'e.id', 'm.entity_id')
    .where('m.account_id', '=', accountId)
    .where('u.account_id', '=', accountId)
    .where('u.status', '=', 'active')
    .where('m.role', '=', 'community_manager')
    .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
    .where('e.deleted_at', 'is', null)
    .select(['m.owner_id as ownerId', 'e.id as entityId', 'e.code'])
    .execute();
}

/** The locks of these Devices in an Entity that the Account of the scope knows. */
export async function findLocks(
  tx: Transaction,
  entityId: string,
  deviceIds: readonly string[],
): Promise<string[]> {
  if (deviceIds.length === 0) return [];
  const rows = await query(tx)
    .selectFrom('locks')
    .where('entity_id', '=', entityId)
    .where('device_id', 'in', [...deviceIds])
    .orderBy('id')
    .select('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** A request as an Entity receives it. */
export interface NewIncoming {
  readonly entityId: string;
  readonly id: string;
  readonly requestId: string;
  readonly accountId: AccountId;
  readonly kind: RequestKind;
  readonly email: string;
  readonly wantedForMinutes: number;
  readonly reason: string;
  readonly language: MailLanguage;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
  readonly lockIds: readonly string[];
}

/** False where the Entity has received it before. Scope, here and below: the Entity. */
export async function addIncoming(tx: Transaction, incoming: NewIncoming): Promise<boolean> {
  const { entityId, id, lockIds } = incoming;
  const added = await query(tx)
    .insertInto('incoming_requests')
    .values({
      entity_id: entityId,
      id,
      request_id: incoming.requestId,
      account_id: incoming.accountId,
      kind: incoming.kind,
      email: incoming.email,
      wanted_for_minutes: incoming.wantedForMinutes,
      reason: incoming.reason,
      language: incoming.language,
      asked_at: new Date(incoming.askedAt),
      expires_at: new Date(incoming.expiresAt),
    })
    .onConflict((conflict) => conflict.columns(['entity_id', 'request_id']).doNothing())
    .returning('id')
    .execute();
  if (added.length === 0) return false;
  if (lockIds.length > 0) {
    await query(tx)
      .insertInto('incoming_request_locks')
      .values(lockIds.map((lockId) => ({ entity_id: entityId, incoming_id: id, lock_id: lockId })))
      .execute();
  }
  return true;
}

/** What a mail says of an Entity. */
export async function findPlace(
  tx: Transaction,
  entityId: string,
): Promise<{ readonly place: string; readonly zone: string }> {
  return query(tx)
    .selectFrom('entities')
    .where('id', '=', entityId)
    .select(['name as place', 'zone'])
    .executeTakeFirstOrThrow();
}

/** A request as its Entity keeps it. */
export interface Incoming extends Omit<NewIncoming, 'entityId' | 'lockIds' | 'requestId'> {
  readonly state: 'pending' | 'approved' | 'rejected' | 'withdrawn';
}

function selectIncoming(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('incoming_requests')
    .where('entity_id', '=', entityId)
    .select([
      'id',
      'account_id as accountId',
      'kind',
      'email',
      'wanted_for_minutes as wantedForMinutes',
      'reason',
      'language',
      'asked_at as askedAt',
      'expires_at as expiresAt',
      'state',
    ])
    .$narrowType<{ accountId: AccountId }>();
}

/**
 * Requests that wait at this instant, or all others, newest first. Scope, here and below: the Entity, or its
 * Owner.
 */
export function listIncoming(
  tx: Transaction,
  entityId: string,
  wanted: { readonly waiting: boolean; readonly at: Instant; readonly limit: number },
): Promise<Incoming[]> {
  const { waiting, at, limit } = wanted;
  const isWaiting = sql<boolean>`(state = 'pending' and expires_at > ${new Date(at)})`;
  return selectIncoming(tx, entityId)
    .where(waiting ? isWaiting : sql<boolean>`not ${isWaiting}`)
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

interface IncomingPlace {
  readonly entityId: string;
  readonly incomingId: string;
}

/** Nobody else decides it or takes it back until the transaction ends. */
export function holdIncoming(
  tx: Transaction,
  { entityId, incomingId }: IncomingPlace,
): Promise<Incoming | undefined> {
  return selectIncoming(tx, entityId).where('id', '=', incomingId).forUpdate().executeTakeFirst();
}

/** A lock that a request names. */
export interface RequestedLock {
  readonly incomingId: string;
  readonly id: string;
  readonly name: string;
  readonly serial: string;
}

/** The locks of these requests, by name. Scope: the Entity. */
export async function listRequestedLocks(
  tx: Transaction,
  entityId: string,
  incomingIds: readonly string[],
): Promise<RequestedLock[]> {
  if (incomingIds.length === 0) return [];
  return query(tx)
    .selectFrom('incoming_request_locks as r')
    .innerJoin('locks as l', (join) =>
      join.onRef('l.entity_id', '=', 'r.entity_id').onRef('l.id', '=', 'r.lock_id'),
    )
    .innerJoin('devices as d', 'd.id', 'l.device_id')
    .where('r.entity_id', '=', entityId)
    .where('r.incoming_id', 'in', [...incomingIds])
    .orderBy('l.name')
    .orderBy('l.id')
    .select(['r.incoming_id as incomingId', 'l.id', 'l.name', 'd.serial'])
    .execute();
}

/** What somebody decides of a request that is held. */
export async function decide(
  tx: Transaction,
  { entityId, incomingId }: IncomingPlace,
  decision: { readonly state: 'approved' | 'rejected'; readonly by: string; readonly at: Instant },
): Promise<void> {
  await query(tx)
    .updateTable('incoming_requests')
    .set({ state: decision.state, decided_by: decision.by, decided_at: new Date(decision.at) })
    .where('entity_id', '=', entityId)
    .where('id', '=', incomingId)
    .execute();
}
