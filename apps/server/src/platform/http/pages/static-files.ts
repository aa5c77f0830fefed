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

/** Whether this asks for one of the many files of a page. */
export function isBuiltFile(url: string): boolean {
  return url.startsWith(hashedFolder);
}

/** How long a browser may keep a built file: for ever where its name says its content. */
export function cachingOf(path: string): string {
  const isHashed = path.includes(hashedFolder);
  return isHashed ? `public, max-age=${String(yearS)}, immutable` : 'no-cache';
}

/** What the Portal's routes begin with. Programs that take anything get a page under these alone. */
export const portalPages = [
  'sign-in',
  'register',
  'bootstrap',
  'forgotten-password',
  'invitation',
  'new-password',
  'verify-address',
  'sign-on',
  'account',
  'request-installer-access',
  'request-entity-management',
  'break-glass',
  'no-entity',
  'e',
] as const;

function isPortalPage(url: string): boolean {
  const [, first] = /^\/([^/?]*)/.exec(url) ?? [];
  return portalPages.some((page) => page === first);
}

/**
 * A page of the Portal: whatever a browser opens that is neither a file nor the API is for the Portal's own
 * router.
 */
function isPageRequest({ method, url, headers: { accept = '' } }: FastifyRequest): boolean {
  const isReading = method === 'GET' || method === 'HEAD';
  const wantsPage = accept.includes('text/html') || (accept.includes('*/*') && isPortalPage(url));
  return isReading && wantsPage && !isApiPath(url) && !isBuiltFile(url);
}

function isReadable(url: string): boolean {
  const [path = ''] = url.split('?', 1);
  try {
    return decodeURI(path) !== '';
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

/**
 * Where a request goes. An address that cannot be decoded (`/%ff`) goes where nothing is, so that it is
 * answered with everything that other answers have, and under `/api` as the API answers.
 */
export function readableAddress(url: string): string {
  return isReadable(url) ? url : `${url.slice(0, url.indexOf('%'))}unreadable`;
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
          reply.header('cache-control', cachingOf(path));
        },
      });
    });
  }
  app.setNotFoundHandler(async (request: FastifyRequest, reply: FastifyReply) => {
    if (!hasPortal || !isPageRequest(request)) return sendRefusal(reply, new Refusal('not_found'));
    const page = await readFile(join(folder, startPage));
    reply.code(isReadable(request.originalUrl) ? 200 : 404);
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
  });
}
