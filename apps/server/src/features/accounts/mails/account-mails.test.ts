import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../../test/audit/forget.ts';
import { SoftwarePasskey } from '../../../../test/people/software-passkey.ts';
import { totpAt } from '../../../../test/people/totp.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { createTestHttp, testOrigin, TestBrowser, type TestHttp } from '../../../../test/test-http.ts';
import { MailFault, type OutgoingMail } from '../../../platform/mail/index.ts';
import { mailAccount } from './jobs.ts';
import { mailsAnHour } from './service.ts';

const password = 'correct horse battery';
const newPassword = 'violet lantern harbour';

let test: TestDatabase;
let http: TestHttp;
let app: FastifyInstance;
let sent: OutgoingMail[] = [];
let fault: MailFault | undefined;
let people = 0;
let email: string;
let browser: TestBrowser;

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
  people += 1;
  email = `told${String(people)}@example.com`;
  sent = [];
  fault = undefined;
  await test.asAdmin('delete from claviger.rate_limits');
  await test.asAdmin('delete from claviger.account_mails');
  await forgetAudit(test);
  browser = await signedIn();
  await test.asAdmin('update auth.accounts set is_email_verified = true where email = $1', [email]);
});

async function signedIn(typed = email): Promise<TestBrowser> {
  await http.authentication.createAccount({ email: typed, password });
  const opened = new TestBrowser(app);
  expect((await opened.post('/api/sign-in', { email: typed, password })).statusCode).toBe(200);
  return opened;
}

/** Runs the jobs that wait, as graphile-worker would. */
async function runJobs(): Promise<void> {
  const rows = await test.asAdmin<{ id: string }>('select id from claviger.account_mails order by id');
  const mails = { server: mailServer, now: Date.now };
  const parts = { authentication: http.authentication, mails, publicOrigin: testOrigin };
  for (const { id } of rows) await mailAccount({ mailId: id }, test.database, parts);
}

async function texts(): Promise<string[]> {
  await runJobs();
  return sent.map(({ text }) => text);
}

function changePassword(language = 'en') {
  const body = { password, newPassword };
  return browser.post('/api/account/password', body, { 'accept-language': language });
}

