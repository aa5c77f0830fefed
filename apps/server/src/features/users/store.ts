import type { EntityRole, Instant } from '@claviger/domain';
import type { UserEntity, UserStatus } from '@claviger/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/index.ts';
import { query, sqlNow, wasFree } from '../../platform/database/query.ts';
import type { UserRank } from './finding/store.ts';
import type { HeldRole } from './standing.ts';

/** Where a User is seen from: an Entity of the Owner. */
export interface UserPlace {
  readonly entityId: string;
  readonly userId: string;
}

/** A User with a role in the Entity now. */
export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly plates: string[];
  readonly status: UserStatus;
  readonly deactivatedAt: Instant | null;
  readonly deactivationReason: string | null;
  readonly role: EntityRole;
  readonly accountId: string | null;
  readonly isInvited: boolean;
  readonly photoId: string | null;
  readonly createdAt: Instant;
  readonly version: number;
  /** Its place in a list by name. */
  readonly sorted: string;
}

/** Scope, here and below: the Owner. */
function selectUsers(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .leftJoin('user_photos as p', (join) =>
      join.onRef('p.owner_id', '=', 'u.owner_id').onRef('p.user_id', '=', 'u.id'),
    )
    .where('m.entity_id', '=', entityId)
    .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
    .select([
      'p.id as photoId',
      'u.id',
      'u.name',
      'u.email',
      'u.phone',
      'u.mobile',
      'u.plates',
      'u.status',
      'u.deactivated_at as deactivatedAt',
      'u.deactivation_reason as deactivationReason',
      'm.role',
      'u.account_id as accountId',
      'u.created_at as createdAt',
      'u.version',
      sql<string>`lower(u.name)`.as('sorted'),
      sql<boolean>`exists (select from claviger.invitations i where i.entity_id = m.entity_id
        and i.email = lower(u.email) and i.state = 'pending' and i.expires_at > now())`.as('isInvited'),
    ])
    .$narrowType<{ status: UserStatus }>();
}

export interface WantedPage {
  /** Only of these, who have been found by what they are called. */
  readonly among: readonly string[] | undefined;
  /** Where nobody was found yet: patterns of LIKE, one of which has to fit. */
  readonly patterns: readonly string[];
  readonly status: UserStatus | undefined;
  readonly after: UserRank | undefined;
  readonly limit: number;
}

/** Users of the Entity by name. */
export function listUsers(tx: Transaction, entityId: string, wanted: WantedPage): Promise<UserRow[]> {
  const { among, patterns, status, after, limit } = wanted;
  return selectUsers(tx, entityId)
    .$if(among !== undefined, (users) => users.where(sql<boolean>`m.user_id = any(${among ?? []}::uuid[])`))
    .$if(patterns.length > 0, (users) =>
      users.where(sql<boolean>`u.search_text like any (${patterns}::text[])`),
    )
    .$if(status !== undefined, (users) => users.where('u.status', '=', status ?? 'active'))
    .$if(after !== undefined, (users) =>
      users.where(sql<boolean>`(lower(u.name), u.id) > (${after?.name ?? ''}, ${after?.id ?? ''}::uuid)`),
    )
    .orderBy(sql`lower(u.name)`)
    .orderBy('u.id')
    .limit(limit)
    .execute();
}

export function findUser(tx: Transaction, { entityId, userId }: UserPlace): Promise<UserRow | undefined> {
  return selectUsers(tx, entityId).where('u.id', '=', userId).executeTakeFirst();
}

/** Nobody else changes this User until the transaction ends. */
export async function holdUser(tx: Transaction, userId: string): Promise<void> {
  await query(tx).selectFrom('users').where('id', '=', userId).select('id').forUpdate().execute();
}

/** A role of a User, and where. */
export type PlacedRole = HeldRole & Omit<UserEntity, 'id'> & { readonly userId: string };

/** What these Users are in which Entities now, by the name of the Entity. */
export function listRoles(tx: Transaction, userIds: readonly string[]): Promise<PlacedRole[]> {
  if (userIds.length === 0) return Promise.resolve([]);
  return query(tx)
    .selectFrom('memberships as m')
    .innerJoin('entities as e', 'e.id', 'm.entity_id')
    .where('m.user_id', 'in', userIds)
    .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
    .where('e.deleted_at', 'is', null)
    .orderBy('e.name')
    .orderBy('e.id')
    .select(['m.user_id as userId', 'e.id as entityId', 'e.code', 'e.name', 'm.role'])
    .execute();
}

