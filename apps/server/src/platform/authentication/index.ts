/**
 * Who somebody is: Accounts with e-mail and password, and the sessions that a cookie opens. better-auth keeps
 * both in schema `auth`, over connections of its own; none of its HTTP entrances is reachable, our declared
 * routes call it. A session is looked up in the database at every request, lives 7 days after its last use
 * and 30 days at most.
 */
import type { AccountId, Instant } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import { betterAuth } from 'better-auth';
import { isAPIError } from 'better-auth/api';
import type { Clock } from '../clock.ts';
import { isConnectionLost } from '../database/connection/unavailable.ts';
import { absoluteLifeMs, addressHeader, signInLibraryOptions, type SignInOptions } from './options.ts';
import { deleteEnded } from './store.ts';

export { createPasswordHasher, type PasswordHasher } from './password-hash.ts';
export { signInLibraryOptions, type SignInOptions } from './options.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** A session that holds now; `expiresAt` is where it ends unless it is used before. */
export interface OpenSession {
  readonly sessionId: string;
  readonly accountId: AccountId;
  readonly email: string;
  readonly expiresAt: Instant;
}

/** What a cookie was found to be, with the `Set-Cookie` values that the answer must carry. */
export interface SessionLookup {
  readonly session: OpenSession | undefined;
  readonly setCookies: readonly string[];
}

/** Where a session is opened from, for the person's own list of sessions. */
export interface Visitor {
  readonly address: string;
  readonly userAgent: string;
}

/** Every call refuses with `temporarily_unavailable` while the database does not answer. */
export interface Authentication {
  /** Makes an Account; the same time passes when the e-mail address has one already. */
  createAccount(credentials: Credentials): Promise<AccountId | 'email_taken'>;
  /** Takes back an Account that was just made, with its factors and sessions. */
  deleteAccount(accountId: AccountId): Promise<void>;
  /**
   * The Account that these open, or undefined after the same time for an unknown address and a wrong
   * password.
   */
  verifyPassword(credentials: Credentials): Promise<AccountId | undefined>;
  /** Opens a session, or gives undefined as `verifyPassword` does. */
  signIn(credentials: Credentials, visitor: Visitor): Promise<SessionLookup | undefined>;
  /** The session of a `Cookie` header, read from the database, and prolonged when it is due. */
  findSession(cookie: string): Promise<SessionLookup>;
  /** Whether this session still holds, without prolonging it. */
  isSessionOpen(cookie: string): Promise<boolean>;
  /** Ends the session at once, for every copy of the server. */
  signOut(cookie: string): Promise<{ readonly setCookies: readonly string[] }>;
  /** Deletes what is over from the database; for a timetable. Returns how many rows. */
  forgetEnded(): Promise<number>;
}

type Library = ReturnType<typeof openLibrary>;

function openLibrary(options: SignInOptions) {
  return betterAuth(signInLibraryOptions(options));
}

const unavailableRetryAfterS = 5;

const nobody: SessionLookup = { session: undefined, setCookies: [] };

/** The codes with which the library says "not these credentials". */
const wrongCredentials = new Set(['INVALID_EMAIL_OR_PASSWORD', 'INVALID_EMAIL', 'PASSWORD_TOO_LONG']);

function libraryCode(error: unknown): string | undefined {
  return isAPIError(error) ? error.body?.code : undefined;
}

/**
 * What can only be waited out becomes a refusal; the library wraps the database's errors where it looks for
 * sessions.
 */
function asUnavailable(error: unknown): unknown {
  const isWrapped = isAPIError(error) && error.statusCode >= 500;
  if (!isWrapped && !isConnectionLost(error)) return error;
  return new Refusal('temporarily_unavailable', { retryAfterS: unavailableRetryAfterS });
}

/** The same call, refusing with `temporarily_unavailable` while the database does not answer. */
function patient<Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) {
  return async (...given: Given): Promise<Result> => {
    try {
      return await call(...given);
    } catch (error) {
      throw asUnavailable(error);
    }
  };
}

