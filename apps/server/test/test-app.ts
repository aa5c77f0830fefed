import { generateKeyPairSync, createHmac, hkdfSync } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { pairingCodeFromValues, serialFromValues, type DeviceId } from '@claviger/domain';
import {
  claimKeyLabel,
  claimProofBytes,
  type DownChannel,
  type EnrolmentProof,
  type Ownership,
} from '@claviger/protocol';
import {
  createVirtualBox,
  createVirtualClock,
  seededKey,
  type VirtualBox,
  type VirtualClock,
} from '@claviger/sim';
import type { Authentication } from '../src/platform/authentication/index.ts';
import { buildApp, type App } from '../src/app.ts';
import { importDevices } from '../src/features/devices/index.ts';
import { readConfiguration } from '../src/platform/config.ts';
import { openLog } from '../src/platform/log.ts';
import type { Bus } from '../src/platform/messaging/index.ts';
import { openMetrics } from '../src/platform/metrics.ts';
import { createAuthority } from '../src/platform/pki/index.ts';
import { deriveSecret, type InstallationKeys } from '../src/platform/secrets/index.ts';
import { testSecret } from './database-server.ts';
import { deviceRequest } from './device-request.ts';
import type { ManualClock } from './manual-clock.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { openTestAuthentication, TestBrowser, testOrigin } from './test-http.ts';

/** What the server sent to a device over the broker. */
export interface SentMessage {
  readonly deviceId: string;
  readonly channel: DownChannel;
  readonly message: Uint8Array;
}

/** A broker that takes everything, or nothing, and delivers when the test says so. */
export interface TestBus extends Bus {
  readonly sent: SentMessage[];
  isUp: boolean;
}

/** The whole server over a test database, but for its listeners, broker and jobs. */
export interface TestApp {
  readonly app: App;
  readonly bus: TestBus;
  readonly clock: ManualClock;
  readonly logged: readonly string[];
  readonly authorityCertificate: string;
  /** Runs a job of this name as the queue would. */
  runJob(name: string, payload: object): Promise<void>;
  /** Adds a device to the stock. */
  addStock(label: Label): Promise<void>;
  close(): Promise<void>;
}

function createTestBus(): TestBus {
  const bus: TestBus = {
    sent: [],
    isUp: true,
    isConnected: () => bus.isUp,
    send: (deviceId, channel, message) => {
      if (bus.isUp) bus.sent.push({ deviceId, channel, message });
      return Promise.resolve(bus.isUp);
    },
    close: () => Promise.resolve(),
  };
  return bus;
}

function newKeys(): InstallationKeys {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { installationSecret: testSecret, commandSigningKey: privateKey, installationId: 'test' };
}

/** Whoever is signed in was seen just now, however far a test puts its clock. */
function alwaysSeen(authentication: Authentication, clock: ManualClock): Authentication {
  return {
    ...authentication,
    findSession: async (cookie) => {
      const found = await authentication.findSession(cookie);
      return { ...found, session: found.session && { ...found.session, confirmedAt: clock.now() } };
    },
  };
}

export async function createTestApp(
  test: Pick<TestDatabase, 'database'>,
  keys: InstallationKeys = newKeys(),
  doorkeeper?: Parameters<typeof buildApp>[0]['doorkeeper'],
): Promise<TestApp> {
  const { clock, authentication } = openTestAuthentication(test);
  const seen = alwaysSeen(authentication, clock);
  const authority = await createAuthority('test', clock.now());
  const logged: string[] = [];
  const bus = createTestBus();
  const app = await buildApp({
    configuration: { ...readConfiguration({}), publicOrigin: testOrigin },
    database: test.database,
    authentication: seen,
    keys,
    authority,
    bus,
    clock,
    log: openLog('info', { write: (line: string) => void logged.push(line) }),
    metrics: openMetrics(),
    brokerUrl: 'mqtts://broker.example.com:8883',
    ...(doorkeeper && { doorkeeper }),
  });
  await Promise.all([app.portal.ready(), app.devices.ready()]);
  return {
    app,
    bus,
    clock,
    logged,
    authorityCertificate: authority.certificate,
    runJob: async (name, payload) => {
      await app.jobs.find((job) => job.name === name)?.work(payload);
    },
    addStock: async (label) => {
      const pepper = deriveSecret(keys.installationSecret, 'pairing codes');
      await importDevices(test.database, [label], { pepper, isReplacingCodes: false });
    },
    close: () => app.close(),
  };
}

/** The server of one test file with its database; both are there while a test or a hook runs. */
export interface Site {
  readonly test: TestDatabase;
  readonly server: TestApp;
}

/** Starts a server for the tests of this file and ends it after them; each test begins with whole limits. */
export function serverOfThisFile(): Site {
  const site = {} as { -readonly [Part in keyof Site]: Site[Part] };
  beforeAll(async () => {
    site.test = await createTestDatabase();
    site.server = await createTestApp(site.test);
  });
  afterAll(async () => {
    await site.server.close();
    await site.test.drop();
  });
  beforeEach(async () => {
    await site.test.asAdmin('delete from claviger.rate_limits');
  });
  return site;
}

