import type { Entity, Session } from '@claviger/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../test/audit/forget.ts';
import { openHome, type TestHome } from '../../../test/guest-keys.ts';
import { mailsOf } from '../../../test/people/invitations.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { newIdentifier } from '../../platform/database/index.ts';

const site = serverOfThisFile();
let persons = 0;
let home: TestHome;

beforeEach(async () => {
  persons += 1;
  home = await openHome(site.server, { email: `ada${String(persons)}@example.com` });
  await forgetAudit(site.test);
});

const mill = { name: 'Mill', code: 'mill_1', kind: 'community', zone: 'Europe/Lisbon' } as const;

function entitiesOf(entityId: string): string {
  return `/api/entities/${entityId}/entities`;
}

async function listed(of: TestHome = home): Promise<Entity[]> {
  return (await of.browser.get(entitiesOf(of.entityId))).json<{ items: Entity[] }>().items;
}

async function create(body: object = mill): Promise<Entity> {
  const answer = await home.browser.post(entitiesOf(home.entityId), body);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Entity>();
}

async function only(): Promise<Entity> {
  const [entity] = await listed();
  if (!entity) throw new Error('no Entity');
  return entity;
}

function save(entity: Pick<Entity, 'id' | 'version'>, change: object) {
  return home.browser.request('PATCH', `/api/entities/${entity.id}`, { version: entity.version, ...change });
}

async function become(role: string, entityId = home.entityId): Promise<void> {
  await site.test.asAdmin('update claviger.memberships set role = $1 where entity_id = $2', [role, entityId]);
}

function audit() {
  return site.test.asAdmin<Record<string, unknown>>(
    `select chain, operation, object_id, outcome, code, before, after from claviger.audit_entries
     where outcome = 'done' order by at, sequence`,
  );
}

describe('Create Entity', () => {
  it('makes one of the same Owner with the creator as its community_manager', async () => {
    const made = await create({ ...mill, description: 'By the river', address: 'Mill Lane 1' });

    expect(made).toMatchObject({
      name: 'Mill',
      code: 'MILL_1',
      kind: 'community',
      role: 'community_manager',
    });
    expect(made).toMatchObject({ lockCount: 0, userCount: 1, isProvisional: false, version: 1 });
    expect((await listed()).map(({ name }) => name).sort()).toEqual(['Home', 'Mill']);
    const { memberships } = (await home.browser.get('/api/session')).json<Session>();
    expect(memberships).toHaveLength(2);
    expect((await home.browser.get(`/api/entities/${made.id}/locks`)).statusCode).toBe(200);
  });

  it('stands in the Audit of the Entity from which it was made', async () => {
    const made = await create();

    expect(await audit()).toMatchObject([
      {
        chain: home.entityId,
        operation: 'entity.create',
        object_id: made.id,
        before: null,
        after: { code: 'MILL_1', name: 'Mill', kind: 'community', zone: 'Europe/Lisbon' },
      },
    ]);
  });

  it('invites its first Local Admin with it, into the new Entity', async () => {
    const localAdmin = { email: 'Grace@example.com', language: 'de' };

    const made = await create({ ...mill, localAdmin });

    const [mail] = await mailsOf({ entityId: made.id, browser: home.browser });
    expect(mail).toMatchObject({ to: 'grace@example.com', subject: 'Einladung zu Mill' });
    expect(await mailsOf(home)).toEqual([]);
    const rows = await audit();
    expect(rows).toMatchObject([{ chain: home.entityId, operation: 'entity.create' }]);
    expect(JSON.stringify(rows).toLowerCase()).not.toContain('grace@example.com');
  });

  it('makes nothing where its first Local Admin is to be its creator', async () => {
    const localAdmin = { email: `ada${String(persons)}@example.com` };

    const answer = await home.browser.post(entitiesOf(home.entityId), { ...mill, localAdmin });

    expect(answer.json()).toMatchObject({
      error: { issues: [{ path: 'body.localAdmin.email', problem: 'already_manager' }] },
    });
    expect(await listed()).toHaveLength(1);
  });

  it.each([
    { what: 'a code that the Owner has', change: {}, path: 'body.code', problem: 'code_taken' },
    {
      what: 'a zone that nobody knows',
      change: { code: 'OTHER', zone: 'Europe/Atlantis' },
      ...{ path: 'body.zone', problem: 'zone_unknown' },
    },
  ])('refuses $what beside its field', async ({ change, path, problem }) => {
    await create();

    const answer = await home.browser.post(entitiesOf(home.entityId), { ...mill, ...change });

    expect(answer.json()).toMatchObject({ error: { code: 'invalid_input', issues: [{ path, problem }] } });
  });

  it('refuses a code with anything but letters, numbers and underscores', async () => {
    for (const code of ['MY MILL', 'MÜHLE', 'A-B', '', 'X'.repeat(41)]) {
      const answer = await home.browser.post(entitiesOf(home.entityId), { ...mill, code });
      expect([code, answer.statusCode]).toEqual([code, 400]);
    }
  });

  it('takes a code that another Owner has', async () => {
    await create();
    const other = await openHome(site.server, { email: `eve${String(persons)}@example.com` });

    expect((await other.browser.post(entitiesOf(other.entityId), mill)).statusCode).toBe(201);
  });

  it('is not for a local_admin, who sees the Entities where they are one', async () => {
    const made = await create();
    await become('local_admin');
    await become('resident', made.id);

    expect((await home.browser.post(entitiesOf(home.entityId), mill)).statusCode).toBe(403);
    expect((await listed()).map(({ id }) => id)).toEqual([home.entityId]);
  });
});

