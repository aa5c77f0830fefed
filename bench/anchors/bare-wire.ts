/** MQTT alone: a message from one process through a broker of our code to another one, and back. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { serverPeerName } from '@claviger/protocol';
import { theDevice } from '@claviger/sim';
import {
  createAuthority,
  issueClientCertificate,
  issueServerCertificate,
} from '../../apps/server/src/platform/pki/index.ts';
import type { WirePlan } from './bare-wire-peer.ts';

export interface BareWire {
  /** Milliseconds of so many messages there and back, one after the other. */
  readonly call: (calls: number) => Promise<number[]>;
  readonly close: () => void;
}

interface Told {
  readonly port?: number;
  readonly times?: number[];
}

async function told(child: ChildProcess): Promise<Told> {
  const [message] = (await once(child, 'message')) as [Told];
  return message;
}

async function start(
  role: 'server' | 'device',
  plan: WirePlan,
): Promise<{ child: ChildProcess; told: Told }> {
  const child = fork(join(import.meta.dirname, 'bare-wire-peer.ts'), [role]);
  child.send(plan);
  return { child, told: await told(child) };
}

export async function openBareWire(): Promise<BareWire> {
  const now = Date.now();
  const made = await createAuthority('bench', now);
  const authority = made.certificate;
  const server = await start('server', {
    authority,
    own: await issueClientCertificate(made, serverPeerName(1), now),
    broker: await issueServerCertificate(made, ['localhost', '127.0.0.1'], now),
  });
  const own = await issueClientCertificate(made, theDevice, now);
  const { port = 0 } = server.told;
  const device = await start('device', { authority, own, port });
  return {
    call: async (calls) => {
      server.child.send({ calls });
      return (await told(server.child)).times ?? [];
    },
    close: () => {
      for (const { child } of [device, server]) child.disconnect();
    },
  };
}
