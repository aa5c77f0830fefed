import type { AccountId } from '@claviger/domain';
import { libraryCode, type Library } from './library.ts';
import type { SignInOptions } from './options.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Accounts and their passwords. */
export function accountActions(library: Library, hasher: SignInOptions['hasher']) {
  const internals = async () => (await library.$context).internalAdapter;

  const findAccountId = async (email: string): Promise<AccountId | undefined> => {
    const found = await (await internals()).findUserByEmail(email.toLowerCase());
    return found?.user.id as AccountId | undefined;
  };

  const createAccount = async ({ email, password }: Credentials): Promise<AccountId | 'email_taken'> => {
    try {
      const { user } = await library.api.signUpEmail({ body: { name: '', email, password } });
      // For an address that has an Account the library answers with one that is not there.
      const made = await (await internals()).findUserById(user.id);
      return made ? (made.id as AccountId) : 'email_taken';
    } catch (error) {
      // Two at once: the database let one of them through.
      if (libraryCode(error) === 'FAILED_TO_CREATE_USER' && (await findAccountId(email)))
        return 'email_taken';
      throw error;
    }
  };

  const deleteAccount = async (accountId: AccountId): Promise<void> => {
    await (await internals()).deleteUser(accountId);
  };

  const verifyPassword = async ({ email, password }: Credentials): Promise<AccountId | undefined> => {
    const found = await (await internals()).findUserByEmail(email.toLowerCase(), { includeAccounts: true });
    const stored = found?.accounts.find(({ providerId }) => providerId === 'credential')?.password;
    if (!found || !stored) {
      await hasher.hash(password);
      return undefined;
    }
    return (await hasher.verify(stored, password)) ? (found.user.id as AccountId) : undefined;
  };

  return { createAccount, deleteAccount, verifyPassword };
}
