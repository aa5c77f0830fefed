/**
 * The five topics of a device, `v1/d/<device>/<segment>`, and who may do what with them. This table is the
 * access rule: the embedded broker asks it, and the access file for mosquitto is made from it. Names,
 * e-mail addresses and Entities never appear in a topic.
 */
export const channels = {
  command: { segment: 'cmd', direction: 'down' },
  sync: { segment: 'sync', direction: 'down' },
  ack: { segment: 'ack', direction: 'up' },
  events: { segment: 'evt', direction: 'up' },
  state: { segment: 'state', direction: 'up' },
} as const;

export type Channel = keyof typeof channels;
export type UpChannel = 'ack' | 'events' | 'state';
export type DownChannel = 'command' | 'sync';

/** Who a connection is, by its certificate. */
export type Peer = { readonly kind: 'server' } | { readonly kind: 'device'; readonly deviceId: string };

/** Copies of the server that may run side by side at one broker, numbered from 1. */
export const serverCopyLimit = 9;

/** The common name in the certificate of a server copy's own connection to the broker. */
export function serverPeerName(copy: number): string {
  return `server-${copy}`;
}

const serverNames = Array.from({ length: serverCopyLimit }, (_, index) => serverPeerName(index + 1));
const root = 'v1/d';
const deviceIdForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The payload of a device's last will on its state topic: unsigned, so no more than a hint. */
export const lastWill = Uint8Array.of(0);

/** The peer of a certificate's common name, or undefined: then it is nobody. */
export function peerOfName(commonName: string): Peer | undefined {
  if (serverNames.includes(commonName)) return { kind: 'server' };
  return deviceIdForm.test(commonName) ? { kind: 'device', deviceId: commonName } : undefined;
}

export function topicOf(deviceId: string, channel: Channel): string {
  return `${root}/${deviceId}/${channels[channel].segment}`;
}

/** The device and channel of a topic, or undefined if it is none of ours. */
export function parseTopic(topic: string): { deviceId: string; channel: Channel } | undefined {
  const [version, kind, deviceId = '', segment, ...rest] = topic.split('/');
  if (`${version}/${kind}` !== root || rest.length > 0 || !deviceIdForm.test(deviceId)) return undefined;
  const names = Object.keys(channels) as Channel[];
  const channel = names.find((name) => channels[name].segment === segment);
  return channel === undefined ? undefined : { deviceId, channel };
}

/** The filters that the server subscribes to: what devices say. */
export const serverFilters: readonly string[] = upChannels().map((channel) => topicOf('+', channel));

function upChannels(): UpChannel[] {
  return (Object.keys(channels) as Channel[]).filter(
    (name): name is UpChannel => channels[name].direction === 'up',
  );
}

/** Whether the peer may publish to the topic. Retained messages are refused for everybody. */
export function mayPublish(peer: Peer, topic: string): boolean {
  const parsed = parseTopic(topic);
  if (!parsed) return false;
  if (peer.kind === 'server') return channels[parsed.channel].direction === 'down';
  return parsed.deviceId === peer.deviceId && channels[parsed.channel].direction === 'up';
}

/**
 * Whether the peer may subscribe to the filter: a device to its own two topics by name, never to a pattern.
 */
export function maySubscribe(peer: Peer, filter: string): boolean {
  if (peer.kind === 'server') return serverFilters.includes(filter);
  const parsed = parseTopic(filter);
  return parsed?.deviceId === peer.deviceId && channels[parsed.channel].direction === 'down';
}

/** Whether the peer may leave this last will: a device on its own state topic, as a hint. */
export function mayLeaveWill(peer: Peer, topic: string): boolean {
  return peer.kind === 'device' && topic === topicOf(peer.deviceId, 'state');
}

/**
 * The access file (`acl_file`) for mosquitto with `use_identity_as_username` and
 * `use_username_as_clientid`: the same rules, where `%u` is the common name of the certificate. What is not
 * listed is denied.
 */
export function mosquittoAccessFile(): string {
  const rules = Object.values(channels);
  const forServer = rules.map(({ segment, direction }) =>
    direction === 'up' ? `topic read ${root}/+/${segment}` : `topic write ${root}/+/${segment}`,
  );
  const forDevices = rules.map(({ segment, direction }) =>
    direction === 'up' ? `pattern write ${root}/%u/${segment}` : `pattern read ${root}/%u/${segment}`,
  );
  const servers = serverNames.flatMap((name) => [`user ${name}`, ...forServer, '']);
  return [...servers, ...forDevices, ''].join('\n');
}
