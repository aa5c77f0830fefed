import type { AccountId, EntityId, EntityRole, UserId } from '@claviger/domain';
import { query, queryNamed } from '../../database/query.ts';
import type { Transaction } from '../../database/index.ts';

export interface MembershipRow {
  readonly userId: UserId;
  readonly role: EntityRole;
}

/** The Membership of the Account of the scope in this Entity, if it has one that holds now. */
export async function findMembership(
  tx: Transaction,
  entityId: EntityId,
): Promise<MembershipRow | undefined> {
  const rows = await queryNamed<MembershipRow>(tx, {
    name: 'find_membership',
    text: `select m.user_id as "userId", m.role
      from claviger.memberships m join claviger.users u on u.id = m.user_id
      where m.entity_id = $1 and u.account_id = claviger.scope_account() and u.status = 'active'
        and (m.until is null or m.until > now())`,
    values: [entityId],
  });
  return rows[0];
}

/**
 * The role of this User in the Entity of the scope, held so until the transaction ends; undefined when it has
 * none.
 */
export async function holdRole(
  tx: Transaction,
  { entityId, userId }: { readonly entityId: EntityId; readonly userId: UserId },
): Promise<EntityRole | undefined> {
  const rows = await queryNamed<{ role: EntityRole }>(tx, {
    name: 'hold_role',
    text: `select m.role from claviger.memberships m
      where m.entity_id = $1 and m.user_id = $2 and (m.until is null or m.until > now())
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
