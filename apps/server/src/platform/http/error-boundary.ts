import { errorAdvice, Refusal, type ErrorCode } from '@claviger/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Audit } from '../audit/index.ts';
import type { Database } from '../database/index.ts';
import type { Log } from '../log.ts';
import { auditFailure } from './access/audit.ts';
import { declarationOf } from './access/visit.ts';
import { StoredAnswer } from './once/stored-answer.ts';

export interface BoundaryPorts {
  readonly database: Database;
  readonly audit: Audit;
  readonly log: Log;
}

/** What Fastify says before a route is reached, in the words of the catalogue. */
const frameworkCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_BAD_URL: 'not_found',
};

/** Bodies that are no JSON, or JSON that would change how objects behave. */
const malformedBodies = new Set(['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_INVALID_CONTENT_LENGTH']);

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function isMalformedBody(error: unknown): boolean {
  const isParserError = error instanceof SyntaxError && 'statusCode' in error && error.statusCode === 400;
  return isParserError || malformedBodies.has(codeOf(error));
}

/** Turns whatever was thrown into a refusal; what nobody expected is `internal_fault`. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isMalformedBody(error)) {
    return new Refusal('invalid_input', { issues: [{ path: 'body', problem: 'malformed_json' }] });
  }
  return new Refusal(frameworkCodes[codeOf(error)] ?? 'internal_fault');
}

/** The body of every error answer: code, advice, request identifier; nothing of the error itself. */
export function errorBody(refusal: Refusal, requestId: string) {
  const { code, retryAfterS, issues } = refusal;
  return {
    error: {
      code,
      message: errorAdvice[code],
      requestId,
      ...(retryAfterS !== undefined && { retryAfterS }),
      ...(issues.length > 0 && { issues }),
    },
  };
}

export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.retryAfterS !== undefined) reply.header('retry-after', String(Math.ceil(refusal.retryAfterS)));
  return reply
    .code(refusal.status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(errorBody(refusal, reply.request.id));
}

/** The one place where an error of a request becomes an answer, a line in the log and a row in the audit. */
export function errorBoundary({ database, audit, log }: BoundaryPorts) {
  return async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    if (error instanceof StoredAnswer) {
      return reply.code(error.status).header('idempotency-replayed', 'true').send(error.answer);
    }
    const refusal = toRefusal(error);
    const route = declarationOf(request);
    const where = { requestId: request.id, method: request.method, route: request.routeOptions.url ?? '' };
    if (refusal.code === 'internal_fault') log.error('request failed', { ...where, error });
    if (typeof refusal.cause === 'string') {
      log.info('request refused', { ...where, code: refusal.code, note: refusal.cause });
    }
    if (route) {
      try {
        await auditFailure({ database, audit }, { request, route }, refusal);
      } catch (cause) {
        // The refusal stands whether or not it could be written down.
        log.error('audit row missing', { ...where, code: refusal.code, error: cause });
      }
    }
    return sendRefusal(reply, refusal);
  };
}
