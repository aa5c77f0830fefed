import assert from 'node:assert/strict';
import { Refusal, type RouteContract } from '@claviger/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Audit } from '../audit/index.ts';
import { auditCall, scopeOf, scopeOfCall } from './access/audit.ts';
import type { Doorkeeper, DoorkeeperPorts } from './access/let-in.ts';
import { isMember, visitOf, visitorOf } from './access/visit.ts';
import type { SharedLimiter } from './limits/shared-limit.ts';
import type { LiveHub } from './live.ts';
import { beginOnce, idempotencyKeyOf, sealAnswer, type OnceKeys } from './once/stored-answer.ts';
import { keepAnswer, type KeyPlace } from './once/store.ts';
import {
  operationOf,
  type Download,
  type LimitedSubject,
  type RawCall,
  type RouteDeclaration,
  type Transact,
} from './route.ts';
import { policyText } from './pages/security-headers.ts';
import { pathOf, schemaOf } from './route-schema.ts';

export interface RoutePorts extends DoorkeeperPorts {
  readonly doorkeeper: Doorkeeper;
  readonly limiter: SharedLimiter;
  readonly live: LiveHub;
  readonly audit: Audit;
  readonly onceKeys: OnceKeys;
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const downloadName = /^[\w.-]{1,100}$/;

function keyPlace(route: RouteDeclaration, request: FastifyRequest): KeyPlace | undefined {
  if (!route.contract.isIdempotencyKeyNeeded || route.permission === 'public') return undefined;
  const { actor } = visitOf(request);
  assert(isMember(actor), 'a route with stored answers has a member as its caller');
  return { entityId: actor.entityId, accountId: actor.accountId, key: idempotencyKeyOf(request) };
}

/** The transaction of an audited route: role, key, work, answer and audit row become durable together. */
function auditedTransact(ports: RoutePorts, route: RouteDeclaration, request: FastifyRequest) {
  const operation = operationOf(route);
  const place = keyPlace(route, request);
  const visit = visitOf(request);
  let answer: { readonly value: unknown } | undefined;

  const transact: Transact = async (work) => {
    assert(!answer, 'an audited route has one transaction');
    const result = await ports.database.transact(scopeOfCall(route, request), async (tx) => {
      await ports.doorkeeper.assertStillPermitted(tx, route, request);
      if (place) await beginOnce(tx, place, { request, keys: ports.onceKeys });
      const value = await work(tx);
      if (place) {
        const answer = sealAnswer(ports.onceKeys, place, encoded(route, value));
        await keepAnswer(tx, place, { status: route.contract.status, answer });
      }
      if (operation !== undefined) await auditCall(tx, ports.audit, { request, route, operation });
      return value;
    });
    answer = { value: result };
    visit.isAudited = true;
    return result;
  };
  const assertKept = (given: unknown): void => {
    assert(
      !place || answer?.value === given,
      'a route with stored answers answers with what its transaction gave',
    );
  };
  return { transact, assertKept };
}

function encoded({ contract }: RouteDeclaration, value: unknown): unknown {
  return contract.answer ? z.encode(contract.answer, value) : undefined;
}

function plainTransact(ports: RoutePorts, route: RouteDeclaration, request: FastifyRequest): Transact {
  return (work) => ports.database.transact(scopeOfCall(route, request), work);
}

/** The file that was sent; a request without any body sent an empty one. */
function fileOf({ contract }: RouteDeclaration, { body }: FastifyRequest): Uint8Array | undefined {
  if (!contract.upload) return undefined;
  return body instanceof Uint8Array ? body : new Uint8Array();
}

async function answerCall(
  ports: RoutePorts,
  route: RouteDeclaration,
  { request, reply }: Exchange,
): Promise<unknown> {
  const visit = visitOf(request);
  const operation = operationOf(route);
  visit.isAccountable = true;
  const audited = operation === undefined ? undefined : auditedTransact(ports, route, request);
  const call: RawCall = {
    input: { params: request.params, query: request.query, body: request.body },
    file: fileOf(route, request),
    actor: visit.actor,
    transact: audited?.transact ?? plainTransact(ports, route, request),
    requestId: request.id,
    visitor: visitorOf(request),
    idempotencyKey: route.contract.isIdempotencyKeyNeeded ? idempotencyKeyOf(request) : undefined,
    note: (note) => {
      visit.note = { ...visit.note, ...note };
    },
    setCookies: (cookies) => {
      reply.header('set-cookie', [...cookies]);
    },
  };
  const answer = await route.answer(call);
  audited?.assertKept(answer);
  if (operation !== undefined && !visit.isAudited) {
    await ports.database.transact(scopeOf(request), (tx) =>
      auditCall(tx, ports.audit, { request, route, operation }),
    );
    visit.isAudited = true;
  }
  return answer;
}

/** A file is no page of ours, whatever is in it. */
const filePolicy = policyText({ 'default-src': ["'none'"], 'frame-ancestors': ["'none'"], sandbox: [] });
const keptFor = 'private, max-age=3600, immutable';

function sendDownload(reply: FastifyReply, download: Download): FastifyReply {
  const { contentType, fileName, content, isKept = false } = download;
  assert(downloadName.test(fileName), 'a file name is plain');
  if (isKept) reply.header('cache-control', keptFor);
  return reply
    .header('content-security-policy', filePolicy)
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .send(content);
}

function isDownload(answer: unknown): answer is Download {
  return typeof answer === 'object' && answer !== null && 'content' in answer;
}

async function handle(ports: RoutePorts, route: RouteDeclaration, exchange: Exchange): Promise<FastifyReply> {
  const answer = await answerCall(ports, route, exchange);
  const reply = exchange.reply.code(route.contract.status);
  if (answer === 'live') {
    // Nobody reads a stream after HEAD: it would stay open for nothing.
    if (exchange.request.method === 'HEAD') return reply.type('text/event-stream').send();
    return ports.live.open(exchange, () => ports.doorkeeper.mayStay(ports, route, exchange.request));
  }
  return isDownload(answer) ? sendDownload(reply, answer) : reply.send(answer);
}

function subjectsOf(route: RouteDeclaration, request: FastifyRequest): LimitedSubject[] {
  const input = { params: request.params, query: request.query, body: request.body };
  return route.subjectsOf({ input, visitor: visitorOf(request), actor: visitOf(request).actor });
}

/** Answers; a refusal takes from the limits that count refusals, and is *too many* when nothing is left. */
async function handleCounted(
  ports: RoutePorts,
  route: RouteDeclaration,
  exchange: Exchange,
): Promise<FastifyReply> {
  try {
    return await handle(ports, route, exchange);
  } catch (error) {
    if (error instanceof Refusal) {
      const { code } = error;
      const subjects = subjectsOf(route, exchange.request);
      await ports.limiter.take(subjects.filter(({ counts }) => counts === 'refused' || counts === code));
    }
    throw error;
  }
}

/** Files arrive in a scope of their own, in which nothing else is read; beyond the limit reading ends. */
function takeFiles(scope: FastifyInstance, { types }: NonNullable<RouteContract['upload']>): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser([...types], { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
}

function addRoute(app: FastifyInstance, ports: RoutePorts, route: RouteDeclaration): void {
  const { contract } = route;
  app.route({
    method: contract.method,
    url: pathOf(contract),
    schema: schemaOf(contract),
    config: { declaration: route },
    ...(contract.upload && { bodyLimit: contract.upload.limitBytes }),
    onRequest: (request, reply) => ports.doorkeeper.letIn(ports, route, { request, reply }),
    preHandler: async (request) => {
      await ports.limiter.take(subjectsOf(route, request).filter(({ counts }) => counts === undefined));
    },
    handler: (request, reply) => handleCounted(ports, route, { request, reply }),
  });
}

/** Registers a declared route: let in, check the input, take from its limits, answer, audit. */
export async function registerRoute(
  app: FastifyInstance,
  ports: RoutePorts,
  route: RouteDeclaration,
): Promise<void> {
  const { upload } = route.contract;
  if (!upload) {
    addRoute(app, ports, route);
    return;
  }
  await app.register((scope, _options, done) => {
    takeFiles(scope, upload);
    addRoute(scope, ports, route);
    done();
  });
}