describe('a notice', () => {
  it('tells of a new password, in the language of the page and as text and HTML', async () => {
    await changePassword('de-AT,de;q=0.9,en;q=0.8');
    await runJobs();
    expect(sent).toMatchObject([{ to: email, subject: 'Ihre Anmeldung bei localhost:3000 wurde geändert' }]);
    const [mail] = sent;
    expect(mail?.text).toContain('Das Passwort Ihres Kontos bei localhost:3000 wurde geändert');
    expect(mail?.html).toContain('<p>Das Passwort Ihres Kontos bei localhost:3000 wurde geändert');
    expect(mail?.html).toContain('<html lang="de">');
  });

  it('tells of passkeys, and what people call them is no HTML', async () => {
    const passkey = new SoftwarePasskey();
    const begun = (await browser.post('/api/account/passkeys/begin')).json<{ options: never }>();
    const made = { name: '<b>Phone</b>', passkey: passkey.create(begun.options) };
    expect((await browser.post('/api/account/passkeys', made)).statusCode).toBe(204);
    const { items } = (await browser.get('/api/account/passkeys')).json<{ items: { id: string }[] }>();
    await browser.request('DELETE', `/api/account/passkeys/${items[0]?.id ?? ''}`);
    const [added, removed] = await texts();
    expect(added).toContain('A passkey was added to your Account at localhost:3000: “<b>Phone</b>”.');
    expect(sent[0]?.html).toContain('“&lt;b&gt;Phone&lt;/b&gt;”');
    expect(removed).toContain('A passkey was removed');
    // A new password, which the mail leads to, would leave it there.
    expect(added).toContain('And take away in Settings, Profile, what you did not add');
    expect(removed).not.toContain('take away');
  });

  it('tells of an authenticator, of its recovery codes, and of each that is used', async () => {
    const begun = (await browser.post('/api/account/authenticator', { password })).json<{ uri: string }>();
    const code = totpAt(begun.uri, Date.now());
    expect((await browser.post('/api/account/authenticator/finish', { code })).statusCode).toBe(200);
    const { recoveryCodes } = (
      await browser.post('/api/account/authenticator/recovery-codes', { password })
    ).json<{ recoveryCodes: string[] }>();
    const other = new TestBrowser(app);
    await other.post('/api/sign-in', { email, password });
    expect((await other.post('/api/sign-in/code', { code: recoveryCodes[0] })).statusCode).toBe(200);
    await browser.request('DELETE', '/api/account/authenticator');
    const all = await texts();
    expect(all.map((text) => text.split('\n', 1)[0])).toEqual([
      'Your Account at localhost:3000 now asks for a code of an authenticator app.',
      'Your Account at localhost:3000 has new recovery codes; all older ones are void.',
      'A recovery code of your Account at localhost:3000 was used.',
      'Your Account at localhost:3000 asks for no code of an authenticator app any more.',
    ]);
    for (const secret of [...recoveryCodes, begun.uri, password]) expect(all.join()).not.toContain(secret);
  });

  it('tells of a password that was set by a link', async () => {
    const made = await http.authentication.createResetToken(email);
    await new TestBrowser(app).post('/api/password-reset/finish', { token: made?.token, newPassword });
    expect((await texts())[0]).toContain('by a link');
  });

  it('comes a few times an hour of each kind, and a repeat keeps nothing else back', async () => {
    for (let count = 0; count < mailsAnHour + 2; count += 1) {
      const [from, to] = count % 2 === 0 ? [password, newPassword] : [newPassword, password];
      await browser.post('/api/account/password', { password: from, newPassword: to });
    }
    const made = await http.authentication.createResetToken(email);
    await new TestBrowser(app).post('/api/password-reset/finish', { token: made?.token, newPassword });
    const all = await texts();
    expect(all.filter((text) => text.includes('was changed'))).toHaveLength(mailsAnHour);
    expect(all.filter((text) => text.includes('by a link'))).toHaveLength(1);
  });

  it('goes to no address that nobody has confirmed', async () => {
    await test.asAdmin('update auth.accounts set is_email_verified = false where email = $1', [email]);
    await changePassword();
    expect(await texts()).toEqual([]);
  });

  it('is tried again where the mail server is away, and given up where it refuses for good', async () => {
    await changePassword();
    fault = new MailFault('451 try later', false);
    await expect(runJobs()).rejects.toThrow('451');
    fault = new MailFault('550 no such box', true);
    await runJobs();
    const rows = await test.asAdmin('select failure from claviger.account_mails');
    expect(rows).toEqual([{ failure: '550 no such box' }]);
  });

  it('is sent once, and what it told of is forgotten', async () => {
    await changePassword();
    await runJobs();
    await runJobs();
    expect(sent).toHaveLength(1);
    const rows = await test.asAdmin('select recipient, detail from claviger.account_mails');
    expect(rows).toEqual([{ recipient: null, detail: null }]);
  });
});

async function askFor(address: string): Promise<string> {
  expect((await browser.post('/api/account/address', { email: address })).statusCode).toBe(204);
  await runJobs();
  return /\/verify-address#(\S+)/.exec(sent.at(-1)?.text ?? '')?.[1] ?? '';
}

function confirm(token: string) {
  return new TestBrowser(app).post('/api/address/finish', { token });
}

function addressOf(opened = browser) {
  return opened.get('/api/session').then((answer) => answer.json<{ account: object }>().account);
}

