/** Wires the features to the platform: what `main.ts` starts and what the tests call. */
import type { FastifyInstance } from 'fastify';
import type { AuthorityPorts } from '@claviger/authority';
import type { UpChannel } from '@claviger/protocol';
import { featureParts, limitedSubjectsKey, type AppPorts, type FeatureParts } from './app-parts.ts';
import {
  compileListPayload,
  compileWanted,
  repairAllLists,
  repairLists,
  tendLists,
} from './features/access-lists/index.ts';
import { accessRequestJobs, accessRequestRoutes } from './features/access-requests/index.ts';
import {
  accountRoutes,
  endSignIn,
  endSignInPayload,
  endSignInTask,
  forgetResets,
  mailReset,
  mailResetPayload,
  mailResetTask,
} from './features/accounts/index.ts';
import { auditRoutes } from './features/audit/index.ts';
import { activityRoutes, liveMessageOf } from './features/activity/index.ts';
import {
  compileListTask,
  expireCommand,
  expireCommandPayload,
  giveUpOnSilentDevices,
  listenToDevices,
  takeReportTask,
  type DeviceConversations,
} from './features/authority/index.ts';
import { buildingRoutes } from './features/buildings/index.ts';
import {
  createClaimBell,
  enrolmentRoutes,
  expireClaim,
  expireClaimPayload,
} from './features/claims/index.ts';
import { entityRoutes } from './features/entities/index.ts';
import { forgetImports } from './features/imports/index.ts';
import { invitationPageRoutes } from './features/invitation-page/index.ts';
import { keyPageRoutes } from './features/key-page/index.ts';
import { followHolder, followHolderPayload, followHolderTask, keyRoutes } from './features/keys/index.ts';
import { localAdminRoutes } from './features/local-admins/index.ts';
import { lockRoutes } from './features/locks/index.ts';
import { mailRoutes, sendMail, sendMailPayload, sendMailTask } from './features/mails/index.ts';
import { registrationRoutes } from './features/registration/index.ts';
import { takeReport, takeReportPayload } from './features/restored/index.ts';
import { savedViewRoutes } from './features/saved-views/index.ts';
import { sendWelcomes, sendWelcomesPayload, sendWelcomesTask, userRoutes } from './features/users/index.ts';
import { whyRoutes } from './features/why/index.ts';
import { tendCheckpoints } from './platform/audit/index.ts';
import type { Database } from './platform/database/index.ts';
import {
  assertContractIsWhole,
  buildHttp,
  callsOf,
  forgetOldKeys,
  forgetWholeAllowances,
  onceKeysOf,
  type HttpPorts,
  type RouteDeclaration,
} from './platform/http/index.ts';
import { defineJob, type JobKind, type TimedJob } from './platform/jobs/index.ts';
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
  const others = [
    ...accessRequestRoutes(parts.requests),
    ...registrationRoutes({ database, authentication, findClaimable, claims }),
    ...entityRoutes({ inviting, now }),
    ...buildingRoutes({ now }),
    ...localAdminRoutes(inviting),
    ...savedViewRoutes(),
    ...userRoutes({ database, authentication, inviting, now }),
    ...invitationPageRoutes({ database, authentication, audit: parts.audit, now }),
    ...lockRoutes({ findClaimable, claims, sending, now }),
    ...keyRoutes(parts.keys),
    ...keyPageRoutes(parts.keyPage),
    ...whyRoutes({ making: parts.lists.making, now }),
    ...mailRoutes(parts.mails),
    ...activityRoutes(database),
    ...auditRoutes({ database, audit: parts.audit, installationSecret: ports.keys.installationSecret, now }),
  ];
  const accounts = accountRoutes({
    ...{ ...ports, mode: ports.configuration.mode, version },
    ...{ mails: parts.mails, publicOrigin: ports.configuration.publicOrigin },
    callsOf: (carried) => callsOf(carried, others),
  });
  return [...accounts, ...others];
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

/** Rows that nobody asks for any more. */
async function forgetThePast({ database, authentication }: AppPorts): Promise<void> {
  await database.transact({ kind: 'installation' }, forgetOldKeys);
  await database.transact({ kind: 'installation' }, forgetWholeAllowances);
  await database.transact({ kind: 'installation' }, forgetResets);
  await database.transact({ kind: 'installation' }, forgetImports);
  await authentication.forgetEnded();
}

function jobsOf(ports: AppPorts, parts: FeatureParts) {
  const { lists, mails, authority, audit, inviting, limiter, requests } = parts;
  const { database, clock } = ports;
  const { authentication, configuration } = ports;
  const { publicOrigin } = configuration;
  const { installationSecret } = ports.keys;
  const jobs: JobKind[] = [
    defineJob('expire_claim', expireClaimPayload, (job) => expireClaim(job, database, clock.now())),
    defineJob('expire_command', expireCommandPayload, (job) => expireCommand(job, database, clock.now())),
    ...accessRequestJobs(requests),
    defineJob(followHolderTask, followHolderPayload, (job) => followHolder(job, database, clock.now())),
    defineJob(compileListTask, compileListPayload, (job) => compileWanted(job, lists)),
    defineJob(takeReportTask, takeReportPayload, (job) => takeReport(job, { ...lists, audit })),
    defineJob(sendMailTask, sendMailPayload, (job) => sendMail(job, database, mails)),
    defineJob(endSignInTask, endSignInPayload, ({ accountId }) =>
      endSignIn({ database, authentication }, accountId),
    ),
    defineJob(sendWelcomesTask, sendWelcomesPayload, (job) =>
      sendWelcomes(job, { database, limiter, inviting }),
    ),
    defineJob(mailResetTask, mailResetPayload, (job) =>
      mailReset(job, database, { authentication, mails, publicOrigin }),
    ),
  ];
  const timedJobs: TimedJob[] = [
    {
      name: 'give_up_on_silent_devices',
      timetable: '* * * * *',
      work: () => giveUpOnSilentDevices(database, authority),
    },
    { name: 'write_audit_repeats', timetable: '* * * * *', work: () => audit.writeRepeats(database) },
    {
      name: 'repair_lists',
      timetable: '* * * * *',
      work: () => repairLists(lists),
      atStart: () => repairAllLists(lists),
    },
    { name: 'tend_lists', timetable: '41 3 * * *', work: () => tendLists(lists) },
    {
      name: 'take_audit_checkpoint',
      timetable: '7 * * * *',
      work: () => tendCheckpoints(database, { installationSecret, now: clock.now() }),
    },
    { name: 'forget_the_past', timetable: '17 * * * *', work: () => forgetThePast(ports) },
  ];
  return { jobs, timedJobs };
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