describe('Edit details', () => {
  it('changes name, description, zone and address, and says before and after in the Audit', async () => {
    const change = { name: 'Haus', description: 'Mine', zone: 'Europe/Lisbon', address: 'Gate 1' };
    const before = await only();

    const answer = await save(before, change);

    expect(answer.json()).toMatchObject({ ...change, code: before.code, version: 2 });
    expect(await audit()).toMatchObject([
      { chain: home.entityId, operation: 'entity.update', before: { name: 'Home' }, after: { name: 'Haus' } },
    ]);
  });

  it('tells the second of two people that somebody was first', async () => {
    const seen = await only();
    await save(seen, { name: 'Haus' });

    const answer = await save(seen, { name: 'House' });

    expect(answer.json()).toMatchObject({ error: { code: 'changed_meanwhile' } });
    expect((await only()).name).toBe('Haus');
  });

  it('of another zone makes every lock want a new list, and of a name none', async () => {
    await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
    const wanted = () =>
      site.test.asAdmin('select wanted_at from claviger.lock_lists where lock_id = $1', [home.lockId]);
    const settled = await wanted();
    await save(await only(), { name: 'Haus', zone: 'Europe/Berlin' });
    expect(await wanted()).toEqual(settled);

    await save(await only(), { zone: 'Europe/Lisbon' });

    expect(await wanted()).not.toEqual(settled);
  });

  it('is not for a local_admin', async () => {
    await become('local_admin');
    expect((await save(await only(), { name: 'Haus' })).statusCode).toBe(403);
  });
});

