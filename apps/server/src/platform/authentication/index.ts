/**
 * Who somebody is: Accounts with their sign-in factors, and the sessions that a cookie
 * opens. better-auth keeps both in schema `auth`, over connections of its own; none of its HTTP entrances is
 * reachable, our declared routes call it. A session is looked up in the database at every request, lives 7
 * days after its last use and 30 days at most.
 */
import type { AccountId } from '@claviger/domain';
import type { Clock } from '../clock.ts';
import { openLibrary, patient, type Visitor } from './library.ts';
import type { SignInOptions } from './options.ts';
import { addressActions, type AddressActions } from './addresses/addresses.ts';
import { accountActions, type Credentials } from './passwords.ts';
import { resetActions, type Changing, type Resettable, type ResetToken } from './resets.ts';
import { passkeyActions, type PasskeyActions } from './passkeys.ts';
import { authenticatorActions, type NewAuthenticator } from './authenticator.ts';
import { signOnActions, type SignOnActions } from './sign-on/actions.ts';
import { openProvider } from './sign-on/provider.ts';
import { sessionActions, type CodeWanted, type SessionLookup } from './sessions.ts';
import {
  confirmSession,
  deleteEnded,
  deleteOtherSessions,
  deleteSession,
  deleteSignIns,
  hasAuthenticator,
  listSessions,
  type StoredSession,
} from './store.ts';

export type { Visitor } from './library.ts';
export { sessionCookieName, signInLibraryOptions, type SignInOptions } from './options.ts';
export { createPasswordHasher, type PasswordHasher } from './password-hash.ts';
export { isGuessable } from './password-strength.ts';
export type { Credentials } from './passwords.ts';
export type { NewAuthenticator } from './authenticator.ts';
export type { OpenSession, CodeWanted, SessionLookup } from './sessions.ts';
export type { Identity, SignOnAnswer } from './sign-on/provider.ts';
export type { SignOnFlow } from './sign-on/store.ts';
export type { StoredPasskey, StoredSession } from './store.ts';

/** Every call refuses with `temporarily_unavailable` while the database does not answer. */
export interface Authentication extends PasskeyActions, AddressActions, SignOnActions {
  /** Makes an Account; the same time passes when the e-mail address has one already. */
  createAccount(credentials: Credentials): Promise<AccountId | 'email_taken'>;
  /** Takes back an Account that was just made, with its factors and sessions. */
  deleteAccount(accountId: AccountId): Promise<void>;
  /**
   * The Account that these open, or undefined after the same time for an unknown address and a wrong
   * password.
   */
  verifyPassword(credentials: Credentials): Promise<AccountId | undefined>;
  /**
   * Replaces the password by who knows it; this session goes on, every other one ends, and with them every
   * link to a new password and every sign-in that waits for a code. Returns which sessions ended; undefined
   * where the old password is not right, or is not the one any more, or the session has ended meanwhile.
   */
  changePassword(
    of: Changing,
    passwords: { readonly password: string; readonly newPassword: string },
  ): Promise<string[] | undefined>;
  /** The Account with this address. */
  findAccount(email: string): Promise<AccountId | undefined>;
  /** With it the person of this address, if it has an Account, sets a new password within an hour. */
  createResetToken(email: string): Promise<ResetToken | undefined>;
  /** Whose password this token resets, without using it up. */
  findResettable(token: string): Promise<Resettable | undefined>;
  /** The same by a token, with no session that goes on; undefined where it does not hold. */
  resetPassword(token: string, newPassword: string): Promise<string[] | undefined>;
  /** Opens a session or asks for a code, or gives undefined as `verifyPassword` does. */
  signIn(credentials: Credentials, visitor: Visitor): Promise<SessionLookup | CodeWanted | undefined>;
  /**
   * Opens the session that waits for a code, by one of the authenticator or a recovery code;
   * undefined where the code is not right or nothing waits. Refuses too_many_requests.
   */
  finishSignIn(cookie: string, code: string, visitor: Visitor): Promise<SessionLookup | undefined>;
  /** The session of a `Cookie` header, read from the database, and prolonged when it is due. */
  findSession(cookie: string): Promise<SessionLookup>;
  /** Whether this session still holds, without prolonging it. */
  isSessionOpen(cookie: string): Promise<boolean>;
  /** Ends the session at once, for every copy of the server. */
  signOut(cookie: string): Promise<{ readonly setCookies: readonly string[] }>;
  listSessions(accountId: AccountId): Promise<StoredSession[]>;
  /** False where the Account has no such session. */
  endSession(accountId: AccountId, sessionId: string): Promise<boolean>;
  /** Ends all but this one; returns which. */
  endOtherSessions(accountId: AccountId, sessionId: string): Promise<string[]>;
  /**
   * Ends every session, every link to a new password and every sign-in that waits for a code; returns which
   * sessions ended.
   */
  endSignIns(accountId: AccountId): Promise<string[]>;
  /** The person of the session has proved to be there, by the password. */
  confirmSession(sessionId: string): Promise<void>;
  /** The same by a code; false for a wrong one. Refuses too_many_requests. */
  confirmByCode(
    session: { readonly sessionId: string; readonly accountId: AccountId; readonly cookie: string },
    code: string,
  ): Promise<boolean>;
  hasAuthenticator(accountId: AccountId): Promise<boolean>;
  /** Undefined for a wrong password; refuses changed_meanwhile where there is one already. */
  beginAuthenticator(cookie: string, password: string): Promise<NewAuthenticator | undefined>;
  /** Undefined for a wrong code. The session gets another cookie. */
  finishAuthenticator(cookie: string, code: string, visitor: Visitor): Promise<SessionLookup | undefined>;
  /** Undefined for a wrong password; refuses not_found where there is no authenticator. */
  renewRecoveryCodes(cookie: string, password: string): Promise<readonly string[] | undefined>;
  /** False where there was none. */
  removeAuthenticator(accountId: AccountId): Promise<boolean>;
  /** Deletes what is over from the database; for a timetable. Returns how many rows. */
  forgetEnded(): Promise<number>;
}

