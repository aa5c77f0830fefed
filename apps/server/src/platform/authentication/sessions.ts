import type { AccountId, Instant } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import type { Pool } from 'pg';
import type { Clock } from '../clock.ts';
import {
  headersOf,
  isUnauthorized,
  libraryCode,
  unavailableRetryAfterS,
  type Library,
  type Visitor,
} from './library.ts';
import { absoluteLifeMs } from './options.ts';
import { deleteSession, findPasswordMark } from './store.ts';
import type { Credentials } from './passwords.ts';

/** A session that holds now; `expiresAt` is where it ends unless it is used before. */
export interface OpenSession {
  readonly sessionId: string;
  readonly accountId: AccountId;
  readonly email: string;
  readonly expiresAt: Instant;
  /** When its person last proved to be there: by signing in, or by confirming it since. */
  readonly confirmedAt: Instant;
  /** Whether this Account asks for a code besides the password. */
  readonly hasAuthenticator: boolean;
  /** Somebody proved to read the mail of this address. */
  readonly isEmailVerified: boolean;
}

/** What a cookie was found to be, with the `Set-Cookie` values that the answer must carry. */
export interface SessionLookup {
  readonly session: OpenSession | undefined;
  readonly setCookies: readonly string[];
}

/** The password was right, and the browser got a cookie with which a code finishes the sign-in. */
export interface CodeWanted {
  readonly isCodeWanted: true;
  readonly setCookies: readonly string[];
}

/** The credentials that the library calls wrong, by its codes. */
const wrongCredentials = new Set(['INVALID_EMAIL_OR_PASSWORD', 'INVALID_EMAIL', 'PASSWORD_TOO_LONG']);

const nobody: SessionLookup = { session: undefined, setCookies: [] };

type FoundSession = Awaited<ReturnType<Library['api']['getSession']>>;

/** The `Cookie` header of a browser that takes these `Set-Cookie` values. */
function cookieFrom(setCookies: readonly string[]): string {
  return setCookies.map((value) => value.split(';', 1)[0]).join('; ');
}

function openSessionOf(found: FoundSession, clock: Clock): OpenSession | undefined {
  if (!found) return undefined;
  const { id: sessionId, userId, createdAt, confirmedAt } = found.session;
  const endsAt = createdAt.getTime() + absoluteLifeMs;
  const expiresAt = Math.min(found.session.expiresAt.getTime(), endsAt);
  if (expiresAt <= clock.now()) return undefined;
  return {
    sessionId,
    accountId: userId as AccountId,
    email: found.user.email,
    expiresAt,
    confirmedAt: (confirmedAt ?? createdAt).getTime(),
    hasAuthenticator: found.user.twoFactorEnabled === true,
    isEmailVerified: found.user.emailVerified,
  };
}

/** Sessions as they are found. */
function sessionFinder(library: Library, clock: Clock) {
  const findSession = async (cookie: string): Promise<SessionLookup> => {
    try {
      const { headers, response } = await library.api.getSession({
        headers: headersOf(cookie),
        returnHeaders: true,
      });
      return { session: openSessionOf(response, clock), setCookies: headers.getSetCookie() };
    } catch (error) {
      // It was ended by another request while this one prolonged it.
      if (isUnauthorized(error)) return nobody;
      throw error;
    }
  };

  /** The session that an answer of the library has just opened. */
  const openedBy = async (headers: Headers): Promise<SessionLookup> => {
    const setCookies = headers.getSetCookie();
    return { session: (await findSession(cookieFrom(setCookies))).session, setCookies };
  };

  const isSessionOpen = async (cookie: string): Promise<boolean> => {
    const call = { headers: headersOf(cookie), query: { disableRefresh: true } };
    return openSessionOf(await library.api.getSession(call), clock) !== undefined;
  };

  return { findSession, openedBy, isSessionOpen };
}

interface Ports {
  readonly library: Library;
  readonly pool: Pool;
  readonly clock: Clock;
}

/** Sessions: found, opened, ended. */
export function sessionActions({ library, pool, clock }: Ports) {
  const finder = sessionFinder(library, clock);

  const open = async (
    credentials: Credentials,
    visitor: Visitor,
  ): Promise<SessionLookup | CodeWanted | undefined> => {
    try {
      const { headers, response } = await library.api.signInEmail({
        body: credentials,
        headers: headersOf('', visitor),
        returnHeaders: true,
      });
      if ('twoFactorRedirect' in response) return { isCodeWanted: true, setCookies: headers.getSetCookie() };
      return await finder.openedBy(headers);
    } catch (error) {
      if (wrongCredentials.has(libraryCode(error) ?? '')) return undefined;
      throw error;
    }
  };

  const signIn = async (
    credentials: Credentials,
    visitor: Visitor,
  ): Promise<SessionLookup | CodeWanted | undefined> => {
    const mark = await findPasswordMark(pool, credentials.email);
    const opened = await open(credentials, visitor);
    if ((await findPasswordMark(pool, credentials.email)) === mark) return opened;
    // It was replaced while the old one was looked at: what that ended does not begin after it. A question
    // for a code is void without its cookie.
    const session = opened && 'session' in opened ? opened.session : undefined;
    if (session) await deleteSession(pool, session.accountId, session.sessionId);
    return undefined;
  };

  const signOut = async (cookie: string): Promise<{ readonly setCookies: readonly string[] }> => {
    const { headers } = await library.api.signOut({ headers: headersOf(cookie), returnHeaders: true });
    // The library reports success even where it could not delete the session.
    if (await finder.isSessionOpen(cookie))
      throw new Refusal('temporarily_unavailable', { retryAfterS: unavailableRetryAfterS });
    return { setCookies: headers.getSetCookie() };
  };

  return { ...finder, signIn, signOut };
}
