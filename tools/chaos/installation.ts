import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@claviger/protocol';
import { drawDoor, writeStreet, type StreetDoor } from '../../apps/simulator/src/street/street-file.ts';
import { importStock, readServer, startDemoServer, type DemoOptions } from '../demo/demo.ts';
import type { Program } from '../demo/program.ts';
import { openClient } from './http.ts';
import { saboteurImport } from './moments.ts';

/** Who has claimed the doors. */
export const manager = { email: 'ada@example.com', password: 'correct horse battery' } as const;
const claimLimitMs = 60_000;
const pollMs = 100;
const restartAfterMs = 300;

/** The server, which is started again whenever it ends, and its manager's browser. */
export interface Installation {
  readonly dataFolder: string;
  readonly orderFile: string;
  readonly client: Client;
  readonly entityId: string;
  /** The process now; not given between two. */
  readonly server: () => Program | undefined;
  /** Stops it in order; `start` begins again, with other settings. */
  stop(): Promise<void>;
  start(environment?: Readonly<Record<string, string>>): Promise<void>;
}

/** A door of the stock and the lock that it became. */
export interface ClaimedDoor {
  readonly label: StreetDoor;
  readonly lockId: string;
}

/** Waits until something is so; throws a sentence when that takes too long. */
export async function until(
  what: string,
  limitMs: number,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  const startedAt = Date.now();
  while (!(await isSo())) {
    if (Date.now() - startedAt > limitMs) throw new Error(`${what} takes longer than ${limitMs / 1_000} s`);
    await pause(pollMs);
  }
}

/** Labels of new doors, in the stock of the installation. */
export async function stockDoors(dataFolder: string, count: number): Promise<StreetDoor[]> {
  const folder = join(dataFolder, 'street');
  const labels = Array.from({ length: count }, () =>
    drawDoor({ model: 'virtual-door', isAddedLater: false }),
  );
  writeStreet(folder, labels);
  await importStock(dataFolder, join(folder, 'stock.csv'));
  return labels;
}

/** Keeps a server running until it is stopped. */
function keepServer(options: DemoOptions) {
  let current: Program | undefined;
  // Counts starts and stops: what a server of before them leaves to do is not done.
  let turn = 0;
  const run = async (environment: Readonly<Record<string, string>>): Promise<void> => {
    const mine = turn;
    const all = { ...options.environment, ...environment };
    const program = await startDemoServer({ ...options, environment: all });
    current = program;
    void once(program.process, 'exit').then(async () => {
      current = undefined;
      await pause(restartAfterMs);
      if (turn === mine) await run(environment);
    });
  };
  return {
    current: () => current,
    start: async (environment: Readonly<Record<string, string>> = {}) => {
      turn += 1;
      await run(environment);
      if (!current) throw new Error('the server has ended');
      return readServer(current);
    },
    stop: async () => {
      turn += 1;
      await current?.stop();
    },
  };
}

function environmentOf(port: number, orderFile: string): Record<string, string> {
  const at = (offset: number): string => `127.0.0.1:${port + offset}`;
  return {
    CLAVIGER_PORTAL: at(0),
    CLAVIGER_DEVICES: at(1),
    CLAVIGER_BROKER: at(2),
    CLAVIGER_PUBLIC_ORIGIN: `http://localhost:${port}`,
    NODE_OPTIONS: saboteurImport(orderFile),
  };
}

async function claim(
  client: Client,
  labels: readonly StreetDoor[],
): Promise<{ entityId: string; doors: ClaimedDoor[] }> {
  const [first, ...others] = labels;
  if (!first) throw new Error('no door');
  const registration = await client.register({
    ...{ ...manager, zone: 'Europe/Berlin', serial: first.serial, code: first.pairingCode },
  });
  const { entityId } = registration;
  const doors = [{ label: first, lockId: registration.lockId }];
  for (const label of others) {
    const { id } = await client.addLock(entityId, { serial: label.serial, code: label.pairingCode });
    doors.push({ label, lockId: id });
  }
  return { entityId, doors };
}

/** Bare card numbers are taken where somebody has allowed them. */
async function allowCards(client: Client, entityId: string, doors: readonly ClaimedDoor[]): Promise<void> {
  for (const { lockId } of doors) {
    const place = { entityId, lockId };
    const { name, version } = await client.getLock(place);
    await client.updateLock(place, { name, version, takesCardNumbers: true });
  }
}

/** What a door needs to know of where it lives. */
export interface Addresses {
  readonly enrolUrl: string;
  readonly brokerUrl: string;
  readonly authorityFile: string;
}

/** Starts an installation in an empty folder, with so many doors that are being claimed. */
export async function openInstallation(
  dataFolder: string,
  { port, doorCount }: { readonly port: number; readonly doorCount: number },
): Promise<{ installation: Installation; doors: readonly ClaimedDoor[]; addresses: Addresses }> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
  const orderFile = join(dataFolder, 'chaos-order');
  const options = { dataFolder, streetPort: port + 3, environment: environmentOf(port, orderFile) };
  const kept = keepServer(options);
  const ready = await kept.start();
  const labels = await stockDoors(dataFolder, doorCount);
  const client = openClient(`http://localhost:${port}`);
  const { entityId, doors } = await claim(client, labels);
  await allowCards(client, entityId, doors);
  const authorityFile = join(dataFolder, 'street/authority.pem');
  writeFileSync(authorityFile, ready.authorityCertificate);
  const installation = {
    ...{ dataFolder, orderFile, client, entityId, server: kept.current, stop: kept.stop },
    start: async (environment?: Readonly<Record<string, string>>) => {
      await kept.start(environment);
    },
  };
  const addresses = { enrolUrl: ready.devicesUrl, brokerUrl: ready.brokerUrl, authorityFile };
  return { installation, doors, addresses };
}

async function countOnline({ client, entityId }: Installation): Promise<number> {
  try {
    const { items } = await client.listLocks(entityId);
    return items.filter(({ status, isOnline }) => status === 'active' && isOnline).length;
  } catch {
    // A server that is away is asked again.
    return 0;
  }
}

/** Waits until the claims are proven and every lock is online. */
export async function untilOnline(installation: Installation, count: number): Promise<void> {
  await until('coming online', claimLimitMs, async () => (await countOnline(installation)) === count);
}

/** The process that serves the database; it may be gone. */
export function postmasterOf(dataFolder: string): number {
  const [pid] = readFileSync(join(dataFolder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n');
  return Number(pid);
}
