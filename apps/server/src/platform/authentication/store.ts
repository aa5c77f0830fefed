import assert from 'node:assert/strict';
import type { AccountId } from '@claviger/domain';
import type { Pool, PoolClient } from 'pg';
import { voidLinks } from './addresses/addresses.ts';
import { inTransaction } from './transaction.ts';

/** Codes of six digits for one Account: so many at once, then one more in so many seconds. */
const codeBurst = 20;
export const codeRefillS = 120;

/**
 * Deletes sessions that are over, by their last use or by their age, stale verifications and codes that could
 * not be right any more; returns how many.
 */
export async function deleteEnded(pool: Pool): Promise<number> {
  const sessions = await pool.query(
    "delete from auth.sessions where expires_at < now() or created_at < now() - interval '30 days'",
  );
  const verifications = await pool.query('delete from auth.verifications where expires_at < now()');
  const codes = await pool.query("delete from auth.spent_codes where spent_at < now() - interval '1 hour'");
  const links = await pool.query('delete from auth.address_links where expires_at < now()');
  const flows = await pool.query('delete from auth.sign_on_flows where expires_at < now()');
  return [sessions, verifications, codes, links, flows].reduce(
    (sum, { rowCount }) => sum + (rowCount ?? 0),
    0,
  );
}

export interface StoredSession {
  readonly id: string;
  readonly address: string;
  readonly userAgent: string;
  readonly openedAt: number;
  readonly usedAt: number;
}

/** The sessions of an Account that hold now, the one that was used last first. */
export async function listSessions(pool: Pool, accountId: AccountId): Promise<StoredSession[]> {
  const { rows } = await pool.query<StoredSession>(
    `select id, coalesce(address, '') as address, coalesce(user_agent, '') as "userAgent",
        (extract(epoch from created_at) * 1000)::float8 as "openedAt",
        (extract(epoch from updated_at) * 1000)::float8 as "usedAt"
      from auth.sessions
      where account_id = $1 and expires_at > now() and created_at > now() - interval '30 days'
      order by updated_at desc, id limit 200`,
    [accountId],
  );
  return rows;
}

/** Ends a session of the Account; false where it has no such session. */
export async function deleteSession(pool: Pool, accountId: AccountId, sessionId: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from auth.sessions where account_id = $1 and id = $2', [
    accountId,
    sessionId,
  ]);
  return rowCount === 1;
}

/** Ends every session of the Account but one; returns which. */
export async function deleteOtherSessions(
  pool: Pool,
  accountId: AccountId,
  sessionId: string,
): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    'delete from auth.sessions where account_id = $1 and id <> $2 returning id',
    [accountId, sessionId],
  );
  return rows.map(({ id }) => id);
}

/** Ends every session of the Account, and whatever waits to become one; returns which sessions ended. */
export async function deleteSignIns(pool: Pool, accountId: AccountId): Promise<string[]> {
  // What waits could open a session yet; after this, none comes.
  await pool.query('delete from auth.verifications where value = $1', [accountId]);
  await voidLinks(pool, accountId);
  const { rows } = await pool.query<{ id: string }>(
    'delete from auth.sessions where account_id = $1 returning id',
    [accountId],
  );
  return rows.map(({ id }) => id);
}

/** Which password an Account has, without a word of it: another one has another mark. */
export async function findPasswordMark(pool: Pool, email: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ mark: string }>(
    `select f.updated_at::text as mark from auth.sign_in_factors f join auth.accounts a on a.id = f.account_id
      where a.email = $1 and f.provider = 'credential'`,
    [email.toLowerCase()],
  );
  return rows[0]?.mark;
}

/** By what a password is replaced, which has to hold still when it is. */
type Entitlement =
  /** A link to a new password. */
  | { readonly linkId: string }
  /** A session, which goes on, and the old password, which was typed (`findPasswordMark`). */
  | { readonly sessionId: string; readonly mark: string };

export interface NewPassword {
  readonly accountId: AccountId;
  readonly passwordHash: string;
  readonly by: Entitlement;
}

/** Uses up whatever waits for this Account; whether the link was among it. */
async function voidWaiting(client: PoolClient, accountId: AccountId, linkId?: string): Promise<boolean> {
  const { rows } = await client.query<{ id: string; holds: boolean }>(
    'delete from auth.verifications where value = $1 returning id, expires_at > now() as holds',
    [accountId],
  );
  await voidLinks(client, accountId);
  return rows.some(({ id, holds }) => id === linkId && holds);
}

