import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../../test/audit/forget.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { createTestHttp, testOrigin, TestBrowser, type TestHttp } from '../../../../test/test-http.ts';
import { totpAt } from '../../../../test/people/totp.ts';

const password = 'correct horse battery';
const stepMs = 30_000;

let test: TestDatabase;
let http: TestHttp;
let app: FastifyInstance;

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
  await forgetAudit(test);
});

let people = 0;

async function newPerson(): Promise<string> {
  people += 1;
  const email = `own${people}@example.com`;
  await http.authentication.createAccount({ email, password });
  return email;
}

async function signedIn(email: string, typed: string = password): Promise<TestBrowser> {
  const browser = new TestBrowser(app);
  const answer = await browser.post('/api/sign-in', { email, password: typed });
  expect(answer.statusCode, answer.body).toBe(200);
  return browser;
}

async function isSignedIn(browser: TestBrowser): Promise<boolean> {
  return (await browser.get('/api/session')).json() !== null;
}

interface Factor {
  readonly uri: string;
  readonly recoveryCodes: readonly string[];
}

/** A person whose Account asks for a code, and the browser in which that was set up. */
async function withAuthenticator() {
  const email = await newPerson();
  const browser = await signedIn(email);
  const begun = await browser.post('/api/account/authenticator', { password });
  expect(begun.statusCode, begun.body).toBe(201);
  const factor = begun.json<Factor>();
  const finished = await browser.post('/api/account/authenticator/finish', { code: totpAt(factor.uri) });
  expect(finished.statusCode, finished.body).toBe(200);
  return { email, browser, ...factor };
}

/** A browser in which the password was right and the code is still to come. */
async function afterThePassword(email: string): Promise<TestBrowser> {
  const browser = new TestBrowser(app);
  const answer = await browser.post('/api/sign-in', { email, password });
  expect(answer.statusCode).toBe(401);
  expect(answer.json()).toMatchObject({ error: { code: 'code_needed' } });
  return browser;
}

/** As if the person had been seen so long ago. */
async function confirmedAgo(minutes: number): Promise<void> {
  const at = new Date(http.clock.now() - minutes * 60_000);
  await test.asAdmin('update auth.sessions set confirmed_at = $1', [at]);
}

describe('the sessions of an Account', () => {
  it('are listed with where they were opened, the own one marked', async () => {
    const email = await newPerson();
    const browser = await signedIn(email);
    await signedIn(email);
    await signedIn(await newPerson());
    const { items } = (await browser.get('/api/account/sessions')).json<{
      items: { isThisOne: boolean }[];
    }>();
    expect(items).toHaveLength(2);
    expect(items.filter(({ isThisOne }) => isThisOne)).toHaveLength(1);
    expect(items[0]).toMatchObject({ address: '127.0.0.1', userAgent: expect.any(String) as string });
    expect(JSON.stringify(items)).not.toContain('token');
  });

  it('end one by one or all others at once, and nobody ends those of somebody else', async () => {
    const email = await newPerson();
    const [browser, second, third] = [await signedIn(email), await signedIn(email), await signedIn(email)];
    const stranger = await signedIn(await newPerson());
    const mine = async (from: TestBrowser) =>
      (await from.get('/api/account/sessions'))
        .json<{ items: { id: string; isThisOne: boolean }[] }>()
        .items.find(({ isThisOne }) => isThisOne)?.id ?? '';
    const secondId = await mine(second);
    expect((await stranger.request('DELETE', `/api/account/sessions/${secondId}`)).statusCode).toBe(404);
    expect(await isSignedIn(second)).toBe(true);
    expect((await browser.request('DELETE', `/api/account/sessions/${secondId}`)).statusCode).toBe(204);
    expect(await isSignedIn(second)).toBe(false);
    expect((await browser.post('/api/account/sessions/end-others')).statusCode).toBe(204);
    expect(await isSignedIn(third)).toBe(false);
    expect(await isSignedIn(browser)).toBe(true);
    expect(await isSignedIn(stranger)).toBe(true);
  });
});

