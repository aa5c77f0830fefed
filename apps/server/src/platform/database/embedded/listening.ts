import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { RunAs } from './account.ts';
import type { Layout } from './cluster.ts';
import { makeSocketFolder, type Listening } from './process/launch-plan.ts';

/**
 * Where PostgreSQL listens: on this port of 127.0.0.1, else on a socket, or where there is none on any port.
 */
export async function chooseListening(layout: Layout, account: RunAs, port?: number): Promise<Listening> {
  if (port !== undefined) return { kind: 'loopback', port };
  if (process.platform === 'win32') return { kind: 'loopback', port: await findFreePort() };
  return { kind: 'socket', socketFolder: await makeSocketFolder(layout, account) };
}

/** A port of 127.0.0.1 that nobody listens on now; who takes it in the meantime causes `port_busy`. */
async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      assert(typeof address === 'object' && address !== null, 'a TCP server has a port');
      probe.close(() => resolve(address.port));
    });
  });
}
