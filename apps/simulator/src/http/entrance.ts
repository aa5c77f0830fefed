import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import { errorAdvice, Refusal, type ErrorCode, type InputIssue } from '@claviger/protocol';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { z } from 'zod';
import { doorAction, newDoor } from '../contract.ts';
import type { Street } from '../street/street.ts';
import { createLiveStreams } from './live.ts';

/** The longest body that an action needs, in bytes, with room. */
const bodyLimitBytes = 4_096;
/** How long a request may take to arrive. */
const requestTimeoutMs = 10_000;

const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

export interface EntranceSetting {
  readonly street: Street;
  /** The built page; without it the entrance says how to build it. */
  readonly pageFolder: string;
  readonly note: (level: 'warn' | 'error', text: string) => void;
}

/**
 * The page shows pairing codes, so a page of another site must not read it by giving its own name this
 * address (DNS rebinding), nor press buttons by posting here. Throws `foreign_origin`.
 */
function refuseForeign(request: FastifyRequest): void {
  const isOurs = ['127.0.0.1', '[::1]', 'localhost'].includes(request.host.replace(/:\d+$/, ''));
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  const { origin } = request.headers;
  if (!isOurs || (!isReading && origin !== `http://${request.host}`)) throw new Refusal('foreign_origin');
}

function parse<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue): InputIssue => ({
    path: issue.path.join('.'),
    problem: issue.code === 'custom' || issue.code === 'invalid_format' ? issue.message : issue.code,
  }));
  throw new Refusal('invalid_input', { issues });
}

const codeOfFastify: Partial<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_input',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_input',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_input',
};

function refusalOf(error: FastifyError | Refusal): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(codeOfFastify[error.code] ?? 'internal_fault');
}

function answerRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { code, issues } = refusal;
  const message = errorAdvice[code];
  return reply.status(refusal.status).send({ error: { code, message, requestId: request.id, issues } });
}

type DoorRequest = FastifyRequest<{ Params: { serial: string } }>;

function addRoutes(app: FastifyInstance, street: Street): void {
  const streams = createLiveStreams(street);
  app.addHook('preClose', () => {
    streams.end();
  });

  app.get('/api/live', (_request, reply) => {
    streams.open(reply.raw);
    reply.hijack();
  });
  app.post('/api/doors', async (request, reply) => {
    const door = await street.addDoor(parse(newDoor, request.body));
    return reply.status(201).send(door);
  });
  app.post('/api/doors/:serial/actions', (request: DoorRequest) =>
    street.act(request.params.serial, parse(doorAction, request.body)),
  );
  app.post('/api/doors/:serial/removal', async (request: DoorRequest, reply) => {
    await street.removeDoor(request.params.serial);
    return reply.status(204).send();
  });
}

function addPage(app: FastifyInstance, pageFolder: string): void {
  if (existsSync(pageFolder)) {
    app.register(fastifyStatic, { root: pageFolder, immutable: false, cacheControl: false });
    return;
  }
  app.get('/', (_request, reply) =>
    reply.status(503).type('text/plain').send('The page of the street is not built: npm run build\n'),
  );
}

/**
 * The HTTP entrance of the simulator: the page, what happens on the street live, and what people do there.
 */
export function buildEntrance(setting: EntranceSetting): FastifyInstance {
  const app = fastify({
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    forceCloseConnections: true,
  });
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    refuseForeign(request);
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
  app.setNotFoundHandler((request, reply) => answerRefusal(request, reply, new Refusal('not_found')));
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.code === 'internal_fault')
      setting.note('error', `${request.id}: ${error.stack ?? error.message}`);
    return answerRefusal(request, reply, refusal);
  });
  addRoutes(app, setting.street);
  addPage(app, setting.pageFolder);
  return app;
}
