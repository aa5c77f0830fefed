/**
 * The server as a program part: starts what the configuration asks for, in order, and stops it the other
 * way round.
 */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { serverPeerName } from '@claviger/protocol';
import { buildApp, type App, type AppPorts } from './app.ts';
import { startAudit } from './audit-of-server.ts';
import { startBackup } from './backup-of-server.ts';
import { createPasswordHasher, openAuthentication } from './platform/authentication/index.ts';
import { systemClock } from './platform/clock.ts';
import { type Configuration, type Listener } from './platform/config.ts';
import { engineOf, startDatabase, type Database } from './platform/database/index.ts';
import { claimDatabase } from './platform/installation/index.ts';
import { startJobs } from './platform/jobs/index.ts';
import type { Log } from './platform/log.ts';
import { noticeLogger } from './platform/log-notices.ts';
import { openBus, startBroker, type Broker, type Bus } from './platform/messaging/index.ts';
import { openMetrics } from './platform/metrics.ts';
import { loadAuthority } from './platform/pki/authority-file.ts';
import { issueClientCertificate, issueServerCertificate, type Authority } from './platform/pki/index.ts';
import {
  issuedBy,
  keepRenewed,
  readFrom,
  type RenewalPorts,
  type RenewedIdentity,
} from './platform/pki/renewal.ts';
import { openRefusalLog } from './platform/refusal-log.ts';
import { deriveSecret, loadInstallationKeys, type InstallationKeys } from './platform/secrets/index.ts';

/** The built Portal, and the built page of Keys. */
const portalFolder = join(import.meta.dirname, '../../portal/dist');
const keyPageFolder = join(import.meta.dirname, '../../app/key-page/dist');

export interface RunningServer {
  readonly portalUrl: string;
  readonly devicesUrl: string;
  readonly brokerUrl: string;
  /** The certificate that devices trust, PEM. */
  readonly authorityCertificate: string;
  readonly database: Database;
  readonly keys: InstallationKeys;
  stop(): Promise<void>;
}

/** Things that were started, to be stopped in the opposite order, also when a later one does not start. */
class Started {
  readonly #stops: (() => Promise<void>)[] = [];

  async add<Thing>(starting: Promise<Thing>, stop: (thing: Thing) => Promise<void>): Promise<Thing> {
    const thing = await starting;
    this.#stops.push(() => stop(thing));
    return thing;
  }