/** While the Account is held, so that nothing of this changes before the password does. */
async function isEntitled(client: PoolClient, { accountId, by }: NewPassword): Promise<boolean> {
  if ('linkId' in by) return voidWaiting(client, accountId, by.linkId);
  const { rowCount } = await client.query(
    `select from auth.sessions s join auth.sign_in_factors f using (account_id)
      where s.account_id = $1 and s.id = $2 and f.provider = 'credential' and f.updated_at::text = $3`,
    [accountId, by.sessionId, by.mark],
  );
  await voidWaiting(client, accountId);
  return rowCount === 1;
}

async function replaceWithin(client: PoolClient, password: NewPassword): Promise<string[] | undefined> {
  const { accountId, passwordHash, by } = password;
  const sessionId = 'sessionId' in by ? by.sessionId : null;
  // A session that is just being opened refers to this row: either it is seen and ended here, or it comes
  // after.
  await client.query('select from auth.accounts where id = $1 for update', [accountId]);
  if (!(await isEntitled(client, password))) return undefined;
  const changed = await client.query(
    `update auth.sign_in_factors set password_hash = $2, updated_at = now()
      where account_id = $1 and provider = 'credential'`,
    [accountId, passwordHash],
  );
  assert(changed.rowCount === 1, 'every Account has a password');
  const { rows } = await client.query<{ id: string }>(
    'delete from auth.sessions where account_id = $1 and id is distinct from $2 returning id',
    [accountId, sessionId],
  );
  return rows.map(({ id }) => id);
}

/**
 * Sets a password. With it end, in one transaction, every session of the Account but the one that goes on,
 * every link to a new password, and every sign-in that waits for a code after the old one. Returns which
 * sessions ended; undefined, and nothing is changed, where that by which it is done does not hold.
 */
export async function replacePassword(pool: Pool, password: NewPassword): Promise<string[] | undefined> {
  return inTransaction(pool, (client) => replaceWithin(client, password));
}

/** The person of the session proved to be there just now. */
export async function confirmSession(pool: Pool, sessionId: string): Promise<void> {
  await pool.query('update auth.sessions set confirmed_at = now() where id = $1', [sessionId]);
}

/** The Account whose sign-in waits for a code under this identifier. */
export async function findChallenged(pool: Pool, identifier: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ value: string }>(
    `select value from auth.verifications
      where identifier = $1 and identifier like '2fa-%' and identifier not like '2fa-attempts-%'
        and expires_at > now()`,
    [identifier],
  );
  return rows[0]?.value;
}

/** Takes one try from the allowance of the Account, which all copies of the server share. */
export async function takeCodeAttempt(pool: Pool, accountId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update auth.authenticators set tries_full_at = greatest(tries_full_at, now()) + $2 * interval '1 second'
      where account_id = $1 and greatest(tries_full_at, now()) + $2 * interval '1 second'
        <= now() + $3 * interval '1 second'`,
    [accountId, codeRefillS, codeRefillS * codeBurst],
  );
  return rowCount === 1;
}

/** Uses a code up; false where it was used lately. */
export async function spendCode(pool: Pool, accountId: string, code: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into auth.spent_codes (account_id, code) values ($1, $2)
      on conflict (account_id, code) do update set spent_at = now()
      where spent_codes.spent_at < now() - interval '2 minutes'`,
    [accountId, code],
  );
  return rowCount === 1;
}

/** The Account asks for its password alone from now on; false where it did already. */
export async function deleteAuthenticator(pool: Pool, accountId: AccountId): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with gone as (delete from auth.authenticators where account_id = $1 returning account_id)
      update auth.accounts set has_authenticator = false, updated_at = now()
      where id in (select account_id from gone)`,
    [accountId],
  );
  return rowCount === 1;
}

/** Whether the Account asks for a code besides the password. */
export async function hasAuthenticator(pool: Pool, accountId: AccountId): Promise<boolean> {
  const { rows } = await pool.query<{ has: boolean }>(
    'select has_authenticator as has from auth.accounts where id = $1',
    [accountId],
  );
  return rows[0]?.has ?? false;
}

export interface StoredPasskey {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
}

/** The passkeys of an Account, the oldest first. */
export async function listPasskeys(pool: Pool, accountId: AccountId): Promise<StoredPasskey[]> {
  const { rows } = await pool.query<StoredPasskey>(
    `select id, coalesce(name, '') as name, (extract(epoch from created_at) * 1000)::float8 as "createdAt"
      from auth.passkeys where account_id = $1 order by created_at, id`,
    [accountId],
  );
  return rows;
}

/** False where the Account has no such passkey. */
export async function deletePasskey(pool: Pool, accountId: AccountId, passkeyId: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from auth.passkeys where account_id = $1 and id = $2', [
    accountId,
    passkeyId,
  ]);
  return rowCount === 1;
}
