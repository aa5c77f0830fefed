import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { clavigerCommand } from '../../apps/server/src/cli/claviger-command.ts';
import { runProgram, startProgram, type Program } from './program.ts';

const root = join(import.meta.dirname, '../..');
const claviger = join(root, 'apps/server/src/cli/claviger.ts');
const simulator = join(root, 'apps/simulator/src/main.ts');

const serverReady = z.object({
  portalUrl: z.url(),
  devicesUrl: z.url(),
  brokerUrl: z.string(),
  authorityCertificate: z.string(),
  bootstrapUrl: z.url().optional(),
  bootstrapHeld: z.object({ issuedAt: z.number(), expiresAt: z.number() }).optional(),
});
const simulatorReady = z.object({ url: z.url() });

export interface DemoOptions {
  readonly dataFolder: string;
  /** The port of the street of doors. */
  readonly streetPort: number;
  /** Settings of the server, `CLAVIGER_*`. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Server and street, running on one data folder. */
export interface Demo {
  readonly portalUrl: string;
  readonly streetUrl: string;
  readonly bootstrapUrl: string | undefined;
  /** Replaced by whoever kills it and starts it again. */
  server: Program;
  readonly street: Program;
  /** The same street once more, after its end. */
  readonly startStreet: (signal: AbortSignal) => Promise<Program>;
  readonly stop: () => Promise<void>;
}

interface Place extends DemoOptions {
  readonly streetFolder: string;
  readonly logs: string;
  readonly settings: Readonly<Record<string, string>>;
}

function placeOf(options: DemoOptions): Place {
  const logs = join(options.dataFolder, 'logs');
  const streetFolder = join(options.dataFolder, 'street');
  // The server closes the folder itself as far as PostgreSQL can bear it.
  mkdirSync(options.dataFolder, { recursive: true });
  for (const folder of [logs, streetFolder]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const settings = { ...options.environment, CLAVIGER_DATA: options.dataFolder, CLAVIGER_MODE: 'demo' };
  return { ...options, logs, streetFolder, settings };
}

/** Starts the server, or starts it again in the same folder. */
export async function startDemoServer(options: DemoOptions, signal?: AbortSignal): Promise<Program> {
  const { logs, settings } = placeOf(options);
  return startProgram({
    name: 'server',
    args: [claviger, 'start', '--demo', '--json'],
    environment: settings,
    logFile: join(logs, 'server.log'),
    signal,
  });
}

/** What the server says of itself when it is ready. */
export function readServer({ ready }: Program): z.infer<typeof serverReady> {
  return serverReady.parse(ready);
}

/** `claviger import devices`, also beside the running server. */
export async function importStock(dataFolder: string, stockFile: string): Promise<void> {
  await runProgram({
    name: 'import',
    args: [claviger, 'import', 'devices', stockFile],
    environment: { CLAVIGER_DATA: dataFolder, CLAVIGER_MODE: 'demo' },
    logFile: join(dataFolder, 'logs/import.log'),
  });
}

/** The street's doors exist before anybody can claim them. */
async function stockDoors({ dataFolder, streetFolder, logs }: Place): Promise<void> {
  const logFile = join(logs, 'street.log');
  await runProgram({ name: 'street', args: [simulator, '--data', streetFolder, '--prepare'], logFile });
  await importStock(dataFolder, join(streetFolder, 'stock.csv'));
}

async function startStreet(
  place: Place,
  server: z.infer<typeof serverReady>,
  signal?: AbortSignal,
): Promise<Program> {
  const ca = join(place.streetFolder, 'authority.pem');
  writeFileSync(ca, server.authorityCertificate);
  const options = {
    '--data': place.streetFolder,
    '--enrol-url': server.devicesUrl,
    '--broker-url': server.brokerUrl,
    '--ca': ca,
    '--port': String(place.streetPort),
    '--import-with': clavigerCommand('import', 'devices', '--data', place.dataFolder),
  };
  return startProgram({
    name: 'street',
    args: [simulator, ...Object.entries(options).flat()],
    logFile: join(place.logs, 'street.log'),
    signal,
  });
}

/**
 * Starts the whole demo in a folder, empty or from last time. What was started is stopped when a part
 * fails.
 */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const place = placeOf(options);
  const server = await startDemoServer(options);
  try {
    const ready = readServer(server);
    await stockDoors(place);
    const street = await startStreet(place, ready);
    const demo: Demo = {
      portalUrl: ready.portalUrl,
      streetUrl: simulatorReady.parse(street.ready).url,
      bootstrapUrl: ready.bootstrapUrl,
      server,
      street,
      startStreet: (signal) => startStreet(place, ready, signal),
      stop: async () => {
        await street.stop();
        await demo.server.stop();
      },
    };
    return demo;
  } catch (error) {
    await server.stop();
    throw error;
  }
}
