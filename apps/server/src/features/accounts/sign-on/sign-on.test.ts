import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refusal } from '@claviger/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../../test/audit/forget.ts';
import { ProviderBrowser, testClient, TestProvider } from '../../../../test/provider/test-provider.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { createTestHttp, testOrigin, TestBrowser, type TestHttp } from '../../../../test/test-http.ts';
import type { SignOnAnswer } from '../../../platform/authentication/index.ts';
import { Secret } from '../../../platform/secrets/index.ts';

const password = 'correct horse battery';
const redirectUri = `${testOrigin}/sign-on`;

let test: TestDatabase;
let http: TestHttp;
let provider: TestProvider;
let people = 0;
/** Whoever this test is about: here, and at the provider. */
let email: string;
let browser: TestBrowser;
let away: ProviderBrowser;

function settingsOf(issuer: string, emailDomains: readonly string[] = []) {
  return {
    ...{ issuer, clientId: testClient.id, clientSecret: new Secret(testClient.secret) },
    ...{ label: 'Example ID', emailDomains },
  };
}

const invitedEmail = (token: string): Promise<string> =>
  token === 'invited' ? Promise.resolve(email) : Promise.reject(new Refusal('not_found'));

beforeAll(async () => {
  test = await createTestDatabase();
  provider = await TestProvider.start({ redirectUri });
  http = await createTestHttp(test, { provider: settingsOf(provider.issuer), invitedEmail });
});

afterAll(async () => {
  await http.app.close();
  await provider.stop();
  await test.drop();
});

beforeEach(async () => {
  people += 1;
  email = `sso${String(people)}@example.com`;
  provider.person = { subject: `subject-${String(people)}`, email, isVerified: true };
  browser = new TestBrowser(http.app);
  away = new ProviderBrowser();
  await test.asAdmin('delete from claviger.rate_limits');
  await forgetAudit(test);
});

async function begin(url = '/api/sign-in/provider', body: object = {}): Promise<string> {
  const answer = await browser.post(url, body);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ url: string }>().url;
}

async function walk(url: string): Promise<SignOnAnswer> {
  const { state = '', ...more } = await away.walk(url, redirectUri);
  return { state, ...more };
}

const finishUrl = '/api/sign-in/provider/finish';

/** The provider says more than the page passes on. */
function finish(answer: SignOnAnswer, url = finishUrl, by = browser) {
  const { state, code, iss, error } = answer;
  const given = Object.entries({ state, code, iss, error }).filter(([, value]) => value !== undefined);
  return by.post(url, Object.fromEntries(given));
}

async function signIn() {
  return finish(await walk(await begin()));
}

/** An Account that its person has connected in Settings. */
async function connected(): Promise<void> {
  await http.authentication.createAccount({ email, password });
  expect((await browser.post('/api/sign-in', { email, password })).statusCode).toBe(200);
  const answer = await finish(
    await walk(await begin('/api/account/provider')),
    '/api/account/provider/finish',
  );
  expect(answer.json(), answer.body).toMatchObject({ account: { email, hasSignOn: true } });
  await browser.post('/api/sign-out');
}

function codeOf(answer: { json: () => unknown }): string | undefined {
  return (answer.json() as { error?: { code?: string } }).error?.code;
}

