/** Wires the features to the platform: what `main.ts` starts and what the tests call. */
import { createPublicKey, sign } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { AuthorityPorts } from '@claviger/authority';
import type { UpChannel } from '@claviger/protocol';
import { accountRoutes } from './features/accounts/index.ts';
import { activityRoutes, liveMessageOf } from './features/activity/index.ts';
import {
  authorityPorts,
  expireCommand,
  expireCommandPayload,
  giveUpOnSilentDevices,
  listenToDevices,
  type DeviceConversations,
} from './features/authority/index.ts';
import {
  createClaimBell,
  enrolmentRoutes,
  expireClaim,
  expireClaimPayload,
  type ClaimParts,
} from './features/claims/index.ts';
import { findClaimable } from './features/devices/index.ts';
import { lockRoutes } from './features/locks/index.ts';
import { registrationRoutes } from './features/registration/index.ts';
import type { Authentication } from './platform/authentication/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Configuration } from './platform/config.ts';
import type { Database } from './platform/database/index.ts';
import {
  assertContractIsWhole,
  buildHttp,
  forgetOldKeys,
  forgetWholeAllowances,
  type HttpPorts,
  type RouteDeclaration,
} from './platform/http/index.ts';
import { defineJob, type JobKind, type TimedJob } from './platform/jobs/index.ts';
import type { Log } from './platform/log.ts';
import type { Bus } from './platform/messaging/index.ts';
import { metricsTokenOf, openMetrics, type Metrics } from './platform/metrics.ts';
import type { Authority } from './platform/pki/index.ts';
import type { ServedIdentity } from './platform/pki/renewal.ts';
import { deriveSecret, doorSecretsOf, type InstallationKeys } from './platform/secrets/index.ts';

export const version = '0.1.0';

export interface AppPorts {
  readonly configuration: Configuration;
  readonly database: Database;
  readonly authentication: Authentication;
  readonly keys: InstallationKeys;
  readonly authority: Authority;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Where devices reach the broker. */
  readonly brokerUrl: string;
  readonly portalTls?: ServedIdentity;
  readonly devicesTls?: ServedIdentity;
  readonly portalFolder?: string;
}

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

function signingKeyOf({ commandSigningKey }: InstallationKeys) {
  const { x } = createPublicKey(commandSigningKey).export({ format: 'jwk' });
  return {
    publicKey: Uint8Array.from(Buffer.from(x ?? '', 'base64url')),
    sign: (bytes: Uint8Array) => Uint8Array.from(sign(null, bytes, commandSigningKey)),
  };
}

function claimPartsOf(ports: AppPorts): ClaimParts {
  const { database, authority, keys, clock, brokerUrl } = ports;
  return {
    database,
    authority,
    sealingKey: deriveSecret(keys.installationSecret, 'sealed fields'),
    brokerUrl,
    serverKeys: [signingKeyOf(keys).publicKey],
    doorSecretsOf: (door) => doorSecretsOf(keys.installationSecret, door),
    now: () => clock.now(),
  };
}

function portalRoutes(ports: AppPorts, claims: ClaimParts, authority: AuthorityPorts): RouteDeclaration[] {
  const { database, authentication, keys, bus, clock } = ports;
  const pepper = deriveSecret(keys.installationSecret, 'pairing codes');
  const find = (typed: { serial: string; code: string }) =>
    database.transact({ kind: 'installation' }, (tx) => findClaimable(tx, typed, pepper));
  const sending = { ports: authority, database, bus };
  return [
    ...accountRoutes({ ...ports, mode: ports.configuration.mode, version }),
    ...registrationRoutes({ database, authentication, findClaimable: find, claims }),
    ...lockRoutes({ findClaimable: find, claims, sending, now: () => clock.now() }),
    ...activityRoutes(database),
  ];
}

/** What the entrance of people and the entrance of devices have in common. */
type CommonPorts = Omit<
  HttpPorts,
  'entrance' | 'routes' | 'metrics' | 'isEncrypted' | 'tls' | 'portalFolder'
>;