describe('changing the password', () => {
  const newPassword = 'violet lantern harbour';

  it('takes the old one, ends every other session, and is in the audit without either', async () => {
    const email = await newPerson();
    const [browser, other] = [await signedIn(email), await signedIn(email)];
    const answer = await browser.post('/api/account/password', { password, newPassword });
    expect(answer.statusCode, answer.body).toBe(204);
    expect(await isSignedIn(browser)).toBe(true);
    expect(await isSignedIn(other)).toBe(false);
    await signedIn(email, newPassword);
    const old = await new TestBrowser(app).post('/api/sign-in', { email, password });
    expect(old.statusCode).toBe(401);
    const rows = await test.asAdmin("select * from claviger.audit_entries where operation like 'account.%'");
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/violet|horse/);
  });

  it('leaves no link to another one, and no sign-in that waits for a code after the old one', async () => {
    const { email, browser, uri } = await withAuthenticator();
    const link = await http.authentication.createResetToken(email);
    const waiting = await afterThePassword(email);
    expect((await browser.post('/api/account/password', { password, newPassword })).statusCode).toBe(204);
    const late = await new TestBrowser(app).post('/api/password-reset/finish', {
      token: link?.token,
      newPassword: 'another quiet meadow',
    });
    expect(late.json()).toMatchObject({ error: { code: 'not_found' } });
    const code = await waiting.post('/api/sign-in/code', { code: totpAt(uri, Date.now() + stepMs) });
    expect(code.json()).toMatchObject({ error: { code: 'wrong_code' } });
    expect(await isSignedIn(browser)).toBe(true);
  });

  it('is refused beside the field for a wrong old one and for a new one that is easily guessed', async () => {
    const email = await newPerson();
    const browser = await signedIn(email);
    const wrong = await browser.post('/api/account/password', { password: 'wrong horse', newPassword });
    expect(wrong.json()).toMatchObject({
      error: { issues: [{ path: 'body.password', problem: 'password_wrong' }] },
    });
    for (const easy of ['password1234', 'qwertzuiop12', `${email}1`, 'aaaaaaaaaaaaaaaa']) {
      const guessable = await browser.post('/api/account/password', { password, newPassword: easy });
      expect(guessable.json(), easy).toMatchObject({
        error: { issues: [{ path: 'body.newPassword', problem: 'password_guessable' }] },
      });
    }
    await signedIn(email);
  });
});

