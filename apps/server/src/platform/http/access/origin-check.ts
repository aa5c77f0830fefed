import { Refusal } from '@claviger/protocol';
import type { FastifyRequest } from 'fastify';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses (`foreign_origin`) a request that changes something and comes from another page than ours. With a
 * cookie it must show where it comes from, by `Origin` or `Sec-Fetch-Site`; programs without cookies need
 * neither.
 */
export function assertOwnOrigin(request: FastifyRequest, ownOrigins: ReadonlySet<string>): void {
  if (safeMethods.has(request.method)) return;
  const { origin, cookie } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined && !ownOrigins.has(origin)) throw new Refusal('foreign_origin');
  if (site !== undefined && site !== 'same-origin') throw new Refusal('foreign_origin');
  if (cookie !== undefined && origin === undefined && site === undefined) throw new Refusal('foreign_origin');
}
