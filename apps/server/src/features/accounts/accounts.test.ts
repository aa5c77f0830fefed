import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../test/audit/forget.ts';
import { plantOwnedLock } from '../../../test/planted-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { createTestHttp, TestBrowser, type TestHttp } from '../../../test/test-http.ts';

let test: TestDatabase;
let http: TestHttp;
let app: FastifyInstance;
let adaId: string;

const ada = { email: 'ada@example.com', password: 'correct horse battery' };

beforeAll(async () => {
  test = await createTestDatabase();
  http = await createTestHttp(test);
  app = http.app;
  adaId = await http.authentication.createAccount(ada);
});

afterAll(async () => {
  await app.close();
  await test.drop();
});

beforeEach(async () => {
  await test.asAdmin('delete from claviger.rate_limits');
  await forgetAudit(test);
});

async function signedIn(): Promise<TestBrowser> {
  const browser = new TestBrowser(app);
  const answer = await browser.post('/api/sign-in', ada);
  expect(answer.statusCode, answer.body).toBe(200);
  return browser;
}

function auditRows() {
  return test.asAdmin(
    `select operation, scope, outcome, code, account_id, object_type, object_id from claviger.audit_entries
     order by chain, sequence`,
  );
}

describe('the installation', () => {
  it('tells anybody its mode, its version and whether somebody runs it', async () => {
    const answer = await new TestBrowser(app).get('/api/installation');
    expect(answer.json()).toEqual({
      mode: 'demo',
      version: '0.0.0',
      sendsMail: false,
      needsBootstrap: true,
    });
  });
});

describe('signing in', () => {
  it('opens a session that the cookie carries', async () => {
    const browser = new TestBrowser(app);
    const opened = await browser.post('/api/sign-in', ada);
    const answer = await browser.get('/api/session');
    expect(answer.json()).toEqual(opened.json());
    expect(answer.json()).toEqual({
      account: {
        ...{ id: adaId, email: ada.email, isOperator: false },
        ...{ hasPasskey: false, hasAuthenticator: false, hasSignOn: false, isEmailVerified: false },
      },
      expiresAt: expect.any(Number) as number,
      confirmedUntil: expect.any(Number) as number,
      memberships: [],
    });
    expect(answer.body).not.toContain('token');
  });

  it('gives one answer for an unknown e-mail address and a wrong password', async () => {
    const browser = new TestBrowser(app);
    const wrong = await browser.post('/api/sign-in', { ...ada, password: 'wrong horse battery' });
    const unknown = await browser.post('/api/sign-in', { ...ada, email: 'nobody@example.com' });
    expect(wrong.statusCode).toBe(401);
    expect(wrong.json()).toMatchObject({ error: { code: 'wrong_credentials' } });
    const withoutId = (body: string) => body.replace(/"requestId":"[^"]+"/, '');
    expect(withoutId(unknown.body)).toBe(withoutId(wrong.body));
    expect(unknown.statusCode).toBe(401);
    expect([wrong.cookies, unknown.cookies]).toEqual([[], []]);
  });

  it('is in the audit, done or refused, without the password', async () => {
    await signedIn();
    await new TestBrowser(app).post('/api/sign-in', { ...ada, password: 'wrong horse battery' });
    const row = { operation: 'sign_in', scope: 'installation', account_id: null, object_type: 'account' };
    expect(await auditRows()).toEqual([
      { ...row, outcome: 'done', code: null, object_id: adaId },
      { ...row, outcome: 'refused', code: 'wrong_credentials', object_id: null },
    ]);
  });

  it('is limited for a person at an address, says when to try again, and counts for all copies', async () => {
    const copy = await createTestHttp(test);
    const tries: number[] = [];
    for (let index = 0; index < 10; index += 1) {
      const browser = new TestBrowser(index % 2 === 0 ? app : copy.app);
      tries.push((await browser.post('/api/sign-in', { ...ada, password: 'wrong horse' })).statusCode);
    }
    expect(tries).toEqual(tries.map(() => 401));
    const late = await new TestBrowser(copy.app).post('/api/sign-in', ada);
    expect(late.statusCode).toBe(429);
    const { error } = late.json<{ error: { code: string; retryAfterS: number } }>();
    expect(error.code).toBe('too_many_requests');
    expect(error.retryAfterS).toBeGreaterThan(10);
    expect(error.retryAfterS).toBeLessThanOrEqual(30);
    expect(late.headers['retry-after']).toBe(String(error.retryAfterS));
    await test.asAdmin("update claviger.rate_limits set full_at = full_at - interval '31 seconds'");
    expect((await new TestBrowser(app).post('/api/sign-in', ada)).statusCode).toBe(200);
    await copy.app.close();
  });

  it('keeps no e-mail address where it counts', async () => {
    await signedIn();
    const rows = await test.asAdmin<{ subject: Buffer }>('select subject from claviger.rate_limits');
    expect(rows).toHaveLength(3);
    expect(rows.every(({ subject }) => subject.length === 32)).toBe(true);
  });
});

describe('signing out', () => {
  it('ends the session at once, takes the cookie back and is in the audit', async () => {
    const browser = await signedIn();
    const { cookie } = browser;
    const answer = await browser.post('/api/sign-out');
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
    expect(browser.cookie).toBe('');
    const stolen = await browser.get('/api/session', { cookie });
    expect(stolen.json()).toBeNull();
    expect(await auditRows()).toContainEqual(
      expect.objectContaining({
        operation: 'sign_out',
        scope: 'account',
        account_id: adaId,
        outcome: 'done',
      }),
    );
  });

  it('is refused to somebody who has not signed in', async () => {
    const answer = await new TestBrowser(app).post('/api/sign-out');
    expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([
      401,
      { error: { code: 'not_signed_in' } },
    ]);
  });
});

describe('the session', () => {
  it.each(['', 'claviger.session=forged'])('of nobody is null, without a fault: %j', async (cookie) => {
    const answer = await new TestBrowser(app).get('/api/session', { cookie });
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([
      200,
      'application/json; charset=utf-8',
      'null',
    ]);
  });

  it('lists the Entities where the person may work, with role and number of locks', async () => {
    const { entityId, userId } = await plantOwnedLock(test, { accountId: adaId });
    await plantOwnedLock(test);
    const browser = await signedIn();
    const memberships = async () =>
      (await browser.get('/api/session')).json<{ memberships: unknown }>().memberships;
    expect(await memberships()).toEqual([
      {
        entityId,
        code: 'HOME',
        name: 'Home',
        kind: 'home',
        zone: 'Europe/Berlin',
        role: 'community_manager',
        lockCount: 1,
        may: [],
      },
    ]);
    await test.asAdmin(
      "update claviger.memberships set until = now() - interval '1 second' where user_id = $1",
      [userId],
    );
    expect(await memberships()).toEqual([]);
    await test.asAdmin('update claviger.memberships set until = null where user_id = $1', [userId]);
    await test.asAdmin("update claviger.users set status = 'deactivated' where id = $1", [userId]);
    expect(await memberships()).toEqual([]);
  });
});
