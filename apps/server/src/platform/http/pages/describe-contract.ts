import assert from 'node:assert/strict';
import { contract, type RouteContract } from '@claviger/protocol';
import { fastify } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { inputCompiler } from '../input-check.ts';
import { registerDescription } from './documentation.ts';
import { pathOf, schemaOf } from '../route-schema.ts';

/** The OpenAPI document of the whole contract, made without a database and without answering anything. */
export async function describeContract(version: string): Promise<object> {
  const app = fastify();
  app.setValidatorCompiler(inputCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await registerDescription(app, version);
  for (const entry of Object.values<RouteContract>(contract)) {
    app.route({
      method: entry.method,
      url: pathOf(entry),
      schema: schemaOf(entry),
      handler: () => assert.fail('this server only describes itself'),
    });
  }
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}