describe('kind and code', () => {
  const choice = { kind: 'commercial', code: 'WORKS' };

  it('of what a registration made can be chosen once', async () => {
    expect((await only()).isProvisional).toBe(true);

    expect((await save(await only(), choice)).json()).toMatchObject({ ...choice, isProvisional: false });

    const again = await save(await only(), { code: 'OTHER' });
    expect(again.json()).toMatchObject({ error: { issues: [{ path: 'body.code', problem: 'fixed' }] } });
    expect((await only()).code).toBe('WORKS');
  });

  it('stay as they are once there is a second person', async () => {
    const { owner_id, user_id } = (
      await site.test.asAdmin<{ owner_id: string; user_id: string }>(
        'select owner_id, user_id from claviger.memberships where entity_id = $1',
        [home.entityId],
      )
    )[0] ?? { owner_id: '', user_id: '' };
    expect(user_id).not.toBe('');
    const second = newIdentifier();
    await site.test.asAdmin(
      "insert into claviger.users (id, owner_id, name, email) values ($1, $2, 'Grace', 'grace@example.com')",
      [second, owner_id],
    );
    await site.test.asAdmin(
      `insert into claviger.memberships (entity_id, user_id, owner_id, role)
        values ($1, $2, $3, 'resident')`,
      [home.entityId, second, owner_id],
    );

    const answer = await save(await only(), choice);

    expect(answer.json()).toMatchObject({ error: { issues: [{ problem: 'fixed' }] } });
  });

  it('of an Entity that somebody made cannot be changed', async () => {
    const answer = await save(await create(), choice);
    expect(answer.json()).toMatchObject({ error: { issues: [{ path: 'body.code', problem: 'fixed' }] } });
  });
});

describe('Delete entity', () => {
  it('ends every role there, and leaves its people as Users of the Owner', async () => {
    const made = await create();

    expect((await home.browser.request('DELETE', `/api/entities/${made.id}`)).statusCode).toBe(204);

    expect((await listed()).map(({ id }) => id)).toEqual([home.entityId]);
    expect((await home.browser.get(`/api/entities/${made.id}/locks`)).statusCode).toBe(404);
    const users = await site.test.asAdmin('select status from claviger.users where email = $1', [
      `ada${String(persons)}@example.com`,
    ]);
    expect(users).toEqual([{ status: 'active' }]);
    expect((await audit()).at(-1)).toMatchObject({
      chain: made.id,
      operation: 'entity.delete',
      before: { name: 'Mill', code: 'MILL_1' },
    });
  });

  it('frees its code', async () => {
    const made = await create();
    await home.browser.request('DELETE', `/api/entities/${made.id}`);

    expect((await create()).code).toBe('MILL_1');
  });

  it('is refused while it holds locks, and changes nothing then', async () => {
    const answer = await home.browser.request('DELETE', `/api/entities/${home.entityId}`);

    expect(answer.json()).toMatchObject({ error: { code: 'in_use' } });
    expect(await listed()).toHaveLength(1);
  });

  it('ends the Keys that live there', async () => {
    const made = await create();
    const keyId = newIdentifier();
    await site.test.asAdmin(
      `insert into claviger.keys (entity_id, id, type, state, holder_name, made_by)
        select $1, $2, 'guest', 'active', 'Grace', user_id from claviger.memberships where entity_id = $1`,
      [made.id, keyId],
    );

    await home.browser.request('DELETE', `/api/entities/${made.id}`);

    const keys = await site.test.asAdmin('select state, ended_at is not null as ended from claviger.keys');
    expect(keys).toContainEqual({ state: 'revoked', ended: true });
  });

  it('leads somebody whose only Entity it was to none', async () => {
    const made = await create();
    await site.test.asAdmin('delete from claviger.memberships where entity_id = $1', [home.entityId]);

    await home.browser.request('DELETE', `/api/entities/${made.id}`);

    expect((await home.browser.get('/api/session')).json<Session>().memberships).toEqual([]);
  });

  it('is not for a local_admin', async () => {
    const made = await create();
    await become('local_admin', made.id);
    expect((await home.browser.request('DELETE', `/api/entities/${made.id}`)).statusCode).toBe(403);
  });
});

describe('an Entity of the same Owner in which one has no role', () => {
  it('does not exist for one, whatever is asked', async () => {
    const made = await create();
    await site.test.asAdmin('delete from claviger.memberships where entity_id = $1', [made.id]);

    const answers = [
      await home.browser.get(entitiesOf(made.id)),
      await save(made, { name: 'Mine' }),
      await home.browser.request('DELETE', `/api/entities/${made.id}`),
      await home.browser.get(`/api/entities/${made.id}/holidays`),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
    expect((await listed()).map(({ id }) => id)).toEqual([home.entityId]);
  });
});
