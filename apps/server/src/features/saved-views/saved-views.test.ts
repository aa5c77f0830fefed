import type { SavedView } from '@claviger/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { openHome, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { viewsLimit } from './service.ts';

const site = serverOfThisFile();
let homes = 0;
let home: TestHome;

beforeEach(async () => {
  homes += 1;
  home = await openHome(site.server, { email: `ada${String(homes)}@example.com` });
});

function url(path = '', of = home): string {
  return `/api/entities/${of.entityId}/views${path}`;
}

function save(name: string, more: object = {}) {
  return home.browser.post(url(), { list: 'keys', name, filters: 'status=active', ...more });
}

async function saved(name: string): Promise<SavedView> {
  const answer = await save(name);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<SavedView>();
}

async function names(of = home): Promise<string[]> {
  const { items } = (await of.browser.get(url('', of))).json<{ items: SavedView[] }>();
  return items.map(({ name }) => name);
}

describe('a saved view', () => {
  it('is listed by name, renamed and removed', async () => {
    const ends = await saved('Ends soon');
    await saved('active');

    expect(await names()).toEqual(['active', 'Ends soon']);
    const change = { name: 'Zuletzt', version: ends.version };
    expect((await home.browser.request('PATCH', url(`/${ends.id}`), change)).json()).toMatchObject({
      ...{ name: 'Zuletzt', filters: 'status=active', list: 'keys' },
    });
    expect((await home.browser.request('PATCH', url(`/${ends.id}`), change)).statusCode).toBe(409);
    expect((await home.browser.request('DELETE', url(`/${ends.id}`))).statusCode).toBe(204);
    expect(await names()).toEqual(['active']);
  });

  it('has a name of its own among those of its list', async () => {
    const view = await saved('Mine');
    await saved('Yours');

    for (const answer of [
      await save('MINE'),
      await home.browser.request('PATCH', url(`/${view.id}`), { name: 'yours', version: view.version }),
    ]) {
      expect(answer.json()).toMatchObject({
        error: { issues: [{ path: 'body.name', problem: 'name_taken' }] },
      });
    }
    expect((await save('Mine', { list: 'users' })).statusCode).toBe(201);
  });

  it('is one of a limited number, and no text of another kind', async () => {
    for (let count = 0; count < viewsLimit; count += 1) await saved(`View ${String(count)}`);

    expect((await save('One more')).json()).toMatchObject({ error: { code: 'limit_reached' } });
    for (const filters of ['', 'a b', 'a\n', '🔑', 'x'.repeat(2_001)]) {
      expect((await save('x', { list: 'users', filters })).statusCode).toBe(400);
    }
  });

  it('is seen and changed by nobody else, of the same Entity or of another', async () => {
    const view = await saved('Mine');
    const mine = home;
    const other = await openHome(site.server, { email: `bob${String(homes)}@example.com` });
    await site.test.asAdmin(
      `insert into claviger.users (id, owner_id, account_id, name, email)
        select gen_random_uuid(), e.owner_id, s.account_id, 'Bob', 'bob@example.com'
        from claviger.entities e, claviger.memberships s where e.id = $1 and s.entity_id = $2`,
      [mine.entityId, other.entityId],
    );
    await site.test.asAdmin(
      `insert into claviger.memberships (entity_id, user_id, owner_id, account_id, role)
        select $1, id, owner_id, account_id, 'community_manager' from claviger.users
        where email = 'bob@example.com'`,
      [mine.entityId],
    );
    const bob = { ...mine, browser: other.browser };

    expect([await names(bob), await names(other)]).toEqual([[], []]);
    const path = url(`/${view.id}`, mine);
    const change = { name: 'Taken', version: view.version };
    expect((await other.browser.request('PATCH', path, change)).statusCode).toBe(404);
    expect((await other.browser.request('DELETE', path)).statusCode).toBe(404);
    expect(await names(mine)).toEqual(['Mine']);
  });
});
