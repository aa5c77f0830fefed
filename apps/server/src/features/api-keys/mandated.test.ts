import type { MadeApiKey, Mandate } from '@claviger/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { openHome, type TestHome } from '../../../test/guest-keys.ts';
import {
  managingMandateFor,
  mandateFor,
  passTheEnd,
  signInAs,
} from '../../../test/people/access-requests.ts';
import { newLabel, serverOfThisFile } from '../../../test/test-app.ts';
import { testOrigin, type TestBrowser } from '../../../test/test-http.ts';

const site = serverOfThisFile();
let homes = 0;
let home: TestHome;
/** Somebody whom the Owner of the home gives a Mandate. */
let ivy: TestBrowser;

beforeEach(async () => {
  homes += 1;
  home = await openHome(site.server, { email: `ada${String(homes)}@example.com` });
  ivy = await signInAs(site, `ivy${String(homes)}@example.com`);
  await site.test.asAdmin('delete from claviger.rate_limits');
});

const of = (path: string): string => `/api/entities/${home.entityId}${path}`;

async function make(browser: TestBrowser, permissions: readonly string[]): Promise<MadeApiKey> {
  const wanted = { name: 'Wall clock', permissions, validForDays: 365 };
  const answer = await browser.post(of('/api-keys'), wanted);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

/** What a program gets that comes with this key. */
function call({ key }: MadeApiKey, path: string, payload?: object) {
  const { host } = new URL(testOrigin);
  return site.server.app.portal.inject({
    ...{ method: payload ? ('POST' as const) : ('GET' as const), url: of(path) },
    headers: { host, authorization: `Bearer ${key}` },
    ...(payload && { payload }),
  });
}

async function status(key: MadeApiKey, path: string): Promise<number> {
  return (await call(key, path)).statusCode;
}

/** Another lock, which no Mandate is about. */
async function addOtherLock(): Promise<string> {
  const label = newLabel();
  await site.server.addStock(label);
  const wanted = { serial: label.serial, code: label.pairingCode, name: 'Cellar' };
  return (await home.browser.post(of('/locks'), wanted)).json<{ id: string }>().id;
}

describe('the API key of somebody who has a Mandate', () => {
  it('ends with it at the latest, to the second', async () => {
    const mandate = await managingMandateFor(site, home, ivy);
    const key = await make(ivy, ['see_users']);
    expect(key.expiresAt).toBe(mandate.until);
    expect(await status(key, '/users')).toBe(200);
    await passTheEnd(site, mandate.id);
    expect(await status(key, '/users')).toBe(404);
  });

  it('stays dead when its maker gets another Mandate, or the role for good', async () => {
    const first = await managingMandateFor(site, home, ivy);
    const key = await make(ivy, ['see_users']);
    expect((await home.browser.post(of(`/mandates/${first.id}/end`), {})).statusCode).toBeLessThan(300);
    expect(await status(key, '/users')).toBe(404);
    const second: Mandate = await managingMandateFor(site, home, ivy);
    expect((await ivy.get(of('/users'))).statusCode).toBe(200);
    expect(await status(key, '/users')).toBe(404);
    expect(await status(await make(ivy, ['see_users']), '/users')).toBe(200);
    await site.test.asAdmin(
      'update claviger.memberships set mandate_id = null, until = null where mandate_id = $1',
      [second.id],
    );
    expect((await ivy.get(of('/users'))).statusCode).toBe(200);
    expect(await status(key, '/users')).toBe(404);
  });

  it('is not made by an installer, whose Mandate is about locks alone', async () => {
    await mandateFor(site, home, ivy);
    const wanted = { name: 'Wall clock', permissions: ['see_locks'], validForDays: 1 };
    expect((await ivy.post(of('/api-keys'), wanted)).statusCode).toBe(403);
    expect((await ivy.get(of('/api-keys'))).statusCode).toBe(403);
  });

  it('goes no further than an installer’s Mandate, and than the key', async () => {
    const otherId = await addOtherLock();
    const { id: mandateId } = await mandateFor(site, home, ivy);
    // Made while the same person managed people here, under the same Mandate.
    await site.test.asAdmin("update claviger.memberships set role = 'local_admin' where mandate_id = $1", [
      mandateId,
    ]);
    const key = await make(ivy, ['see_locks', 'see_users']);
    await site.test.asAdmin("update claviger.memberships set role = 'installer' where mandate_id = $1", [
      mandateId,
    ]);
    const { items } = (await call(key, '/locks')).json<{ items: { id: string }[] }>();
    expect(items.map(({ id }) => id)).toEqual([home.lockId]);
    expect(await status(key, `/locks/${home.lockId}`)).toBe(200);
    expect(await status(key, `/locks/${otherId}`)).toBe(404);
    // The Mandate gives no people, and this key no Opens.
    expect(await status(key, '/users')).toBe(403);
    expect((await call(key, `/locks/${home.lockId}/open`, {})).statusCode).toBe(403);
  });
});
