import { createHash, randomBytes } from 'node:crypto';
import type { AccountId } from '@claviger/domain';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../transaction.ts';

/** 192 bits. */
const tokenLength = 24;
/** So long a link holds by which an address proves itself. */
const linkHoldsS = 24 * 60 * 60;
const UNIQUE_VIOLATION = '23505';

function hashOf(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

/** The address of an Account, and whether somebody proved to read its mail. */
export interface KnownAddress {
  readonly email: string;
  readonly isVerified: boolean;
}

/** What a link holds, and where it is mailed to. */
export interface AddressToken {
  readonly token: string;
  readonly email: string;
}

/** Whose address was confirmed; `before` is the one that it had until now. */
export interface ConfirmedAddress {
  readonly accountId: AccountId;
  readonly email: string;
  readonly before: KnownAddress;
}

async function readAddress(of: Pool | PoolClient, accountId: AccountId): Promise<KnownAddress | undefined> {
  const { rows } = await of.query<KnownAddress>(
    'select email, is_email_verified as "isVerified" from auth.accounts where id = $1',
    [accountId],
  );
  return rows[0];
}

async function createToken(
  pool: Pool,
  accountId: AccountId,
  wanted: string | undefined,
): Promise<AddressToken | undefined> {
  const own = await readAddress(pool, accountId);
  const email = wanted?.toLowerCase() ?? own?.email;
  if (email === undefined) return undefined;
  const token = randomBytes(tokenLength).toString('base64url');
  const { rowCount } = await pool.query(
    `insert into auth.address_links (token_hash, account_id, email, expires_at)
      select $1, $2, $3, now() + $4 * interval '1 second'
      where not exists (select from auth.accounts where email = $3 and id <> $2)
        and exists (select from auth.accounts where id = $2)`,
    [hashOf(token), accountId, email, linkHoldsS],
  );
  return rowCount === 1 ? { token, email } : undefined;
}

/** Uses the link up, with every other one of the Account. */
async function useLink(client: PoolClient, tokenHash: Uint8Array): Promise<ConfirmedAddress | undefined> {
  const { rows } = await client.query<{ accountId: AccountId; email: string }>(
    `select account_id as "accountId", email from auth.address_links
      where token_hash = $1 and expires_at > now()`,
    [tokenHash],
  );
  const link = rows[0];
  if (!link) return undefined;
  await client.query('select from auth.accounts where id = $1 for update', [link.accountId]);
  const before = await readAddress(client, link.accountId);
  if (!before) return undefined;
  const used = await client.query('delete from auth.address_links where token_hash = $1', [tokenHash]);
  if (used.rowCount !== 1) return undefined;
  await client.query(
    'update auth.accounts set email = $2, is_email_verified = true, updated_at = now() where id = $1',
    [link.accountId, link.email],
  );
  await voidLinks(client, link.accountId);
  // What was mailed to the old address opens nothing any more.
  if (before.email !== link.email)
    await client.query('delete from auth.verifications where value = $1', [link.accountId]);
  return { ...link, before };
}

/** Takes back every link by which another address could become that of the Account. */
export async function voidLinks(client: Pool | PoolClient, accountId: AccountId): Promise<void> {
  await client.query('delete from auth.address_links where account_id = $1', [accountId]);
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION;
}

/** Addresses count once their link was followed. */
export function addressActions(pool: Pool) {
  const confirmAddress = async (token: string): Promise<ConfirmedAddress | undefined> => {
    try {
      return await inTransaction(pool, (client) => useLink(client, hashOf(token)));
    } catch (error) {
      // Somebody else was first with an Account of this address.
      if (isTaken(error)) return undefined;
      throw error;
    }
  };

  /** The person came by a link that was mailed to this address. */
  const noteAddressProven = async (accountId: AccountId, email: string): Promise<void> => {
    await pool.query(
      `update auth.accounts set is_email_verified = true, updated_at = now()
        where id = $1 and email = $2 and not is_email_verified`,
      [accountId, email.toLowerCase()],
    );
  };

  return {
    findAddress: (accountId: AccountId) => readAddress(pool, accountId),
    createAddressToken: (accountId: AccountId, email: string | undefined) =>
      createToken(pool, accountId, email),
    confirmAddress,
    noteAddressProven,
  };
}

export interface AddressActions {
  /** Undefined where there is no such Account. */
  findAddress(accountId: AccountId): Promise<KnownAddress | undefined>;
  /**
   * With it whoever reads the mail of this address, or of the Account's own, proves it within a day;
   * undefined where it is another Account's.
   */
  createAddressToken(accountId: AccountId, email: string | undefined): Promise<AddressToken | undefined>;
  /** Makes the address of the link that of its Account; undefined where the link does not hold. */
  confirmAddress(token: string): Promise<ConfirmedAddress | undefined>;
  /** Somebody with this Account came by a link that was mailed to this address, if it is the Account's. */
  noteAddressProven(accountId: AccountId, email: string): Promise<void>;
}
