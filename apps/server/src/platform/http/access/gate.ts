import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { Refusal } from '@claviger/protocol';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../clock.ts';
import { isLoopback } from '../../config.ts';
import type { Database } from '../../database/index.ts';
import { addressSubject, TokenBuckets } from '../limits/token-buckets.ts';
import { isApiPath } from '../pages/security-headers.ts';
import { isBuiltFile } from '../pages/static-files.ts';
import { assertOwnOrigin, hostCheck } from './origin-check.ts';
import { hasOperator } from './store.ts';
import { declarationOf, visitorOf } from './visit.ts';

export interface GatePorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly mode: 'demo' | 'real';
  readonly publicOrigin: string;
  /** Devices know the server by whatever address it has; their entrance is not looked at by browsers. */
  readonly entrance: 'people' | 'devices';
  readonly trustedProxies: readonly string[];
  /** Without TLS of our own only the trusted proxies and this machine may connect. */
  readonly isEncrypted: boolean;
}

/** One address: what pages ask for when they open, then a steady rate that no person reaches. */
const callAllowance = { burst: 300, refillPerS: 20 };
/** Built files beside: a page has some ninety, and behind one address a whole house may open it at once. */
const fileAllowance = { burst: 2_000, refillPerS: 200 };

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/** Whether somebody runs the installation; once true it stays so, and only then it is remembered. */
function operatorCheck(database: Database): () => Promise<boolean> {
  let isKnown = false;
  return async () => {
    isKnown ||= await database.transact({ kind: 'installation' }, hasOperator);
    return isKnown;
  };
}

/**
 * What every request passes before its route: the proxy in front, the general limit of its address, the host
 * it asks for, its origin, and in a real installation that somebody runs it. Refuses with `foreign_origin`,
 * `too_many_requests`, `misdirected_request`, `malformed_request` and `not_signed_in`.
 */
export function openGate(ports: GatePorts): (request: FastifyRequest) => Promise<void> {
  const calls = new TokenBuckets(callAllowance);
  const files = new TokenBuckets(fileAllowance);
  const proxies = listOf(ports.trustedProxies);
  const ownOriginOf = ports.entrance === 'people' ? hostCheck(ports) : () => ports.publicOrigin;
  const isRunByOperator = operatorCheck(ports.database);
  const mayConnect = (peer: string): boolean => {
    const address = peer.replace(/^::ffff:(?=\d+\.)/i, '');
    return isLoopback(address) || proxies.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  };

  return async (request) => {
    const peer = request.socket.remoteAddress ?? '';
    if (!ports.isEncrypted && !mayConnect(peer)) throw new Refusal('foreign_origin');
    const buckets = isBuiltFile(request.url) ? files : calls;
    const waitS = buckets.take(addressSubject(visitorOf(request).address), ports.clock.now());
    if (waitS !== undefined) throw new Refusal('too_many_requests', { retryAfterS: waitS });
    assertOwnOrigin(request, ownOriginOf(request));
    if (ports.mode === 'demo' || !isApiPath(request.url)) return;
    if (declarationOf(request)?.isOpenBeforeBootstrap === true) return;
    if (!(await isRunByOperator())) throw new Refusal('not_signed_in');
  };
}
