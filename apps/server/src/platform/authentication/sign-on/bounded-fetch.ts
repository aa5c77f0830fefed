import type { CustomFetch } from 'openid-client';

/**
 * What a provider says of itself, of its keys or of somebody is a few kilobytes; keys with chains of
 * certificates some ten. An answer without an end would fill the memory before the time limit comes.
 */
const answerLimit = 512 * 1024;

/** The library asks whether an error has a code of its own. */
class LongAnswer extends Error {
  readonly code = 'ANSWER_TOO_LONG';
}

async function read(answer: Response): Promise<Uint8Array<ArrayBuffer>[]> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  if (!answer.body) return parts;
  for await (const part of answer.body as ReadableStream<Uint8Array<ArrayBuffer>>) {
    length += part.byteLength;
    // Leaving the loop closes the connection.
    if (length > answerLimit) throw new LongAnswer('the provider says too much');
    parts.push(part);
  }
  return parts;
}

/** Asks the provider, and reads no more of its answer than an answer can be. Follows no redirect. */
export const boundedFetch: CustomFetch = async (url, options) => {
  const { body, ...asked } = options;
  const answer = await fetch(url, { ...asked, ...(body !== undefined && { body }), redirect: 'manual' });
  const parts = await read(answer);
  const { status, statusText, headers } = answer;
  return new Response(parts.length > 0 ? new Blob(parts) : null, { status, statusText, headers });
};
