/** Wires the features to the platform: what `main.ts` starts and what the tests call. */
import type { FastifyInstance } from 'fastify';
import type { AuthorityPorts } from '@claviger/authority';
import type { UpChannel } from '@claviger/protocol';
import { jobsOf } from './app-jobs.ts';
import { featureParts, limitedSubjectsKey, type AppPorts, type FeatureParts } from './app-parts.ts';
import { accessRequestRoutes } from './features/access-requests/index.ts';
import { accountRoutes } from './features/accounts/index.ts';
import { apiKeyRoutes, grantableTo } from './features/api-keys/index.ts';
import { auditRoutes } from './features/audit/index.ts';
import { activityRoutes, liveMessageOf } from './features/activity/index.ts';
import { listenToDevices, type DeviceConversations } from './features/authority/index.ts';
import { buildingRoutes } from './features/buildings/index.ts';
import { createClaimBell, enrolmentRoutes } from './features/claims/index.ts';
import { entityRoutes } from './features/entities/index.ts';
import { invitationPageRoutes, showInvitation } from './features/invitation-page/index.ts';
import { keyPageRoutes } from './features/key-page/index.ts';
import { keyRoutes } from './features/keys/index.ts';
import { localAdminRoutes } from './features/local-admins/index.ts';
import { lockRoutes } from './features/locks/index.ts';
import { mailRoutes } from './features/mails/index.ts';
import { registrationRoutes } from './features/registration/index.ts';
import { savedViewRoutes } from './features/saved-views/index.ts';
import { userRoutes } from './features/users/index.ts';
import { whyRoutes } from './features/why/index.ts';
import type { Database } from './platform/database/index.ts';
import {
  assertContractIsWhole,
  buildHttp,
  callsOf,
  onceKeysOf,
  type HttpPorts,
  type RouteDeclaration,
} from './platform/http/index.ts';
import { type JobKind, type TimedJob } from './platform/jobs/index.ts';
import { metricsTokenOf, openMetrics } from './platform/metrics.ts';
import { openRefusalLog } from './platform/refusal-log.ts';
import { version } from './version.ts';

export type { AppPorts } from './app-parts.ts';

export interface App {
  readonly portal: FastifyInstance;
  readonly devices: FastifyInstance;
  /** How every route of both entrances was declared. */
  readonly routes: readonly RouteDeclaration[];
  /** What a device said over the broker. */
  receive(deviceId: string, channel: UpChannel, message: Uint8Array): void;
  /** Waits until everything that was received is dealt with. */
  readonly settle: () => Promise<void>;
  readonly jobs: readonly JobKind[];
  readonly timedJobs: readonly TimedJob[];
  close(): Promise<void>;
}

function portalRoutes(ports: AppPorts, parts: FeatureParts): RouteDeclaration[] {
  const { database, authentication } = ports;
  const { claims, findClaimable, sending, inviting, now } = parts;
  const invitations = { database, authentication, audit: parts.audit, now };
  const others = [
    ...accessRequestRoutes(parts.requests),
    ...registrationRoutes({ database, authentication, findClaimable, claims, mails: parts.mails }),
    ...entityRoutes({ inviting, now }),
    ...buildingRoutes({ now }),
    ...localAdminRoutes(inviting),
    ...savedViewRoutes(),
    ...userRoutes({ database, authentication, inviting, now }),
    ...invitationPageRoutes(invitations),
    ...lockRoutes({ findClaimable, claims, sending, now }),
    ...keyRoutes(parts.keys),
    ...keyPageRoutes(parts.keyPage),
    ...whyRoutes({ making: parts.lists.making, now }),
    ...mailRoutes(parts.mails),
    ...activityRoutes(database),
    ...auditRoutes({ database, audit: parts.audit, installationSecret: ports.keys.installationSecret, now }),
  ];
  const apiKeys = apiKeyRoutes({
    ...{ mails: parts.mails, now },
    grantable: (carried) => grantableTo(carried, others),
  });
  const accounts = accountRoutes({
    ...{ ...ports, mode: ports.configuration.mode, version },
    ...{ mails: parts.mails, publicOrigin: ports.configuration.publicOrigin },
    signOnDomains: ports.configuration.provider?.emailDomains ?? [],
    invitedEmail: async (token) => (await showInvitation(token, invitations)).email,
    callsOf: (carried) => callsOf(carried, [...others, ...apiKeys]),
  });
  return [...accounts, ...others, ...apiKeys];
}

