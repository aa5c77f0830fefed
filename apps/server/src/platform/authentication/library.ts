import { Refusal } from '@claviger/protocol';
import { betterAuth } from 'better-auth';
import { isAPIError } from 'better-auth/api';
import { isConnectionLost } from '../database/connection/unavailable.ts';
import { addressHeader, signInLibraryOptions, type SignInOptions } from './options.ts';

export type Library = ReturnType<typeof openLibrary>;

/** Opens the library; no query runs before the first call. */
export function openLibrary(options: SignInOptions) {
  return betterAuth(signInLibraryOptions(options));
}

/** Where a session is opened from, for the person's own list of sessions. */
export interface Visitor {
  readonly address: string;
  readonly userAgent: string;
}

export const unavailableRetryAfterS = 5;

/** The library's word for what it refused, where it refused something. */
export function libraryCode(error: unknown): string | undefined {
  return isAPIError(error) ? error.body?.code : undefined;
}

/** Whether the library found nobody signed in. */
export function isUnauthorized(error: unknown): boolean {
  return isAPIError(error) && error.statusCode === 401;
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
export function patient<Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) {
  return async (...given: Given): Promise<Result> => {
    try {
      return await call(...given);
    } catch (error) {
      throw asUnavailable(error);
    }
  };
}

/** The one cookie of this name out of a `Cookie` header. */
export function onlyCookie(cookie: string, name: string): string | undefined {
  return cookie.split(/;\s*/).find((pair) => pair.startsWith(`${name}=`));
}

/** The headers by which the library knows a browser, and where that is. */
export function headersOf(cookie: string, visitor?: Visitor): Headers {
  return new Headers({
    cookie,
    ...(visitor && { [addressHeader]: visitor.address, 'user-agent': visitor.userAgent }),
  });
}
