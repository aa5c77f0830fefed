import type { OwnProfile, User } from '@claviger/protocol';
import { beforeEach, expect, it } from 'vitest';
import { forgetAudit } from '../../../../test/audit/forget.ts';
import { openHome, type TestHome } from '../../../../test/guest-keys.ts';
import { newestToken } from '../../../../test/people/invitations.ts';
import { serverOfThisFile } from '../../../../test/test-app.ts';
import { TestBrowser } from '../../../../test/test-http.ts';

const site = serverOfThisFile();
const password = 'violet lantern harbour';
let homes = 0;
let home: TestHome;

beforeEach(async () => {
  homes += 1;
  home = await openHome(site.server, { email: `ada${String(homes)}@example.com` });
  await forgetAudit(site.test);
});

async function profileOf(browser: TestBrowser, { entityId } = home): Promise<OwnProfile> {
  const answer = await browser.get(`/api/entities/${entityId}/profile`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<OwnProfile>();
}

function change(browser: TestBrowser, fields: object, { entityId } = home) {
  return browser.request('PATCH', `/api/entities/${entityId}/profile`, fields);
}

/** A resident of the home who signs in. */
async function resident(): Promise<{ readonly user: User; readonly browser: TestBrowser }> {
  const body = { name: 'Grace', email: `grace${String(homes)}@example.com`, welcome: { language: 'en' } };
  const user = (await home.browser.post(`/api/entities/${home.entityId}/users`, body)).json<User>();
  const browser = new TestBrowser(site.server.app.portal);
  await browser.post('/api/invitation/accept', { token: await newestToken(home), password });
  return { user, browser };
}

it('is changed by a resident too, with its entry in the Audit', async () => {
  const { user, browser } = await resident();
  const before = await profileOf(browser);
  expect(before).toEqual({ name: 'Grace', phone: '', mobile: '', version: before.version });

  const answer = await change(browser, { name: 'Grace Hopper', phone: '030 1234', version: before.version });

  expect(answer.json()).toMatchObject({ name: 'Grace Hopper', phone: '030 1234', mobile: '' });
  const seen = await home.browser.get(`/api/entities/${home.entityId}/users/${user.id}`);
  expect(seen.json()).toMatchObject({ name: 'Grace Hopper', phone: '030 1234' });
  const entries = 'select * from claviger.audit_entries where chain = $1 order by sequence';
  const rows = await site.test.asAdmin(entries, [home.entityId]);
  expect(rows.at(-1)).toMatchObject({ operation: 'profile.update', object_id: user.id, outcome: 'done' });
});

it('is of one Owner: another hears nothing of it, and keeps what it knows', async () => {
  const other = await openHome(site.server, { email: `boss${String(homes)}@example.com` });
  const own = await profileOf(home.browser);
  const { email } = (await home.browser.get('/api/session')).json<{ account: { email: string } }>().account;
  const known = { name: 'Ms Lovelace', email, phone: '089 77', welcome: { language: 'en' } };
  const made = await other.browser.post(`/api/entities/${other.entityId}/users`, known);
  await home.browser.post('/api/invitation/accept', { token: await newestToken(other) });
  const elsewhere = await profileOf(home.browser, other);
  expect(elsewhere).toMatchObject({ name: 'Ms Lovelace', phone: '089 77' });
  expect(await profileOf(home.browser)).toEqual(own);

  expect((await change(home.browser, { ...own, mobile: '17' })).statusCode).toBe(400);
  expect((await change(home.browser, { ...own, name: 'Ada K.', mobile: '0170 123' })).statusCode).toBe(200);

  expect(await profileOf(home.browser, other)).toEqual(elsewhere);
  const seen = await other.browser.get(`/api/entities/${other.entityId}/users/${made.json<User>().id}`);
  expect(seen.body).not.toContain('Ada K.');
});

it('tells whoever saves late that it was changed meanwhile', async () => {
  const { version } = await profileOf(home.browser);
  expect((await change(home.browser, { phone: '030 1234', version })).statusCode).toBe(200);

  const late = await change(home.browser, { phone: '030 5678', version });

  expect([late.statusCode, late.json()]).toMatchObject([409, { error: { code: 'changed_meanwhile' } }]);
});

it.each(['email', 'plates', 'role', 'status'])('does not take %s', async (field) => {
  const { version } = await profileOf(home.browser);
  expect((await change(home.browser, { [field]: 'x', version })).statusCode).toBe(400);
});
