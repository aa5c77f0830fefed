import { Refusal } from '@claviger/protocol';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { accountRoutes } from '../src/features/accounts/index.ts';
import {
  createPasswordHasher,
  openAuthentication,
  type Authentication,
} from '../src/platform/authentication/index.ts';
import { openAudit } from '../src/platform/audit/index.ts';
import { buildHttp, onceKeysOf, type HttpPorts, type RouteDeclaration } from '../src/platform/http/index.ts';
import type { ProviderSettings } from '../src/platform/config.ts';
import { openLog, type Log } from '../src/platform/log.ts';
import type { MailServer } from '../src/platform/mail/index.ts';
import { openMetrics } from '../src/platform/metrics.ts';
import { deriveSecret, Secret } from '../src/platform/secrets/index.ts';
import { testSecret } from './database-server.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import type { TestDatabase } from './test-database.ts';

/** The HTTP side over a test database, with the routes of Accounts and whatever a test adds. */
export interface TestHttp {
  readonly app: FastifyInstance;
  readonly authentication: Authentication;
  readonly clock: ManualClock;
  /** What was logged, line by line. */
  readonly logged: readonly string[];
}

type Overrides = Partial<HttpPorts> & {
  readonly moreRoutes?: (log: Log) => readonly RouteDeclaration[];
  /** Left out, there is none. */
  readonly mailServer?: MailServer;
  /** A provider to sign in with; left out, there is none. */
  readonly provider?: ProviderSettings;
  /** By the token of an invitation; left out, nobody is invited. */
  readonly invitedEmail?: (token: string) => Promise<string>;
};

export const testMetricsToken = new Secret('a token of more than 32 characters');
export const testOrigin = 'http://localhost:3000';

/** The least that Argon2 can do. */
export const createTestHasher = () => createPasswordHasher({ memory: 8, passes: 1, parallelism: 1 });

export function openTestAuthentication(
  test: Pick<TestDatabase, 'database'>,
  isCookieSecure = false,
  provider?: ProviderSettings,
) {
  const clock = createManualClock();
  const pool = test.database.authPool;
  const cookieSecret = deriveSecret(testSecret, 'session cookies');
  const publicOrigin = testOrigin;
  const hasher = createTestHasher();
  const log = openLog('silent');
  const options = { pool, cookieSecret, publicOrigin, isCookieSecure, hasher, log, provider };
  return { clock, options, authentication: openAuthentication(options, clock) };
}

const nobodyInvited = (): Promise<string> => Promise.reject(new Refusal('not_found'));

/** Builds it; close `app` before the database. */
export async function createTestHttp(test: TestDatabase, overrides: Overrides = {}): Promise<TestHttp> {
  const { moreRoutes, mailServer, provider, invitedEmail = nobodyInvited, ...ports } = overrides;
  const isEncrypted = ports.isEncrypted ?? false;
  const { clock, authentication } = openTestAuthentication(test, isEncrypted, provider);
  const logged: string[] = [];
  const log = openLog('info', { write: (line: string) => void logged.push(line) });
  const { database } = test;
  const mode = ports.mode ?? 'demo';
  const sealingKey = deriveSecret(testSecret, 'sealed fields');
  const mails = { mode, server: mailServer, sealingKey, now: () => clock.now() };
  const app = await buildHttp({
    database,
    audit: openAudit({ installationSecret: testSecret, now: () => clock.now() }),
    authentication,
    clock,
    log,
    metrics: openMetrics(),
    mode,
    publicOrigin: testOrigin,
    entrance: 'people',
    metricsToken: testMetricsToken,
    trustedProxies: [],
    isEncrypted,
    limitedSubjectsKey: deriveSecret(testSecret, 'limited subjects'),
    onceKeys: onceKeysOf(testSecret),
    version: '0.0.0',
    routes: [
      ...accountRoutes({
        ...{ database, authentication, mode, version: '0.0.0', callsOf: () => [] },
        ...{ publicOrigin: testOrigin, mails, invitedEmail },
        signOnDomains: provider?.emailDomains ?? [],
      }),
      ...(moreRoutes?.(log) ?? []),
    ],
    health: () => Promise.resolve({ isDatabaseUp: true, isBrokerUp: true }),
    liveMessageOf: (_entityId, notice) =>
      notice.topic === 'stored'
        ? Promise.resolve({ topic: 'activity', events: [] })
        : Promise.resolve(notice),
    ...ports,
  });
  await app.ready();
  return { app, authentication, clock, logged };
}

/** A browser on the Portal's own page: keeps its cookies and says where it comes from. */
export class TestBrowser {
  readonly #app: FastifyInstance;
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  constructor(app: FastifyInstance, origin: string = testOrigin) {
    this.#app = app;
    this.#origin = origin;
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async get(url: string, headers: Record<string, string> = {}) {
    return this.#send({ method: 'GET', url, headers });
  }

  async post(url: string, payload: object | string = {}, headers: Record<string, string> = {}) {
    const type = typeof payload === 'string' ? { 'content-type': 'application/json' } : {};
    return this.#send({ method: 'POST', url, payload, headers: { ...type, ...headers } });
  }

  async request(method: 'PATCH' | 'DELETE', url: string, payload: object = {}) {
    return this.#send({ method, url, payload, headers: {} });
  }

  /** As clients do that say `application/json` of every request, also of one without a body. */
  async sendEmpty(method: 'POST' | 'DELETE', url: string) {
    return this.#send({ method, url, headers: { 'content-type': 'application/json' } });
  }

  async #send({ headers, ...options }: InjectOptions) {
    const cookie = this.cookie === '' ? {} : { cookie: this.cookie };
    const response = await this.#app.inject({
      ...options,
      headers: {
        host: new URL(this.#origin).host,
        origin: this.#origin,
        'sec-fetch-site': 'same-origin',
        ...cookie,
        ...headers,
      },
    });
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0) this.#cookies.delete(name);
      else this.#cookies.set(name, encodeURIComponent(value));
    }
    return response;
  }
}
