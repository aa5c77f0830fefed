import { isAbsolute } from 'node:path';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parsePairingCode, parseSerial } from '@claviger/domain';
import { z } from 'zod';

/** What was written into the box at its making: `factory.json`. */
const factory = z
  .object({
    serial: z.string().transform((typed, context) => parsed(parseSerial(typed), context, 'no serial number')),
    pairingCode: z
      .string()
      .transform((typed, context) => parsed(parsePairingCode(typed), context, 'no pairing code')),
    model: z.string().min(1).max(40),
  })
  .strict();

function parsed(value: string | undefined, context: z.RefinementCtx, message: string): string {
  if (value !== undefined) return value;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

const absolutePath = z.string().refine(isAbsolute, 'must be an absolute path');

const options = z
  .object({
    data: absolutePath,
    factory: absolutePath,
    'enrol-url': z.url({ protocol: /^https$/ }),
    'broker-url': z.url({ protocol: /^mqtts$/ }).optional(),
    ca: absolutePath,
    driver: z.enum(['virtual']),
    'driver-socket': z.string().min(1).max(100),
    'battery-clock': absolutePath.optional(),
    'boot-id': absolutePath.optional(),
  })
  .strict();

export interface EdgeConfig {
  readonly dataFolder: string;
  readonly serial: string;
  readonly pairingCode: string;
  readonly model: string;
  readonly enrolUrl: URL;
  /** Where the broker is reached from here, if not where the server says. */
  readonly brokerUrl: string | undefined;
  /** The certificate authority of the installation, PEM: the only one this box trusts. */
  readonly authority: string;
  readonly driverSocket: string;
  /** A file that tells the seconds since 1970 by a clock with a battery that nothing else sets. */
  readonly batteryClock?: string | undefined;
  /** A file whose text is another one after each start of the machine; left out, that of Linux. */
  readonly bootId?: string | undefined;
}

/** Thrown with a sentence for whoever starts the program. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
}

function checked<Output>(schema: z.ZodType<Output>, value: unknown, what: string): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ConfigFault(`${what}: ${z.prettifyError(result.error)}`);
}

function readText(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigFault(`${what} ${path} cannot be read: ${(error as Error).message}`);
  }
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigFault(`${what} is not JSON`);
  }
}

function parseOptions(args: readonly string[]): unknown {
  const names = [
    'data',
    'factory',
    'enrol-url',
    'broker-url',
    'ca',
    'driver',
    'driver-socket',
    'battery-clock',
    'boot-id',
  ];
  try {
    return parseArgs({
      args: [...args],
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    }).values;
  } catch (error) {
    throw new ConfigFault((error as Error).message);
  }
}

/** Reads the command line and the files it names. Throws ConfigFault. */
export function readConfig(args: readonly string[]): EdgeConfig {
  const chosen = checked(options, { ...(parseOptions(args) as object) }, 'options');
  const made = checked(
    factory,
    parseJson(readText(chosen.factory, 'factory file'), 'factory file'),
    'factory file',
  );
  return {
    dataFolder: chosen.data,
    ...made,
    enrolUrl: new URL(chosen['enrol-url']),
    brokerUrl: chosen['broker-url'],
    authority: readText(chosen.ca, 'authority certificate'),
    driverSocket: chosen['driver-socket'],
    batteryClock: chosen['battery-clock'],
    bootId: chosen['boot-id'],
  };
}
