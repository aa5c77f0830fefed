import { randomUUID } from 'node:crypto';
import type { ApiKeyList, AuditPage, MadeApiKey } from '@claviger/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../test/audit/forget.ts';
import { openHome, type TestHome } from '../../../test/guest-keys.ts';
import { addLocalAdmin, newestToken } from '../../../test/people/invitations.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { testOrigin, TestBrowser } from '../../../test/test-http.ts';

const site = serverOfThisFile();
const password = 'correct horse battery';
const dayMs = 86_400_000;
let homes = 0;
let home: TestHome;

beforeEach(async () => {
  homes += 1;
  home = await openHome(site.server, { email: `keys${String(homes)}@example.com` });
  await site.test.asAdmin('delete from claviger.rate_limits');
  await forgetAudit(site.test);
});

const all = [
  ...['add_locks', 'ask_why', 'change_buildings', 'change_entities', 'change_keys', 'change_local_admins'],
  ...['change_locks', 'change_users', 'decide_requests', 'open_locks', 'see_activity', 'see_audit'],
  ...['see_buildings', 'see_entities', 'see_keys', 'see_locks', 'see_mails', 'see_users'],
];

function ask(body: object = {}, browser = home.browser) {
  const given = { name: 'Wall clock', permissions: ['see_locks'], validForDays: 30, ...body };
  return browser.post(`/api/entities/${home.entityId}/api-keys`, given);
}