describe('signing in at a provider', () => {
  it('is offered under its name, and begins with a state, a nonce and a challenge of its own', async () => {
    expect((await browser.get('/api/installation')).json()).toMatchObject({ signOn: 'Example ID' });
    const [first, second] = [new URL(await begin()), new URL(await begin())];
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(first.searchParams.get(name)?.length).toBeGreaterThan(40);
      expect(first.searchParams.get(name)).not.toBe(second.searchParams.get(name));
    }
    expect(first.searchParams.get('code_challenge_method')).toBe('S256');
    expect(first.searchParams.get('redirect_uri')).toBe(redirectUri);
  });

  it('opens the Account that its person connected, whatever address the provider says later', async () => {
    await connected();
    provider.person = { subject: `subject-${String(people)}`, email: 'new@example.org', isVerified: false };
    const answer = await signIn();
    expect(answer.json(), answer.body).toMatchObject({ account: { email, hasSignOn: true } });
    expect((await browser.get('/api/session')).json()).toMatchObject({ account: { email } });
  });

  it('never takes over an Account by its address, and says the same where there is none', async () => {
    await http.authentication.createAccount({ email, password });
    const taken = await signIn();
    provider.person = { subject: 'stranger', email: 'stranger@example.com', isVerified: true };
    away = new ProviderBrowser();
    const unknown = await signIn();
    expect([codeOf(taken), codeOf(unknown)]).toEqual(['sign_on_unknown', 'sign_on_unknown']);
    expect((await browser.get('/api/session')).json()).toBeNull();
    expect(await test.asAdmin("select from auth.accounts where email = 'stranger@example.com'")).toEqual([]);
  });

  it('holds for one answer: what came back is not taken twice', async () => {
    await connected();
    const url = await begin();
    const { cookie } = browser;
    const answer = await walk(url);
    expect((await finish(answer)).statusCode).toBe(200);
    expect(codeOf(await finish(answer))).toBe('sign_on_failed');
    const replayed = await http.app.inject({
      ...{ method: 'POST', url: finishUrl, payload: { state: answer.state, code: answer.code } },
      headers: { host: 'localhost:3000', origin: testOrigin, 'sec-fetch-site': 'same-origin', cookie },
    });
    expect(codeOf(replayed)).toBe('sign_on_failed');
  });

  it('fails in another browser than the one that began it', async () => {
    await connected();
    const answer = await walk(await begin());
    const other = new TestBrowser(http.app);
    expect(codeOf(await finish(answer, finishUrl, other))).toBe('sign_on_failed');
    await other.post('/api/sign-in/provider');
    expect(codeOf(await finish(answer, finishUrl, other))).toBe('sign_on_failed');
  });

  it.each([
    ['state', (answer: SignOnAnswer) => ({ ...answer, state: `${answer.state}x` })],
    ['purpose', (answer: SignOnAnswer) => ({ ...answer, state: answer.state.replace('sign_in', 'confirm') })],
    ['issuer', (answer: SignOnAnswer) => ({ ...answer, iss: 'https://id.example.net' })],
    ['code', (answer: SignOnAnswer) => ({ ...answer, code: 'made-up' })],
  ])('fails with another %s', async (_what, change) => {
    await connected();
    const answer = await walk(await begin());
    expect(codeOf(await finish(change(answer)))).toBe('sign_on_failed');
    expect((await browser.get('/api/session')).json()).toBeNull();
  });

  it('fails with another nonce than it began with', async () => {
    await connected();
    const url = new URL(await begin());
    url.searchParams.set('nonce', 'of another sign-in');
    expect(codeOf(await finish(await walk(url.href)))).toBe('sign_on_failed');
  });

  it('fails with a code that another verifier belongs to', async () => {
    await connected();
    const url = new URL(await begin());
    url.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
    expect(codeOf(await finish(await walk(url.href)))).toBe('sign_on_failed');
  });

  it('says that it was cancelled where the person did not want to', async () => {
    provider.person = undefined;
    expect(codeOf(await signIn())).toBe('sign_on_cancelled');
  });

  it('is over after ten minutes', async () => {
    await connected();
    const answer = await walk(await begin());
    await test.asAdmin("update auth.sign_on_flows set expires_at = now() - interval '1 second'");
    expect(codeOf(await finish(answer))).toBe('sign_on_failed');
  });

  it('stands in the Audit, and neither code nor secret stands anywhere', async () => {
    await connected();
    const url = await begin();
    const answer = await walk(url);
    await finish(answer);
    const rows = await test.asAdmin<{ operation: string }>('select * from claviger.audit_entries');
    expect(rows.map(({ operation }) => operation)).toContain('sign_in.provider');
    const factors = await test.asAdmin('select * from auth.sign_in_factors');
    const stored = JSON.stringify([rows, factors, http.logged]);
    for (const secret of [answer.code, answer.state, testClient.secret]) expect(stored).not.toContain(secret);
  });
});

describe('an invitation', () => {
  const body = { invitationToken: 'invited' };

  it('makes an Account for the address that it went to, which the provider has verified', async () => {
    const answer = await finish(await walk(await begin('/api/sign-in/provider', body)));
    expect(answer.json(), answer.body).toMatchObject({
      account: { email, hasSignOn: true, isEmailVerified: true },
    });
    await browser.post('/api/sign-out');
    expect((await signIn()).statusCode).toBe(200);
  });

  it.each([
    ['has not verified', { isVerified: false }],
    ['knows by another address', { email: 'else@example.com' }],
  ])('makes none for somebody whom the provider %s', async (_why, change) => {
    provider.person = { subject: 'other', email, isVerified: true, ...change };
    const answer = await finish(await walk(await begin('/api/sign-in/provider', body)));
    expect(codeOf(answer)).toBe('sign_on_unknown');
    expect(await test.asAdmin('select from auth.accounts where email = $1', [email])).toEqual([]);
  });

  it('opens nothing of an Account that is there already', async () => {
    await http.authentication.createAccount({ email, password });
    const answer = await finish(await walk(await begin('/api/sign-in/provider', body)));
    expect(codeOf(answer)).toBe('sign_on_unknown');
  });

  it('is asked for first: a link that does not hold begins nothing', async () => {
    const answer = await browser.post('/api/sign-in/provider', { invitationToken: 'made-up' });
    expect(codeOf(answer)).toBe('not_found');
  });

  it('makes none outside of the domains that the operator named', async () => {
    const narrow = await createTestHttp(test, {
      provider: settingsOf(provider.issuer, ['example.org']),
      invitedEmail,
    });
    browser = new TestBrowser(narrow.app);
    const answer = await finish(await walk(await begin('/api/sign-in/provider', body)));
    expect(codeOf(answer)).toBe('sign_on_unknown');
    await narrow.app.close();
  });
});

