import { getMigrations } from 'better-auth/db/migration';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { openTestAuthentication } from '../../../test/test-http.ts';
import { openAuthentication, type Authentication, type SessionLookup } from './index.ts';
import { signInLibraryOptions } from './options.ts';

const dayMs = 24 * 60 * 60_000;
const visitor = { address: '192.0.2.7', userAgent: 'Test browser' };

let test: TestDatabase;
let authentication: Authentication;

beforeAll(async () => {
  test = await createTestDatabase();
  ({ authentication } = openTestAuthentication(test));
});

afterAll(async () => {
  await test.drop();
});

function cookieOf({ setCookies }: Pick<SessionLookup, 'setCookies'>): string {
  return setCookies.map((value) => value.split(';', 1)[0]).join('; ');
}

let people = 0;

/** Somebody new who has just signed in. */
async function signedIn() {
  people += 1;
  const credentials = { email: `person${people}@example.com`, password: 'correct horse battery' };
  const accountId = await authentication.createAccount(credentials);
  const opened = await authentication.signIn(credentials, visitor);
  if (!opened || !('session' in opened) || !opened.session) throw new Error('nobody is signed in');
  return {
    credentials,
    accountId,
    session: opened.session,
    setCookies: opened.setCookies,
    cookie: cookieOf(opened),
  };
}

async function changeSession(sessionId: string, change: string): Promise<void> {
  await test.asAdmin(`update auth.sessions set ${change} where id = $1`, [sessionId]);
}

describe('the tables of schema auth', () => {
  it('are those that the sign-in library expects', async () => {
    const { options } = openTestAuthentication(test);
    const { toBeCreated, toBeAdded, compileMigrations } = await getMigrations(signInLibraryOptions(options));
    expect(toBeCreated).toEqual([]);
    expect(toBeAdded).toEqual([]);
    expect((await compileMigrations()).replaceAll(/[\s;]/g, '')).toBe('');
  });
});

describe('an Account', () => {
  it('keeps its password as an Argon2id hash only', async () => {
    const { credentials, accountId } = await signedIn();
    const rows = await test.asAdmin<Record<string, unknown>>(
      'select * from auth.sign_in_factors join auth.accounts a on a.id = account_id where account_id = $1',
      [accountId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ provider: 'credential', email: credentials.email });
    expect(rows[0]?.['password_hash']).toMatch(/^\$argon2id\$/);
    expect(JSON.stringify(rows)).not.toContain(credentials.password);
  });

  it('is one for each e-mail address, whatever its case, also when two people come at once', async () => {
    const password = 'correct horse battery';
    const made = await Promise.all(
      ['both@example.com', 'BOTH@example.com', 'Both@example.com'].map((email) =>
        authentication.createAccount({ email, password }),
      ),
    );
    expect(made.filter((result) => result === 'email_taken')).toHaveLength(2);
    const rows = await test.asAdmin("select from auth.accounts where email = 'both@example.com'");
    expect(rows).toHaveLength(1);
  });

  it('opens with its own password alone', async () => {
    const { credentials, accountId } = await signedIn();
    const upperCase = { ...credentials, email: credentials.email.toUpperCase() };
    expect(await authentication.verifyPassword(upperCase)).toBe(accountId);
    expect(await authentication.verifyPassword({ ...credentials, password: 'wrong horse' })).toBeUndefined();
    expect(
      await authentication.verifyPassword({ ...credentials, email: 'nobody@example.com' }),
    ).toBeUndefined();
  });

  it('that was taken back is gone with its factors and sessions', async () => {
    const { accountId, cookie } = await signedIn();
    if (accountId === 'email_taken') throw new Error('the Account was there before');
    await authentication.deleteAccount(accountId);
    expect((await authentication.findSession(cookie)).session).toBeUndefined();
    const left = await test.asAdmin<{ count: number }>(
      `select (select count(*) from auth.accounts where id = $1) + (select count(*) from auth.sessions
        where account_id = $1) + (select count(*) from auth.sign_in_factors where account_id = $1) as count`,
      [accountId],
    );
    expect(left[0]?.count).toBe(0);
  });
});

