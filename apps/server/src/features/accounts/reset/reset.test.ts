import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../../test/audit/forget.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { createTestHttp, testOrigin, TestBrowser, type TestHttp } from '../../../../test/test-http.ts';
import { openAudit } from '../../../platform/audit/index.ts';
import { MailFault, type OutgoingMail } from '../../../platform/mail/index.ts';
import type { Heard } from '../../../platform/database/index.ts';
import { sessionEndedChannel } from '../../../platform/http/index.ts';
import { deriveSecret } from '../../../platform/secrets/index.ts';
import { testSecret } from '../../../../test/database-server.ts';
import { mailReset } from './jobs.ts';
import { makeOperatorLink } from './service.ts';

const password = 'correct horse battery';
const newPassword = 'violet lantern harbour';

let test: TestDatabase;
let http: TestHttp;
let app: FastifyInstance;
let sent: OutgoingMail[] = [];
let fault: MailFault | undefined;
let people = 0;

const mailServer = {
  send: (mail: OutgoingMail): Promise<void> => {
    if (fault) return Promise.reject(fault);
    sent.push(mail);
    return Promise.resolve();
  },
};

beforeAll(async () => {
  test = await createTestDatabase();
  http = await createTestHttp(test, { mailServer });
  app = http.app;
});

afterAll(async () => {
  await app.close();
  await test.drop();
});

beforeEach(async () => {
  sent = [];
  fault = undefined;
  await test.asAdmin('delete from claviger.rate_limits');
  await test.asAdmin('delete from claviger.password_resets');
  await forgetAudit(test);
});

async function newPerson(): Promise<string> {
  people += 1;
  const email = `reset${people}@example.com`;
  await http.authentication.createAccount({ email, password });
  return email;
}

function ask(email: string, language = 'en') {
  return new TestBrowser(app).post('/api/password-reset', { email, language });
}

/** Runs the jobs that wait, as graphile-worker would. */
async function runJobs(): Promise<void> {
  const rows = await test.asAdmin<{ id: string }>('select id from claviger.password_resets order by id');
  const sealingKey = deriveSecret(testSecret, 'sealed fields');
  const mails = { mode: 'real' as const, server: mailServer, sealingKey, now: Date.now };
  const parts = { authentication: http.authentication, mails, publicOrigin: testOrigin };
  for (const { id } of rows) await mailReset({ resetId: id }, test.database, parts);
}

async function tokenFor(email: string): Promise<string> {
  expect((await ask(email)).statusCode).toBe(204);
  await runJobs();
  return /\/new-password#(\S+)/.exec(sent.at(-1)?.text ?? '')?.[1] ?? '';
}

function finish(token: string, typed = newPassword) {
  return new TestBrowser(app).post('/api/password-reset/finish', { token, newPassword: typed });
}

async function signIn(email: string, typed: string) {
  const browser = new TestBrowser(app);
  return { browser, status: (await browser.post('/api/sign-in', { email, password: typed })).statusCode };
}

