import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SoftwarePasskey } from '../../../../test/people/software-passkey.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { createTestHttp, TestBrowser, type TestHttp } from '../../../../test/test-http.ts';

const password = 'correct horse battery';

type Question = Parameters<SoftwarePasskey['get']>[0];
type Manner = Parameters<SoftwarePasskey['get']>[1];

let test: TestDatabase;
let http: TestHttp;
let app: FastifyInstance;
let people = 0;

beforeAll(async () => {
  test = await createTestDatabase();
  http = await createTestHttp(test);
  app = http.app;
});

afterAll(async () => {
  await app.close();
  await test.drop();
});

beforeEach(async () => {
  await test.asAdmin('delete from claviger.rate_limits');
});

async function signedIn(): Promise<{ email: string; browser: TestBrowser }> {
  people += 1;
  const email = `passkey${people}@example.com`;
  await http.authentication.createAccount({ email, password });
  const browser = new TestBrowser(app);
  expect((await browser.post('/api/sign-in', { email, password })).statusCode).toBe(200);
  return { email, browser };
}

async function ask(browser: TestBrowser, url: string): Promise<Question> {
  const answer = await browser.post(url);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ options: Question }>().options;
}

async function add(browser: TestBrowser, passkey: SoftwarePasskey, manner?: Manner) {
  const question = await ask(browser, '/api/account/passkeys/begin');
  return browser.post('/api/account/passkeys', { name: 'Test', passkey: passkey.create(question, manner) });
}

async function withPasskey() {
  const passkey = new SoftwarePasskey();
  const { email, browser } = await signedIn();
  const added = await add(browser, passkey);
  expect(added.statusCode, added.body).toBe(204);
  return { email, browser, passkey };
}

/** Somebody at another browser shows the passkey. */
async function show(passkey: SoftwarePasskey, manner?: Manner) {
  const browser = new TestBrowser(app);
  const question = await ask(browser, '/api/sign-in/passkey');
  const answer = await browser.post('/api/sign-in/passkey/finish', {
    passkey: passkey.get(question, manner),
  });
  return { browser, answer };
}

describe('a passkey', () => {
  it('signs its person in without a password, and stands in the list with its name', async () => {
    const { email, browser, passkey } = await withPasskey();
    const shown = await show(passkey);
    expect(shown.answer.json()).toMatchObject({ account: { email } });
    expect((await shown.browser.get('/api/session')).json()).toMatchObject({ account: { email } });
    const { items } = (await browser.get('/api/account/passkeys')).json<{ items: object[] }>();
    expect(items).toMatchObject([{ name: 'Test', createdAt: expect.any(Number) as number }]);
    expect(JSON.stringify(items)).not.toContain('key');
  });

  it.each<[string, NonNullable<Manner>]>([
    ['of a mere touch', { isVerified: false }],
    ['for another site', { origin: 'http://localhost.example:3000' }],
    ['of another question', { challenge: 'AAAA' }],
  ])('opens nothing with the answer %s, nor is it added by one', async (_what, manner) => {
    const { passkey } = await withPasskey();
    const shown = await show(passkey, manner);
    expect(shown.answer.json()).toMatchObject({ error: { code: 'wrong_passkey' } });
    expect((await shown.browser.get('/api/session')).json()).toBeNull();
    const { browser } = await signedIn();
    expect((await add(browser, new SoftwarePasskey(), manner)).json()).toMatchObject({
      error: { code: 'wrong_passkey' },
    });
    expect((await browser.get('/api/account/passkeys')).json()).toEqual({ items: [] });
  });

  it('answers each question once, in the browser that was asked', async () => {
    const { passkey } = await withPasskey();
    const browser = new TestBrowser(app);
    const answered = passkey.get(await ask(browser, '/api/sign-in/passkey'));
    const elsewhere = await new TestBrowser(app).post('/api/sign-in/passkey/finish', { passkey: answered });
    expect(elsewhere.statusCode).toBe(401);
    expect((await browser.post('/api/sign-in/passkey/finish', { passkey: answered })).statusCode).toBe(200);
    expect((await browser.post('/api/sign-in/passkey/finish', { passkey: answered })).statusCode).toBe(401);
  });

  it('that nobody knows, and one that was removed, open nothing', async () => {
    const { browser, passkey } = await withPasskey();
    expect((await show(new SoftwarePasskey())).answer.json()).toMatchObject({
      error: { code: 'wrong_passkey' },
    });
    const { items } = (await browser.get('/api/account/passkeys')).json<{ items: { id: string }[] }>();
    const id = items[0]?.id ?? '';
    const stranger = await signedIn();
    expect((await stranger.browser.request('DELETE', `/api/account/passkeys/${id}`)).statusCode).toBe(404);
    expect((await browser.request('DELETE', `/api/account/passkeys/${id}`)).statusCode).toBe(204);
    expect((await show(passkey)).answer.statusCode).toBe(401);
  });

  it('proves that its person is still there, and that of somebody else does not', async () => {
    const { email, browser, passkey } = await withPasskey();
    const other = await withPasskey();
    await test.asAdmin("update auth.sessions set confirmed_at = now() - interval '16 minutes'");
    const late = await browser.post('/api/account/passkeys/begin');
    expect(late.json()).toMatchObject({ error: { code: 'step_up_needed' } });
    const wrong = await browser.post('/api/session/confirm-by-passkey', {
      passkey: other.passkey.get(await ask(browser, '/api/sign-in/passkey')),
    });
    expect(wrong.json()).toMatchObject({ error: { code: 'wrong_passkey' } });
    expect((await browser.get('/api/session')).json()).toMatchObject({ account: { email } });
    const right = await browser.post('/api/session/confirm-by-passkey', {
      passkey: passkey.get(await ask(browser, '/api/sign-in/passkey')),
    });
    expect(right.statusCode, right.body).toBe(200);
    expect((await browser.post('/api/account/passkeys/begin')).statusCode).toBe(200);
    const { items } = (await browser.get('/api/account/sessions')).json<{ items: object[] }>();
    expect(items).toHaveLength(1);
  });
});