describe('a session', () => {
  it('is not opened for an unknown e-mail address or with a wrong password', async () => {
    const { credentials } = await signedIn();
    expect(await authentication.signIn({ ...credentials, password: 'wrong horse' }, visitor)).toBeUndefined();
    expect(
      await authentication.signIn({ ...credentials, email: 'nobody@example.com' }, visitor),
    ).toBeUndefined();
  });

  it('remembers where it was opened', async () => {
    const { session } = await signedIn();
    const rows = await test.asAdmin('select address, user_agent from auth.sessions where id = $1', [
      session.sessionId,
    ]);
    expect(rows).toEqual([{ address: '192.0.2.7', user_agent: 'Test browser' }]);
  });

  it('is carried by a cookie that no script and no other site can use', async () => {
    const { setCookies } = await signedIn();
    expect(setCookies).toHaveLength(1);
    expect(setCookies[0]).toMatch(
      /^claviger_session=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('is bound to this very origin where people come by https', async () => {
    const { credentials } = await signedIn();
    const secure = openTestAuthentication(test, true).authentication;
    const opened = await secure.signIn(credentials, visitor);
    expect(opened?.setCookies[0]).toMatch(
      /^__Host-claviger_session=[^;]+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it('is not opened by the token in the database, which lacks the signature', async () => {
    const { session } = await signedIn();
    const [row] = await test.asAdmin<{ token: string }>('select token from auth.sessions where id = $1', [
      session.sessionId,
    ]);
    for (const value of [row?.token, `${row?.token}.`, `${row?.token}.AAAA`]) {
      expect((await authentication.findSession(`claviger_session=${value}`)).session).toBeUndefined();
    }
  });

  it('is prolonged by use, at most once an hour', async () => {
    const { session, cookie } = await signedIn();
    expect((await authentication.findSession(cookie)).setCookies).toEqual([]);
    await changeSession(session.sessionId, "expires_at = now() + interval '2 days'");
    const prolonged = await authentication.findSession(cookie);
    expect(prolonged.session?.expiresAt).toBeGreaterThan(Date.now() + 6.9 * dayMs);
    expect(prolonged.setCookies[0]).toContain('Max-Age=604800');
    expect((await authentication.findSession(cookie)).setCookies).toEqual([]);
  });

  it('is not prolonged by looking whether it is open', async () => {
    const { session, cookie } = await signedIn();
    await changeSession(session.sessionId, "expires_at = now() + interval '2 days'");
    expect(await authentication.isSessionOpen(cookie)).toBe(true);
    const [row] = await test.asAdmin<{ expires_at: number }>(
      'select expires_at from auth.sessions where id = $1',
      [session.sessionId],
    );
    expect(row?.expires_at).toBeLessThan(Date.now() + 2.1 * dayMs);
  });

  it('ends 7 days after its last use', async () => {
    const { session, cookie } = await signedIn();
    await changeSession(session.sessionId, "expires_at = now() - interval '1 second'");
    expect((await authentication.findSession(cookie)).session).toBeUndefined();
  });

  it('ends after 30 days in spite of all use, and says so before', async () => {
    const { session, cookie } = await signedIn();
    await changeSession(session.sessionId, "created_at = now() - interval '29 days'");
    const last = await authentication.findSession(cookie);
    expect(last.session?.expiresAt).toBeLessThan(Date.now() + 1.1 * dayMs);
    await changeSession(session.sessionId, "created_at = now() - interval '30 days 10 minutes'");
    expect((await authentication.findSession(cookie)).session).toBeUndefined();
    expect(await authentication.isSessionOpen(cookie)).toBe(false);
  });

  it('ends at once when its person signs out, and others of the person go on', async () => {
    const { credentials, cookie } = await signedIn();
    const other = await authentication.signIn(credentials, visitor);
    const ended = await authentication.signOut(cookie);
    expect(ended.setCookies[0]).toMatch(/^claviger_session=; Max-Age=0/);
    expect((await authentication.findSession(cookie)).session).toBeUndefined();
    expect(other && (await authentication.findSession(cookieOf(other))).session).toBeDefined();
  });

  it('that is over is deleted in time, and one that is open is kept', async () => {
    await authentication.forgetEnded();
    const [idle, old, open] = [await signedIn(), await signedIn(), await signedIn()];
    await changeSession(idle.session.sessionId, "expires_at = now() - interval '1 second'");
    await changeSession(old.session.sessionId, "created_at = now() - interval '31 days'");
    expect(await authentication.forgetEnded()).toBe(2);
    expect((await authentication.findSession(open.cookie)).session).toBeDefined();
  });

  it('is nobody without a cookie, with a foreign one and with nonsense', async () => {
    for (const cookie of ['', 'theme=dark', 'claviger_session=', 'claviger_session=%00%ff', '=;=;=']) {
      expect((await authentication.findSession(cookie)).session).toBeUndefined();
    }
  });
});

it('who is shut out has no session any more, and nothing that would open one', async () => {
  const { credentials, accountId, session, cookie } = await signedIn();
  if (accountId === 'email_taken') throw new Error('the Account was there before');
  const link = await authentication.createResetToken(credentials.email);
  const other = await signedIn();

  expect(await authentication.endSignIns(accountId)).toEqual([session.sessionId]);

  expect((await authentication.findSession(cookie)).session).toBeUndefined();
  expect(await authentication.findResettable(link?.token ?? '')).toBeUndefined();
  expect((await authentication.findSession(other.cookie)).session).toBeDefined();
});

describe('a new password', () => {
  const password = 'violet lantern harbour';

  it('ends every session but its own and every link, and says which sessions', async () => {
    const { credentials, accountId, session } = await signedIn();
    if (accountId === 'email_taken') throw new Error('the Account was there before');
    const other = await authentication.signIn(credentials, visitor);
    const link = await authentication.createResetToken(credentials.email);
    const ended = await authentication.changePassword(session, {
      password: credentials.password,
      newPassword: password,
    });
    expect(ended).toEqual([other && 'session' in other && other.session?.sessionId]);
    expect(await authentication.findResettable(link?.token ?? '')).toBeUndefined();
    expect(await authentication.resetPassword(link?.token ?? '', 'another quiet meadow')).toBeUndefined();
    expect(await authentication.verifyPassword({ ...credentials, password })).toBe(accountId);
  });

  it('by a link ends a session that is just being opened, and says so', async () => {
    const { credentials, accountId, session } = await signedIn();
    const link = await authentication.createResetToken(credentials.email);
    await test.asAdmin('begin');
    const [opened] = await test.asAdmin<{ id: string }>(
      `insert into auth.sessions (account_id, token, expires_at)
        values ($1, 'being opened', now() + interval '1 day') returning id`,
      [accountId],
    );
    const resetting = authentication.resetPassword(link?.token ?? '', password);
    const waiting =
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    await expect.poll(() => test.asAdmin(waiting)).toHaveLength(1);
    await test.asAdmin('commit');
    expect((await resetting)?.sort()).toEqual([session.sessionId, opened?.id].sort());
    expect(await test.asAdmin('select from auth.sessions where account_id = $1', [accountId])).toEqual([]);
  });

  it('lets nobody in who showed the old one while it was replaced', async () => {
    const { credentials, accountId, session } = await signedIn();
    if (accountId === 'email_taken') throw new Error('the Account was there before');
    const { options, clock } = openTestAuthentication(test);
    const replacing = async (stored: string, typed: string): Promise<boolean> => {
      const isRight = await options.hasher.verify(stored, typed);
      await authentication.changePassword(session, {
        password: credentials.password,
        newPassword: password,
      });
      return isRight;
    };
    const hasher = { ...options.hasher, verify: replacing };
    const slow = openAuthentication({ ...options, hasher }, clock);
    expect(await slow.signIn(credentials, visitor)).toBeUndefined();
    const rows = await test.asAdmin('select id from auth.sessions where account_id = $1', [accountId]);
    expect(rows).toEqual([{ id: session.sessionId }]);
  });

  it.each(['another password', 'the end of other sessions'])(
    'is not set by who showed the old one before %s',
    async (first) => {
      const { credentials, session } = await signedIn();
      const other = await authentication.signIn(credentials, visitor);
      const own = other && 'session' in other ? other.session : undefined;
      if (!own) throw new Error('nobody is signed in');
      const link = await authentication.createResetToken(credentials.email);
      const { options, clock } = openTestAuthentication(test);
      const comesFirst = async (): Promise<unknown> =>
        first === 'another password'
          ? authentication.resetPassword(link?.token ?? '', password)
          : authentication.endOtherSessions(session.accountId, session.sessionId);
      const hash = async (typed: string): Promise<string> => {
        await comesFirst();
        return options.hasher.hash(typed);
      };
      const slow = openAuthentication({ ...options, hasher: { ...options.hasher, hash } }, clock);
      const late = { ...credentials, newPassword: 'another quiet meadow' };
      expect(await slow.changePassword(own, late)).toBeUndefined();
      const now = first === 'another password' ? password : credentials.password;
      expect(await authentication.verifyPassword({ ...credentials, password: now })).toBe(session.accountId);
    },
  );

  it('is set by one of two who come with the same link at the same time', async () => {
    const { credentials } = await signedIn();
    const token = (await authentication.createResetToken(credentials.email))?.token ?? '';
    const both = await Promise.all([
      authentication.resetPassword(token, password),
      authentication.resetPassword(token, 'another quiet meadow'),
    ]);
    expect(both.filter((ended) => ended !== undefined)).toHaveLength(1);
  });

  it('that cannot be kept leaves everything as it was, the link too', async () => {
    const { credentials, accountId, cookie } = await signedIn();
    const token = (await authentication.createResetToken(credentials.email))?.token ?? '';
    await test.asAdmin('alter table auth.sign_in_factors add constraint planted check (false) not valid');
    await expect(authentication.resetPassword(token, password)).rejects.toThrow('planted');
    await test.asAdmin('alter table auth.sign_in_factors drop constraint planted');
    expect(await authentication.verifyPassword(credentials)).toBe(accountId);
    expect((await authentication.findSession(cookie)).session).toBeDefined();
    expect(await authentication.resetPassword(token, password)).toHaveLength(1);
  });
});

describe('a database that does not answer', () => {
  it('is to be waited for: nobody is taken for a stranger, and nobody let in', async () => {
    const { cookie, credentials, session } = await signedIn();
    const pool = new Pool({ host: '127.0.0.1', port: 1 });
    const { options, clock } = openTestAuthentication(test);
    const away = openAuthentication({ ...options, pool }, clock);
    const calls = [
      away.findSession(cookie),
      away.isSessionOpen(cookie),
      away.signIn(credentials, visitor),
      away.verifyPassword(credentials),
      away.createAccount({ ...credentials, email: 'somebody@example.com' }),
      away.deleteAccount(session.accountId),
      away.changePassword(session, { ...credentials, newPassword: 'violet lantern harbour' }),
      away.resetPassword('a token', 'violet lantern harbour'),
      away.signOut(cookie),
      away.forgetEnded(),
    ];
    const results = await Promise.allSettled(calls);
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'temporarily_unavailable' } });
    }
    await pool.end();
  });
});
