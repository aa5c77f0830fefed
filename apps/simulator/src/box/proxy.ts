import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { NetworkMode } from '../contract.ts';

/** More connections at once than a door box ever needs. */
const connectionLimit = 32;

export interface Target {
  readonly host: string;
  readonly port: number;
}

/**
 * A network cable with a switch: what connects to `port` on 127.0.0.1 gets to the target, if it gets there.
 */
export interface Proxy {
  readonly port: number;
  setMode(mode: NetworkMode): void;
  close(): Promise<void>;
}

/** One connection through the proxy. */
interface Wire {
  flow(): void;
  hush(): void;
  cut(): void;
}

/** Breaks a connection off, so that the other side notices at once. */
function breakOff(socket: Socket): void {
  // A socket that is about to end cannot be reset any more: Node would leave its handle open.
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

function createWire(client: Socket, target: Target, onGone: () => void): Wire {
  let upstream: Socket | undefined;
  let isFlowing = false;
  let isLost = false;

  const cut = (): void => {
    breakOff(client);
    if (upstream !== undefined) breakOff(upstream);
    onGone();
  };
  const watch = (socket: Socket, other: () => Socket | undefined): void => {
    // An error is always followed by `close`.
    socket
      .on('error', () => undefined)
      .on('close', () => {
        isLost = true;
        // In silence nobody hears that the other end is gone.
        if (!isFlowing) return;
        const rest = other();
        if (rest?.writableEnded !== true) cut();
        else if (rest.destroyed) onGone();
      });
  };
  watch(client, () => upstream);

  const dial = (): Socket => {
    const dialled = connect({ ...target, allowHalfOpen: true });
    watch(dialled, () => client);
    return dialled;
  };
  return {
    flow: () => {
      if (isLost) {
        cut();
        return;
      }
      isFlowing = true;
      upstream ??= dial();
      client.pipe(upstream);
      upstream.pipe(client);
    },
    hush: () => {
      isFlowing = false;
      client.unpipe().pause();
      upstream?.unpipe().pause();
    },
    cut,
  };
}

async function listenOnLoopback(server: Server): Promise<number> {
  server.maxConnections = connectionLimit;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/**
 * Opens a proxy to this target. Mode `off` resets every connection, new ones at once (the port stays ours, so
 * that the program on the other side is found again); `silent` lets nothing through and holds what was under
 * way, as packets that get lost and are sent again once the line is back.
 */
export async function openProxy(target: Target): Promise<Proxy> {
  const wires = new Set<Wire>();
  let mode: NetworkMode = 'on';

  const server = createServer({ allowHalfOpen: true }, (client) => {
    const wire = createWire(client, target, () => wires.delete(wire));
    wires.add(wire);
    if (mode === 'off') wire.cut();
    if (mode === 'on') wire.flow();
  });
  const port = await listenOnLoopback(server);

  return {
    port,
    setMode: (next) => {
      if (next === mode) return;
      mode = next;
      for (const wire of [...wires]) {
        if (mode === 'off') wire.cut();
        else if (mode === 'on') wire.flow();
        else wire.hush();
      }
    },
    close: async () => {
      mode = 'off';
      for (const wire of [...wires]) wire.cut();
      server.close();
      await once(server, 'close');
    },
  };
}
