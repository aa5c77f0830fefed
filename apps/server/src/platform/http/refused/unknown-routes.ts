import { Refusal } from '@claviger/protocol';
import type { FastifyInstance } from 'fastify';

interface KnownRoute {
  readonly segments: readonly string[];
  readonly methods: readonly string[];
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

function fits({ segments }: KnownRoute, asked: readonly string[], maxParamLength: number): boolean {
  if (segments.at(-1) !== '*' && segments.length !== asked.length) return false;
  return segments.every((segment, index) => {
    const given = asked[index];
    if (segment === '*') return given !== undefined;
    if (!segment.startsWith(':')) return segment === given;
    return given !== undefined && given !== '' && given.length <= maxParamLength;
  });
}

/**
 * Refuses what no route answers before its body is read: `method_not_allowed` with `Allow` where the path is
 * known, `not_found` where it is not. What is merely read is left to the handler of unknown pages. Sees the
 * routes that are registered after it.
 */
export function refuseUnknownRoutes(app: FastifyInstance, maxParamLength: number): void {
  const known: KnownRoute[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    known.push({ segments: segmentsOf(url), methods: [method].flat() });
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const asked = segmentsOf(request.url.split('?', 1)[0] ?? '');
    const found = known.filter((route) => fits(route, asked, maxParamLength));
    const methods = new Set(found.flatMap((route) => route.methods));
    if (methods.size > 0) {
      reply.header('allow', [...methods].sort().join(', '));
      throw new Refusal('method_not_allowed');
    }
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (!isReading) throw new Refusal('not_found');
    return Promise.resolve();
  });
}
