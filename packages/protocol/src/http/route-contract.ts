import { z } from 'zod';
import { uuid } from './shapes.ts';

/** One call of the HTTP API. The server registers it, OpenAPI documents it, the typed client calls it. */
export interface RouteContract {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body is a file of one of these types, of at most so many bytes; then there is no `body`. */
  readonly upload?: { readonly types: readonly string[]; readonly limitBytes: number };
  readonly status: 200 | 201 | 202 | 204;
  /** Absent where the answer is not JSON (CSV, event stream) or has no body. */
  readonly answer?: z.ZodType;
  /** The content type of an answer that is a picture. */
  readonly fileType?: 'image/jpeg';
  readonly isIdempotencyKeyNeeded?: true;
}

export const entityParams = z.object({ entityId: uuid });
