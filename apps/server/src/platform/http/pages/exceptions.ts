import assert from 'node:assert/strict';
import type { FastifyInstance, RouteOptions } from 'fastify';

type RegisterRoutes = (scope: FastifyInstance) => void | Promise<void>;

/**
 * Registers routes that are no calls of the API, and says why they need no declaration. They are not
 * documented.
 */
export async function registerExceptions(
  app: FastifyInstance,
  exception: string,
  registerRoutes: RegisterRoutes,
): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, exception };
      route.schema = { ...route.schema, hide: true };
    });
    await registerRoutes(scope);
  });
}

/** Refuses to start a server with a route that was neither declared nor excepted. */
export function refuseUndeclaredRoutes(app: FastifyInstance): void {
  const seen: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    seen.push(route);
  });
  app.addHook('onReady', (done) => {
    for (const { url, config } of seen) {
      assert(config?.declaration ?? config?.exception, `the route ${url} is not declared`);
    }
    done();
  });
}
