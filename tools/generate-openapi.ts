/** Writes docs/generated/openapi.json (OpenAPI 3.1) and the types of the typed client from the contract. */
import assert from 'node:assert/strict';
import { contract, type RouteContract } from '@claviger/protocol';
import { fastify } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import openapiTypes, { astToString } from 'openapi-typescript';
import { inputCompiler, registerDescription, schemaOf } from '../apps/server/src/platform/http/index.ts';
import { generate } from './generated-file.ts';

const version = '0.1.0';

async function describe(): Promise<string> {
  const app = fastify();
  app.setValidatorCompiler(inputCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await registerDescription(app, version);
  for (const entry of Object.values<RouteContract>(contract)) {
    app.route({
      method: entry.method,
      url: entry.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      schema: schemaOf(entry),
      handler: () => assert.fail('this server only describes itself'),
    });
  }
  await app.ready();
  const document = JSON.stringify(app.swagger(), undefined, 2);
  await app.close();
  return document;
}

const document = await describe();
const types = astToString(await openapiTypes(document, { alphabetize: false }));

await generate('docs/generated/openapi.json', `${document}\n`);
await generate(
  'packages/protocol/src/http/generated/openapi.ts',
  `/** Generated from the contract by \`npm run generate\`. */\n${types}`,
);
