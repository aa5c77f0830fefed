/** The server as the matrix calls it: in this process, over a database of which nothing stays. */
import { entityRoles, type EntityId, type OwnerId, type UserId } from '@claviger/domain';
import { buildApp, type App } from '../../../apps/server/src/app.ts';
import {
  openAuthentication,
  type Authentication,
} from '../../../apps/server/src/platform/authentication/index.ts';
import { readConfiguration } from '../../../apps/server/src/platform/config.ts';
import {
  doorkeeper,
  entityPermission,
  type Doorkeeper,
  type RouteDeclaration,
} from '../../../apps/server/src/platform/http/index.ts';
import { visitOf } from '../../../apps/server/src/platform/http/access/visit.ts';
import { openLog } from '../../../apps/server/src/platform/log.ts';
import type { Bus } from '../../../apps/server/src/platform/messaging/index.ts';
import { openMetrics } from '../../../apps/server/src/platform/metrics.ts';
import { createAuthority } from '../../../apps/server/src/platform/pki/index.ts';
import {
  deriveSecret,
  Secret,
  type InstallationKeys,
} from '../../../apps/server/src/platform/secrets/index.ts';
import { testSecret } from '../../../apps/server/test/database-server.ts';
import { createManualClock, type ManualClock } from '../../../apps/server/test/manual-clock.ts';
import { testClient, TestProvider } from '../../../apps/server/test/provider/test-provider.ts';
import { createTestHasher, testOrigin } from '../../../apps/server/test/test-http.ts';
import type { UndoneDatabase } from './undone-database.ts';

/** Whoever has no Entity acts, where nobody asks, in one that there is not. */
const nowhere = '00000000-0000-4000-8000-000000000000';

/** What the composition may be told to leave out; the server that is shipped knows nothing of it. */
export interface Switches {
  /** One route without its permission, or without its step-up. */
  removed?: { readonly route: RouteDeclaration; readonly guard: 'permission' | 'step_up' } | undefined;
  /** Nobody is asked anything: everybody is a community_manager wherever the path says. */
  isEverybodyLetIn: boolean;
  /** The caller was not seen lately. */
  isUnseen: boolean;
}

export interface Composed {
  readonly app: App;
  readonly clock: ManualClock;
  readonly switches: Switches;
  readonly authentication: Authentication;
  /** Where people may sign in too. */
  readonly provider: TestProvider;
  close(): Promise<void>;
}

const everyRole = entityPermission('everybody', entityRoles);

/** The route as its doorkeeper sees it when one of its guards is gone. */
function withoutGuard(route: RouteDeclaration, { removed }: Switches): RouteDeclaration {
  if (removed?.route.contract !== route.contract) return route;
  if (removed.guard === 'step_up') return { ...route, isStepUpNeeded: false };
  return { ...route, permission: typeof route.permission === 'string' ? 'public' : everyRole };
}

function doorkeeperOf(switches: Switches): Doorkeeper {
  return {
    letIn: async (ports, route, exchange) => {
      if (!switches.isEverybodyLetIn || typeof route.permission === 'string') {
        return doorkeeper.letIn(ports, withoutGuard(route, switches), exchange);
      }
      const { request } = exchange;
      const { session } = await ports.authentication.findSession(request.headers.cookie ?? '');
      const { entityId } = request.params as { readonly entityId: EntityId };
      visitOf(request).actor = {
        accountId: session?.accountId ?? (nowhere as NonNullable<typeof session>['accountId']),
        email: session?.email ?? 'nobody@example.com',
        sessionId: session?.sessionId ?? nowhere,
        sessionExpiresAt: session?.expiresAt ?? 0,
        confirmedAt: ports.clock.now(),
        ...{ entityId, ownerId: nowhere as OwnerId, userId: nowhere as UserId },
        ...{ role: 'community_manager', roleEndsInMs: undefined },
      };
      visitOf(request).isAccountable = true;
    },
    assertStillPermitted: async (tx, route, request) => {
      if (switches.isEverybodyLetIn) return;
      await doorkeeper.assertStillPermitted(tx, withoutGuard(route, switches), request);
    },
    mayStay: (ports, route, request) => doorkeeper.mayStay(ports, withoutGuard(route, switches), request),
  };
}

/** A broker that takes everything and brings it to nobody. */
const silentBus: Bus = {
  isConnected: () => true,
  send: () => Promise.resolve(true),
  close: () => Promise.resolve(),
};

/** Where the provider leads back to. */
export const signOnPage = `${testOrigin}/sign-on`;

function settingsOf({ issuer }: TestProvider) {
  const { id: clientId, secret } = testClient;
  return { issuer, clientId, clientSecret: new Secret(secret), label: 'Provider', emailDomains: [] };
}

function openSignIn(
  { database }: UndoneDatabase,
  { clock, switches, provider }: Pick<Composed, 'clock' | 'switches' | 'provider'>,
) {
  const authentication = openAuthentication(
    {
      ...{ pool: database.authPool, cookieSecret: deriveSecret(testSecret, 'session cookies') },
      ...{ publicOrigin: testOrigin, isCookieSecure: false, hasher: createTestHasher() },
      ...{ log: openLog('silent'), provider: settingsOf(provider) },
    },
    clock,
  );
  return {
    ...authentication,
    findSession: async (cookie: string) => {
      const found = await authentication.findSession(cookie);
      const confirmedAt = switches.isUnseen ? 0 : clock.now();
      return { ...found, session: found.session && { ...found.session, confirmedAt } };
    },
  };
}

/**
 * Builds it as the server is built, but for the doorkeeper and what lies outside: broker, mail, provider,
 * time.
 */
export async function compose(
  undone: UndoneDatabase,
  { keys, startAt }: { readonly keys: InstallationKeys; readonly startAt: number },
): Promise<Composed> {
  const switches: Switches = { isEverybodyLetIn: false, isUnseen: false };
  const clock = createManualClock(startAt);
  const provider = await TestProvider.start({ redirectUri: signOnPage });
  const authentication = openSignIn(undone, { clock, switches, provider });
  const app = await buildApp({
    configuration: {
      ...readConfiguration({}),
      ...{
        publicOrigin: testOrigin,
        mail: { url: new Secret('smtp://127.0.0.1:9'), from: 'us@example.com' },
      },
    },
    ...{ database: undone.database, authentication, keys },
    authority: await createAuthority('test', startAt),
    ...{ bus: silentBus, clock, metrics: openMetrics(), brokerUrl: 'mqtts://broker.example.com:8883' },
    log: openLog('silent'),
    doorkeeper: doorkeeperOf(switches),
  });
  await Promise.all([app.portal.ready(), app.devices.ready()]);
  const close = async (): Promise<void> => {
    await app.close();
    await provider.stop();
  };
  return { app, clock, switches, authentication, provider, close };
}
