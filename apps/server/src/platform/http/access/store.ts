import type { AccountId, EntityId, EntityRole, UserId } from '@claviger/domain';
import { query, queryNamed } from '../../database/query.ts';
import { newIdentifier, type Transaction } from '../../database/index.ts';

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

export interface AuditRow {
  readonly scope: 'installation' | 'account' | 'entity';
  readonly entityId?: EntityId | undefined;
  readonly accountId?: AccountId | undefined;
  /** Who acted in an Entity: the row keeps the name of this moment. */
  readonly userId?: UserId | undefined;
  readonly operation: string;
  readonly objectType: string;
  readonly objectId?: string | undefined;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly reason?: string | undefined;
  readonly before?: Record<string, unknown> | undefined;
  readonly after?: Record<string, unknown> | undefined;
  readonly requestId: string;
  readonly address: string;
}

/** Adds a row to the audit, in the scope that the row names. */
export async function addAuditRow(tx: Transaction, row: AuditRow): Promise<void> {
  await query(tx)
    .insertInto('audit_entries')
    .values({
      id: newIdentifier(),
      scope: row.scope,
      entity_id: row.entityId ?? null,
      account_id: row.accountId ?? null,
      actor_name:
        row.userId === undefined
          ? null
          : query(tx).selectFrom('users').where('id', '=', row.userId).select('name'),
      operation: row.operation,
      object_type: row.objectType,
      object_id: row.objectId ?? null,
      outcome: row.outcome,
      reason: row.reason ?? null,
      before: row.before ? JSON.stringify(row.before) : null,
      after: row.after ? JSON.stringify(row.after) : null,
      request_id: row.requestId,
      address: row.address,
    })
    .execute();
}
