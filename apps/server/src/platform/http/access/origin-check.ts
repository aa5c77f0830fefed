import { Refusal } from '@claviger/protocol';
import type { FastifyRequest } from 'fastify';
import { watchedPaths } from '../pages/health.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

interface OriginPorts {
  readonly mode: 'demo' | 'real';
  readonly publicOrigin: string;
}

/** The host as a URL spells it: in small letters, without the port that the scheme implies. */
function spelledHost(protocol: string, host: string): string | undefined {
  const url = URL.parse(`${protocol}//${host}`);
  return url?.pathname === '/' && url.username === '' ? url.host : undefined;
}

/**
 * Gives the origin that a request is for, and refuses it (`misdirected_request`) unless that is the public
 * origin, or in a demo a name of loopback: a page of another name that was made to lead here (DNS rebinding)
 * reads nothing. Machines that watch the server come by any name. Decision record 0007.
 */
export function hostCheck({ mode, publicOrigin }: OriginPorts): (request: FastifyRequest) => string {
  const { protocol, host: publicHost, port: publicPort } = new URL(publicOrigin);
  const isAlias = (host: string, port: number | undefined): boolean =>
    mode === 'demo' &&
    [publicPort, String(port ?? '')].some((own) =>
      loopbackNames.some((name) => spelledHost(protocol, own === '' ? name : `${name}:${own}`) === host),
    );

  return (request) => {
    // Behind a trusted proxy this is what it forwards.
    const asked = request.host as string | undefined;
    const host = asked === undefined ? undefined : spelledHost(protocol, asked);
    if (host !== undefined && (host === publicHost || isAlias(host, request.socket.localPort))) {
      return `${protocol}//${host}`;
    }
    if (watchedPaths.has(request.routeOptions.url ?? '')) return publicOrigin;
    throw new Refusal(host === undefined ? 'malformed_request' : 'misdirected_request');
  };
}

/**
 * Refuses (`foreign_origin`) a request that changes something and comes from another page than those of the
 * origin it is for. With a cookie it must show where it comes from, by `Origin` or `Sec-Fetch-Site`; programs
 * without cookies need neither.
 */
export function assertOwnOrigin(request: FastifyRequest, ownOrigin: string): void {
  if (safeMethods.has(request.method)) return;
  const { origin, cookie } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined && origin !== ownOrigin) throw new Refusal('foreign_origin');
  if (site !== undefined && site !== 'same-origin') throw new Refusal('foreign_origin');
  if (cookie !== undefined && origin === undefined && site === undefined) throw new Refusal('foreign_origin');
}
