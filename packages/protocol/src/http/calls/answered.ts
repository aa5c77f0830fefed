import type createFetchClient from 'openapi-fetch';
import { type ErrorCode, isErrorCode, type InputIssue, Refusal } from '../../errors.ts';
import type { components, paths } from '../generated/openapi.ts';

export type Http = ReturnType<typeof createFetchClient<paths>>;
type Schemas = components['schemas'];
export type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Q } } }
  ? Q
  : never;
export type Body<Path extends keyof paths, Method extends 'post' | 'patch' | 'delete'> = paths[Path] extends {
  [M in Method]: { requestBody: { content: { 'application/json': infer B } } };
}
  ? B
  : never;

/** A refusal as the server answered it: `requestId` finds it again in the server's log. */
export class AnsweredRefusal extends Refusal {
  readonly requestId: string;

  constructor(code: ErrorCode, details: ConstructorParameters<typeof Refusal>[1] & { requestId: string }) {
    super(code, details);
    this.requestId = details.requestId;
  }
}

/** No answer came: network or server is away, or it took too long. The request may have arrived. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server does not answer.', { cause });
    this.name = 'Unreachable';
  }
}

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: { ok: boolean; status: number; headers: { get(name: string): string | null } };
}

/** The answer of a call; throws what `createClient` says. */
export async function answered<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  let answer: Answer<Data>;
  try {
    answer = await call;
  } catch (cause) {
    throw new Unreachable(cause);
  }
  if (!answer.response.ok) throw refusalOf(answer.error);
  return answer.data as Data;
}

/** A text file that the server gave, under the name that it has given it. */
export interface ReceivedFile {
  readonly name: string;
  readonly text: string;
}

/** The same for a file. */
export async function received(call: Promise<Answer<unknown>>): Promise<ReceivedFile> {
  const text = String(await answered(call));
  const { response } = await call;
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return { name: name ?? '', text };
}

/** The refusal in an answer's body; one of another form (a proxy's page, say) is an internal fault. */
export function refusalOf(body: unknown): AnsweredRefusal {
  const error =
    isObject(body) && isObject(body['error']) ? (body['error'] as Partial<Schemas['Error']['error']>) : {};
  const code = error.code !== undefined && isErrorCode(error.code) ? error.code : 'internal_fault';
  return new AnsweredRefusal(code, {
    requestId: error.requestId ?? '',
    ...(error.retryAfterS !== undefined && { retryAfterS: error.retryAfterS }),
    issues: (error.issues ?? []) satisfies InputIssue[],
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
