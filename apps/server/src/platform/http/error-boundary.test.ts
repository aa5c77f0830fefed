import { connect } from 'node:net';
import {
  errorAdvice,
  errorAnswer,
  errorStatuses,
  Refusal,
  type ErrorCode,
  type RouteContract,
} from '@claviger/protocol';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { createTestHttp, TestBrowser, testOrigin, type TestHttp } from '../../../test/test-http.ts';
import { toRefusal } from './error-boundary.ts';
import { defineRoute } from './index.ts';

const fail = {
  method: 'POST',
  path: '/api/fail/{id}',
  summary: 'A route of this test: fails as it is told',
  params: z.object({ id: z.uuid() }),
  query: z.object({ count: z.coerce.number().int().min(1).max(10).optional() }),
  body: z
    .object({
      with: z.string(),
      person: z
        .object({
          name: z
            .string()
            .min(2)
            .max(5)
            .regex(/^[a-z]*$/, 'name_has_capitals'),
          email: z.email().optional(),
          age: z.int().min(1).max(9).optional(),
          colour: z.enum(['red', 'blue']).optional(),
        })
        .strict()
        .optional(),
    })
    .strict(),
  status: 200,
  answer: z.object({ shown: z.string() }),
} as const satisfies RouteContract;

const url = '/api/fail/0190a0b0-0000-7000-8000-000000000000';

let test: TestDatabase;
let http: TestHttp;
let app: FastifyInstance;
let browser: TestBrowser;

function answerAs(word: string): Promise<{ shown: string }> {
  if (word === 'bug') throw new TypeError('canary: the password is hunter2');
  if (word === 'wrong answer')
    return Promise.resolve(JSON.parse('{"shown":1,"password":"canary"}') as { shown: string });
  if (word === 'too much')
    return Promise.resolve(JSON.parse('{"shown":"yes","password":"canary"}') as { shown: string });
  throw new Refusal(word as ErrorCode, word.startsWith('too_many') ? { retryAfterS: 7.2 } : {});
}

beforeAll(async () => {
  test = await createTestDatabase();
  http = await createTestHttp(test, {
    moreRoutes: () => [
      defineRoute(fail, {
        permission: 'public',
        resource: { type: 'test' },
        scope: 'installation',
        audit: 'test.fail',
        handler: ({ input }) => answerAs(input.body.with),
      }),
    ],
  });
  app = http.app;
  browser = new TestBrowser(app);
});

afterAll(async () => {
  await app.close();
  await test.drop();
});

const own = { host: new URL(testOrigin).host, origin: testOrigin };
const codes = Object.keys(errorStatuses) as ErrorCode[];

describe('a refusal', () => {
  it.each(codes)(
    '%s is answered with its status, what to do, and the identifier of the request',
    async (code) => {
      const answer = await browser.post(url, { with: code });
      expect(answer.statusCode).toBe(errorStatuses[code]);
      const { error } = errorAnswer.parse(answer.json());
      expect(error).toMatchObject({
        code,
        message: errorAdvice[code],
        requestId: answer.headers['x-request-id'],
      });
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    },
  );

  it('with a time to wait says it in whole seconds too', async () => {
    const answer = await browser.post(url, { with: 'too_many_requests' });
    expect(answer.headers['retry-after']).toBe('8');
    expect(answer.json()).toMatchObject({ error: { retryAfterS: 7.2 } });
  });
});

describe('input that does not fit', () => {
  const person = { name: 'ada' };

  it.each<[object, string, string]>([
    [{}, 'body.with', 'required'],
    [{ with: 7 }, 'body.with', 'wrong_type'],
    [{ with: '', extra: 1 }, 'body.extra', 'unknown_field'],
    [{ with: '', person: {} }, 'body.person.name', 'required'],
    [{ with: '', person: { name: 'a' } }, 'body.person.name', 'too_short'],
    [{ with: '', person: { name: 'abcdef' } }, 'body.person.name', 'too_long'],
    [{ with: '', person: { name: 'ADA' } }, 'body.person.name', 'name_has_capitals'],
    [{ with: '', person: { ...person, email: 'nobody' } }, 'body.person.email', 'not_an_email'],
    [{ with: '', person: { ...person, age: 0 } }, 'body.person.age', 'too_small'],
    [{ with: '', person: { ...person, age: 10 } }, 'body.person.age', 'too_large'],
    [{ with: '', person: { ...person, colour: 'green' } }, 'body.person.colour', 'not_allowed'],
    [{ with: '', person: { ...person, isAdmin: true } }, 'body.person.isAdmin', 'unknown_field'],
  ])('%j: %s %s', async (body, path, problem) => {
    const answer = await browser.post(url, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: { code: 'invalid_input', issues: [{ path, problem }] } });
  });

  it('in the path or the query is named too', async () => {
    const inPath = await browser.post('/api/fail/7', { with: 'x' });
    expect(inPath.json()).toMatchObject({
      error: { issues: [{ path: 'params.id', problem: 'not_a_uuid' }] },
    });
    const inQuery = await browser.post(`${url}?count=99`, { with: 'x' });
    expect(inQuery.json()).toMatchObject({
      error: { issues: [{ path: 'query.count', problem: 'too_large' }] },
    });
    const unknown = await browser.post(`${url}?sort=up`, { with: 'x' });
    expect(unknown.json()).toMatchObject({
      error: { issues: [{ path: 'query.sort', problem: 'unknown_field' }] },
    });
  });

  it('is never repeated', async () => {
    const answer = await browser.post(url, { with: '', person: { name: 'CANARYCANARY', email: 'canary@' } });
    expect(answer.body.toLowerCase()).not.toContain('canary');
  });

  it.each([
    '{"with":',
    '',
    'null',
    '[]',
    '"text"',
    '{"__proto__":{"with":"bug"},"with":"bug"}',
    '{"with":"\u0000',
  ])('that reads %j is no body', async (body) => {
    const answer = await browser.post(url, body);
    expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([
      400,
      { error: { code: 'invalid_input' } },
    ]);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
  ])('of the type %s is refused', async (type) => {
    const answer = await browser.post(url, 'with=bug', { 'content-type': type });
    expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([
      415,
      { error: { code: 'unsupported_media_type' } },
    ]);
  });

  it('that is too large is refused', async () => {
    const answer = await browser.post(url, { with: 'x'.repeat(70_000) });
    expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([
      413,
      { error: { code: 'payload_too_large' } },
    ]);
  });
});

