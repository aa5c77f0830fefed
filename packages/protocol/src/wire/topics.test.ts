import { describe, expect, it } from 'vitest';
import {
  mayLeaveWill,
  mayPublish,
  maySubscribe,
  mosquittoAccessFile,
  parseTopic,
  peerOfName,
  serverPeerName,
  topicOf,
  type Channel,
  type Peer,
} from './topics.ts';

const own = '0193a6c0-1111-7000-8000-000000000001';
const foreign = '0193a6c0-1111-7000-8000-000000000002';
const device: Peer = { kind: 'device', deviceId: own };
const server: Peer = { kind: 'server' };
const all: readonly Channel[] = ['command', 'sync', 'ack', 'events', 'state'];

describe('the topics', () => {
  it('let a device say what devices say, about itself', () => {
    expect(all.filter((channel) => mayPublish(device, topicOf(own, channel)))).toEqual([
      'ack',
      'events',
      'state',
    ]);
    expect(all.filter((channel) => mayPublish(device, topicOf(foreign, channel)))).toEqual([]);
  });

  it('let a device hear what is for it, and no pattern', () => {
    expect(all.filter((channel) => maySubscribe(device, topicOf(own, channel)))).toEqual(['command', 'sync']);
    const patterns = [
      '#',
      '+',
      '+/#',
      'v1/d/+/cmd',
      `v1/d/${own}/#`,
      `v1/d/${own}/+`,
      '$SYS/#',
      topicOf(foreign, 'command'),
    ];
    expect(patterns.filter((pattern) => maySubscribe(device, pattern))).toEqual([]);
  });

  it('let the server say what servers say and hear what devices say', () => {
    expect(all.filter((channel) => mayPublish(server, topicOf(own, channel)))).toEqual(['command', 'sync']);
    expect(all.filter((channel) => maySubscribe(server, topicOf('+', channel)))).toEqual([
      'ack',
      'events',
      'state',
    ]);
    expect(maySubscribe(server, '#')).toBe(false);
  });

  it('let a device leave its last will on its own state and nowhere else', () => {
    expect(all.filter((channel) => mayLeaveWill(device, topicOf(own, channel)))).toEqual(['state']);
    expect(mayLeaveWill(device, topicOf(foreign, 'state'))).toBe(false);
    expect(mayLeaveWill(server, topicOf(own, 'state'))).toBe(false);
  });

  it.each([
    '',
    'v1/d',
    `v1/d/${own}`,
    `v1/d/${own}/cmd/x`,
    `v2/d/${own}/cmd`,
    `v1/d/${own}/`,
    `v1/d/ABC/cmd`,
    '$SYS/x',
  ])('do not include %o', (topic) => {
    expect(parseTopic(topic)).toBeUndefined();
    expect(mayPublish(device, topic) || mayPublish(server, topic)).toBe(false);
  });

  it('know a peer by the name in its certificate', () => {
    expect(peerOfName(own)).toEqual(device);
    expect([serverPeerName(1), serverPeerName(9)].map(peerOfName)).toEqual([server, server]);
    const nobodies = ['', 'server', 'Server-1', 'server-0', 'server-10', `${own}x`, '*', '+'];
    expect(nobodies.map(peerOfName)).toEqual(nobodies.map(() => undefined));
  });

  it('become the access file of mosquitto', () => {
    const forServer = ['topic write v1/d/+/cmd', 'topic write v1/d/+/sync', 'topic read v1/d/+/ack'];
    const forDevices = [
      'pattern read v1/d/%u/cmd',
      'pattern read v1/d/%u/sync',
      'pattern write v1/d/%u/ack',
      'pattern write v1/d/%u/evt',
      'pattern write v1/d/%u/state',
    ];

    const lines = mosquittoAccessFile().split('\n');

    expect(lines.slice(0, 4)).toEqual(['user server-1', ...forServer]);
    expect(lines.filter((line) => line.startsWith('user'))).toHaveLength(9);
    expect(lines.filter((line) => line.startsWith('pattern'))).toEqual(forDevices);
    expect(lines.filter((line) => line.includes('#'))).toEqual([]);
  });
});