function commonPorts({
  configuration,
  database,
  authentication,
  bus,
  keys,
  clock,
  log,
}: AppPorts): CommonPorts {
  return {
    database,
    authentication,
    clock,
    log,
    mode: configuration.mode,
    publicOrigin: configuration.publicOrigin,
    trustedProxies: configuration.trustedProxies,
    limitedSubjectsKey: deriveSecret(keys.installationSecret, 'limited subjects'),
    version,
    liveMessageOf: (entityId, notice) => liveMessageOf(entityId, notice, database),
    metricsToken: metricsTokenOf(keys.installationSecret, configuration.metricsToken),
    health: async () => ({ isDatabaseUp: await answers(database), isBrokerUp: bus.isConnected() }),
  };
}

function buildPortalEntrance(ports: AppPorts, routes: readonly RouteDeclaration[]): Promise<FastifyInstance> {
  assertContractIsWhole(routes);
  return buildHttp({
    ...commonPorts(ports),
    entrance: 'people',
    routes,
    metrics: ports.metrics,
    isEncrypted: ports.portalTls !== undefined,
    ...(ports.portalTls && { tls: ports.portalTls }),
    ...(ports.portalFolder !== undefined && { portalFolder: ports.portalFolder }),
  });
}

/**
 * Devices come over TLS of the installation's own authority; its figures are not those of the people's
 * entrance.
 */
function buildDeviceEntrance(ports: AppPorts, routes: readonly RouteDeclaration[]): Promise<FastifyInstance> {
  return buildHttp({
    ...commonPorts(ports),
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

/** Rows that nobody asks for any more. */
async function forgetThePast({ database, authentication }: AppPorts): Promise<void> {
  await database.transact({ kind: 'installation' }, forgetOldKeys);
  await database.transact({ kind: 'installation' }, forgetWholeAllowances);
  await authentication.forgetEnded();
}

function jobsOf(ports: AppPorts, authority: AuthorityPorts) {
  const { database, clock } = ports;
  const jobs: JobKind[] = [
    defineJob('expire_claim', expireClaimPayload, (job) => expireClaim(job, database, clock.now())),
    defineJob('expire_command', expireCommandPayload, (job) => expireCommand(job, database, clock.now())),
  ];
  const timedJobs: TimedJob[] = [
    {
      name: 'give_up_on_silent_devices',
      timetable: '* * * * *',
      work: () => giveUpOnSilentDevices(database, authority),
    },
    { name: 'forget_the_past', timetable: '17 * * * *', work: () => forgetThePast(ports) },
  ];
  return { jobs, timedJobs };
}

function conversationsOf({ bus, log, metrics }: AppPorts, authority: AuthorityPorts): DeviceConversations {
  let refused = 0;
  metrics.watch('claviger_device_messages_refused', 'Messages of devices that were refused', () => refused);
  return listenToDevices({
    ports: authority,
    bus,
    onRefused: (deviceId, cause) => {
      refused += 1;
      log.warn('device message refused', { deviceId, note: cause });
    },
    onFault: (deviceId, error) => {
      log.error('device message failed', { deviceId, error });
    },
  });
}

/** Builds everything; nothing listens yet. Throws if a route is not declared as it must be. */
export async function buildApp(ports: AppPorts): Promise<App> {
  const { database, clock, keys } = ports;
  const authority = authorityPorts(database, signingKeyOf(keys), () => clock.now());
  const claims = claimPartsOf(ports);
  const bell = await createClaimBell(database);
  const routes = { portal: portalRoutes(ports, claims, authority), devices: enrolmentRoutes(claims, bell) };
  const portal = await buildPortalEntrance(ports, routes.portal);
  const devices = await buildDeviceEntrance(ports, routes.devices);
  const conversations = conversationsOf(ports, authority);
  return {
    portal,
    devices,
    routes: [...routes.portal, ...routes.devices],
    receive: conversations.receive,
    settle: conversations.settle,
    ...jobsOf(ports, authority),
    close: async () => {
      await bell.close();
      await Promise.all([portal.close(), devices.close()]);
      await conversations.settle();
    },
  };
}
