import { createHash, randomBytes } from 'node:crypto';
import type { AccountId } from '@claviger/domain';
import { Refusal, type Session } from '@claviger/protocol';
import {
  isGuessable,
  type Authentication,
  type Credentials,
  type OpenSession,
  type SessionLookup,
  type Visitor,
} from '../../platform/authentication/index.ts';
import { notify, type Database, type Transaction } from '../../platform/database/index.ts';
import {
  confirmationHoldsMs,
  isOperator,
  sessionEndedChannel,
  type CarriedRole,
} from '../../platform/http/index.ts';
import {
  addOperator,
  isBootstrapTokenValid,
  isShutOut,
  listMemberships,
  replaceBootstrapToken,
  useBootstrapToken,
  findHeldBootstrapToken,
  type HeldBootstrapToken,
} from './store.ts';

export interface AccountPorts {
  readonly database: Database;
  readonly authentication: Authentication;
}

/** What is needed to show people their sessions. */
export interface SessionPorts extends AccountPorts {
  /** The calls that a role may make in its Entity, by their names in the API. */
  readonly callsOf: (role: CarriedRole) => readonly string[];
}

const tokenLength = 32;

function hashOf(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

/**
 * Draws a new bootstrap token, which makes every older one void. Whoever sends it within 30 minutes runs the
 * installation: it is for the terminal of whoever started it, once.
 */
export async function issueBootstrapToken(database: Database): Promise<string> {
  const token = randomBytes(tokenLength).toString('base64url');
  await database.transact({ kind: 'installation' }, (tx) => replaceBootstrapToken(tx, hashOf(token)));
  return token;
}

/**
 * A bootstrap token for whoever starts the server: a new one, or when that which was issued before was, as
 * long as it holds. That one is in somebody's terminal or mail; the database has its hash alone.
 */
export async function offerBootstrapToken(
  database: Database,
): Promise<{ readonly token: string } | HeldBootstrapToken> {
  const held = await database.transact({ kind: 'installation' }, findHeldBootstrapToken);
  return held ?? { token: await issueBootstrapToken(database) };
}

/** An Account for these credentials: a new one, or the one that they open already. */
export interface ObtainedAccount {
  readonly accountId: AccountId;
  readonly isNew: boolean;
}

/**
 * Makes an Account, or finds the one whose password this is, as after an attempt that was interrupted
 * half-way. Undefined when the e-mail address has an Account with another password. Refuses invalid_input for
 * a new password that is easily guessed, and code_needed for an Account that asks for a code:
 * that only signing in does.
 */
export async function obtainAccount(
  authentication: Authentication,
  credentials: Credentials,
): Promise<ObtainedAccount | undefined> {
  const isWeak = isGuessable(credentials.password, credentials.email);
  const made = isWeak ? 'email_taken' : await authentication.createAccount(credentials);
  if (made !== 'email_taken') return { accountId: made, isNew: true };
  const accountId = await authentication.verifyPassword(credentials);
  if (!accountId) {
    assertStrong(credentials.password, { email: credentials.email, path: 'body.password' });
    return undefined;
  }
  if (await authentication.hasAuthenticator(accountId)) throw new Refusal('code_needed');
  return { accountId, isNew: false };
}

/** A session that was just opened, with the cookies of the answer. */
export type Opened = SessionLookup & { readonly session: OpenSession };

/**
 * Opens a session. Refuses with `wrong_credentials`, after the same time whatever is wrong, with
 * `code_needed` once `setCookies` was given what finishes the sign-in, and as `admit` does.
 */
export async function signIn(
  ports: AccountPorts,
  credentials: Credentials,
  { visitor, setCookies }: { visitor: Visitor; setCookies: (cookies: readonly string[]) => void },
): Promise<OpenSession> {
  const found = await ports.authentication.signIn(credentials, visitor);
  if (found && 'isCodeWanted' in found) {
    setCookies(found.setCookies);
    throw new Refusal('code_needed');
  }
  if (!found?.session) throw new Refusal('wrong_credentials');
  await admit(ports, found.session);
  setCookies(found.setCookies);
  return found.session;
}

/**
 * Somebody whom every Owner deactivated that knows them has no use for a session; whoever was never a User
 * has. Refuses deactivated, and ends the session.
 */
export async function admit(
  { database, authentication }: AccountPorts,
  { accountId, sessionId }: OpenSession,
): Promise<void> {
  const isOut = await database.transact({ kind: 'account', accountId }, (tx) => isShutOut(tx, accountId));
  if (!isOut) return;
  await authentication.endSession(accountId, sessionId);
  throw new Refusal('deactivated');
}

/** Ends every session of an Account of which no active User is left, and whatever would open another one. */
export async function endSignIn(
  { database, authentication }: AccountPorts,
  accountId: string,
): Promise<void> {
  const id = accountId as AccountId;
  const scope = { kind: 'account', accountId: id } as const;
  if (!(await database.transact(scope, (tx) => isShutOut(tx, id)))) return;
  for (const sessionId of await authentication.endSignIns(id))
    await database.transact(scope, (tx) => announceSessionEnd(tx, sessionId));
}

/** Refuses with invalid_input beside the field where the password is easily guessed. */
export function assertStrong(password: string, { email, path }: { email: string; path: string }): void {
  if (!isGuessable(password, email)) return;
  throw new Refusal('invalid_input', { issues: [{ path, problem: 'password_guessable' }] });
}

interface Bootstrap extends Credentials {
  readonly token: string;
}

/**
 * Uses the token up and makes its bearer the operator, in one transaction that `transact` opens, and to which
 * it gives the Account.
 */
export async function bootstrap(
  { database, authentication }: AccountPorts,
  { token, ...credentials }: Bootstrap,
  transact: (work: (tx: Transaction) => Promise<AccountId>) => Promise<void>,
): Promise<void> {
  const tokenHash = hashOf(token);
  const isValid = await database.transact({ kind: 'installation' }, (tx) =>
    isBootstrapTokenValid(tx, tokenHash),
  );
  const account = isValid ? await obtainAccount(authentication, credentials) : undefined;
  if (!account) throw new Refusal('bootstrap_failed');
  try {
    await transact(async (tx) => {
      if (!(await useBootstrapToken(tx, tokenHash))) throw new Refusal('bootstrap_failed');
      await addOperator(tx, account.accountId);
      return account.accountId;
    });
  } catch (error) {
    // Where it is not known what became of the transaction, the same credentials may go on with the Account.
    const isRefused = error instanceof Refusal && error.code === 'bootstrap_failed';
    if (account.isNew && isRefused) await authentication.deleteAccount(account.accountId);
    throw error;
  }
}

/** Lets every copy of the server end the live streams of the session. */
export async function announceSessionEnd(tx: Transaction, sessionId: string): Promise<void> {
  await notify(tx, sessionEndedChannel, JSON.stringify({ sessionId }));
}

/** The session as its person sees it, with the Entities where they may work and what they may do there. */
export async function presentSession(
  { database, authentication, callsOf }: SessionPorts,
  opened: Omit<OpenSession, 'sessionId'>,
): Promise<Session> {
  const { accountId, email, expiresAt, confirmedAt, hasAuthenticator, isEmailVerified } = opened;
  const hasPasskey = (await authentication.listPasskeys(accountId)).length > 0;
  const hasSignOn = await authentication.isSignOnConnected(accountId);
  return database.transact({ kind: 'account', accountId }, async (tx) => ({
    account: {
      id: accountId,
      email,
      isOperator: await isOperator(tx, accountId),
      hasPasskey,
      hasAuthenticator,
      hasSignOn,
      isEmailVerified,
    },
    expiresAt,
    confirmedUntil: confirmedAt + confirmationHoldsMs,
    memberships: (await listMemberships(tx)).map(({ until, mandateId, ...held }) => ({
      ...held,
      ...(until !== null && { until }),
      may: callsOf({ role: held.role, mandateId }),
    })),
  }));
}
