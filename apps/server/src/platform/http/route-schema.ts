import { errorAnswer, type RouteContract } from '@claviger/protocol';
import { z } from 'zod';
import { nameOfContract } from './route.ts';

/** The path of the contract (`{entityId}`) as Fastify writes it (`:entityId`). */
export function pathOf({ path }: RouteContract): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function strictly(schema: z.ZodObject | undefined): z.ZodObject {
  return (schema ?? z.object({})).strict();
}

/** The answer of a call in the words of Fastify; what is not JSON is text, and sent as it is. */
function answerSchema({ answer, status, path, fileType }: RouteContract): object {
  if (answer) return { [status]: answer };
  if (status === 204) return { [status]: z.undefined() };
  const streams = path.endsWith('/live') ? 'text/event-stream' : 'application/octet-stream';
  const type = path.endsWith('.csv') ? 'text/csv' : (fileType ?? streams);
  return { [status]: { content: { [type]: { schema: z.string() } } } };
}

/** A file is checked by whoever reads it. */
const anyFile = z.unknown().meta({ type: 'string', format: 'binary' });

const keyHeader = z.object({ 'idempotency-key': z.uuid() });

/** What Fastify checks, serializes and documents; what the contract does not name is refused or left out. */
export function schemaOf(contract: RouteContract): Record<string, unknown> {
  return {
    operationId: nameOfContract(contract),
    summary: contract.summary,
    params: strictly(contract.params),
    querystring: strictly(contract.query),
    ...(contract.body && { body: contract.body }),
    ...(contract.upload && { body: anyFile, consumes: [...contract.upload.types] }),
    ...(contract.isIdempotencyKeyNeeded && { headers: keyHeader }),
    response: { ...answerSchema(contract), default: errorAnswer },
  };
}