/** What the entrance of people and the entrance of devices have in common. */
type CommonPorts = Omit<
  HttpPorts,
  'entrance' | 'routes' | 'metrics' | 'isEncrypted' | 'tls' | 'portalFolder' | 'keyPageFolder'
>;

function commonPorts(
  { configuration, database, authentication, bus, keys, clock, log, doorkeeper }: AppPorts,
  { audit }: FeatureParts,
): CommonPorts {
  return {
    database,
    audit,
    authentication,
    clock,
    log,
    ...(doorkeeper && { doorkeeper }),
    mode: configuration.mode,
    publicOrigin: configuration.publicOrigin,
    trustedProxies: configuration.trustedProxies,
    limitedSubjectsKey: limitedSubjectsKey(keys),
    onceKeys: onceKeysOf(keys.installationSecret),
    version,
    liveMessageOf: (entityId, notice) => liveMessageOf(entityId, notice, database),
    metricsToken: metricsTokenOf(keys.installationSecret, configuration.metricsToken),
    health: async () => ({ isDatabaseUp: await answers(database), isBrokerUp: bus.isConnected() }),
  };
}

/** What both entrances are built of. */
interface EntranceParts {
  readonly parts: FeatureParts;
  readonly routes: readonly RouteDeclaration[];
}

function buildPortalEntrance(ports: AppPorts, { parts, routes }: EntranceParts): Promise<FastifyInstance> {
  assertContractIsWhole(routes);
  return buildHttp({
    ...commonPorts(ports, parts),
    entrance: 'people',
    routes,
    metrics: ports.metrics,
    isEncrypted: ports.portalTls !== undefined,
    ...(ports.portalTls && { tls: ports.portalTls }),
    ...(ports.portalFolder !== undefined && { portalFolder: ports.portalFolder }),
    ...(ports.keyPageFolder !== undefined && { keyPageFolder: ports.keyPageFolder }),
  });
}

/**
 * Devices come over TLS of the installation's own authority; its figures are not those of the people's
 * entrance.
 */
function buildDeviceEntrance(ports: AppPorts, { parts, routes }: EntranceParts): Promise<FastifyInstance> {
  return buildHttp({
    ...commonPorts(ports, parts),
    entrance: 'devices',
    routes,
    metrics: openMetrics(),
    isEncrypted: true,
    ...(ports.devicesTls && { tls: ports.devicesTls }),
  });
}

async function answers(database: Database): Promise<boolean> {
  try {
    await database.transact({ kind: 'installation' }, () => Promise.resolve());
    return true;
  } catch {
    return false;
  }
}

/** `close` waits for what was received, and writes what was refused since the last line. */
function conversationsOf(
  { bus, log, metrics, clock }: AppPorts,
  authority: AuthorityPorts,
): DeviceConversations & { readonly close: () => Promise<void> } {
  let refused = 0;
  const refusals = openRefusalLog(clock, ({ subject, causes, count }) => {
    log.warn('device message refused', {
      ...(subject !== undefined && { deviceId: subject }),
      note: causes,
      count,
    });
  });
  metrics.watch('claviger_device_messages_refused', 'Messages of devices that were refused', () => refused);
  const conversations = listenToDevices({
    ports: authority,
    bus,
    onRefused: (deviceId, cause) => {
      refused += 1;
      refusals.count(deviceId, cause);
    },
    onFault: (deviceId, error) => {
      log.error('device message failed', { deviceId, error });
    },
  });
  const close = async (): Promise<void> => {
    await conversations.settle();
    refusals.close();
  };
  return { ...conversations, close };
}

/** Builds everything; nothing listens yet. Throws if a route is not declared as it must be. */
export async function buildApp(ports: AppPorts): Promise<App> {
  const parts = featureParts(ports);
  const bell = await createClaimBell(ports.database);
  const routes = { portal: portalRoutes(ports, parts), devices: enrolmentRoutes(parts.claims, bell) };
  const portal = await buildPortalEntrance(ports, { parts, routes: routes.portal });
  const devices = await buildDeviceEntrance(ports, { parts, routes: routes.devices });
  const conversations = conversationsOf(ports, parts.authority);
  return {
    portal,
    devices,
    routes: [...routes.portal, ...routes.devices],
    receive: conversations.receive,
    settle: conversations.settle,
    ...jobsOf(ports, parts),
    close: async () => {
      await bell.close();
      await Promise.all([portal.close(), devices.close()]);
      await conversations.close();
    },
  };
}
