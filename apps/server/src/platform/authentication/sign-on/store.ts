import type { AccountId } from '@claviger/domain';
import type { Pool } from 'pg';
import type { Identity } from './provider.ts';

/** What a sign-in at the provider was begun for, and by whom. */
export type SignOnFlow =
  | { readonly purpose: 'sign_in' }
  | { readonly purpose: 'accept'; readonly email: string }
  | {
      readonly purpose: 'connect' | 'confirm';
      readonly accountId: AccountId;
      readonly sessionId: string;
    };

export type SignOnPurpose = SignOnFlow['purpose'];

/** Whoever has begun has so long to come back. */
export const flowHoldsS = 10 * 60;

export async function addFlow(pool: Pool, secretHash: Uint8Array, flow: SignOnFlow): Promise<void> {
  const { accountId = null, sessionId = null } = 'accountId' in flow ? flow : {};
  const email = 'email' in flow ? flow.email : null;
  await pool.query(
    `insert into auth.sign_on_flows (secret_hash, purpose, account_id, session_id, email, expires_at)
      values ($1, $2, $3, $4, $5, now() + $6 * interval '1 second')`,
    [secretHash, flow.purpose, accountId, sessionId, email, flowHoldsS],
  );
}

/** Uses it up, whatever comes of it; undefined where there is none that holds. */
export async function takeFlow(
  pool: Pool,
  secretHash: Uint8Array,
): Promise<(SignOnFlow & { readonly begunAt: number }) | undefined> {
  const { rows } = await pool.query<SignOnFlow & { begunAt: number; holds: boolean }>(
    `delete from auth.sign_on_flows where secret_hash = $1
      returning purpose, account_id as "accountId", session_id as "sessionId", email,
        (extract(epoch from begun_at) * 1000)::float8 as "begunAt", expires_at > now() as holds`,
    [secretHash],
  );
  return rows[0]?.holds === true ? rows[0] : undefined;
}

type Known = Pick<Identity, 'issuer' | 'subject'>;

/** The Account that is connected with somebody at a provider. */
export async function findConnected(pool: Pool, { issuer, subject }: Known): Promise<AccountId | undefined> {
  const { rows } = await pool.query<{ accountId: AccountId }>(
    `select account_id as "accountId" from auth.sign_in_factors
      where provider = $1 and provider_account_id = $2`,
    [providerName(issuer), subject],
  );
  return rows[0]?.accountId;
}

/** False where that is connected with another Account, or the Account with another there. */
export async function connect(
  pool: Pool,
  accountId: AccountId,
  { issuer, subject }: Known,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into auth.sign_in_factors (account_id, provider, provider_account_id)
      select $1, $2, $3 from (select id from auth.accounts where id = $1 for update) held
      where not exists (select from auth.sign_in_factors where account_id = $1 and provider = $2)
      on conflict (provider, provider_account_id) do nothing`,
    [accountId, providerName(issuer), subject],
  );
  return rowCount === 1;
}

export async function isConnected(pool: Pool, accountId: AccountId, issuer: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'select from auth.sign_in_factors where account_id = $1 and provider = $2',
    [accountId, providerName(issuer)],
  );
  return rowCount === 1;
}

/** False where it was not connected. */
export async function disconnect(pool: Pool, accountId: AccountId, issuer: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'delete from auth.sign_in_factors where account_id = $1 and provider = $2',
    [accountId, providerName(issuer)],
  );
  return rowCount === 1;
}

/** By its issuer: another provider that is configured later knows nobody whom this one knew. */
function providerName(issuer: string): string {
  return `oidc ${new URL(issuer).href}`;
}