function cookieHeaders(cookie: string): Headers {
  return new Headers({ cookie });
}

function accountActions(library: Library) {
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

  return { createAccount, deleteAccount };
}

function passwordVerifier(library: Library, hasher: SignInOptions['hasher']) {
  return async ({ email, password }: Credentials): Promise<AccountId | undefined> => {
    const { internalAdapter } = await library.$context;
    const found = await internalAdapter.findUserByEmail(email.toLowerCase(), { includeAccounts: true });
    const stored = found?.accounts.find(({ providerId }) => providerId === 'credential')?.password;
    if (!found || !stored) {
      await hasher.hash(password);
      return undefined;
    }
    return (await hasher.verify(stored, password)) ? (found.user.id as AccountId) : undefined;
  };
}

type FoundSession = Awaited<ReturnType<Library['api']['getSession']>>;

function sessionActions(library: Library, clock: Clock) {
  const toOpenSession = (found: FoundSession): OpenSession | undefined => {
    if (!found) return undefined;
    const endsAt = found.session.createdAt.getTime() + absoluteLifeMs;
    const expiresAt = Math.min(found.session.expiresAt.getTime(), endsAt);
    if (expiresAt <= clock.now()) return undefined;
    const { id: sessionId, userId } = found.session;
    return { sessionId, accountId: userId as AccountId, email: found.user.email, expiresAt };
  };

  const findSession = async (cookie: string): Promise<SessionLookup> => {
    try {
      const { headers, response } = await library.api.getSession({
        headers: cookieHeaders(cookie),
        returnHeaders: true,
      });
      return { session: toOpenSession(response), setCookies: headers.getSetCookie() };
    } catch (error) {
      // It was ended by another request while this one prolonged it.
      if (isAPIError(error) && error.statusCode === 401) return nobody;
      throw error;
    }
  };

  const isSessionOpen = async (cookie: string): Promise<boolean> => {
    const query = { disableRefresh: true };
    return (
      toOpenSession(await library.api.getSession({ headers: cookieHeaders(cookie), query })) !== undefined
    );
  };

  const signIn = async (credentials: Credentials, visitor: Visitor): Promise<SessionLookup | undefined> => {
    try {
      const { headers } = await library.api.signInEmail({
        body: credentials,
        headers: new Headers({ [addressHeader]: visitor.address, 'user-agent': visitor.userAgent }),
        returnHeaders: true,
      });
      const setCookies = headers.getSetCookie();
      const cookie = setCookies.map((value) => value.split(';', 1)[0]).join('; ');
      return { session: (await findSession(cookie)).session, setCookies };
    } catch (error) {
      if (wrongCredentials.has(libraryCode(error) ?? '')) return undefined;
      throw error;
    }
  };

  const signOut = async (cookie: string): Promise<{ readonly setCookies: readonly string[] }> => {
    const { headers } = await library.api.signOut({ headers: cookieHeaders(cookie), returnHeaders: true });
    // The library reports success even where it could not delete the session.
    if (await isSessionOpen(cookie))
      throw new Refusal('temporarily_unavailable', { retryAfterS: unavailableRetryAfterS });
    return { setCookies: headers.getSetCookie() };
  };

  return { findSession, isSessionOpen, signIn, signOut };
}

/** Opens the sign-in library over its own connections. No query runs before the first call. */
export function openAuthentication(options: SignInOptions, clock: Clock): Authentication {
  const library = openLibrary(options);
  const accounts = accountActions(library);
  const sessions = sessionActions(library, clock);
  return {
    createAccount: patient(accounts.createAccount),
    deleteAccount: patient(accounts.deleteAccount),
    verifyPassword: patient(passwordVerifier(library, options.hasher)),
    signIn: patient(sessions.signIn),
    findSession: patient(sessions.findSession),
    isSessionOpen: patient(sessions.isSessionOpen),
    signOut: patient(sessions.signOut),
    forgetEnded: patient(() => deleteEnded(options.pool)),
  };
}
