import type { RouteContract } from '@claviger/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { createTestHttp, TestBrowser, type TestHttp } from '../../../test/test-http.ts';
import { defineRoute } from '../../platform/http/index.ts';
import { issueBootstrapToken } from './index.ts';

const claim = {
  method: 'POST',
  path: '/api/claim/{token}',
  summary: 'A route of this test: fails with what it was given',
  params: z.object({ token: z.string() }),
  query: z.object({ key: z.string().optional() }),
  body: z.object({ code: z.string(), email: z.string() }).strict(),
  status: 204,
} as const satisfies RouteContract;

const canaries = {
  password: 'canary-password-1',
  wrongPassword: 'canary-password-2',
  pairingCode: 'CANARY-PAIRING-CODE',
  pathToken: 'canary-path-token',
  queryKey: 'canary-query-key',
  bearer: 'canary-bearer',
  userAgent: 'canary-agent',
  email: 'canary-person@example.com',
};

let test: TestDatabase;
let http: TestHttp;

beforeAll(async () => {
  test = await createTestDatabase();
  http = await createTestHttp(test, {
    moreRoutes: (log) => [
      defineRoute(claim, {
        permission: 'public',
        resource: { type: 'lock' },
        scope: 'installation',
        audit: 'lock.claim',
        handler: ({ input }) => {
          const careless: Record<string, unknown> = { ...input.body, requestId: input.params };
          log.warn('claim', careless);
          throw new TypeError(`no lock has ${JSON.stringify(input)}`, { cause: new Error(input.body.code) });
        },
      }),
    ],
  });
});

afterAll(async () => {
  await http.app.close();
  await test.drop();
});

describe('what people send in confidence', () => {
  it('reaches neither the log nor the audit, whether it goes well or not', async () => {
    const { email, password } = canaries;
    const bootstrapToken = await issueBootstrapToken(test.database);
    const browser = new TestBrowser(http.app);
    const headers = { authorization: `Bearer ${canaries.bearer}`, 'user-agent': canaries.userAgent };
    await browser.post('/api/bootstrap', { token: 'canary-wrong-token', email, password }, headers);
    const opened = await browser.post('/api/bootstrap', { token: bootstrapToken, email, password }, headers);
    expect(opened.statusCode).toBe(201);
    const sessionCookie = browser.cookie;
    await browser.post('/api/sign-in', { email, password: canaries.wrongPassword }, headers);
    await browser.post('/api/sign-in', `{"email":"${email}","password":"${password}"`, headers);
    await browser.post('/api/sign-in', { email, password, canary: 'canary-field' }, headers);
    const claimUrl = `/api/claim/${canaries.pathToken}?key=${canaries.queryKey}`;
    const failed = await browser.post(claimUrl, { code: canaries.pairingCode, email }, headers);
    expect(failed.statusCode).toBe(500);
    await browser.get(`/${canaries.pathToken}?key=${canaries.queryKey}`, headers);
    await browser.post('/api/sign-out', {}, headers);

    const audit = await test.asAdmin('select * from claviger.audit_entries');
    const written = [...http.logged, JSON.stringify(audit), JSON.stringify(test.notices)]
      .join('\n')
      .toLowerCase();
    expect(http.logged.length).toBeGreaterThan(8);
    expect(audit.length).toBeGreaterThan(3);
    expect(written).not.toContain('canary');
    expect(written).not.toContain(bootstrapToken.toLowerCase());
    const [, token = 'no token'] = decodeURIComponent(sessionCookie).split('=');
    expect(written).not.toContain(token.slice(0, 20).toLowerCase());
  });
});
