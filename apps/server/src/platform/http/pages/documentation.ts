import swagger from '@fastify/swagger';
import apiReference from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { sessionCookieName } from '../../authentication/index.ts';
import { compressFixed } from './compressed.ts';
import { registerExceptions } from './exceptions.ts';
import { contentSecurityPolicy, policyText } from './security-headers.ts';

const documentPath = '/api/openapi.json';
const pagePath = '/api/docs';

/** Nothing of the page leads elsewhere: no fonts, no figures, no requests to anybody but this server. */
const pageConfiguration = JSON.stringify({
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
});

/** The page's own program writes styles and pictures into it; scripts stay files. */
const pagePolicy = policyText({
  ...contentSecurityPolicy,
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
});

/** The page takes what to show from attributes: the policy allows no script in it. */
const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Claviger API</title>
  </head>
  <body>
    <script id="api-reference" type="application/json" data-url="${documentPath}"
      data-configuration='${pageConfiguration}'></script>
    <script src="${pagePath}/js/scalar.js"></script>
  </body>
</html>
`;

const securitySchemes = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookieName(true),
    description: 'The cookie of a session; over plain HTTP its name has no `__Host-`',
  },
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of Settings' },
} as const;

/** Only what a member does in an Entity may be an affair of programs; what exactly, the permissions say. */
function describeRoute(given: Parameters<typeof jsonSchemaTransform>[0]) {
  const described = jsonSchemaTransform(given);
  const isOfEntity = given.url.startsWith('/api/entities/');
  const security = isOfEntity ? [{ session: [] }, { apiKey: [] }] : [{ session: [] }, {}];
  return { ...described, schema: { ...described.schema, security } };
}

/**
 * Describes every route that is registered after this in an OpenAPI 3.1 document, from the schemas of the
 * contract.
 */
export async function registerDescription(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Claviger',
        version,
        description:
          'Sign in first, the session is a cookie; or send an API key as `Authorization: Bearer`, with ' +
          'which a program does what its maker may in one Entity. ' +
          'Instants are milliseconds since 1970-01-01T00:00:00Z.',
        license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
      },
      components: { securitySchemes },
    },
    transform: describeRoute,
    transformObject: jsonSchemaTransformObject,
  });
}

/**
 * Serves the OpenAPI document and a page to read it, with everything from here and nothing from elsewhere.
 */
export async function registerDocumentation(app: FastifyInstance): Promise<void> {
  await registerExceptions(app, 'documents say nothing of anybody', async (scope) => {
    compressFixed(scope);
    scope.get(documentPath, () => app.swagger());
    await scope.register(apiReference, {
      routePrefix: pagePath,
      configuration: { url: documentPath },
      hooks: {
        onRequest: (request, reply, done) => {
          reply.header('content-security-policy', pagePolicy);
          if (request.url.split('?', 1)[0] === `${pagePath}/`) void reply.type('text/html').send(page);
          else done();
        },
      },
    });
  });
}
