import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

type Encoding = 'br' | 'gzip';

/** Below this a compressed answer is hardly smaller. */
const smallestBytes = 1024;
/** Three quarters of the way to the smallest, in a fiftieth of the time. */
const brotliQuality = 5;

const compressors: Readonly<Record<Encoding, (text: string) => Promise<Uint8Array>>> = {
  br: (text) =>
    promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } }),
  gzip: promisify(gzip),
};

/** The better of the encodings that the browser takes, or undefined. */
function encodingFor(accepted: string | undefined): Encoding | undefined {
  const tokens = (accepted ?? '').split(',').map((token) =>
    token
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  );
  const isTaken = (encoding: Encoding): boolean =>
    tokens.some(([name, quality]) => name === encoding && !/^q=0(\.0*)?$/.test(quality ?? ''));
  return (['br', 'gzip'] as const).find(isTaken);
}

/**
 * Compresses what the routes of this scope answer, each once. Only for texts that are the same for everybody
 * and hold nothing of the request: of an answer with a secret and something of the caller's, the length would
 * betray the secret (BREACH).
 */
export function compressFixed(scope: FastifyInstance): void {
  const compressed = new Map<string, Promise<Uint8Array>>();
  scope.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || reply.statusCode !== 200) return payload;
    if (payload.length < smallestBytes) return payload;
    reply.header('vary', 'accept-encoding');
    const encoding = encodingFor(request.headers['accept-encoding']);
    if (!encoding) return payload;
    const key = `${encoding} ${request.routeOptions.url ?? ''}`;
    const made = compressed.get(key) ?? compressors[encoding](payload);
    compressed.set(key, made);
    reply.header('content-encoding', encoding).removeHeader('content-length');
    return made;
  });
}
