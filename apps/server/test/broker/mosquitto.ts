import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { messageSizeLimit, mosquittoAccessFile } from '@claviger/protocol';
import { startGuarded } from './guarded-program.ts';
import type { KeyAndCertificate } from '../../src/platform/pki/index.ts';

const program = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto', '/usr/local/sbin/mosquitto'].find(existsSync);
const startLimitMs = 10_000;

/** Whether mosquitto is installed on this machine. */
export const hasMosquitto = program !== undefined;

export interface RunningMosquitto {
  readonly port: number;
  stop(): Promise<void>;
}

/** The configuration that docs/operate/broker.md recommends, with these files. */
function configuration(port: number, folder: string): string {
  return [
    `listener ${port} 127.0.0.1`,
    `cafile ${join(folder, 'ca.pem')}`,
    `certfile ${join(folder, 'certificate.pem')}`,
    `keyfile ${join(folder, 'key.pem')}`,
    `acl_file ${join(folder, 'access')}`,
    'tls_version tlsv1.3',
    'require_certificate true',
    'use_identity_as_username true',
    'use_username_as_clientid true',
    'allow_anonymous false',
    'retain_available false',
    'persistence false',
    `message_size_limit ${messageSizeLimit}`,
    `max_packet_size ${messageSizeLimit + 512}`,
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    '',
  ].join('\n');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function untilItAnswers(port: number, child: ChildProcess): Promise<void> {
  const check = async (): Promise<void> => {
    if (child.exitCode !== null || !(await answers(port))) throw new Error('mosquitto does not serve');
  };
  await vi.waitFor(check, { timeout: startLimitMs });
}

/** Starts mosquitto with our access rules on a free port of the loopback. */
export async function startMosquitto(
  identity: KeyAndCertificate,
  authority: string,
): Promise<RunningMosquitto> {
  if (program === undefined) throw new Error('mosquitto is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'claviger-mosquitto-'));
  const port = await freePort();
  const files = {
    'ca.pem': authority,
    'certificate.pem': identity.certificate,
    'key.pem': identity.key,
    access: mosquittoAccessFile(),
    'mosquitto.conf': configuration(port, folder),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  const mosquitto = startGuarded(program, ['-c', join(folder, 'mosquitto.conf')]);
  await untilItAnswers(port, mosquitto.process);
  return {
    port,
    stop: async () => {
      await mosquitto.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