describe('an Account that is connected', () => {
  it('is one alone with its person at the provider', async () => {
    await connected();
    const other = `other-${email}`;
    await http.authentication.createAccount({ email: other, password });
    browser = new TestBrowser(http.app);
    await browser.post('/api/sign-in', { email: other, password });
    const answer = await walk(await begin('/api/account/provider'));
    expect(codeOf(await finish(answer, '/api/account/provider/finish'))).toBe('sign_on_taken');
  });

  it('is not connected by a sign-in that another session began', async () => {
    await http.authentication.createAccount({ email, password });
    await browser.post('/api/sign-in', { email, password });
    const answer = await walk(await begin('/api/account/provider'));
    await browser.post('/api/sign-in', { email, password });
    expect(codeOf(await finish(answer, '/api/account/provider/finish'))).toBe('sign_on_failed');
  });

  it('is disconnected by its person, and opens no more', async () => {
    await connected();
    await signIn();
    expect((await browser.request('DELETE', '/api/account/provider')).statusCode).toBe(204);
    expect((await browser.request('DELETE', '/api/account/provider')).statusCode).toBe(404);
    expect(codeOf(await signIn())).toBe('sign_on_unknown');
  });

  it('is asked again before it is connected or disconnected', async () => {
    await connected();
    await signIn();
    await test.asAdmin("update auth.sessions set confirmed_at = now() - interval '1 hour'");
    expect(codeOf(await browser.post('/api/account/provider'))).toBe('step_up_needed');
    expect(codeOf(await browser.request('DELETE', '/api/account/provider'))).toBe('step_up_needed');
  });
});

describe('a proof of presence at the provider', () => {
  const beginUrl = '/api/session/confirm-by-provider';
  const endUrl = `${beginUrl}/finish`;

  async function longAgo(): Promise<void> {
    await connected();
    await signIn();
    await test.asAdmin("update auth.sessions set confirmed_at = now() - interval '1 hour'");
  }

  it('is taken where the person signed in there again', async () => {
    await longAgo();
    const answer = await finish(await walk(await begin(beginUrl)), endUrl);
    expect(answer.json<{ confirmedUntil: number }>().confirmedUntil).toBeGreaterThan(http.clock.now());
    expect((await browser.request('DELETE', '/api/account/provider')).statusCode).toBe(204);
  });

  it('is not taken where the person did not', async () => {
    await longAgo();
    const url = new URL(await begin(beginUrl));
    url.searchParams.delete('prompt');
    url.searchParams.delete('max_age');
    await test.asAdmin("update auth.sign_on_flows set begun_at = now() + interval '1 minute'");
    expect(codeOf(await finish(await walk(url.href), endUrl))).toBe('sign_on_failed');
    expect(codeOf(await browser.request('DELETE', '/api/account/provider'))).toBe('step_up_needed');
  });

  it('is not taken of somebody else', async () => {
    await longAgo();
    provider.person = { subject: 'somebody else', email, isVerified: true };
    away = new ProviderBrowser();
    const answer = await finish(await walk(await begin(beginUrl)), endUrl);
    expect(codeOf(answer)).toBe('sign_on_unknown');
  });
});

describe('a provider', () => {
  it('that does not answer leaves the password in force', async () => {
    const gone = await TestProvider.start({ redirectUri });
    await gone.stop();
    const alone = await createTestHttp(test, { provider: settingsOf(gone.issuer) });
    browser = new TestBrowser(alone.app);
    await alone.authentication.createAccount({ email, password });
    const answer = await browser.post('/api/sign-in/provider');
    expect([answer.statusCode, codeOf(answer)]).toEqual([503, 'sign_on_unavailable']);
    expect((await browser.post('/api/sign-in', { email, password })).statusCode).toBe(200);
    await alone.app.close();
  });

  it('that went away between the two ends of a sign-in is told apart from one that refused it', async () => {
    const leaving = await TestProvider.start({ redirectUri });
    leaving.person = { subject: 'leaving', email, isVerified: true };
    const alone = await createTestHttp(test, { provider: settingsOf(leaving.issuer) });
    browser = new TestBrowser(alone.app);
    const answer = await walk(await begin());
    await leaving.stop();
    expect(codeOf(await finish(answer))).toBe('sign_on_unavailable');
    await alone.app.close();
  });

  it('that speaks for another issuer is not believed', async () => {
    const answers = JSON.stringify({
      issuer: provider.issuer,
      authorization_endpoint: `${provider.issuer}/auth`,
      token_endpoint: `${provider.issuer}/token`,
    });
    const liar = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end(answers);
    });
    await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${String((liar.address() as AddressInfo).port)}`;
    const alone = await createTestHttp(test, { provider: settingsOf(issuer) });
    const answer = await new TestBrowser(alone.app).post('/api/sign-in/provider');
    expect(codeOf(answer)).toBe('sign_on_unavailable');
    await alone.app.close();
    liar.close();
  });

  it('that nobody configured is not offered', async () => {
    const alone = await createTestHttp(test);
    browser = new TestBrowser(alone.app);
    expect((await browser.get('/api/installation')).json()).not.toHaveProperty('signOn');
    expect((await browser.post('/api/sign-in/provider')).statusCode).toBe(404);
    await alone.app.close();
  });
});
