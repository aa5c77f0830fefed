import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { startGuarded } from './guarded-program.ts';
import { mosquittoProgram, writeMosquittoFiles } from './mosquitto-files.ts';
import type { KeyAndCertificate } from '../../src/platform/pki/index.ts';

const startLimitMs = 10_000;

/** Whether mosquitto is installed on this machine. */
export const hasMosquitto = mosquittoProgram !== undefined;

export interface RunningMosquitto {
  readonly port: number;
  stop(): Promise<void>;
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
  if (mosquittoProgram === undefined) throw new Error('mosquitto is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'claviger-mosquitto-'));
  const port = await freePort();
  const configuration = writeMosquittoFiles({ folder, port, identity, authority });
  const mosquitto = startGuarded(mosquittoProgram, ['-c', configuration]);
  await untilItAnswers(port, mosquitto.process);
  return {
    port,
    stop: async () => {
      await mosquitto.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
