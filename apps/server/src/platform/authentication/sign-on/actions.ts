import { randomBytes } from 'node:crypto';
import type { AccountId } from '@claviger/domain';
import { Refusal } from '@claviger/protocol';
import type { Pool } from 'pg';
import { headersOf, onlyCookie, type Library, type Visitor } from '../library.ts';
import { signOnCookieName } from '../options.ts';
import type { Credentials } from '../passwords.ts';
import type { SessionLookup } from '../sessions.ts';
import { flowHash, newFlowSecret } from './flow-secret.ts';
import type { Identity, Provider, SignOnAnswer } from './provider.ts';
import * as store from './store.ts';

/** A sign-in that came back: what it was begun for, and who it was. */
export interface FinishedSignOn {
  readonly flow: store.SignOnFlow;
  readonly identity: Identity;
}

/** Where the browser goes, and the cookie that it comes back with. */
export interface BegunSignOn {
  readonly url: string;
  readonly setCookies: readonly string[];
}

/**
 * Signing in at the provider that the operator configured; refuses not_found where there is none, and as
 * `Provider` does.
 */
export interface SignOnActions {
  /** What people call the provider; undefined where there is none. */
  readonly signOnLabel: string | undefined;
  readonly beginSignOn: (flow: store.SignOnFlow) => Promise<BegunSignOn>;
  /** Uses up what this cookie began, whatever comes of it. Refuses sign_on_failed for anything else. */
  readonly finishSignOn: (
    cookie: string,
    answer: SignOnAnswer,
    purposes: readonly store.SignOnPurpose[],
  ) => Promise<FinishedSignOn>;
  readonly findConnected: (identity: Identity) => Promise<AccountId | undefined>;
  /** False where either is connected with another one. */
  readonly connectSignOn: (accountId: AccountId, identity: Identity) => Promise<boolean>;
  readonly isSignOnConnected: (accountId: AccountId) => Promise<boolean>;
  /** False where it was not connected. */
  readonly removeSignOn: (accountId: AccountId) => Promise<boolean>;
  /** Makes an Account with a password that nobody knows, connected with this identity. */
  readonly createConnected: (email: string, identity: Identity) => Promise<AccountId | 'email_taken'>;
  readonly openSession: (accountId: AccountId, visitor: Visitor) => Promise<SessionLookup>;
  /** What the browser needs no more. */
  readonly forgetSignOnCookie: string;
}

interface Ports {
  readonly library: Library;
  readonly pool: Pool;
  readonly provider: Provider | undefined;
  readonly isCookieSecure: boolean;
  readonly openedBy: (headers: Headers) => Promise<SessionLookup>;
  readonly createAccount: (credentials: Credentials) => Promise<AccountId | 'email_taken'>;
}

/** Sent by our own page alone, which the provider leads back to. */
function cookieOf(isSecure: boolean, value: string, holdsS: number): string {
  const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${String(holdsS)}`;
  return `${signOnCookieName(isSecure)}=${value}; ${attributes}${isSecure ? '; Secure' : ''}`;
}

function flows({ pool, provider, isCookieSecure }: Ports) {
  const known = (): Provider => {
    if (!provider) throw new Refusal('not_found');
    return provider;
  };
  const wantedOf = ({ purpose }: store.SignOnFlow) => ({ purpose, isFresh: purpose === 'confirm' });

  const beginSignOn: SignOnActions['beginSignOn'] = async (flow) => {
    const secret = newFlowSecret();
    const url = await known().begin(secret, wantedOf(flow));
    await store.addFlow(pool, flowHash(secret), flow);
    return { url, setCookies: [cookieOf(isCookieSecure, secret, store.flowHoldsS)] };
  };

  const finishSignOn: SignOnActions['finishSignOn'] = async (cookie, answer, purposes) => {
    const name = signOnCookieName(isCookieSecure);
    const secret = onlyCookie(cookie, name)?.slice(name.length + 1);
    const flow = secret === undefined ? undefined : await store.takeFlow(pool, flowHash(secret));
    if (secret === undefined || !flow || !purposes.includes(flow.purpose))
      throw new Refusal('sign_on_failed', { cause: 'not begun here' });
    const identity = await known().finish(secret, answer, wantedOf(flow));
    if (flow.purpose === 'confirm') assertFresh(identity, flow.begunAt);
    return { flow, identity };
  };

  return { beginSignOn, finishSignOn };
}

/** To the second, as the provider counts; its clock may be a little behind. */
const clockToleranceMs = 5_000;

function assertFresh({ authenticatedAt }: Identity, begunAt: number): void {
  if (authenticatedAt === undefined || authenticatedAt < begunAt - clockToleranceMs)
    throw new Refusal('sign_on_failed', { cause: 'not signed in again' });
}

/** Signing in by a provider, over the tables and sessions of the library. */
export function signOnActions(ports: Ports): SignOnActions {
  const { library, pool, provider, isCookieSecure, openedBy, createAccount } = ports;
  const issuer = provider?.settings.issuer;

  const createConnected = async (email: string, identity: Identity): Promise<AccountId | 'email_taken'> => {
    // Every Account has a password, so that a reset by mail can set one that its person knows.
    const password = randomBytes(32).toString('base64url');
    const made = await createAccount({ email, password });
    if (made === 'email_taken') return made;
    await store.connect(pool, made, identity);
    return made;
  };

  return {
    signOnLabel: provider?.settings.label,
    ...flows(ports),
    findConnected: (identity) => store.findConnected(pool, identity),
    connectSignOn: (accountId, identity) => store.connect(pool, accountId, identity),
    isSignOnConnected: async (accountId) =>
      issuer !== undefined && store.isConnected(pool, accountId, issuer),
    removeSignOn: async (accountId) => issuer !== undefined && store.disconnect(pool, accountId, issuer),
    createConnected,
    openSession: async (accountId, visitor) => {
      const call = { body: { accountId }, headers: headersOf('', visitor), returnHeaders: true } as const;
      const { headers } = await library.api.openSession(call);
      return openedBy(headers);
    },
    forgetSignOnCookie: cookieOf(isCookieSecure, '', 0),
  };
}