describe('an unexpected error', () => {
  it('tells the caller nothing and the log once, with the identifier of the request', async () => {
    const before = http.logged.length;
    const answer = await browser.post(url, { with: 'bug' });
    expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([
      500,
      { error: { code: 'internal_fault' } },
    ]);
    expect(answer.body).not.toMatch(/canary|TypeError|hunter2|at /);
    const lines = http.logged.slice(before).filter((line) => line.includes('"level":"error"'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(String(answer.headers['x-request-id']));
    expect(lines[0]).toContain('TypeError');
  });

  it('is an answer that does not fit its contract', async () => {
    const answer = await browser.post(url, { with: 'wrong answer' });
    expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([
      500,
      { error: { code: 'internal_fault' } },
    ]);
    expect(answer.body).not.toContain('canary');
  });

  it.each([
    undefined,
    null,
    'text',
    { code: 'not_found' },
    Object.assign(new Error('x'), { statusCode: 200 }),
  ])('is whatever was thrown: %j', (thrown) => {
    expect(toRefusal(thrown).code).toBe('internal_fault');
  });
});

describe('an answer', () => {
  it('holds nothing that the contract does not name', async () => {
    expect((await browser.post(url, { with: 'too much' })).json()).toEqual({ shown: 'yes' });
  });
});

describe('what leads nowhere', () => {
  it.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api/entities/x',
    '/nothing',
    '/api/%zz',
    `/api/fail/${'x'.repeat(200)}`,
  ])('%s is not found', async (path) => {
    const answer = await browser.get(path);
    expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([
      404,
      { error: { code: 'not_found' } },
    ]);
  });

  const json = { 'content-type': 'application/json', ...own };

  it.each(['DELETE', 'PUT', 'PATCH', 'OPTIONS', 'POST'] as const)(
    'is not found by %s, whatever body it announces',
    async (method) => {
      for (const path of ['/api/nothing', '/nothing']) {
        const answer = await app.inject({ method, url: path, headers: json });
        expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([
          404,
          { error: { code: 'not_found' } },
        ]);
      }
    },
  );

  it.each(['DELETE', 'PUT', 'PATCH', 'OPTIONS', 'GET', 'HEAD'] as const)(
    'is a method that a path does not have: %s; the answer names those that it has',
    async (method) => {
      const answer = await app.inject({ method, url: `${url}?count=1`, headers: json });
      expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'POST']);
      if (method !== 'HEAD') expect(answer.json()).toMatchObject({ error: { code: 'method_not_allowed' } });
      const fixed = await app.inject({ method: 'DELETE', url: '/api/session', headers: json });
      expect([fixed.statusCode, fixed.headers['allow']]).toEqual([405, 'GET, HEAD']);
    },
  );
});

describe('HEAD', () => {
  it.each(['/api/installation', '/api/session', '/healthz', '/api/openapi.json'])(
    'is answered like GET, without the body: %s',
    async (path) => {
      const [got, asked] = await Promise.all([
        browser.get(path),
        app.inject({ method: 'HEAD', url: path, headers: own }),
      ]);
      expect([asked.statusCode, asked.body]).toEqual([got.statusCode, '']);
      expect(asked.headers['content-type']).toBe(got.headers['content-type']);
    },
  );
});

/** Sends bytes over a connection of their own and gives what comes back until it is closed. */
async function answerToBytes(bytes: string): Promise<string> {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    let text = '';
    socket.on('data', (received) => (text += received.toString()));
    socket.on('close', () => {
      resolve(text);
    });
    socket.on('error', reject);
  });
}

describe('a request that is no HTTP', () => {
  it.each([
    ['GET / HTTP/1.1\r\n\r\n', 400, 'malformed_request'],
    ['NONSENSE\r\n\r\n', 400, 'malformed_request'],
    ['GET / HTTP/1.1\r\nHost: localhost\r\ncanary header\r\n\r\n', 400, 'malformed_request'],
    [
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
      'malformed_request',
    ],
    [`GET / HTTP/1.1\r\nHost: x\r\ncookie: ${'canary'.repeat(4_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ])('is answered in the words of the catalogue: %#', async (bytes, status, code) => {
    const before = http.logged.length;
    const received = await answerToBytes(bytes);
    const [head = '', body = ''] = received.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${String(status)} \\w`));
    const { error } = errorAnswer.parse(JSON.parse(body));
    expect(error).toMatchObject({ code, message: errorAdvice[code as ErrorCode] });
    expect(head).toContain(`x-request-id: ${error.requestId}`);
    const logged = http.logged.slice(before).join('');
    expect(logged).toContain(error.requestId);
    expect(`${received}${logged}`).not.toMatch(/canary|HPE_|at |Error:/);
  });
});
