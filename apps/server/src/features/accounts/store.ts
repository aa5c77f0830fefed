import type { AccountId, Instant } from '@claviger/domain';
import type { Membership } from '@claviger/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { query, queryNamed, sqlNow } from '../../platform/database/query.ts';
import { isOperator } from '../../platform/http/index.ts';

/** A Membership as it is stored. */
type HeldMembership = Omit<Membership, 'may' | 'until'> & {
  readonly until: Instant | null;
  readonly mandateId: string | null;
};

/** The Memberships of the Account of the scope that hold now, by the name of the Entity. */
export async function listMemberships(tx: Transaction): Promise<HeldMembership[]> {
  return queryNamed<HeldMembership>(tx, {
    name: 'list_memberships',
    text: `select e.id as "entityId", e.code, e.name, e.kind, e.zone, m.role, m.until,
        m.mandate_id as "mandateId",
        (select count(*) from claviger.locks l where l.entity_id = e.id) as "lockCount"
      from claviger.memberships m
        join claviger.users u on u.id = m.user_id
        join claviger.entities e on e.id = m.entity_id
      where u.account_id = claviger.scope_account() and u.status = 'active'
        and (m.until is null or m.until > now())
      order by e.name, e.id`,
    values: [],
  });
}

/** Whether Owners know the Account as Users, and every one is deactivated; an operator is never out. */
export async function isShutOut(tx: Transaction, accountId: AccountId): Promise<boolean> {
  const users = await query(tx)
    .selectFrom('users')
    .where('account_id', '=', accountId)
    .select('status')
    .execute();
  const isDeactivated = users.length > 0 && users.every(({ status }) => status !== 'active');
  return isDeactivated && !(await isOperator(tx, accountId));
}

/** A token that somebody was shown, and nobody has used. */
export interface HeldBootstrapToken {
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

/** Keeps this token's hash in place of any older one; it holds for 30 minutes. */
export async function replaceBootstrapToken(tx: Transaction, tokenHash: Uint8Array): Promise<void> {
  await queryNamed(tx, {
    name: 'replace_bootstrap_token',
    text: `insert into claviger.bootstrap_tokens (token_hash, expires_at)
      values ($1, now() + interval '30 minutes')
      on conflict (only_one) do update
        set token_hash = excluded.token_hash, issued_at = now(), expires_at = excluded.expires_at`,
    values: [tokenHash],
  });
}

/** When the newest token was issued and until when it holds; undefined where none does. */
export function findHeldBootstrapToken(tx: Transaction): Promise<HeldBootstrapToken | undefined> {
  return query(tx)
    .selectFrom('bootstrap_tokens')
    .where('expires_at', '>', sqlNow())
    .select(['issued_at as issuedAt', 'expires_at as expiresAt'])
    .executeTakeFirst();
}

/** Whether this is the newest token and still holds. */
export async function isBootstrapTokenValid(tx: Transaction, tokenHash: Uint8Array): Promise<boolean> {
  const rows = await queryNamed(tx, {
    name: 'find_bootstrap_token',
    text: `select from claviger.bootstrap_tokens where token_hash = $1 and expires_at > now()`,
    values: [tokenHash],
  });
  return rows.length === 1;
}

/** Uses the token up; false when it does not hold, or somebody else was first. */
export async function useBootstrapToken(tx: Transaction, tokenHash: Uint8Array): Promise<boolean> {
  const rows = await queryNamed(tx, {
    name: 'use_bootstrap_token',
    text: `delete from claviger.bootstrap_tokens
      where token_hash = $1 and expires_at > now() returning only_one`,
    values: [tokenHash],
  });
  return rows.length === 1;
}

/** Makes the Account one that runs the installation. */
export async function addOperator(tx: Transaction, accountId: AccountId): Promise<void> {
  await query(tx)
    .insertInto('operators')
    .values({ account_id: accountId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
