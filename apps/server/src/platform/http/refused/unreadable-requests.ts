import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Refusal, type ErrorCode } from '@claviger/protocol';
import type { Log } from '../../log.ts';
import { errorBody } from '../error-boundary.ts';

/** What Node says of a request that it could not read, in the words of the catalogue. */
const parserCodes: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_too_slow',
};

function answerTo(refusal: Refusal, requestId: string): string {
  const body = JSON.stringify(errorBody(refusal, requestId));
  return [
    `HTTP/1.1 ${String(refusal.status)} ${STATUS_CODES[refusal.status] ?? ''}`,
    `x-request-id: ${requestId}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${String(Buffer.byteLength(body))}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
    '',
    body,
  ].join('\r\n');
}

/**
 * Answers what is no HTTP that we can read, and closes the connection: `malformed_request`,
 * `headers_too_large` or `request_too_slow`. What came is neither repeated nor logged.
 */
export function refuseUnreadable(log: Log) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy(error);
      return;
    }
    const refusal = new Refusal(parserCodes[error.code ?? ''] ?? 'malformed_request');
    const requestId = randomUUID();
    log.info('request unreadable', { requestId, status: refusal.status, code: refusal.code });
    socket.end(answerTo(refusal, requestId));
  };
}