/** What stands on a box. */
export interface Label {
  readonly serial: string;
  readonly pairingCode: string;
  readonly model: string;
}

let labels = 0;

/** A label that no other test has. */
export function newLabel(): Label {
  labels += 1;
  const digits = Array.from({ length: 16 }, (_, index) => (labels * 7 + index * 3) % 32);
  return {
    serial: serialFromValues([...digits.slice(0, 9), labels >> 5, labels % 32]),
    pairingCode: pairingCodeFromValues(digits),
    model: 'virtual-door',
  };
}

/** What an unclaimed box says, made as `apps/edge` makes it. */
export class UnclaimedBox {
  readonly label: Label;
  readonly #devices: FastifyInstance;
  readonly #key;
  readonly #tlsKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  #request: string | undefined;

  constructor(devices: FastifyInstance, label: Label) {
    this.#devices = devices;
    this.label = label;
    this.#key = seededKey(label.serial);
  }

  async post(path: string, payload: object) {
    return this.#devices.inject({ method: 'POST', url: path, payload });
  }

  async hello() {
    const answer = await this.post('/v1/enrolment/hello', {
      serial: this.label.serial,
      agentVersion: 'test',
    });
    return answer.json<{ status: string; claimId: string; nonce: string }>();
  }

  /** The same certificate request each time, as the box keeps it. */
  async proof(
    challenge: { claimId: string; nonce: string },
    code = this.label.pairingCode,
  ): Promise<EnrolmentProof> {
    this.#request ??= await deviceRequest(this.#tlsKey);
    const { serial } = this.label;
    const proven = {
      serial,
      claimId: challenge.claimId,
      identityKey: Buffer.from(this.#key.publicKey).toString('base64url'),
      certificateRequest: this.#request,
    };
    const claimKey = new Uint8Array(hkdfSync('sha256', code, serial, claimKeyLabel, 32));
    const mac = createHmac('sha256', claimKey).update(claimProofBytes('mac', challenge.nonce, proven));
    const signature = this.#key.sign(claimProofBytes('signature', challenge.nonce, proven));
    return {
      ...proven,
      mac: mac.digest('base64url'),
      signature: Buffer.from(signature).toString('base64url'),
    };
  }

  async prove(challenge: { claimId: string; nonce: string }) {
    return this.post('/v1/enrolment/proof', await this.proof(challenge));
  }

  sign(bytes: Uint8Array): string {
    return Buffer.from(this.#key.sign(bytes)).toString('base64url');
  }

  newRequest(): Promise<string> {
    return deviceRequest(this.#tlsKey);
  }
}

/** A claimed box, its agent, and the wire between it and the server. */
export interface ClaimedBox extends VirtualBox {
  readonly deviceId: DeviceId;
  readonly boxClock: VirtualClock;
  /** Carries everything that both sides have to say, until nobody says more. */
  talk(): Promise<void>;
  /** Another server has its address from now on. */
  moveTo(testApp: TestApp): void;
}

/** Claims a device that waits for its claim, and connects its agent. */
export async function claimBox(testApp: TestApp, label: Label): Promise<ClaimedBox> {
  const unclaimed = new UnclaimedBox(testApp.app.devices, label);
  const ownership = (await unclaimed.prove(await unclaimed.hello())).json<Ownership>();
  return connectBox(testApp, label, ownership);
}

async function connectBox(testApp: TestApp, label: Label, ownership: Ownership): Promise<ClaimedBox> {
  let at = testApp;
  const boxClock = createVirtualClock(testApp.clock.now());
  const { deviceId, ownershipEpoch } = ownership;
  const secret = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64url'));
  const { pepper, pinSalt, qrSecret } = ownership.secrets;
  const box = createVirtualBox({
    seed: label.serial,
    deviceId,
    ownershipEpoch,
    serverKeys: ownership.serverKeys.map(secret),
    secrets: { pepper: secret(pepper), pinSalt: secret(pinSalt), qrSecret: secret(qrSecret) },
    clock: boxClock,
    publish: (channel, message) => {
      at.app.receive(deviceId, channel, message);
    },
  });
  const talk = async (): Promise<void> => {
    const { app, bus } = at;
    await app.settle();
    for (let letter = bus.sent.shift(); letter; letter = bus.sent.shift()) {
      if (letter.deviceId === deviceId) box.agent.receive(letter.channel, letter.message);
      await app.settle();
    }
  };
  box.agent.linkUp();
  await talk();
  const moveTo = (next: TestApp): void => {
    at = next;
  };
  const wires = { deviceId: deviceId as DeviceId, boxClock, talk, moveTo };
  return Object.assign(Object.create(box) as VirtualBox, wires);
}

export const ada = { email: 'ada@example.com', password: 'correct horse battery' };

/** A person who has just registered with a lock of this label, in a browser. */
export async function registerWith(testApp: TestApp, label: Label, person = ada) {
  const browser = new TestBrowser(testApp.app.portal);
  const { serial, pairingCode } = label;
  const body = { ...person, serial, code: pairingCode, zone: 'Europe/Berlin' };
  const answer = await browser.post('/api/registration', body);
  return { browser, answer, ...answer.json<{ entityId: string; lockId: string }>() };
}
