import type { User } from '@claviger/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { openHome, type TestHome } from '../../../../test/guest-keys.ts';
import { seenIn } from '../../../../test/tenancy/seen.ts';
import { serverOfThisFile } from '../../../../test/test-app.ts';
import { listFound, lookFor } from './store.ts';

const site = serverOfThisFile();
let home: TestHome;
let neighbour: TestHome;
let ownerId: string;

/** More than are looked at one by one, so that their names are walked through. */
const many = 2_100;

const plantMany = `with made as (
    insert into claviger.users (id, owner_id, name, email, plates)
      select gen_random_uuid(), $1, 'Person ' || lpad(n::text, 4, '0'), 'p' || n || '@example.com',
        array['ZH ' || n] from generate_series(1, $3::int) n returning id, owner_id)
  insert into claviger.memberships (entity_id, user_id, owner_id, role)
    select $2, id, owner_id, 'resident' from made`;

beforeAll(async () => {
  home = await openHome(site.server);
  neighbour = await openHome(site.server, { email: 'neighbour@example.com' });
  const [entity] = await site.test.asAdmin<{ owner_id: string }>(
    'select owner_id from claviger.entities where id = $1',
    [home.entityId],
  );
  ownerId = entity?.owner_id ?? '';
  await site.test.asAdmin(plantMany, [ownerId, home.entityId, many]);
});

interface Page {
  readonly items: User[];
  readonly next?: string;
}

async function list(asked: Record<string, string>, of = home): Promise<Page> {
  const answer = await of.browser.get(
    `/api/entities/${of.entityId}/users?${new URLSearchParams(asked).toString()}`,
  );
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Page>();
}

async function names(asked: Record<string, string>, of = home): Promise<string[]> {
  return (await list(asked, of)).items.map(({ name }) => name);
}

describe('among many Users', () => {
  it('one is found by any three letters of name, address or plate', async () => {
    expect(await names({ text: 'ERSON 0777' })).toEqual(['Person 0777']);
    expect(await names({ text: 'p1234@' })).toEqual(['Person 1234']);
    expect(await names({ text: 'h-20.99' })).toEqual(['Person 2099']);
    expect(await names({ text: 'zhq' })).toEqual([]);
  });

  it('what fits many, or is too short for an index, comes by name, page after page', async () => {
    for (const text of ['person', 'on']) {
      const first = await list({ text });
      expect([first.items.length, first.items[0]?.name]).toEqual([50, 'Person 0001']);
      const second = await names({ text, cursor: first.next ?? '' });
      expect([second.length, second[0]]).toEqual([50, 'Person 0051']);
    }
  });
});

describe('a text that means something to a query', () => {
  it.each([
    '%%%',
    '___',
    '{"person"}',
    'person,',
    'null',
    String.raw`\person`,
    `'); drop table users; --`,
    '🔑🔑🔑',
  ])('%s is looked for as it stands, and is in nobody', async (text) => {
    expect(await names({ text })).toEqual([]);
  });
});

describe('what Users are found by', () => {
  it('follows each change of a User', async () => {
    const [user] = (await list({ text: 'person 0042' })).items;
    const path = `/api/entities/${home.entityId}/users/${user?.id ?? ''}`;
    const body = { name: 'Zoë Quartz', plates: ['VD 7'], version: user?.version };
    expect((await home.browser.request('PATCH', path, body)).statusCode).toBe(200);

    expect(await names({ text: 'quartz' })).toEqual(['Zoë Quartz']);
    expect(await names({ text: 'person 0042' })).toEqual([]);
    expect((await home.browser.post(`${path}/deactivate`, {})).statusCode).toBe(200);
    expect(await names({ text: 'quartz', status: 'active' })).toEqual([]);
    expect(await names({ status: 'deactivated' })).toEqual(['Zoë Quartz']);
  });

  it('is seen by nobody of another Owner, whatever they look for', async () => {
    expect(await names({ text: 'person' }, neighbour)).toEqual([]);

    const seen = (owner: string, patterns: readonly string[]) =>
      site.test.database.transact({ kind: 'owner', ownerId: owner }, async (tx) => {
        await lookFor(tx, patterns);
        return (await listFound(tx, 10_000))?.length;
      });
    const nobody = '00000000-0000-4000-8000-000000000009';
    expect([await seen(ownerId, ['%person%']), await seen(nobody, ['%'])]).toEqual([many - 1, 0]);
  });

  it('is not seen at all by who looks for nothing', async () => {
    expect(await seenIn(site.test, { kind: 'owner', ownerId }, ['findable_users', 'user_id'])).toEqual([]);
  });
});
