import { BlockList, isIP } from 'node:net';

const loopbackNetworks = new BlockList();
loopbackNetworks.addSubnet('127.0.0.0', 8, 'ipv4');
loopbackNetworks.addAddress('::1', 'ipv6');

/**
 * Whether nobody outside this machine can reach, or is, this host; a name counts only when it is `localhost`.
 */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host === 'localhost';
  return loopbackNetworks.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
