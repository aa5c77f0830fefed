import type { EntityRole, Instant } from '@claviger/domain';
import type { Entity, EntityKind } from '@claviger/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/index.ts';
import { query, sqlNow, wasFree } from '../../platform/database/query.ts';

export interface HomeRows {
  readonly ownerId: string;
  readonly entityId: string;
  readonly userId: string;
  readonly accountId: string;
  readonly email: string;
  readonly personName: string;
  readonly ownerName: string;
  readonly entityName: string;
  readonly code: string;
  readonly zone: string;
  readonly address: string;
}

/** Adds an Owner with one home Entity and its community_manager. Scope: installation. */
export async function addHome(tx: Transaction, home: HomeRows): Promise<void> {
  const { ownerId, entityId, userId } = home;
  await query(tx).insertInto('owners').values({ id: ownerId, name: home.ownerName }).execute();
  await query(tx)
    .insertInto('entities')
    .values({
      id: entityId,
      owner_id: ownerId,
      code: home.code,
      name: home.entityName,
      kind: 'home',
      zone: home.zone,
      address: home.address,
      is_provisional: true,
    })
    .execute();
  await query(tx)
    .insertInto('users')
    .values({
      id: userId,
      owner_id: ownerId,
      account_id: home.accountId,
      name: home.personName,
      email: home.email,
    })
    .execute();
  await query(tx)
    .insertInto('memberships')
    .values({
      entity_id: entityId,
      user_id: userId,
      owner_id: ownerId,
      account_id: home.accountId,
      role: 'community_manager',
    })
    .execute();
}

/** Whether some Owner knows this Account as a User. Scope: account. */
export async function hasUser(tx: Transaction, accountId: string): Promise<boolean> {
  const row = await query(tx)
    .selectFrom('users')
    .where('account_id', '=', accountId)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Where a person looks at Entities from: whose they are, and as whom. */
export interface Viewer {
  readonly ownerId: string;
  readonly userId: string;
}

/** The Entities in which this User has a role now, by name. Scope: their Owner, or one of them. */
function selectEntities(tx: Transaction, { ownerId, userId }: Viewer) {
  return query(tx)
    .selectFrom('entities as e')
    .innerJoin('memberships as m', 'm.entity_id', 'e.id')
    .where('e.owner_id', '=', ownerId)
    .where('m.user_id', '=', userId)
    .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
    .where('e.deleted_at', 'is', null)
    .orderBy('e.name')
    .orderBy('e.id')
    .select([
      'e.id',
      'e.code',
      'e.name',
      'e.description',
      'e.kind',
      'e.zone',
      'e.address',
      'm.role',
      'e.is_provisional as isProvisional',
      'e.created_at as createdAt',
      'e.version',
      sql<number>`(select count(*) from claviger.locks l where l.entity_id = e.id)`.as('lockCount'),
      sql<number>`(select count(*) from claviger.memberships o
        where o.entity_id = e.id and (o.until is null or o.until > now()))`.as('userCount'),
    ]);
}

/** Those in which the User has one of these roles. Scope: the Owner. */
export function listEntities(
  tx: Transaction,
  viewer: Viewer,
  roles: readonly EntityRole[],
): Promise<Entity[]> {
  return selectEntities(tx, viewer).where('m.role', 'in', roles).execute();
}

/** Scope: the Owner, or the Entity. */
export function findEntity(
  tx: Transaction,
  { entityId, ...viewer }: Viewer & { readonly entityId: string },
): Promise<Entity | undefined> {
  return selectEntities(tx, viewer).where('e.id', '=', entityId).executeTakeFirst();
}

export interface NewEntity {
  readonly id: string;
  readonly ownerId: string;
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly kind: EntityKind;
  readonly zone: string;
  readonly address: string;
}

/** Adds an Entity; as `wasFree`. Scope: the Owner. */
export function addEntity(tx: Transaction, { ownerId, ...entity }: NewEntity): Promise<boolean> {
  return wasFree(
    query(tx)
      .insertInto('entities')
      .values({ owner_id: ownerId, ...entity })
      .execute(),
  );
}

/** Gives a User a first role in an Entity of the same Owner. Scope: the Owner. */
export async function addMembership(
  tx: Transaction,
  member: Viewer & { readonly entityId: string; readonly accountId: string; readonly role: EntityRole },
): Promise<void> {
  await query(tx)
    .insertInto('memberships')
    .values({
      entity_id: member.entityId,
      user_id: member.userId,
      owner_id: member.ownerId,
      account_id: member.accountId,
      role: member.role,
    })
    .execute();
}

export interface EntityChange {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly zone?: string | undefined;
  readonly address?: string | undefined;
  readonly code?: string | undefined;
  readonly kind?: EntityKind | undefined;
  readonly isProvisional?: false | undefined;
}

/** Holds the Entity until the transaction ends, so that nobody changes or deletes it meanwhile. */
export async function holdEntity(tx: Transaction, entityId: string): Promise<void> {
  await query(tx).selectFrom('entities').where('id', '=', entityId).select('id').forUpdate().execute();
}

/** Changes an Entity that is held; as `wasFree`. Scope: the Entity. */
export function updateEntity(tx: Transaction, entityId: string, change: EntityChange): Promise<boolean> {
  const { isProvisional, ...fields } = change;
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return wasFree(
    query(tx)
      .updateTable('entities')
      .set((set) => ({
        ...given,
        ...(isProvisional !== undefined && { is_provisional: isProvisional }),
        version: set('version', '+', 1),
      }))
      .where('id', '=', entityId)
      .execute(),
  );
}

/** Ends every role in the Entity at this moment of the database; what waits for one finds it over. */
export async function endMemberships(tx: Transaction, entityId: string): Promise<void> {
  await query(tx)
    .updateTable('memberships')
    .set({ until: sql<Date>`clock_timestamp()` })
    .where('entity_id', '=', entityId)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', sqlNow())]))
    .execute();
}

/** Nobody finds it any more, and its code is free. Scope: the Entity. */
export async function markDeleted(tx: Transaction, entityId: string, at: Instant): Promise<void> {
  await query(tx)
    .updateTable('entities')
    .set({ deleted_at: new Date(at) })
    .where('id', '=', entityId)
    .execute();
}

/** The locks of the Entity in the order of their identifiers, so that no two wait for each other. */
export function listLockPlaces(
  tx: Transaction,
  entityId: string,
): Promise<{ lockId: string; deviceId: string }[]> {
  return query(tx)
    .selectFrom('locks')
    .where('entity_id', '=', entityId)
    .orderBy('id')
    .select(['id as lockId', 'device_id as deviceId'])
    .execute();
}
