/**
 * What goes out without being asked for: streams of a page, and topics of the broker. Written by hand; it
 * imports nothing of what it is held against.
 */

/** Who may follow the own Entity; whoever may hears these topics of it, and of no other Entity. */
export const followers: readonly string[] = ['community_manager', 'local_admin'];

export const streamTopics = ['lock', 'command', 'activity'] as const;

/**
 * Topics of the broker, one of each for every device. A device has its own and none of another; the server
 * sends to all, and listens to all at once. People have no connection there.
 */
export const brokerTopics: Readonly<Record<string, { readonly device: string; readonly server: string }>> = {
  command: { device: 'subscribe', server: 'publish' },
  sync: { device: 'subscribe', server: 'publish' },
  ack: { device: 'publish', server: 'subscribe_all' },
  events: { device: 'publish', server: 'subscribe_all' },
  state: { device: 'publish will', server: 'subscribe_all' },
};
