import { randomUUID } from 'node:crypto';
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { fastify, type FastifyInstance, type FastifyRequest } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { Authentication } from '../authentication/index.ts';
import type { KeyAndCertificate } from '../pki/index.ts';
import type { ServedIdentity } from '../pki/renewal.ts';
import type { Secret } from '../secrets/index.ts';
import { openGate, type GatePorts } from './access/gate.ts';
import { doorkeeper, type Doorkeeper } from './access/let-in.ts';
import { errorBoundary, sendRefusal, toRefusal, type BoundaryPorts } from './error-boundary.ts';
import { inputCompiler } from './input-check.ts';
import { openSharedLimiter } from './limits/shared-limit.ts';
import { TokenBuckets } from './limits/token-buckets.ts';
import { openLiveHub, type LiveHub, type LivePorts } from './live.ts';
import { registerDescription, registerDocumentation } from './pages/documentation.ts';
import { refuseUndeclaredRoutes } from './pages/exceptions.ts';
import { registerHealth, type HealthPorts } from './pages/health.ts';
import { registerSecurityHeaders } from './pages/security-headers.ts';
import { registerKeyPage } from './pages/key-page.ts';
import type { OnceKeys } from './once/stored-answer.ts';
import { readableAddress, registerPortal } from './pages/static-files.ts';
import { refuseUnknownRoutes } from './refused/unknown-routes.ts';
import { registerRoute } from './register-route.ts';
import type { RouteDeclaration } from './route.ts';
import { refuseUnreadable } from './refused/unreadable-requests.ts';

/** What the HTTP side is made of. */
export interface HttpPorts extends GatePorts, BoundaryPorts, HealthPorts, LivePorts {
  readonly authentication: Authentication;
  /** The key under which limited addresses are stored. */
  readonly limitedSubjectsKey: Secret;
  readonly onceKeys: OnceKeys;
  readonly routes: readonly RouteDeclaration[];
  /** The server's own where nothing else is said. */
  readonly doorkeeper?: Doorkeeper;
  readonly version: string;
  /** Key and certificate of our own, PEM; absent behind a proxy and on loopback. */
  readonly tls?: ServedIdentity;
  /** The built Portal. */
  readonly portalFolder?: string;
  /** The built page of Keys. */
  readonly keyPageFolder?: string;
}

/** The largest body that any route takes is a form of text. */
const bodyLimitBytes = 64 * 1024;
const maxParamLength = 100;
/** A whole request must have arrived by then; answers may take longer. */
const requestTimeoutMs = 30_000;
const headersTimeoutMs = 10_000;
const keepAliveTimeoutMs = 65_000;
const headersLimitBytes = 16 * 1024;
/** One Account in one copy of the server: several windows at once, then a steady rate. */
const accountAllowance = { burst: 240, refillPerS: 15 };

/** A program that has an old key tries it for a while; 256 bits are not found at any rate. */
const wrongKeyAllowance = { burst: 20, refillPerS: 0.2 };

/** People's browsers may be old; devices are ours, and speak nothing older than TLS 1.3. */
const oldestTls = { people: 'TLSv1.2', devices: 'TLSv1.3' } as const;

function createServer({ tls, entrance }: HttpPorts) {
  return (listener: RequestListener): Server => {
    const options = {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
      maxHeaderSize: headersLimitBytes,
      // Node would answer a request without Host with an empty body; the gate has a better one.
      requireHostHeader: false,
    };
    if (!tls) return createPlainServer(options, listener);
    const contextOf = ({ key, certificate }: KeyAndCertificate) => ({
      key,
      cert: certificate,
      minVersion: oldestTls[entrance],
    });
    const server = createTlsServer({ ...options, ...contextOf(tls) }, listener);
    tls.follow?.((next) => {
      server.setSecureContext(contextOf(next));
    });
    return server;
  };
}

/**
 * Clients that always say `application/json` say it of an empty body too, of a DELETE for one. It is then no
 * body; a route that wants one refuses that beside the field.
 */
function takeEmptyBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parseJson(request, body, done);
  });
}

function createApp(ports: HttpPorts): FastifyInstance {
  const { trustedProxies, log } = ports;
  const app = fastify({
    serverFactory: createServer(ports),
    bodyLimit: bodyLimitBytes,
    routerOptions: { maxParamLength },
    rewriteUrl: ({ url = '/' }) => readableAddress(url),
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    forceCloseConnections: true,
    // An identifier from outside could be used to confuse whoever reads the log.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    clientErrorHandler: refuseUnreadable(log),
    frameworkErrors: (error, _request, reply) => void sendRefusal(reply, toRefusal(error)),
  });
  app.removeContentTypeParser('text/plain');
  takeEmptyBodies(app);
  app.setValidatorCompiler(inputCompiler);
  app.setSerializerCompiler(serializerCompiler);
  return app;
}

function observeAnswers(app: FastifyInstance, { log, metrics }: HttpPorts): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = patternOf(request);
    const { method } = request;
    const { statusCode: status, elapsedTime } = reply;
    metrics.countRequest({ method, route, status, durationS: elapsedTime / 1000 });
    log.info('request answered', {
      requestId: request.id,
      method,
      route,
      status,
      durationMs: Math.round(elapsedTime),
    });
    done();
  });
}

/** The pattern of the route: what people ask for beyond our routes is theirs and may be anything. */
function patternOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'none';
}

async function registerAll(app: FastifyInstance, ports: HttpPorts, live: LiveHub): Promise<void> {
  const { database, authentication, clock, onceKeys, audit } = ports;
  const accountBuckets = new TokenBuckets(accountAllowance);
  const wrongKeyBuckets = new TokenBuckets(wrongKeyAllowance);
  const limiter = openSharedLimiter(database, ports.limitedSubjectsKey);
  for (const route of ports.routes) {
    const own = {
      accountBuckets,
      wrongKeyBuckets,
      limiter,
      live,
      doorkeeper: ports.doorkeeper ?? doorkeeper,
    };
    await registerRoute(app, { database, authentication, clock, onceKeys, audit, ...own }, route);
  }
  await registerDocumentation(app);
  await registerHealth(app, ports);
  await registerPortal(app, ports.portalFolder);
  await registerKeyPage(app, ports.keyPageFolder);
}

/**
 * Builds the HTTP side: security headers, the gate, the declared routes, the documents, the Portal's files.
 * It does not listen yet, and it does not become ready with a route that was not declared.
 */
export async function buildHttp(ports: HttpPorts): Promise<FastifyInstance> {
  const app = createApp(ports);
  const live = await openLiveHub(ports);
  ports.metrics.watch('claviger_live_streams', 'Open live streams', () => live.count());
  app.addHook('preClose', () => live.close());
  app.setErrorHandler(errorBoundary(ports));
  refuseUndeclaredRoutes(app);
  observeAnswers(app, ports);
  await registerSecurityHeaders(app, ports.isEncrypted || ports.publicOrigin.startsWith('https:'));
  await registerDescription(app, ports.version);
  app.addHook('onRequest', openGate(ports));
  refuseUnknownRoutes(app, maxParamLength);
  await registerAll(app, ports, live);
  return app;
}
