import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import serveStatic from '@fastify/static';
import { Refusal } from '@claviger/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendRefusal } from '../error-boundary.ts';
import { registerExceptions } from './exceptions.ts';
import { isApiPath } from './security-headers.ts';

const startPage = 'index.html';
/** Vite names what is in here by its content: it never changes. */
const hashedFolder = '/assets/';
const yearS = 365 * 24 * 60 * 60;

/**
 * A page of the Portal: whatever a browser opens that is neither a file nor the API is for the Portal's own
 * router.
 */
function isPageRequest(request: FastifyRequest): boolean {
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  const wantsPage = request.headers.accept?.includes('text/html') === true;
  return isReading && wantsPage && !isApiPath(request.url) && !request.url.startsWith(hashedFolder);
}

/**
 * Serves the built Portal from `folder`, compressed where a `.br` or `.gz` file lies beside the file, and its
 * start page for every page of the Portal. Without a built Portal only the API answers.
 */
export async function registerPortal(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const hasPortal = folder !== undefined && existsSync(join(folder, startPage));
  if (hasPortal) {
    await registerExceptions(app, 'files of the Portal are public', async (scope) => {
      await scope.register(serveStatic, {
        root: folder,
        wildcard: false,
        preCompressed: true,
        cacheControl: false,
        index: [startPage],
        setHeaders: (reply, path) => {
          const isHashed = path.includes(hashedFolder);
          const caching = isHashed ? `public, max-age=${String(yearS)}, immutable` : 'no-cache';
          reply.header('cache-control', caching);
        },
      });
    });
  }
  app.setNotFoundHandler(async (request: FastifyRequest, reply: FastifyReply) => {
    if (!hasPortal || !isPageRequest(request)) return sendRefusal(reply, new Refusal('not_found'));
    const page = await readFile(join(folder, startPage));
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
  });
}
