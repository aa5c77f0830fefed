/** Writes docs/generated/openapi.json (OpenAPI 3.1) and the types of the typed client from the contract. */
import openapiTypes, { astToString } from 'openapi-typescript';
import { describeContract } from '../apps/server/src/platform/http/index.ts';
import { generate } from './generated-file.ts';

const document = JSON.stringify(await describeContract('0.1.0'), undefined, 2);
const types = astToString(await openapiTypes(document));

await generate('docs/generated/openapi.json', `${document}\n`);
await generate(
  'packages/protocol/src/http/generated/openapi.ts',
  `/** Generated from the contract by \`npm run generate\`. */\n${types}`,
);