async function make(body: object = {}, browser = home.browser): Promise<MadeApiKey> {
  const answer = await ask(body, browser);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

async function list(browser = home.browser): Promise<ApiKeyList> {
  return (await browser.get(`/api/entities/${home.entityId}/api-keys`)).json();
}

interface Call {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'PATCH';
  readonly url?: string;
  readonly payload?: object;
  readonly headers?: Record<string, string>;
}

/** What a program gets that comes with this key. */
function call(key: string, { method = 'GET', url = locks(), payload, headers = {} }: Call = {}) {
  const { host } = new URL(testOrigin);
  return site.server.app.portal.inject({
    ...{ method, url, headers: { host, authorization: `Bearer ${key}`, ...headers } },
    ...(payload && { payload }),
  });
}

const locks = (entityId = home.entityId): string => `/api/entities/${entityId}/locks`;

async function status(key: string, options?: Call): Promise<number> {
  return (await call(key, options)).statusCode;
}

/** Somebody else who manages people in this Entity, and no more. */
async function localAdmin(): Promise<TestBrowser> {
  const email = `grace${String(homes)}@example.com`;
  await addLocalAdmin(home, email);
  const browser = new TestBrowser(site.server.app.portal);
  await browser.post('/api/invitation/accept', { token: await newestToken(home), password });
  return browser;
}

async function userIdOf(email: string): Promise<string> {
  const rows = await site.test.asAdmin<{ id: string }>('select id from claviger.users where email = $1', [
    email,
  ]);
  return rows[0]?.id ?? '';
}

describe('an API key', () => {
  it('is shown once, kept as a hash, and known by its beginning', async () => {
    const { key, id, prefix } = await make();
    expect(key).toMatch(/^clv_[A-Za-z0-9_-]{43}$/);
    expect(key.startsWith(prefix)).toBe(true);
    const { items, grantable } = await list();
    expect(items).toMatchObject([{ id, prefix, name: 'Wall clock', permissions: ['see_locks'] }]);
    expect(grantable).toEqual(all);
    const stored = [
      await site.test.asAdmin('select * from claviger.api_keys'),
      await site.test.asAdmin('select * from claviger.audit_entries'),
    ];
    expect(JSON.stringify([items, stored])).not.toContain(key.slice(prefix.length));
  });

  it('reads what it was given, without a cookie and from no page', async () => {
    const { key } = await make();
    expect((await call(key)).json()).toMatchObject({ items: [{ id: home.lockId }] });
    expect((await list()).items[0]?.usedAt).toBeGreaterThan(0);
  });

  it('does what it was given, under the name of its maker and its own', async () => {
    const { key } = await make({ name: 'Parcel box', permissions: ['open_locks'] });
    const headers = { 'idempotency-key': randomUUID() };
    const opened = await call(key, {
      method: 'POST',
      url: `${locks()}/${home.lockId}/open`,
      payload: {},
      headers,
    });
    expect(opened.statusCode, opened.body).toBe(202);
    const { items } = (await home.browser.get(`/api/entities/${home.entityId}/audit`)).json<AuditPage>();
    expect(items.find(({ operation }) => operation === 'lock.open')).toMatchObject({ apiKey: 'Parcel box' });
    const entry = items.find(({ operation }) => operation === 'api_key.make');
    expect(entry).toMatchObject({ objectName: 'Parcel box' });
    expect(entry).not.toHaveProperty('apiKey');
  });

  it('is told apart from its maker where it is refused', async () => {
    const { key } = await make({ name: 'Parcel box' });
    const url = `${locks()}/${home.lockId}/open`;
    for (let count = 0; count < 3; count += 1)
      expect(await status(key, { method: 'POST', url, payload: {} })).toBe(403);
    const { items } = (await home.browser.get(`/api/entities/${home.entityId}/audit`)).json<AuditPage>();
    expect(items.filter(({ apiKey }) => apiKey === 'Parcel box')).toMatchObject([
      { operation: 'lock.open', outcome: 'refused', code: 'not_permitted' },
    ]);
  });

  it('does nothing that it was not given, nor in another Entity', async () => {
    const { key } = await make();
    const other = await openHome(site.server, { email: `other${String(homes)}@example.com` });
    expect(await status(key, { url: `/api/entities/${home.entityId}/users` })).toBe(403);
    expect(await status(key, { url: locks(other.entityId) })).toBe(404);
    expect(await status(key, { url: locks(randomUUID()) })).toBe(404);
  });

  it('makes no call of an Account and none that asks for the person, whatever it was given', async () => {
    const { key } = await make({ permissions: all });
    const { routes } = site.server.app;
    const closed = routes.filter(
      ({ permission, isStepUpNeeded, contract }) =>
        contract.path.startsWith('/api/') &&
        permission !== 'public' &&
        (typeof permission === 'string' || isStepUpNeeded),
    );
    expect(closed.length).toBeGreaterThan(25);
    for (const { contract } of closed) {
      const url = contract.path.replace('{entityId}', home.entityId).replaceAll(/\{\w+\}/g, randomUUID());
      const options = { method: contract.method, url, ...(contract.method !== 'GET' && { payload: {} }) };
      expect([url, await status(key, options)]).toEqual([url, 403]);
    }
  });

  it('takes nothing from a cookie that comes with it, and gives none', async () => {
    const { key } = await make();
    const { cookie } = home.browser;
    const page = { origin: testOrigin, 'sec-fetch-site': 'same-origin', cookie };
    expect(await status(key, { url: `/api/entities/${home.entityId}/users`, headers: page })).toBe(403);
    expect(await status('clv_wrong', { headers: page })).toBe(401);
    expect((await call(key, { headers: page })).headers['set-cookie']).toBeUndefined();
    expect((await call(key, { url: '/api/session' })).json()).toBeNull();
  });

  it('may never do more than its maker may by now', async () => {
    const grace = await localAdmin();
    const { key } = await make({ permissions: ['see_users', 'see_locks'] }, grace);
    expect(await status(key)).toBe(200);
    await site.test.asAdmin(
      "update claviger.memberships set role = 'resident' where entity_id = $1 and role = 'local_admin'",
      [home.entityId],
    );
    expect(await status(key)).toBe(403);
  });

  it('ends with its maker’s Membership, and with its maker, for good', async () => {
    const grace = await localAdmin();
    const { key } = await make({}, grace);
    const userId = await userIdOf(`grace${String(homes)}@example.com`);
    const url = `/api/entities/${home.entityId}/users/${userId}`;
    expect((await home.browser.post(`${url}/deactivate`)).statusCode).toBe(200);
    expect(await status(key)).toBe(401);
    await home.browser.post(`${url}/reactivate`, { restoreKeyIds: [] });
    expect(await status(key)).toBe(401);
    await grace.post('/api/sign-in', { email: `grace${String(homes)}@example.com`, password });
    const second = await make({}, grace);
    await site.test.asAdmin('delete from claviger.memberships where user_id = $1', [userId]);
    expect(await status(second.key)).toBe(401);
  });

  it('ends when it is revoked, by its maker alone', async () => {
    const { key, id } = await make();
    const other = await openHome(site.server, { email: `other${String(homes)}@example.com` });
    expect((await other.browser.request('DELETE', `/api/account/api-keys/${id}`)).statusCode).toBe(404);
    expect(await status(key)).toBe(200);
    expect((await home.browser.request('DELETE', `/api/account/api-keys/${id}`)).statusCode).toBe(204);
    expect(await status(key)).toBe(401);
    expect((await list()).items).toEqual([]);
  });

  it('ends by itself', async () => {
    const { key, expiresAt, madeAt } = await make({ validForDays: 1 });
    expect(expiresAt - madeAt).toBe(dayMs);
    await site.test.asAdmin(
      "update claviger.api_keys set made_at = now() - interval '2 days', expires_at = now()",
    );
    expect(await status(key)).toBe(401);
  });

  it('cannot be guessed at a rate, and who guesses holds up nobody', async () => {
    const { key } = await make();
    site.server.clock.advance(200_000);
    const wrong = `clv_${'A'.repeat(43)}`;
    const statuses = [];
    for (let count = 0; count < 22; count += 1) statuses.push(await status(wrong));
    expect(statuses).toEqual([...Array<number>(20).fill(401), 429, 429]);
    expect(await status(key)).toBe(200);
  });
});

describe('who makes an API key', () => {
  it('gives none what they lack', async () => {
    const grace = await localAdmin();
    for (const permissions of [['change_locks'], ['see_locks', 'change_entities'], ['no_such_thing']]) {
      expect((await ask({ permissions }, grace)).json()).toMatchObject({
        error: { issues: [{ path: 'body.permissions', problem: 'permission_lacking' }] },
      });
    }
    expect((await list(grace)).grantable).not.toContain('change_locks');
  });

  it('is asked for a name, for permissions, and for an end within a year', async () => {
    for (const wrong of [{ name: '' }, { permissions: [] }, { validForDays: 366 }, { validForDays: 0 }]) {
      expect((await ask(wrong)).statusCode).toBe(400);
    }
  });

  it('sees the own ones and nobody else’s', async () => {
    await make();
    expect((await list(await localAdmin())).items).toEqual([]);
  });
});