describe('an authenticator', () => {
  it('is asked for from the first right code on, and not before', async () => {
    const email = await newPerson();
    const browser = await signedIn(email);
    const wrongPassword = await browser.post('/api/account/authenticator', { password: 'wrong horse' });
    expect(wrongPassword.json()).toMatchObject({
      error: { issues: [{ path: 'body.password', problem: 'password_wrong' }] },
    });
    const { uri } = (await browser.post('/api/account/authenticator', { password })).json<Factor>();
    expect(uri).toMatch(/^otpauth:\/\/totp\/Claviger/);
    await signedIn(email);
    const wrongCode = await browser.post('/api/account/authenticator/finish', { code: '000000' });
    expect(wrongCode.json()).toMatchObject({
      error: { issues: [{ path: 'body.code', problem: 'code_wrong' }] },
    });
    await signedIn(email);
    const right = await browser.post('/api/account/authenticator/finish', { code: totpAt(uri) });
    expect(right.json()).toMatchObject({ account: { hasAuthenticator: true } });
    expect(await isSignedIn(browser)).toBe(true);
    await afterThePassword(email);
  });

  it('opens the session with the code of the app, in spaces too, and each code once', async () => {
    const { email, uri } = await withAuthenticator();
    const code = totpAt(uri, Date.now() + stepMs);
    const browser = await afterThePassword(email);
    expect(await isSignedIn(browser)).toBe(false);
    const typed = `${code.slice(0, 3)} ${code.slice(3)}`;
    const answer = await browser.post('/api/sign-in/code', { code: typed });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(await isSignedIn(browser)).toBe(true);
    const again = await afterThePassword(email);
    const replayed = await again.post('/api/sign-in/code', { code });
    expect(replayed.json()).toMatchObject({ error: { code: 'wrong_code' } });
    expect(await isSignedIn(again)).toBe(false);
  });

  it('opens nothing without the password before, or with the challenge of another browser', async () => {
    const { email, uri } = await withAuthenticator();
    await afterThePassword(email);
    const answer = await new TestBrowser(app).post('/api/sign-in/code', { code: totpAt(uri) });
    expect(answer.json()).toMatchObject({ error: { code: 'wrong_code' } });
  });

  it('does not take the row beside a challenge, which counts its tries, for one', async () => {
    const { email } = await withAuthenticator();
    const { cookie } = await afterThePassword(email);
    const answer = await app.inject({
      method: 'POST',
      url: '/api/sign-in/code',
      headers: {
        host: new URL(testOrigin).host,
        origin: testOrigin,
        cookie: cookie.replace('=', '=2fa-attempts-'),
      },
      payload: { code: '123456' },
    });
    expect(answer.json()).toMatchObject({ error: { code: 'wrong_code' } });
  });

  it('does not take the session of another person in the same browser for its own', async () => {
    const { email, uri } = await withAuthenticator();
    const browser = await signedIn(await newPerson());
    await browser.post('/api/sign-in', { email, password });
    const answer = await browser.post('/api/sign-in/code', { code: totpAt(uri, Date.now() + stepMs) });
    expect(answer.json()).toMatchObject({ account: { email } });
  });

  it('takes each recovery code once, also where an attacker has spent every try', async () => {
    const { email, uri, recoveryCodes } = await withAuthenticator();
    let last = 0;
    for (let tries = 0; tries < 24; tries += 1) {
      const attacker = await afterThePassword(email);
      await test.asAdmin('delete from claviger.rate_limits');
      const guess = String(100_000 + tries);
      last = (await attacker.post('/api/sign-in/code', { code: guess })).statusCode;
    }
    expect(last).toBe(429);
    const held = await afterThePassword(email);
    expect((await held.post('/api/sign-in/code', { code: totpAt(uri) })).statusCode).toBe(429);
    const [first = ''] = recoveryCodes;
    const answer = await held.post('/api/sign-in/code', { code: first });
    expect(answer.statusCode, answer.body).toBe(200);
    const again = await afterThePassword(email);
    expect((await again.post('/api/sign-in/code', { code: first })).statusCode).toBe(401);
  });

  it('gives a sign-in up after five wrong codes', async () => {
    const { email, uri } = await withAuthenticator();
    const browser = await afterThePassword(email);
    for (let tries = 0; tries < 6; tries += 1) {
      await browser.post('/api/sign-in/code', { code: String(200_000 + tries) });
    }
    const late = await browser.post('/api/sign-in/code', { code: totpAt(uri, Date.now() + stepMs) });
    expect(late.json()).toMatchObject({ error: { code: 'wrong_code' } });
  });

  it('has new recovery codes that make the old ones void', async () => {
    const { email, browser, recoveryCodes } = await withAuthenticator();
    const renewed = await browser.post('/api/account/authenticator/recovery-codes', { password });
    const fresh = renewed.json<Factor>().recoveryCodes;
    expect(fresh).toHaveLength(10);
    const waiting = await afterThePassword(email);
    expect((await waiting.post('/api/sign-in/code', { code: recoveryCodes[0] })).statusCode).toBe(401);
    expect((await waiting.post('/api/sign-in/code', { code: fresh[0] })).statusCode).toBe(200);
  });

  it('is removed by somebody who was seen lately alone', async () => {
    const { email, browser, uri } = await withAuthenticator();
    await confirmedAgo(16);
    const refused = await browser.request('DELETE', '/api/account/authenticator');
    expect(refused.json()).toMatchObject({ error: { code: 'step_up_needed' } });
    const byPassword = await browser.post('/api/session/confirm', { password });
    expect(byPassword.json()).toMatchObject({
      error: { issues: [{ path: 'body.code', problem: 'code_wrong' }] },
    });
    const confirmed = await browser.post('/api/session/confirm', { code: totpAt(uri, Date.now() + stepMs) });
    expect(confirmed.statusCode, confirmed.body).toBe(200);
    expect((await browser.request('DELETE', '/api/account/authenticator')).statusCode).toBe(204);
    await signedIn(email);
    expect((await browser.request('DELETE', '/api/account/authenticator')).statusCode).toBe(404);
  });

  it('keeps its secret and codes sealed, and neither is in the audit', async () => {
    const { uri, recoveryCodes } = await withAuthenticator();
    const secret = new URL(uri).searchParams.get('secret') ?? '';
    const rows = await test.asAdmin('select * from auth.authenticators');
    const audit = await test.asAdmin('select * from claviger.audit_entries');
    const stored = JSON.stringify([rows, audit]);
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(recoveryCodes[0]);
    expect(audit.length).toBeGreaterThan(1);
  });
});

describe('confirming to be there', () => {
  it('takes the password where there is no authenticator, and is told until when it holds', async () => {
    const browser = await signedIn(await newPerson());
    await confirmedAgo(20);
    const before = (await browser.get('/api/session')).json<{ confirmedUntil: number }>();
    expect(before.confirmedUntil).toBeLessThan(Date.now());
    const wrong = await browser.post('/api/session/confirm', { password: 'wrong horse' });
    expect(wrong.json()).toMatchObject({
      error: { issues: [{ path: 'body.password', problem: 'password_wrong' }] },
    });
    const right = (await browser.post('/api/session/confirm', { password })).json<{
      confirmedUntil: number;
    }>();
    expect(right.confirmedUntil).toBeGreaterThan(Date.now() + 14 * 60_000);
  });
});