/** Every Entity in which the User has a role, or had one: there may be Keys of theirs. */
export async function listEntityIds(tx: Transaction, userId: string): Promise<string[]> {
  const rows = await query(tx)
    .selectFrom('memberships')
    .where('user_id', '=', userId)
    .orderBy('entity_id')
    .select('entity_id as entityId')
    .execute();
  return rows.map(({ entityId }) => entityId);
}

/** Of the Entity, those who have one of these plates, as they are written together. */
export function listPlateHolders(
  tx: Transaction,
  entityId: string,
  { plates, except }: { readonly plates: readonly string[]; readonly except: string | undefined },
): Promise<{ name: string; plates: string[] }[]> {
  const lines = plates.map((plate) => `%\n${plate.replace(/[\\%_]/g, '\\$&')}%`);
  return query(tx)
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .where('m.entity_id', '=', entityId)
    .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
    .where(sql<boolean>`u.search_text like any (${lines}::text[])`)
    .$if(except !== undefined, (users) => users.where('u.id', '<>', except ?? ''))
    .orderBy('u.name')
    .limit(20)
    .select(['u.name', 'u.plates'])
    .execute();
}

/** What people type about a User. */
export interface UserFields {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly mobile: string;
  readonly plates: readonly string[];
}

function columnsOf({ plates, ...fields }: Partial<UserFields>) {
  return { ...fields, ...(plates && { plates: [...plates] }) };
}

/** Adds a User without Account; as `wasFree`. */
export function addUser(
  tx: Transaction,
  { id, ownerId, ...fields }: UserFields & { readonly id: string; readonly ownerId: string },
): Promise<boolean> {
  const { plates, ...others } = fields;
  return wasFree(
    query(tx)
      .insertInto('users')
      .values({ id, owner_id: ownerId, ...others, plates: [...plates] })
      .execute(),
  );
}

/** Changes a User who is held; as `wasFree`. */
export function updateUser(tx: Transaction, userId: string, change: Partial<UserFields>): Promise<boolean> {
  return wasFree(
    query(tx)
      .updateTable('users')
      .set((set) => ({ ...columnsOf(change), version: set('version', '+', 1) }))
      .where('id', '=', userId)
      .execute(),
  );
}

/** Makes a User a resident of an Entity: from now on, or again after a role there that is over. */
export async function addResident(
  tx: Transaction,
  { entityId, userId }: UserPlace,
  { ownerId, accountId }: { readonly ownerId: string; readonly accountId: string | null },
): Promise<void> {
  await query(tx)
    .insertInto('memberships')
    .values({
      ...{ entity_id: entityId, user_id: userId, owner_id: ownerId, account_id: accountId },
      role: 'resident',
    })
    .onConflict((conflict) =>
      conflict.columns(['entity_id', 'user_id']).doUpdateSet({
        role: 'resident',
        until: null,
        mandate_id: null,
      }),
    )
    .execute();
}

/** Ends the role there, from the beginning of the transaction on. */
export async function endMembership(tx: Transaction, { entityId, userId }: UserPlace): Promise<void> {
  await query(tx)
    .updateTable('memberships')
    .set({ until: sql<Date>`now()` })
    .where('entity_id', '=', entityId)
    .where('user_id', '=', userId)
    .execute();
}

/** Who else manages the Entity now, held so until the transaction ends. */
export async function countOtherManagers(tx: Transaction, { entityId, userId }: UserPlace): Promise<number> {
  const rows = await query(tx)
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .where('m.entity_id', '=', entityId)
    .where('m.role', '=', 'community_manager')
    .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
    .where('u.status', '=', 'active')
    .orderBy('u.id')
    .select('u.id')
    .forUpdate()
    .execute();
  return rows.filter(({ id }) => id !== userId).length;
}

/** Ends every API key of a User for good. Scope: the Owner. */
export async function endApiKeys(tx: Transaction, userId: string): Promise<void> {
  await query(tx).deleteFrom('api_keys').where('user_id', '=', userId).execute();
}

/** Changes the status of a User who is held. */
export async function setStatus(
  tx: Transaction,
  userId: string,
  given: { readonly deactivatedAt: Instant; readonly reason: string | undefined } | 'active',
): Promise<void> {
  const columns =
    given === 'active'
      ? { status: 'active' as const, deactivated_at: null, deactivation_reason: null }
      : {
          status: 'deactivated' as const,
          deactivated_at: new Date(given.deactivatedAt),
          deactivation_reason: given.reason ?? null,
        };
  await query(tx)
    .updateTable('users')
    .set((set) => ({ ...columns, version: set('version', '+', 1) }))
    .where('id', '=', userId)
    .execute();
}
