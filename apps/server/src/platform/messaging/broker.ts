import { once } from 'node:events';
import { Duplex, pipeline } from 'node:stream';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { Aedes, type Client, type ConnectPacket, type PublishPacket } from 'aedes';
import {
  mayLeaveWill,
  mayPublish,
  maySubscribe,
  messageSizeLimit,
  peerOfName,
  type Peer,
} from '@claviger/protocol';
import type { KeyAndCertificate } from '../pki/index.ts';
import type { Clock } from '../clock.ts';
import type { ServedIdentity } from '../pki/renewal.ts';
import { createFloodGuard, cutOffForMs, type FloodGuard } from './flood-guard.ts';
import { PacketGuard } from './packet-guard.ts';

/** A message of the wire, its topic and MQTT's own header. */
const packetLimit = messageSizeLimit + 512;
const connectTimeoutMs = 5_000;
const keepaliveLimitS = 120;
/** A peer that does not take what is sent to it is cut off after this long. */
const drainTimeoutMs = 10_000;
const waitingConnectionsLimit = 512;

export interface BrokerOptions {
  readonly host: string;
  readonly port: number;
  readonly identity: ServedIdentity;
  readonly authority: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly onRefused: (peer: string, cause: string) => void;
}

export interface Broker {
  readonly port: number;
  readonly connectedPeers: () => number;
  close(): Promise<void>;
}

interface Connection {
  readonly peer: Peer;
  readonly name: string;
}

function connectionOf(socket: TLSSocket): Connection | undefined {
  const { subject } = socket.getPeerCertificate();
  const name = subject.CN;
  const peer = socket.authorized ? peerOfName(name) : undefined;
  return peer && { peer, name };
}

/**
 * Why a connection may not begin, or undefined: its identifier, its session and its last will must be its
 * own.
 */
function connectFault({ peer, name }: Connection, packet: ConnectPacket): string | undefined {
  if (packet.protocolVersion !== 4) return 'not MQTT 3.1.1';
  if (packet.clientId !== name) return 'foreign client identifier';
  if (!packet.clean) return 'persistent session';
  if (!packet.will) return undefined;
  if (packet.will.retain || !mayLeaveWill(peer, packet.will.topic)) return 'foreign last will';
  return undefined;
}

function publishFault({ peer }: Connection, packet: PublishPacket): string | undefined {
  if (packet.retain) return 'retained message';
  return mayPublish(peer, packet.topic) ? undefined : 'publish to a foreign topic';
}

/** Answers aedes' questions by the table of topics; a question without a known connection is answered no. */
function rules(connections: WeakMap<object, Connection>, onRefused: BrokerOptions['onRefused']) {
  const check = (
    client: Client | null,
    fault: (connection: Connection) => string | undefined,
  ): Error | null => {
    const connection = client ? connections.get(client.conn) : undefined;
    const cause = connection ? fault(connection) : 'unknown connection';
    if (cause === undefined) return null;
    onRefused(connection?.name ?? 'nobody', cause);
    return new Error(cause);
  };
  return {
    preConnect: (client: Client, packet: ConnectPacket, done: (error: Error | null, ok: boolean) => void) => {
      const error = check(client, (connection) => connectFault(connection, packet));
      done(error, error === null);
    },
    authorizePublish: (
      client: Client | null,
      packet: PublishPacket,
      done: (error?: Error | null) => void,
    ) => {
      done(check(client, (connection) => publishFault(connection, packet)));
    },
    authorizeSubscribe: (
      client: Client,
      subscription: { topic: string; qos: 0 | 1 | 2 },
      done: (error: Error | null, subscription?: { topic: string; qos: 0 | 1 | 2 } | null) => void,
    ) => {
      const error = check(client, ({ peer }) =>
        maySubscribe(peer, subscription.topic) ? undefined : 'subscribe to a foreign topic',
      );
      done(error, error ? null : subscription);
    },
  };
}

function guarded(socket: TLSSocket, mayPass: () => boolean): Duplex {
  const guard = new PacketGuard(packetLimit, mayPass);
  pipeline(socket, guard, () => undefined);
  return Duplex.from({ readable: guard, writable: socket });
}

function listenTls(options: BrokerOptions, onSocket: (socket: TLSSocket) => void): Server {
  const contextOf = ({ key, certificate }: KeyAndCertificate) => ({
    key,
    cert: certificate,
    ca: options.authority,
    minVersion: 'TLSv1.3' as const,
  });
  // A small message that waits for the acknowledgement of the one before it waits for 40 ms.
  const demands = { requestCert: true, rejectUnauthorized: true, noDelay: true };
  const limits = { handshakeTimeout: connectTimeoutMs };
  const server = createServer({ ...contextOf(options.identity), ...demands, ...limits }, onSocket);
  options.identity.follow?.((next) => {
    server.setSecureContext(contextOf(next));
  });
  server.listen({ host: options.host, port: options.port, backlog: waitingConnectionsLimit });
  return server;
}

/** Whether a packet of this connection may pass; the server speaks to all devices and is not counted. */
function allowanceOf({ peer, name }: Connection, floods: FloodGuard, onRefused: BrokerOptions['onRefused']) {
  if (peer.kind === 'server') return () => true;
  return () => {
    const mayPass = floods.take(name);
    if (!mayPass) onRefused(name, `too many packets: cut off for ${cutOffForMs / 1_000} s`);
    return mayPass;
  };
}

function closed(aedes: Aedes): Promise<void> {
  return new Promise((resolve) => {
    aedes.close(resolve);
  });
}

/**
 * The embedded broker: MQTT 3.1.1 over TLS 1.3 with client certificates. A peer is who its certificate
 * says, and may do what the table of topics allows it; nothing is retained, no session outlives its
 * connection.
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const connections = new WeakMap<object, Connection>();
  const aedes = await Aedes.createBroker({
    connectTimeout: connectTimeoutMs,
    keepaliveLimit: keepaliveLimitS,
    drainTimeout: drainTimeoutMs,
    maxTopicLevels: 8,
    ...rules(connections, options.onRefused),
  });
  aedes.on('clientError', (client, error) => {
    options.onRefused(connections.get(client.conn)?.name ?? 'nobody', error.message);
  });
  aedes.on('connectionError', (_client, error) => {
    options.onRefused('nobody', error.message);
  });
  const floods = createFloodGuard(options.clock);
  const server = listenTls(options, (socket) => {
    const connection = connectionOf(socket);
    socket.on('error', () => socket.destroy());
    if (!connection) {
      socket.destroy();
      return;
    }
    if (floods.isCutOff(connection.name)) {
      options.onRefused(connection.name, 'cut off');
      socket.destroy();
      return;
    }
    const stream = guarded(socket, allowanceOf(connection, floods, options.onRefused));
    stream.on('error', () => socket.destroy());
    connections.set(stream, connection);
    aedes.handle(stream);
  });
  try {
    await once(server, 'listening');
  } catch (error) {
    await closed(aedes);
    throw error;
  }
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    connectedPeers: () => aedes.connectedClients,
    close: async () => {
      server.close();
      await closed(aedes);
    },
  };
}
