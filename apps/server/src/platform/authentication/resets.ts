import { randomBytes } from 'node:crypto';
import type { AccountId } from '@claviger/domain';
import type { Pool } from 'pg';
import type { Library } from './library.ts';
import { resetHoldsS, resetPrefix, type SignInOptions } from './options.ts';
import type { Credentials } from './passwords.ts';
import { findPasswordMark, replacePassword } from './store.ts';

/** 192 bits. */
const tokenLength = 24;

/** What a link holds, and whose password it resets. */
export interface ResetToken {
  readonly token: string;
  readonly accountId: AccountId;
}

export interface Resettable {
  readonly accountId: AccountId;
  readonly email: string;
}

interface Ports {
  readonly library: Library;
  readonly pool: Pool;
  readonly hasher: SignInOptions['hasher'];
  readonly verifyPassword: (credentials: Credentials) => Promise<AccountId | undefined>;
}

/** Whose password is changed, in which session. */
export interface Changing {
  readonly accountId: AccountId;
  readonly sessionId: string;
  readonly email: string;
}

/**
 * New passwords: in place of an old one that was typed, or of a forgotten one, by tokens of which a hash is
 * kept.
 */
export function resetActions({ library, pool, hasher, verifyPassword }: Ports) {
  const internals = async () => (await library.$context).internalAdapter;

  const findLink = async (token: string) =>
    (await internals()).findVerificationValue(`${resetPrefix}${token}`);

  /** Undefined where the address has no Account. */
  const findAccount = async (email: string): Promise<AccountId | undefined> =>
    (await (await internals()).findUserByEmail(email.toLowerCase()))?.user.id as AccountId | undefined;

  const createResetToken = async (email: string): Promise<ResetToken | undefined> => {
    const adapter = await internals();
    const found = await adapter.findUserByEmail(email.toLowerCase());
    if (!found) return undefined;
    const token = randomBytes(tokenLength).toString('base64url');
    await adapter.createVerificationValue({
      identifier: `${resetPrefix}${token}`,
      value: found.user.id,
      expiresAt: new Date(Date.now() + resetHoldsS * 1000),
    });
    return { token, accountId: found.user.id as AccountId };
  };

  /** Whose password this token resets, without using it up. */
  const findResettable = async (token: string): Promise<Resettable | undefined> => {
    const row = await findLink(token);
    const user = row && row.expiresAt > new Date() ? await (await internals()).findUserById(row.value) : null;
    return user ? { accountId: user.id as AccountId, email: user.email } : undefined;
  };

  const changePassword = async (
    { accountId, sessionId, email }: Changing,
    { password, newPassword }: { readonly password: string; readonly newPassword: string },
  ): Promise<string[] | undefined> => {
    const mark = await findPasswordMark(pool, email);
    const isRight = (await verifyPassword({ email, password })) === accountId;
    if (mark === undefined || !isRight) return undefined;
    const passwordHash = await hasher.hash(newPassword);
    return replacePassword(pool, { accountId, passwordHash, by: { sessionId, mark } });
  };

  const resetPassword = async (token: string, password: string): Promise<string[] | undefined> => {
    const row = await findLink(token);
    if (!row) return undefined;
    const passwordHash = await hasher.hash(password);
    return replacePassword(pool, { accountId: row.value as AccountId, passwordHash, by: { linkId: row.id } });
  };

  return { findAccount, createResetToken, findResettable, changePassword, resetPassword };
}
