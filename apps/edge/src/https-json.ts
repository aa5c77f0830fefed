import { request } from 'node:https';
import type { z } from 'zod';

/** Longest answer that is read, in bytes. */
const answerLimit = 64 * 1024;

export interface JsonCall<Answer> {
  readonly url: URL;
  readonly authority: string;
  readonly body: unknown;
  readonly answer: z.ZodType<Answer>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** The server answered, but not with what was asked for: its status, and its error code if it gave one. */
export class AnswerFault extends Error {
  override readonly name = 'AnswerFault';
  readonly status: number;

  constructor(status: number, code: string) {
    super(`the server answers ${status} ${code}`);
    this.status = status;
  }
}

function codeOf(text: string): string {
  const found = /"code":"([a-z_]{1,40})"/.exec(text);
  return found?.[1] ?? '';
}

function post(call: JsonCall<unknown>): Promise<{ status: number; text: string }> {
  const payload = JSON.stringify(call.body);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      call.url,
      {
        method: 'POST',
        ca: call.authority,
        minVersion: 'TLSv1.3',
        rejectUnauthorized: true,
        signal: call.signal,
        timeout: call.timeoutMs,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) },
      },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          if (text.length > answerLimit) outgoing.destroy(new Error('the answer is too long'));
        });
        incoming.on('end', () => {
          resolve({ status: incoming.statusCode ?? 0, text });
        });
        incoming.on('error', reject);
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time'))).on('error', reject);
    outgoing.end(payload);
  });
}

/**
 * Posts JSON over TLS to a server of this authority. Throws AnswerFault, or an Error when there was no
 * answer.
 */
export async function postJson<Answer>(call: JsonCall<Answer>): Promise<Answer> {
  const { status, text } = await post(call);
  if (status !== 200) throw new AnswerFault(status, codeOf(text));
  return call.answer.parse(JSON.parse(text));
}