describe('an address', () => {
  it('is confirmed by a link that was mailed to it', async () => {
    await test.asAdmin('update auth.accounts set is_email_verified = false where email = $1', [email]);
    expect(await addressOf()).toMatchObject({ email, isEmailVerified: false });
    const token = await askFor(email.toUpperCase());
    expect(sent).toMatchObject([{ to: email, subject: 'Confirm this address for localhost:3000' }]);
    expect((await confirm(token)).statusCode).toBe(204);
    expect(await addressOf()).toMatchObject({ email, isEmailVerified: true });
    expect(await texts()).toHaveLength(1);
  });

  it('that is new counts once its link was followed, and the old one is told', async () => {
    const wanted = `new-${email}`;
    const token = await askFor(wanted);
    expect(sent.map(({ to }) => to)).toEqual([wanted]);
    expect(await addressOf()).toMatchObject({ email });
    expect((await new TestBrowser(app).post('/api/sign-in', { email: wanted, password })).statusCode).toBe(
      401,
    );
    expect((await confirm(token)).statusCode).toBe(204);
    expect(await addressOf()).toMatchObject({ email: wanted, isEmailVerified: true });
    await runJobs();
    expect(sent.map(({ to }) => to)).toEqual([wanted, email]);
    expect(sent[1]?.text).not.toContain(wanted);
    expect((await new TestBrowser(app).post('/api/sign-in', { email, password })).statusCode).toBe(401);
    expect((await new TestBrowser(app).post('/api/sign-in', { email: wanted, password })).statusCode).toBe(
      200,
    );
  });

  it('does not count because a mail scanner looked at the link', async () => {
    const token = await askFor(`new-${email}`);
    await new TestBrowser(app).get(`/verify-address?token=${token}`);
    expect((await new TestBrowser(app).get(`/api/address/finish?token=${token}`)).statusCode).toBe(405);
    expect(await addressOf()).toMatchObject({ email });
    expect((await confirm(token)).statusCode).toBe(204);
  });

  it.each([
    ['used', (token: string) => confirm(token)],
    [
      'older than a day',
      () => test.asAdmin("update auth.address_links set expires_at = now() - interval '1 s'"),
    ],
    ['of before another password', () => changePassword()],
    ['one of several of which another was followed', async () => confirm(await askFor(`more-${email}`))],
  ])('is not changed by a link that is %s', async (_why, spoil) => {
    const token = await askFor(`new-${email}`);
    await spoil(token);
    expect((await confirm(token)).json()).toMatchObject({ error: { code: 'not_found' } });
  });

  it('of another Account gets no mail, and whoever asks is not told', async () => {
    const taken = `taken-${email}`;
    await http.authentication.createAccount({ email: taken, password });
    expect(await askFor(taken)).toBe('');
    expect(sent).toEqual([]);
  });

  it('stays where somebody else made an Account with the new one meanwhile', async () => {
    const wanted = `new-${email}`;
    const token = await askFor(wanted);
    await http.authentication.createAccount({ email: wanted, password });
    expect((await confirm(token)).statusCode).toBe(404);
    expect(await addressOf()).toMatchObject({ email });
  });

  it('is changed by nobody who was not seen lately, and voids what was mailed to the old one', async () => {
    const made = await http.authentication.createResetToken(email);
    await confirm(await askFor(`new-${email}`));
    const reset = { token: made?.token, newPassword };
    expect((await new TestBrowser(app).post('/api/password-reset/finish', reset)).statusCode).toBe(404);
    await test.asAdmin("update auth.sessions set confirmed_at = '2020-01-01'");
    expect((await browser.post('/api/account/address', { email })).json()).toMatchObject({
      error: { code: 'step_up_needed' },
    });
  });

  it('stands in the Audit without the address or the token, and the token is kept as a hash', async () => {
    const wanted = `new-${email}`;
    const token = await askFor(wanted);
    const kept = JSON.stringify(await test.asAdmin('select * from auth.address_links'));
    await confirm(token);
    const rows = await test.asAdmin<{ operation: string }>('select * from claviger.audit_entries');
    expect(rows.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['account.ask_address', 'account.confirm_address']),
    );
    for (const secret of [token, wanted]) expect(JSON.stringify(rows)).not.toContain(secret);
    expect(kept).not.toContain(token);
  });
});
