import { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { Link } from '@claviger/agent';
import { lastWill, messageSizeLimit, parseTopic, topicOf, type DownChannel } from '@claviger/protocol';
import type { OwnedBox } from './enrolment.ts';

/** The broker misses a dead connection after one and a half of this. */
const keepaliveS = 15;
const connectTimeoutMs = 10_000;

/** Pause between tries to connect; a random part keeps a street of doors from coming back all at once. */
const reconnectPauseMs = 1_000;
const reconnectSpreadMs = 1_500;

export interface LinkParts {
  readonly owned: OwnedBox;
  readonly brokerUrl: string;
  readonly authority: string;
  readonly privateKey: string;
  readonly onUp: () => void;
  readonly onDown: () => void;
  readonly onMessage: (channel: DownChannel, message: Uint8Array) => void;
  readonly note: (level: 'info' | 'warn' | 'error', text: string) => void;
}

function isDown(channel: string): channel is DownChannel {
  return channel === 'command' || channel === 'sync';
}

function openClient(parts: LinkParts): MqttClient {
  const { deviceId, certificate } = parts.owned;
  const options: IClientOptions & Pick<SecureContextOptions, 'minVersion'> = {
    protocolVersion: 4,
    clientId: deviceId,
    clean: true,
    cert: certificate,
    key: parts.privateKey,
    ca: parts.authority,
    minVersion: 'TLSv1.3',
    rejectUnauthorized: true,
    keepalive: keepaliveS,
    connectTimeout: connectTimeoutMs,
    reconnectPeriod: reconnectPauseMs + Math.floor(Math.random() * reconnectSpreadMs),
    resubscribe: false,
    queueQoSZero: false,
    will: { topic: topicOf(deviceId, 'state'), payload: Buffer.from(lastWill), qos: 0, retain: false },
  };
  return connect(parts.brokerUrl, options);
}

/**
 * The connection to the broker: MQTT 3.1.1 over mutual TLS. It reconnects by itself and promises nothing:
 * upward messages go out at most once, the agent sends again what was not confirmed.
 */
export function openLink(parts: LinkParts): Link & { close(): Promise<void> } {
  const { deviceId } = parts.owned;
  const client = openClient(parts);
  let isUp = false;
  let lastFault = '';

  const down = (): void => {
    if (isUp) parts.onDown();
    isUp = false;
  };
  client.on('connect', () => {
    // A small message that waits for the acknowledgement of the one before it waits for 40 ms.
    if (client.stream instanceof Socket) client.stream.setNoDelay(true);
    const filters = [topicOf(deviceId, 'command'), topicOf(deviceId, 'sync')];
    client.subscribe(filters, { qos: 1 }, (error) => {
      if (error || !client.connected) {
        client.reconnect();
        return;
      }
      isUp = true;
      lastFault = '';
      parts.onUp();
    });
  });
  client.on('close', down);
  client.on('error', (error) => {
    if (error.message !== lastFault) parts.note('warn', `broker: ${error.message}`);
    lastFault = error.message;
  });
  client.on('message', (topic, payload) => {
    const parsed = parseTopic(topic);
    if (!isUp || parsed?.deviceId !== deviceId || !isDown(parsed.channel)) return;
    parts.onMessage(parsed.channel, Uint8Array.from(payload.subarray(0, messageSizeLimit + 1)));
  });

  return {
    publish: (channel, message) => {
      if (isUp) client.publish(topicOf(deviceId, channel), Buffer.from(message), { qos: 0 });
    },
    close: async () => {
      await client.endAsync(true);
    },
  };
}