  async stop(): Promise<void> {
    for (let next = this.#stops.pop(); next; next = this.#stops.pop()) await next();
  }
}

interface Base {
  readonly configuration: Configuration;
  readonly log: Log;
  readonly started: Started;
  readonly keys: InstallationKeys;
  readonly authority: Authority;
  readonly identity: RenewedIdentity;
  readonly renewal: RenewalPorts;
  readonly database: Database;
}

function isAnyAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** Names and addresses under which devices may reach this machine. */
function namesOf({ devices, broker, publicOrigin }: Configuration): string[] {
  const listeners = [devices.host, broker.host].filter((host) => !isAnyAddress(host));
  return [
    ...new Set([new URL(publicOrigin).hostname, ...listeners, hostname(), 'localhost', '127.0.0.1', '::1']),
  ];
}

function addressOf(server: FastifyInstance): number {
  const address = server.server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function renewalPorts(log: Log): RenewalPorts {
  return {
    clock: systemClock,
    onRenewed: () => {
      log.info('certificate renewed');
    },
    onFault: (error) => {
      log.error('certificate not renewed', { error });
    },
  };
}

async function openBase(configuration: Configuration, log: Log, started: Started): Promise<Base> {
  const keys = loadInstallationKeys(configuration.dataFolder, configuration.mode);
  const now = systemClock.now();
  const authority = await loadAuthority(join(configuration.dataFolder, 'keys'), keys.installationId, now);
  const renewal = renewalPorts(log);
  const identity = await started.add(
    keepRenewed(
      issuedBy((at) => issueServerCertificate(authority, namesOf(configuration), at)),
      renewal,
    ),
    (renewed) => renewed.stop(),
  );
  const database = await started.add(
    startDatabase({
      engine: engineOf(configuration),
      installationSecret: keys.installationSecret,
      report: noticeLogger(log),
    }),
    (opened) => opened.close(),
  );
  await claimDatabase(database, keys);
  await started.add(Promise.resolve(startBackup(configuration, keys, log)), (following) => following.stop());
  await started.add(startAudit(database, keys, log), (audit) => audit.stop());
  return { configuration, log, started, keys, authority, identity, renewal, database };
}

async function openMessaging(base: Base, deliver: (...letter: Parameters<App['receive']>) => void) {
  const { configuration, log, started, authority, identity } = base;
  const isOurs = configuration.brokerUrl === undefined;
  const refusals = await started.add(
    Promise.resolve(
      openRefusalLog(systemClock, ({ subject, causes, count }) => {
        log.warn('broker refused', { note: `${causes} (${subject ?? 'others'})`, count });
      }),
    ),
    (open) => {
      open.close();
      return Promise.resolve();
    },
  );
  const broker: Broker | undefined = isOurs
    ? await started.add(
        startBroker({
          ...configuration.broker,
          identity,
          authority: authority.certificate,
          clock: systemClock,
          onRefused: refusals.count,
        }),
        (running) => running.close(),
      )
    : undefined;
  const port = broker?.port ?? configuration.broker.port;
  const host = isAnyAddress(configuration.broker.host)
    ? new URL(configuration.publicOrigin).hostname
    : configuration.broker.host;
  const brokerUrl = configuration.brokerUrl?.revealText() ?? `mqtts://${host}:${port}`;
  const name = serverPeerName(configuration.copy);
  const own = await started.add(
    keepRenewed(
      issuedBy((at) => issueClientCertificate(authority, name, at)),
      base.renewal,
    ),
    (renewed) => renewed.stop(),
  );
  const bus: Bus = openBus({
    brokerUrl,
    authority: authority.certificate,
    identity: own,
    copy: configuration.copy,
    ...(configuration.roles.includes('messaging') && { onMessage: deliver }),
    onNote: (note) => {
      log.info('bus', { note });
    },
  });
  await started.add(Promise.resolve(bus), (open) => open.close());
  return { bus, brokerUrl };
}

async function portalTlsOf({ configuration, identity, started, renewal }: Base) {
  const { tls } = configuration;
  switch (tls.kind) {
    case 'none':
      return undefined;
    case 'own_authority':
      return identity;
    case 'files':
      return started.add(
        keepRenewed(readFrom({ key: tls.keyPath, certificate: tls.certificatePath }), renewal),
        (renewed) => renewed.stop(),
      );
  }
}

async function appPorts(
  base: Base,
  messaging: { readonly bus: Bus; readonly brokerUrl: string },
): Promise<AppPorts> {
  const { configuration, log, keys, authority, database, identity } = base;
  const portalTls = await portalTlsOf(base);
  const hasher = createPasswordHasher();
  const authentication = openAuthentication(
    {
      pool: database.authPool,
      cookieSecret: deriveSecret(keys.installationSecret, 'session cookies'),
      publicOrigin: configuration.publicOrigin,
      isCookieSecure: configuration.publicOrigin.startsWith('https:'),
      hasher,
      log,
      provider: configuration.provider,
    },
    systemClock,
  );
  return {
    configuration,
    database,
    authentication,
    keys,
    authority,
    ...messaging,
    clock: systemClock,
    log,
    metrics: openMetrics(),
    devicesTls: identity,
    ...(portalTls && { portalTls }),
    ...(existsSync(portalFolder) && { portalFolder }),
    ...(existsSync(keyPageFolder) && { keyPageFolder }),
  };
}

async function listen(server: FastifyInstance, { host, port }: Listener): Promise<number> {
  await server.listen({ host, port });
  return addressOf(server);
}

async function startJobWork(base: Base, app: App): Promise<void> {
  const { database, log, started } = base;
  await started.add(
    startJobs({
      pool: database.jobsPool,
      kinds: app.jobs,
      timed: app.timedJobs,
      onFault: (job, error) => {
        log.error('job failed', { operation: job, error });
      },
      onNote: (level, note) => {
        log[level]('jobs', { note });
      },
    }),
    (runner) => runner.stop(),
  );
}

/** Opens both entrances; returns where devices come to. */
async function listenToAll({ configuration }: Base, app: App): Promise<string> {
  await listen(app.portal, configuration.portal);
  const port = await listen(app.devices, configuration.devices);
  return `https://${new URL(configuration.publicOrigin).hostname}:${port}`;
}

async function startAll(base: Base): Promise<Omit<RunningServer, 'stop'>> {
  const { configuration, started, authority, database, keys } = base;
  const built: { app?: App } = {};
  const messaging = await openMessaging(base, (...letter) => built.app?.receive(...letter));
  const app = await started.add(buildApp(await appPorts(base, messaging)), (whole) => whole.close());
  built.app = app;
  const devicesUrl = configuration.roles.includes('http') ? await listenToAll(base, app) : '';
  if (configuration.roles.includes('jobs')) await startJobWork(base, app);
  return {
    portalUrl: configuration.publicOrigin,
    devicesUrl,
    brokerUrl: messaging.brokerUrl,
    authorityCertificate: authority.certificate,
    database,
    keys,
  };
}

/** Starts the server. What was started is stopped again when a later part does not start. */
export async function startServer(configuration: Configuration, log: Log): Promise<RunningServer> {
  const started = new Started();
  try {
    const base = await openBase(configuration, log, started);
    const running = await startAll(base);
    return { ...running, stop: () => started.stop() };
  } catch (error) {
    await started.stop();
    throw error;
  }
}
