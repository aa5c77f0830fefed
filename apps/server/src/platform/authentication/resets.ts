import { randomBytes } from 'node:crypto';
import type { AccountId } from '@claviger/domain';
import { libraryCode, type Library } from './library.ts';
import { resetHoldsS, resetPrefix } from './options.ts';

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

/** New passwords in place of forgotten ones, by tokens of which a hash is kept. */
export function resetActions(library: Library) {
  const internals = async () => (await library.$context).internalAdapter;

  /** Undefined where the address has no Account. */
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
    const adapter = await internals();
    const row = await adapter.findVerificationValue(`${resetPrefix}${token}`);
    const user = row && row.expiresAt > new Date() ? await adapter.findUserById(row.value) : null;
    return user ? { accountId: user.id as AccountId, email: user.email } : undefined;
  };

  /** The links that were made before one was used: a mailbox keeps them. */
  const voidTokens = async (accountId: AccountId): Promise<void> => {
    const { adapter } = await library.$context;
    await adapter.deleteMany({ model: 'verification', where: [{ field: 'value', value: accountId }] });
  };

  /**
   * Uses the token up, and every other one of this Account, and ends every session of it; false where it does
   * not hold.
   */
  const resetPassword = async ({ token, accountId }: ResetToken, newPassword: string): Promise<boolean> => {
    try {
      await library.api.resetPassword({ body: { token, newPassword } });
      await voidTokens(accountId);
      return true;
    } catch (error) {
      if (libraryCode(error) === 'INVALID_TOKEN') return false;
      throw error;
    }
  };

  return { createResetToken, findResettable, resetPassword };
}
