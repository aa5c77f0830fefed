import type { AccountId, EntityId, EntityRole, OwnerId, UserId } from '@claviger/domain';
import { query, queryNamed } from '../../database/query.ts';
import type { Transaction } from '../../database/index.ts';

export interface MembershipRow {
  readonly ownerId: OwnerId;
  readonly userId: UserId;
  readonly role: EntityRole;
  /** How long it holds yet, by the clock of the database; null where it has no end. */
  readonly endsInMs: number | null;
}

/** The Membership of the Account of the scope in this Entity, if it has one that holds now. */
export async function findMembership(
  tx: Transaction,
  entityId: EntityId,
): Promise<MembershipRow | undefined> {
  const rows = await queryNamed<MembershipRow>(tx, {
    name: 'find_membership',
    text: `select m.owner_id as "ownerId", m.user_id as "userId", m.role,
        (extract(epoch from m.until - clock_timestamp()) * 1000)::float8 as "endsInMs"
      from claviger.memberships m join claviger.users u on u.id = m.user_id
      where m.entity_id = $1 and u.account_id = claviger.scope_account() and u.status = 'active'
        and (m.until is null or m.until > clock_timestamp())`,
    values: [entityId],
  });
  return rows[0];
}

/**
 * The role of this User in the Entity, held so until the transaction ends; undefined when it has none. Who
 * had to wait for somebody who ended it asks the clock after the wait. Scope: the Entity or its Owner.
 */
export async function holdRole(
  tx: Transaction,
  { entityId, userId }: { readonly entityId: EntityId; readonly userId: UserId },
): Promise<EntityRole | undefined> {
  const rows = await queryNamed<{ role: EntityRole }>(tx, {
    name: 'hold_role',
    text: `select m.role from claviger.memberships m
      where m.entity_id = $1 and m.user_id = $2 and (m.until is null or m.until > clock_timestamp())
        and exists (select from claviger.users u where u.id = m.user_id and u.status = 'active')
      for share of m`,
    values: [entityId, userId],
  });
  return rows[0]?.role;
}

/** Whether this Account runs the installation. */
export async function isOperator(tx: Transaction, accountId: AccountId): Promise<boolean> {
  const row = await query(tx)
    .selectFrom('operators')
    .select('account_id')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether anybody runs the installation yet. */
export async function hasOperator(tx: Transaction): Promise<boolean> {
  const row = await query(tx).selectFrom('operators').select('account_id').limit(1).executeTakeFirst();
  return row !== undefined;
}
