import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { createTestHttp, TestBrowser, type TestHttp } from '../../../test/test-http.ts';
import { issueBootstrapToken, offerBootstrapToken } from './index.ts';

const operator = { email: 'operator@example.com', password: 'correct horse battery' };

let test: TestDatabase;
let http: TestHttp;
let browser: TestBrowser;

beforeEach(async () => {
  test = await createTestDatabase();
  http = await createTestHttp(test, { mode: 'real', isEncrypted: true });
  browser = new TestBrowser(http.app);
});

afterEach(async () => {
  await http.app.close();
  await test.drop();
});

async function bootstrap(token: string, credentials = operator, from = browser) {
  const { statusCode, body } = await from.post('/api/bootstrap', { token, ...credentials });
  return { statusCode, body: JSON.parse(body) as Record<string, unknown> };
}

const failed = { statusCode: 409, body: { error: { code: 'bootstrap_failed' } } };

function countOf(table: string): Promise<object[]> {
  return test.asAdmin(`select count(*) as count from ${table}`);
}

describe('a bootstrap token', () => {
  it('makes the first operator, who is signed in', async () => {
    const token = await issueBootstrapToken(test.database);
    const answer = await bootstrap(token);
    expect(answer).toMatchObject({
      statusCode: 201,
      body: { account: { email: operator.email, isOperator: true } },
    });
    expect((await browser.get('/api/session')).json()).toEqual(answer.body);
    expect((await browser.get('/api/installation')).json()).toMatchObject({ needsBootstrap: false });
  });

  it('has 32 random bytes, of which the database keeps the hash alone', async () => {
    const token = await issueBootstrapToken(test.database);
    expect(token).toMatch(/^[\w-]{43}$/);
    const rows = await test.asAdmin<{ token_hash: Buffer }>('select * from claviger.bootstrap_tokens');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.token_hash.equals(Buffer.from(token, 'base64url'))).toBe(false);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('stays good when the server starts again, which offers another only when none holds', async () => {
    const token = await issueBootstrapToken(test.database);
    const again = await offerBootstrapToken(test.database);
    const answer = await bootstrap(token);
    const used = await offerBootstrapToken(test.database);
    await test.asAdmin('update claviger.bootstrap_tokens set expires_at = now()');
    const over = await offerBootstrapToken(test.database);

    expect(again).toEqual({
      issuedAt: expect.any(Number) as number,
      expiresAt: expect.any(Number) as number,
    });
    expect(answer.statusCode).toBe(201);
    expect([used, over].map((offered) => Object.keys(offered))).toEqual([['token'], ['token']]);
  });

  it('works once', async () => {
    const token = await issueBootstrapToken(test.database);
    await bootstrap(token);
    expect(await bootstrap(token, { ...operator, email: 'second@example.com' })).toMatchObject(failed);
    expect(await countOf('auth.accounts')).toEqual([{ count: 1 }]);
  });

  it('works once also when two bearers come at the same time', async () => {
    const token = await issueBootstrapToken(test.database);
    const answers = await Promise.all(
      ['first', 'second'].map((name) =>
        bootstrap(token, { ...operator, email: `${name}@example.com` }, new TestBrowser(http.app)),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
    expect(await countOf('claviger.operators')).toEqual([{ count: 1 }]);
    expect(await countOf('auth.accounts')).toEqual([{ count: 1 }]);
  });

  it('works for 30 minutes', async () => {
    const token = await issueBootstrapToken(test.database);
    await test.asAdmin(
      "update claviger.bootstrap_tokens set expires_at = expires_at - interval '30 minutes'",
    );
    expect(await bootstrap(token)).toMatchObject(failed);
    expect(await countOf('auth.accounts')).toEqual([{ count: 0 }]);
  });

  it('makes every older one void', async () => {
    const older = await issueBootstrapToken(test.database);
    const newer = await issueBootstrapToken(test.database);
    expect(await bootstrap(older)).toMatchObject(failed);
    expect(await bootstrap(newer)).toMatchObject({ statusCode: 201 });
  });

  it('is not used up by an e-mail address that has another password', async () => {
    await http.authentication.createAccount({ ...operator, password: 'another password' });
    const token = await issueBootstrapToken(test.database);
    expect(await bootstrap(token)).toMatchObject(failed);
    expect(await bootstrap(token, { ...operator, password: 'another password' })).toMatchObject({
      statusCode: 201,
    });
  });

  it('may not be guessed at will', async () => {
    const guesses = [];
    for (let index = 0; index < 6; index += 1) guesses.push((await bootstrap('A'.repeat(43))).statusCode);
    expect(guesses).toEqual([409, 409, 409, 409, 409, 429]);
  });

  it('leaves a row in the audit for every attempt, and itself in none', async () => {
    const token = await issueBootstrapToken(test.database);
    await bootstrap('wrong');
    await bootstrap(token);
    const rows = await test.asAdmin(
      'select operation, outcome, code from claviger.audit_entries order by sequence',
    );
    expect(rows).toEqual([
      { operation: 'bootstrap', outcome: 'refused', code: 'bootstrap_failed' },
      { operation: 'bootstrap', outcome: 'done', code: null },
    ]);
  });
});

describe('a real installation that nobody runs yet', () => {
  it('answers nothing but its health, what anybody may know, and the bootstrap', async () => {
    await http.authentication.createAccount(operator);
    for (const url of [
      '/api/session',
      '/api/entities/x/locks',
      '/api/docs/',
      '/api/openapi.json',
      '/api/nothing',
    ]) {
      expect([url, (await browser.get(url)).statusCode]).toEqual([url, 401]);
    }
    expect((await browser.post('/api/sign-in', operator)).statusCode).toBe(401);
    expect((await browser.get('/healthz')).statusCode).toBe(200);
    expect((await browser.get('/api/installation')).json()).toMatchObject({ needsBootstrap: true });
    await bootstrap(await issueBootstrapToken(test.database));
    expect((await browser.post('/api/sign-in', operator)).statusCode).toBe(200);
    expect((await browser.get('/api/nothing')).statusCode).toBe(404);
  });
});
