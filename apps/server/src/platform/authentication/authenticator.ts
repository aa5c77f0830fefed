import type { AccountId } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import type { Pool } from 'pg';
import { headersOf, isUnauthorized, libraryCode, onlyCookie, type Library, type Visitor } from './library.ts';
import { signInCookieName, type SignInOptions } from './options.ts';
import type { SessionLookup } from './sessions.ts';
import {
  codeRefillS,
  confirmSession,
  deleteAuthenticator,
  findChallenged,
  spendCode,
  takeCodeAttempt,
} from './store.ts';

/** What an authenticator app is set up with, and the codes for the day it is lost. Shown once. */
export interface NewAuthenticator {
  /** `otpauth://totp/…`, as a QR for the app. */
  readonly uri: string;
  readonly recoveryCodes: readonly string[];
}

/** The form of an authenticator's code; a recovery code has letters. */
const totpForm = /^\d{6}$/;

/** Codes of the library that say "not with this code": wrong, or the sign-in that it would finish is over. */
const refusedCodes = new Set([
  'INVALID_CODE',
  'INVALID_BACKUP_CODE',
  'INVALID_TWO_FACTOR_COOKIE',
  'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE',
  'TOTP_NOT_ENABLED',
  'BACKUP_CODES_NOT_ENABLED',
]);

function isRefusedCode(error: unknown): boolean {
  return refusedCodes.has(libraryCode(error) ?? '') || isUnauthorized(error);
}

/** The library's cookie value is `<identifier>.<signature>`, percent-encoded. */
function challengeIn(cookie: string, name: string): string | undefined {
  const value = onlyCookie(cookie, name)?.slice(name.length + 1);
  if (value === undefined) return undefined;
  try {
    return decodeURIComponent(value).split('.', 1)[0];
  } catch {
    return undefined;
  }
}

interface Ports {
  readonly library: Library;
  readonly pool: Pool;
  readonly openedBy: (headers: Headers) => Promise<SessionLookup>;
}

/**
 * Counts a code of six digits, which can be guessed: 20 at once, then one every two minutes for an Account,
 * and none works twice. Recovery codes cannot be guessed and are never held up, so that whoever knows the
 * password locks nobody out.
 */
async function admitCode(pool: Pool, accountId: string, code: string): Promise<boolean> {
  if (!totpForm.test(code)) return true;
  if (!(await takeCodeAttempt(pool, accountId)))
    throw new Refusal('too_many_requests', { retryAfterS: codeRefillS });
  return spendCode(pool, accountId, code);
}

function codeVerifier({ library, openedBy }: Ports) {
  return async (code: string, headers: Headers): Promise<SessionLookup | undefined> => {
    const call = { body: { code }, headers, returnHeaders: true } as const;
    try {
      const answer = totpForm.test(code)
        ? await library.api.verifyTOTP(call)
        : await library.api.verifyBackupCode(call);
      return await openedBy(answer.headers);
    } catch (error) {
      if (isRefusedCode(error)) return undefined;
      throw error;
    }
  };
}

function settingUp({ library }: Ports, verifyCode: ReturnType<typeof codeVerifier>) {
  const wrongPassword = (error: unknown): boolean => libraryCode(error) === 'INVALID_PASSWORD';

  /** Undefined where the password is wrong. */
  const begin = async (cookie: string, password: string): Promise<NewAuthenticator | undefined> => {
    try {
      const made = await library.api.enableTwoFactor({ body: { password }, headers: headersOf(cookie) });
      if (made.method !== 'totp') throw new Error('the sign-in library made another factor');
      return { uri: made.totpURI, recoveryCodes: made.backupCodes };
    } catch (error) {
      if (wrongPassword(error)) return undefined;
      if (libraryCode(error) === 'TOTP_ALREADY_ENABLED') throw new Refusal('changed_meanwhile');
      throw error;
    }
  };

  /** From now on the Account asks for a code; the session gets another cookie. Undefined for a wrong code. */
  const finish = (cookie: string, code: string, visitor: Visitor): Promise<SessionLookup | undefined> =>
    verifyCode(code, headersOf(cookie, visitor));

  /** New recovery codes in place of all older ones; undefined where the password is wrong. */
  const renewRecoveryCodes = async (
    cookie: string,
    password: string,
  ): Promise<readonly string[] | undefined> => {
    try {
      const call = { body: { password }, headers: headersOf(cookie) };
      return (await library.api.generateBackupCodes(call)).backupCodes;
    } catch (error) {
      if (wrongPassword(error)) return undefined;
      if (libraryCode(error) === 'TWO_FACTOR_NOT_ENABLED') throw new Refusal('not_found');
      throw error;
    }
  };

  return { begin, finish, renewRecoveryCodes };
}

/** The code of an authenticator app besides the password, with recovery codes. */
export function authenticatorActions(
  ports: Ports,
  { isCookieSecure }: Pick<SignInOptions, 'isCookieSecure'>,
) {
  const { library, pool } = ports;
  const verifyCode = codeVerifier(ports);
  const { begin, finish, renewRecoveryCodes } = settingUp(ports, verifyCode);
  const cookieName = signInCookieName(isCookieSecure);

  const finishSignIn = async (
    cookie: string,
    code: string,
    visitor: Visitor,
  ): Promise<SessionLookup | undefined> => {
    const challenge = challengeIn(cookie, cookieName);
    const accountId = challenge === undefined ? undefined : await findChallenged(pool, challenge);
    const own = onlyCookie(cookie, cookieName);
    if (accountId === undefined || own === undefined) return undefined;
    if (!(await admitCode(pool, accountId, code))) return undefined;
    // A session that this browser has besides must not be taken for the one that is being opened.
    return verifyCode(code, headersOf(own, visitor));
  };

  const confirmByCode = async (
    session: { readonly sessionId: string; readonly accountId: AccountId; readonly cookie: string },
    code: string,
  ): Promise<boolean> => {
    if (!(await admitCode(pool, session.accountId, code))) return false;
    const call = { body: { code }, headers: headersOf(session.cookie) };
    try {
      await (totpForm.test(code) ? library.api.verifyTOTP(call) : library.api.verifyBackupCode(call));
    } catch (error) {
      if (isRefusedCode(error)) return false;
      throw error;
    }
    await confirmSession(pool, session.sessionId);
    return true;
  };

  return {
    finishSignIn,
    confirmByCode,
    beginAuthenticator: begin,
    finishAuthenticator: finish,
    renewRecoveryCodes,
    removeAuthenticator: (accountId: AccountId) => deleteAuthenticator(pool, accountId),
  };
}
