import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { issueServerCertificate, type Authority } from '../../apps/server/src/platform/pki/index.ts';
import { mosquittoProgram, writeMosquittoFiles } from '../../apps/server/test/broker/mosquitto-files.ts';
import { keepUp, type SteadyProgram } from './steady-program.ts';

/** Starts mosquitto on this port of the loopback, and again whenever it is killed. */
export async function startMosquitto(
  folder: string,
  port: number,
  authority: Authority,
): Promise<SteadyProgram> {
  if (mosquittoProgram === undefined) throw new Error('mosquitto is not installed');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const identity = await issueServerCertificate(authority, ['localhost', '127.0.0.1'], Date.now());
  const configuration = writeMosquittoFiles({
    ...{ folder, port, identity },
    authority: authority.certificate,
  });
  return keepUp(mosquittoProgram, ['-c', configuration], join(folder, 'mosquitto.log'));
}
