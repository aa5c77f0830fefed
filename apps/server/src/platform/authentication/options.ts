import { passkey } from '@better-auth/passkey';
import type { BetterAuthOptions } from 'better-auth';
import { APIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Database } from '../database/index.ts';
import type { Log } from '../log.ts';
import type { Secret } from '../secrets/index.ts';
import type { ProviderSettings } from '../config.ts';
import type { PasswordHasher } from './password-hash.ts';
import { sessionOpener } from './sign-on/session-opener.ts';

export interface SignInOptions {
  /** Signed in as the role that owns nothing but reaches schema `auth`. */
  readonly pool: Database['authPool'];
  /** Signs the session cookie, so that a copy of the database alone opens no session. */
  readonly cookieSecret: Secret;
  readonly publicOrigin: string;
  /** False only in a demo on loopback without TLS. */
  readonly isCookieSecure: boolean;
  readonly hasher: PasswordHasher;
  /** Who else may say who somebody is. */
  readonly provider?: ProviderSettings | undefined;
  readonly log: Log;
}

export const slidingLifeS = 7 * 24 * 60 * 60;
export const absoluteLifeMs = 30 * 24 * 60 * 60_000;
/** A session is prolonged at most this often, so that most requests only read. */
const prolongEveryS = 60 * 60;
const passwordLengths = { minPasswordLength: 10, maxPasswordLength: 128 };

/** What the library calls the row of a reset; the rest of its name is the token, and only a hash is kept. */
export const resetPrefix = 'reset-password:';
/** So long a link to a new password holds. */
export const resetHoldsS = 60 * 60;

/** Ours and set by us alone: the library takes addresses from headers. */
export const addressHeader = 'x-claviger-address';

/** `__Host-` binds the cookie to this very origin; browsers take it with Secure only. */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-claviger_session' : 'claviger_session';
}

/** The cookie of a sign-in that waits for a code. */
export function signInCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-claviger_sign_in' : 'claviger_sign_in';
}

/** The cookie of somebody who is at the provider. */
export function signOnCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-claviger_sign_on' : 'claviger_sign_on';
}

/** The cookie that binds a passkey's answer to the question. */
function passkeyCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-claviger_passkey' : 'claviger_passkey';
}

/** What the library calls its tables and columns, in our words. */
const tables = {
  user: {
    modelName: 'accounts',
    fields: { emailVerified: 'is_email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
  account: {
    modelName: 'sign_in_factors',
    fields: {
      accountId: 'provider_account_id',
      providerId: 'provider',
      userId: 'account_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      password: 'password_hash',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  session: {
    modelName: 'sessions',
    fields: {
      expiresAt: 'expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
      ipAddress: 'address',
      userAgent: 'user_agent',
      userId: 'account_id',
    },
  },
  verification: {
    modelName: 'verifications',
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
} as const;

/** Codes of an app (RFC 6238: six digits, 30 s) and ten recovery codes, sealed by the library. */
function authenticator() {
  return twoFactor({
    issuer: 'Claviger',
    // It would lock out whoever lost a password to somebody else; store.ts counts instead.
    accountLockout: { enabled: false },
    schema: {
      user: { fields: { twoFactorEnabled: 'has_authenticator' } },
      twoFactor: {
        modelName: 'authenticators',
        fields: {
          backupCodes: 'recovery_codes',
          userId: 'account_id',
          verified: 'is_verified',
          failedVerificationCount: 'failed_count',
          lockedUntil: 'locked_until',
        },
      },
    },
  });
}

/** Whoever holds a passkey must also prove to be its person: else it is less than a password with a code. */
function assertPersonVerified(isVerified: boolean | undefined): void {
  if (isVerified !== true) throw new APIError('UNAUTHORIZED', { message: 'the person was not verified' });
}

/** Passkeys for the host that people see in their address bar. */
function passkeys(publicOrigin: string) {
  return passkey({
    rpID: new URL(publicOrigin).hostname,
    rpName: 'Claviger',
    origin: publicOrigin,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    advanced: { webAuthnChallengeCookie: 'passkey' },
    registration: {
      afterVerification: ({ verification }) => {
        assertPersonVerified(verification.registrationInfo?.userVerified);
        return Promise.resolve(undefined);
      },
    },
    authentication: {
      afterVerification: ({ verification }) => {
        assertPersonVerified(verification.authenticationInfo.userVerified);
        return Promise.resolve();
      },
    },
    schema: {
      passkey: {
        modelName: 'passkeys',
        fields: {
          publicKey: 'public_key',
          userId: 'account_id',
          credentialID: 'credential_id',
          deviceType: 'device_type',
          backedUp: 'is_backed_up',
          createdAt: 'created_at',
        },
      },
    },
  });
}

/** A session knows when its person last proved to be there. */
const confirmedAt = {
  type: 'date',
  required: false,
  input: false,
  fieldName: 'confirmed_at',
  defaultValue: () => new Date(),
} as const;

/** How the library is set up: e-mail and password, sessions in the database, none of its own entrances. */
export function signInLibraryOptions(options: SignInOptions) {
  const { pool, cookieSecret, publicOrigin, isCookieSecure, hasher, log } = options;
  const attributes = { httpOnly: true, sameSite: 'lax', path: '/', secure: isCookieSecure } as const;
  return {
    database: pool,
    secret: Buffer.from(cookieSecret.reveal()).toString('base64url'),
    baseURL: publicOrigin,
    trustedOrigins: [publicOrigin],
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    // Below `error` its messages quote e-mail addresses.
    logger: { level: 'error', log: (_level: string, note: string) => log.error('sign-in library', { note }) },
    emailAndPassword: {
      enabled: true,
      autoSignIn: false,
      ...passwordLengths,
      password: {
        hash: (password: string) => hasher.hash(password),
        verify: ({ hash, password }: { hash: string; password: string }) => hasher.verify(hash, password),
      },
    },
    advanced: {
      useSecureCookies: false,
      cookies: {
        session_token: { name: sessionCookieName(isCookieSecure), attributes },
        two_factor: { name: signInCookieName(isCookieSecure), attributes },
        passkey: { name: passkeyCookieName(isCookieSecure), attributes },
      },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: 'uuid' },
    },
    user: tables.user,
    account: tables.account,
    session: {
      ...tables.session,
      expiresIn: slidingLifeS,
      updateAge: prolongEveryS,
      cookieCache: { enabled: false },
      // Our routes say themselves where the person must have been seen lately.
      freshAge: 0,
      additionalFields: { confirmedAt },
    },
    verification: {
      ...tables.verification,
      storeIdentifier: { default: 'plain', overrides: { [resetPrefix]: 'hashed' } },
    },
    plugins: [authenticator(), passkeys(publicOrigin), sessionOpener()],
  } as const satisfies BetterAuthOptions;
}
