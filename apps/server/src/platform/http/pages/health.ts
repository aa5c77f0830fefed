import { Refusal } from '@claviger/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../../metrics.ts';
import { Secret } from '../../secrets/index.ts';
import { registerExceptions } from './exceptions.ts';

/** What machines ask, by whatever address they have of the server. */
export const watchedPaths: ReadonlySet<string> = new Set(['/healthz', '/metrics']);

/** Whether the parts that the server stands on answer. */
export interface Health {
  readonly isDatabaseUp: boolean;
  readonly isBrokerUp: boolean;
}

export interface HealthPorts {
  readonly metrics: Metrics;
  readonly metricsToken: Secret;
  readonly health: () => Promise<Health>;
}

/** The bearer of the token: behind a proxy on this machine every request comes from loopback. */
function isInsider(request: FastifyRequest, metricsToken: Secret): boolean {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  return bearer !== undefined && new Secret(bearer).equals(metricsToken);
}

/**
 * `/healthz` tells anybody whether the server can work, and insiders what is wrong; `/metrics` is for
 * insiders alone.
 */
export async function registerHealth(app: FastifyInstance, ports: HealthPorts): Promise<void> {
  await registerExceptions(app, 'watched by machines that have no Account', (scope) => {
    scope.get('/healthz', async (request, reply) => {
      const health = await ports.health();
      const isWell = health.isDatabaseUp && health.isBrokerUp;
      reply.code(isWell ? 200 : 503).header('cache-control', 'no-store');
      const status = isWell ? 'ok' : 'unavailable';
      return isInsider(request, ports.metricsToken) ? { status, ...health } : { status };
    });
    scope.get('/metrics', async (request, reply) => {
      if (!isInsider(request, ports.metricsToken)) throw new Refusal('not_found');
      return reply.type(ports.metrics.contentType).send(await ports.metrics.text());
    });
  });
}
