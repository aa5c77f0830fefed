import { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { connect, type IClientOptions } from 'mqtt';
import {
  messageSizeLimit,
  parseTopic,
  serverFilters,
  serverPeerName,
  topicOf,
  type DownChannel,
  type UpChannel,
} from '@claviger/protocol';
import type { ServedIdentity } from '../pki/renewal.ts';

const keepaliveS = 15;
const connectTimeoutMs = 5_000;
const reconnectPauseMs = 500;
/** The broker must take a message within this time, or it counts as not sent. */
const publishTimeoutMs = 3_000;

export interface BusOptions {
  readonly brokerUrl: string;
  readonly authority: string;
  readonly identity: ServedIdentity;
  /** Which copy of the server this is, from 1; the name in `identity` is this copy's. */
  readonly copy: number;
  /** What devices say, in the order in which it came; without it the connection only sends. */
  readonly onMessage?: (deviceId: string, channel: UpChannel, message: Uint8Array) => void;
  readonly onNote: (text: string) => void;
}

/** The server's connection to the broker, whichever broker it is. */
export interface Bus {
  isConnected(): boolean;
  /** True when the broker has taken the message; nothing is kept for later if it does not. */
  send(deviceId: string, channel: DownChannel, message: Uint8Array): Promise<boolean>;
  close(): Promise<void>;
}

function isUp(channel: string): channel is UpChannel {
  return channel === 'ack' || channel === 'events' || channel === 'state';
}

function open({ brokerUrl, authority, identity, copy }: BusOptions) {
  const options: IClientOptions & Pick<SecureContextOptions, 'minVersion'> = {
    protocolVersion: 4,
    clientId: serverPeerName(copy),
    clean: true,
    ca: authority,
    cert: identity.certificate,
    key: identity.key,
    minVersion: 'TLSv1.3',
    rejectUnauthorized: true,
    keepalive: keepaliveS,
    connectTimeout: connectTimeoutMs,
    reconnectPeriod: reconnectPauseMs,
    resubscribe: true,
    queueQoSZero: false,
  };
  return connect(brokerUrl, options);
}

/** Connects to the broker and keeps connecting; what it sends is not queued while it is not connected. */
export function openBus(options: BusOptions): Bus {
  const client = open(options);
  let lastFault = '';
  // The connection stands; the next one is made with these.
  options.identity.follow?.(({ key, certificate }) => {
    Object.assign(client.options, { key, cert: certificate });
  });
  client.on('connect', () => {
    // A small message that waits for the acknowledgement of the one before it waits for 40 ms.
    if (client.stream instanceof Socket) client.stream.setNoDelay(true);
    lastFault = '';
    options.onNote('connected to the broker');
    if (options.onMessage) client.subscribe([...serverFilters], { qos: 1 });
  });
  client.on('error', (error) => {
    if (error.message !== lastFault) options.onNote(`broker: ${error.message}`);
    lastFault = error.message;
  });
  client.on('message', (topic, payload) => {
    const parsed = parseTopic(topic);
    if (!parsed || !isUp(parsed.channel) || payload.length > messageSizeLimit) return;
    options.onMessage?.(parsed.deviceId, parsed.channel, Uint8Array.from(payload));
  });

  const send = (deviceId: string, channel: DownChannel, message: Uint8Array): Promise<boolean> =>
    new Promise((resolve) => {
      if (!client.connected) {
        resolve(false);
        return;
      }
      const timer = setTimeout(() => {
        resolve(false);
      }, publishTimeoutMs);
      client.publish(topicOf(deviceId, channel), Buffer.from(message), { qos: 1 }, (error) => {
        clearTimeout(timer);
        resolve(!error);
      });
    });

  return {
    isConnected: () => client.connected,
    send,
    close: async () => {
      await client.endAsync(true);
    },
  };
}