/** Opens the sign-in library over its own connections. No query runs before the first call. */
export function openAuthentication(options: SignInOptions, clock: Clock): Authentication {
  const { pool, hasher } = options;
  const library = openLibrary(options);
  const accounts = accountActions(library, hasher);
  const resets = resetActions({ library, pool, hasher, verifyPassword: accounts.verifyPassword });
  const { openedBy, ...sessions } = sessionActions({ library, pool, clock });
  const factors = authenticatorActions({ library, pool, openedBy }, options);
  const passkeys = passkeyActions({ library, pool, openedBy });
  const addresses = addressActions(pool);
  const signOn = signOnActions({
    ...{ library, pool, openedBy, createAccount: accounts.createAccount },
    provider: options.provider && openProvider(options.provider, { ...options, now: () => clock.now() }),
    isCookieSecure: options.isCookieSecure,
  });
  return {
    createAccount: patient(accounts.createAccount),
    deleteAccount: patient(accounts.deleteAccount),
    verifyPassword: patient(accounts.verifyPassword),
    changePassword: patient(resets.changePassword),
    findAccount: patient(resets.findAccount),
    createResetToken: patient(resets.createResetToken),
    findResettable: patient(resets.findResettable),
    resetPassword: patient(resets.resetPassword),
    signIn: patient(sessions.signIn),
    finishSignIn: patient(factors.finishSignIn),
    findSession: patient(sessions.findSession),
    isSessionOpen: patient(sessions.isSessionOpen),
    signOut: patient(sessions.signOut),
    listSessions: patient((accountId) => listSessions(pool, accountId)),
    endSession: patient((accountId, sessionId) => deleteSession(pool, accountId, sessionId)),
    endSignIns: patient((accountId) => deleteSignIns(pool, accountId)),
    endOtherSessions: patient((accountId, sessionId) => deleteOtherSessions(pool, accountId, sessionId)),
    confirmSession: patient((sessionId) => confirmSession(pool, sessionId)),
    confirmByCode: patient(factors.confirmByCode),
    hasAuthenticator: patient((accountId) => hasAuthenticator(pool, accountId)),
    beginAuthenticator: patient(factors.beginAuthenticator),
    finishAuthenticator: patient(factors.finishAuthenticator),
    renewRecoveryCodes: patient(factors.renewRecoveryCodes),
    removeAuthenticator: patient(factors.removeAuthenticator),
    beginPasskey: patient(passkeys.beginPasskey),
    finishPasskey: patient(passkeys.finishPasskey),
    beginPasskeySignIn: patient(passkeys.beginPasskeySignIn),
    finishPasskeySignIn: patient(passkeys.finishPasskeySignIn),
    listPasskeys: patient(passkeys.listPasskeys),
    removePasskey: patient(passkeys.removePasskey),
    findAddress: patient(addresses.findAddress),
    createAddressToken: patient(addresses.createAddressToken),
    confirmAddress: patient(addresses.confirmAddress),
    noteAddressProven: patient(addresses.noteAddressProven),
    ...signOnOf(signOn),
    forgetEnded: patient(() => deleteEnded(pool)),
  };
}

function signOnOf(signOn: SignOnActions): SignOnActions {
  return {
    signOnLabel: signOn.signOnLabel,
    forgetSignOnCookie: signOn.forgetSignOnCookie,
    beginSignOn: patient(signOn.beginSignOn),
    finishSignOn: patient(signOn.finishSignOn),
    findConnected: patient(signOn.findConnected),
    connectSignOn: patient(signOn.connectSignOn),
    isSignOnConnected: patient(signOn.isSignOnConnected),
    removeSignOn: patient(signOn.removeSignOn),
    createConnected: patient(signOn.createConnected),
    openSession: patient(signOn.openSession),
  };
}