describe('a forgotten password', () => {
  it('is replaced by a link that was mailed, once, and every session ends', async () => {
    const email = await newPerson();
    const { browser } = await signIn(email, password);
    const token = await tokenFor(email.toUpperCase());
    expect(sent[0]).toMatchObject({ subject: 'New password for localhost:3000' });
    expect((await finish(token)).statusCode).toBe(204);
    expect((await browser.get('/api/session')).json()).toBeNull();
    expect((await signIn(email, password)).status).toBe(401);
    expect((await signIn(email, newPassword)).status).toBe(200);
    expect((await finish(token, 'another quiet meadow')).statusCode).toBe(404);
    expect((await signIn(email, newPassword)).status).toBe(200);
  });

  it('ends the live streams of every session that it ends', async () => {
    const email = await newPerson();
    const told: string[] = [];
    const hear = (heard: Heard): void => {
      if (heard.kind === 'message') told.push(heard.payload);
    };
    const deafen = await test.database.listen(sessionEndedChannel, hear);
    const token = await tokenFor(email);
    for (let count = 0; count < 2; count += 1) await signIn(email, password);
    const rows = await test.asAdmin<{ id: string }>(
      'select s.id from auth.sessions s join auth.accounts a on a.id = s.account_id where a.email = $1',
      [email],
    );
    await finish(token);
    await expect.poll(() => told.length).toBe(2);
    expect(told.sort()).toEqual(rows.map(({ id }) => JSON.stringify({ sessionId: id })).sort());
    await deafen();
  });

  it('is asked for in any language, and the mail comes in it', async () => {
    const email = await newPerson();
    await ask(email, 'de');
    await runJobs();
    expect(sent[0]?.subject).toBe('Neues Passwort für localhost:3000');
  });

  it('gives the same answer for an address that nobody has, and no mail', async () => {
    const known = await ask(await newPerson());
    const unknown = await ask('nobody@example.com');
    expect([unknown.statusCode, unknown.body]).toEqual([known.statusCode, known.body]);
    await runJobs();
    expect(sent).toHaveLength(1);
    expect(await test.asAdmin('select from claviger.password_resets')).toEqual([]);
  });

  it('stays for a link that is made up or older than an hour', async () => {
    const email = await newPerson();
    const token = await tokenFor(email);
    await test.asAdmin("update auth.verifications set expires_at = now() - interval '1 second'");
    for (const wrong of [token, 'AAAA', `${token}x`]) {
      expect((await finish(wrong)).json()).toMatchObject({ error: { code: 'not_found' } });
    }
    expect((await signIn(email, password)).status).toBe(200);
  });

  it('is replaced by one link alone: the others that were mailed hold no more', async () => {
    const email = await newPerson();
    const [earlier, later] = [await tokenFor(email), await tokenFor(email)];
    expect((await finish(later)).statusCode).toBe(204);
    expect((await finish(earlier, 'another quiet meadow')).statusCode).toBe(404);
    expect((await signIn(email, newPassword)).status).toBe(200);
  });

  it('is replaced by a link of whoever runs the installation, of which the audit tells', async () => {
    const email = await newPerson();
    const audit = openAudit({ installationSecret: testSecret, now: Date.now });
    const { authentication } = http;
    const parts = { authentication, audit, database: test.database, publicOrigin: testOrigin };
    expect(await makeOperatorLink(parts, 'nobody@example.com')).toBeUndefined();
    const link = await makeOperatorLink(parts, email);
    expect((await finish(link?.split('#')[1] ?? '')).statusCode).toBe(204);
    const rows = await test.asAdmin(
      'select operation, object_id from claviger.audit_entries order by sequence',
    );
    const [account] = await test.asAdmin<{ id: string }>('select id from auth.accounts where email = $1', [
      email,
    ]);
    expect(rows).toEqual([
      { operation: 'account.make_reset_link', object_id: account?.id },
      { operation: 'account.reset_password', object_id: account?.id },
    ]);
  });

  it('is not replaced by one that is easily guessed, and the link still holds', async () => {
    const token = await tokenFor(await newPerson());
    expect((await finish(token, 'password1234')).json()).toMatchObject({
      error: { issues: [{ path: 'body.newPassword', problem: 'password_guessable' }] },
    });
    expect((await finish(token)).statusCode).toBe(204);
  });

  it('leaves an authenticator in force', async () => {
    const email = await newPerson();
    const token = await tokenFor(email);
    await test.asAdmin('update auth.accounts set has_authenticator = true where email = $1', [email]);
    await finish(token);
    const browser = new TestBrowser(app);
    const answer = await browser.post('/api/sign-in', { email, password: newPassword });
    expect(answer.json()).toMatchObject({ error: { code: 'code_needed' } });
  });

  it('is mailed later where the mail server is away, and given up where it refuses for good', async () => {
    const email = await newPerson();
    await ask(email);
    fault = new MailFault('451 try later', false);
    await expect(runJobs()).rejects.toThrow('451');
    fault = undefined;
    await runJobs();
    expect(sent).toHaveLength(1);
    await ask(email);
    fault = new MailFault('550 no such box', true);
    await runJobs();
    const rows = await test.asAdmin('select failure from claviger.password_resets');
    expect(rows).toEqual([{ failure: '550 no such box' }]);
  });

  it('is asked for three times at most in a row for one address', async () => {
    const email = await newPerson();
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await ask(email)).statusCode);
    expect(statuses).toEqual([204, 204, 204, 429]);
  });

  it('stands in the audit without address, token or password, and the token is kept as a hash', async () => {
    const email = await newPerson();
    const token = await tokenFor(email);
    await finish(token);
    const rows = await test.asAdmin<{ operation: string }>('select * from claviger.audit_entries');
    expect(rows.map(({ operation }) => operation)).toEqual(['account.ask_reset', 'account.reset_password']);
    const again = await tokenFor(email);
    const stored = JSON.stringify([rows, await test.asAdmin('select * from auth.verifications')]);
    for (const secret of [email, token, again, newPassword]) expect(stored).not.toContain(secret);
  });
});
