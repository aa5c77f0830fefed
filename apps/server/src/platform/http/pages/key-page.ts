import { existsSync } from 'node:fs';
import { join } from 'node:path';
import serveStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { registerExceptions } from './exceptions.ts';
import { cachingOf } from './static-files.ts';

const shell = 'index.html';

/**
 * Serves the page of Keys from `folder`: at `/k` and `/k/` one shell, the same bytes for every link, because
 * the token stands in the fragment and never comes here; under `/k/` its script and styles.
 */
export async function registerKeyPage(app: FastifyInstance, folder: string | undefined): Promise<void> {
  if (folder === undefined || !existsSync(join(folder, shell))) return;
  await registerExceptions(app, 'the page of Keys is public and knows no Key', async (scope) => {
    await scope.register(serveStatic, {
      root: folder,
      prefix: '/k/',
      wildcard: false,
      preCompressed: true,
      cacheControl: false,
      index: false,
      decorateReply: !app.hasReplyDecorator('sendFile'),
      setHeaders: (reply, path) => {
        reply.header('cache-control', cachingOf(path));
      },
    });
    // Some mailers write a slash before the fragment of a link.
    for (const url of ['/k', '/k/']) scope.get(url, (_request, reply) => reply.sendFile(shell, folder));
  });
}
