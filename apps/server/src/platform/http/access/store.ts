import type { AccountId, EntityId, EntityRole, Instant, OwnerId, UserId } from '@claviger/domain';
import { query, queryNamed } from '../../database/query.ts';
import type { Transaction } from '../../database/index.ts';
import type { FoundApiKey } from './actor.ts';

export interface MembershipRow {
  readonly ownerId: OwnerId;
  readonly userId: UserId;
  readonly role: EntityRole;
  /** How long it holds yet, by the clock of the database; null where it has no end. */
  readonly endsInMs: number | null;
  readonly until: Instant | null;
  /** The Mandate that gave it. */
  readonly mandateId: string | null;
}

/** The Membership of the Account of the scope in this Entity, if it has one that holds now. */
export async function findMembership(
  tx: Transaction,
  entityId: EntityId,
): Promise<MembershipRow | undefined> {
  const rows = await queryNamed<MembershipRow>(tx, {
    name: 'find_membership',
    text: `select m.owner_id as "ownerId", m.user_id as "userId", m.role, m.until,
        m.mandate_id as "mandateId",
        (extract(epoch from m.until - clock_timestamp()) * 1000)::float8 as "endsInMs"
      from claviger.memberships m join claviger.users u on u.id = m.user_id
      where m.entity_id = $1 and u.account_id = claviger.scope_account() and u.status = 'active'
        and (m.until is null or m.until > clock_timestamp())`,
    values: [entityId],
  });
  return rows[0];
}

/** A role, and the Mandate that gave it. */
export interface HeldRole {
  readonly role: EntityRole;
  readonly mandateId: string | null;
}

/**
 * The role of this User in the Entity, held so until the transaction ends; undefined when it has none. Who
 * had to wait for somebody who ended it asks the clock after the wait. Scope: the Entity or its Owner.
 */
export async function holdRole(
  tx: Transaction,
  { entityId, userId }: { readonly entityId: EntityId; readonly userId: UserId },
): Promise<HeldRole | undefined> {
  const rows = await queryNamed<HeldRole>(tx, {
    name: 'hold_role',
    text: `select m.role, m.mandate_id as "mandateId" from claviger.memberships m
      where m.entity_id = $1 and m.user_id = $2 and (m.until is null or m.until > clock_timestamp())
        and exists (select from claviger.users u where u.id = m.user_id and u.status = 'active')
      for share of m`,
    values: [entityId, userId],
  });
  return rows[0];
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

/** Whether this lock, this Key or this command is within the Mandate of an installer. Scope: the Entity. */
export async function isWithinMandate(
  tx: Transaction,
  { entityId, mandateId }: { readonly entityId: EntityId; readonly mandateId: string },
  object: { readonly type: 'lock' | 'key' | 'command'; readonly id: string },
): Promise<boolean> {
  const found = await queryNamed(tx, {
    name: `find_${object.type}_of_mandate`,
    text: mandated[object.type],
    values: [entityId, mandateId, object.id],
  });
  return found.length === 1;
}

const mandated = {
  lock: `select from claviger.mandate_locks where entity_id = $1 and mandate_id = $2 and lock_id = $3`,
  key: `select from claviger.keys
    where entity_id = $1 and mandate_id = $2 and id = $3 and adopted_at is null`,
  command: `select from claviger.commands c
    join claviger.mandate_locks l on l.entity_id = c.entity_id and l.lock_id = c.lock_id
    where c.entity_id = $1 and l.mandate_id = $2 and c.id = $3`,
} as const;

interface ApiKeyRow {
  readonly id: string;
  readonly entityId: EntityId;
  readonly userId: UserId;
  readonly accountId: AccountId;
  readonly mandateId: string | null;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly expiresAt: number;
}

/** The API key of this hash, if it holds. Scope: the installation. */
export async function findApiKey(tx: Transaction, keyHash: Uint8Array): Promise<FoundApiKey | undefined> {
  const rows = await queryNamed<ApiKeyRow>(tx, {
    name: 'find_api_key',
    text: `select id, entity_id as "entityId", user_id as "userId", account_id as "accountId",
        mandate_id as "mandateId", name, permissions,
        (extract(epoch from expires_at) * 1000)::float8 as "expiresAt"
      from claviger.api_keys where key_hash = $1 and expires_at > clock_timestamp()`,
    values: [keyHash],
  });
  const row = rows[0];
  return row && { ...row, permissions: new Set(row.permissions) };
}

/** Whether an API key holds, held so until the transaction ends. Scope: its Entity or the Owner of that. */
export async function holdApiKey(tx: Transaction, apiKeyId: string): Promise<boolean> {
  const rows = await queryNamed(tx, {
    name: 'hold_api_key',
    text: `select id from claviger.api_keys where id = $1 and expires_at > clock_timestamp() for share`,
    values: [apiKeyId],
  });
  return rows.length === 1;
}

/** It was used now, to the minute. Scope: its Entity. */
export async function noteApiKeyUse(tx: Transaction, apiKeyId: string): Promise<void> {
  await queryNamed(tx, {
    name: 'note_api_key_use',
    text: `update claviger.api_keys set used_at = now()
      where id = $1 and (used_at is null or used_at < now() - interval '1 minute')`,
    values: [apiKeyId],
  });
}
