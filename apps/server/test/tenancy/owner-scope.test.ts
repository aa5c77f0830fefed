import type { RouteContract } from '@claviger/protocol';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { forgetAudit } from '../audit/forget.ts';
import { plantOwnedLock, type PlantedLock } from '../planted-rows.ts';
import { createTestDatabase, type TestDatabase } from '../test-database.ts';
import { createTestHttp, TestBrowser } from '../test-http.ts';
import { newIdentifier } from '../../src/platform/database/index.ts';
import { queryNamed } from '../../src/platform/database/query.ts';
import { defineRoute, entityPermission } from '../../src/platform/http/index.ts';

const arrange = entityPermission('arrange_entities', ['community_manager']);
const params = z.object({ entityId: z.uuid() });
const resource = { type: 'entity', param: 'entityId' } as const;
const credentials = { email: 'ada@example.com', password: 'correct horse battery' };

const listNames = {
  method: 'GET',
  path: '/api/entities/{entityId}/names',
  params,
  summary: 'A route of this test',
  status: 200,
  answer: z.object({ names: z.array(z.string()) }),
} as const satisfies RouteContract;
const renameAll = {
  method: 'POST',
  path: '/api/entities/{entityId}/names',
  params,
  summary: 'A route of this test',
  body: z.object({ name: z.string() }).strict(),
  status: 204,
} as const satisfies RouteContract;

let test: TestDatabase;
let app: FastifyInstance;
let browser: TestBrowser;
let planted: PlantedLock;
let siblingId: string;
/** What happens after somebody was let in to rename, and before the transaction. */
let meanwhile: () => Promise<unknown>;

function routes() {
  return [
    defineRoute(listNames, {
      permission: arrange,
      resource,
      scope: 'owner',
      audit: { none: 'reading changes nothing' },
      handler: ({ transact }) =>
        transact(async (tx) => {
          const text = 'select name from claviger.entities order by name';
          const rows = await queryNamed<{ name: string }>(tx, { name: 'names', text, values: [] });
          return { names: rows.map(({ name }) => name) };
        }),
    }),
    defineRoute(renameAll, {
      permission: arrange,
      resource,
      scope: 'owner',
      audit: 'entity.rename',
      handler: async ({ input, transact, note }) => {
        await meanwhile();
        await transact(async (tx) => {
          note({ after: { name: input.body.name } });
          const text = 'update claviger.entities set name = $1';
          await queryNamed(tx, { name: 'rename', text, values: [input.body.name] });
        });
        return undefined;
      },
    }),
  ];
}

beforeAll(async () => {
  test = await createTestDatabase();
  const http = await createTestHttp(test, { moreRoutes: routes });
  app = http.app;
  const accountId = await http.authentication.createAccount(credentials);
  planted = await plantOwnedLock(test, { accountId });
  await plantOwnedLock(test);
  siblingId = newIdentifier();
  await test.asAdmin(
    `insert into claviger.entities (id, owner_id, code, name, kind, zone)
      values ($1, $2, 'MILL', 'Mill', 'community', 'Europe/Berlin')`,
    [siblingId, planted.ownerId],
  );
  browser = new TestBrowser(app);
  await browser.post('/api/sign-in', credentials);
});

afterAll(async () => {
  await app.close();
  await test.drop();
});

beforeEach(async () => {
  meanwhile = () => Promise.resolve();
  await test.asAdmin("update claviger.memberships set role = 'community_manager', until = null");
  await forgetAudit(test);
});

function namesOf(entityId: string): string {
  return `/api/entities/${entityId}/names`;
}

describe('a call in the scope of the Owner', () => {
  it('sees every Entity of that Owner, and none of another', async () => {
    expect((await browser.get(namesOf(planted.entityId))).json()).toEqual({ names: ['Home', 'Mill'] });
  });

  it('changes nothing of another Owner', async () => {
    expect((await browser.post(namesOf(planted.entityId), { name: 'Renamed' })).statusCode).toBe(204);

    const names = await test.asAdmin('select name, count(*)::int from claviger.entities group by name');
    expect(new Set(names)).toEqual(
      new Set([
        { name: 'Home', count: 1 },
        { name: 'Renamed', count: 2 },
      ]),
    );
    await test.asAdmin("update claviger.entities set name = 'Mill' where id = $1", [siblingId]);
    await test.asAdmin("update claviger.entities set name = 'Home' where id = $1", [planted.entityId]);
  });

  it('needs the permission by the Membership in the Entity of its path', async () => {
    await test.asAdmin("update claviger.memberships set role = 'local_admin'");
    expect((await browser.get(namesOf(planted.entityId))).statusCode).toBe(403);
  });

  it('does not find a sibling in which its person has no Membership, or had one', async () => {
    expect((await browser.get(namesOf(siblingId))).statusCode).toBe(404);

    await test.asAdmin(
      `insert into claviger.memberships (entity_id, user_id, owner_id, account_id, role, until)
        values ($1, $2, $3, $4, 'community_manager', now() - interval '1 second')`,
      [siblingId, planted.userId, planted.ownerId, planted.accountId],
    );
    expect((await browser.get(namesOf(siblingId))).statusCode).toBe(404);
    await test.asAdmin('delete from claviger.memberships where entity_id = $1', [siblingId]);
  });

  it('stands in the Audit of the Entity by whose Membership it was let in', async () => {
    await browser.post(namesOf(planted.entityId), { name: 'Home' });

    const rows = await test.asAdmin('select * from claviger.audit_entries');
    expect(rows).toMatchObject([
      {
        chain: planted.entityId,
        scope: 'entity',
        entity_id: planted.entityId,
        user_id: planted.userId,
        actor: expect.any(Buffer) as unknown,
        operation: 'entity.rename',
        outcome: 'done',
      },
    ]);
    await test.asAdmin("update claviger.entities set name = 'Mill' where id = $1", [siblingId]);
  });

  it('has no effect where the role was taken away after its caller was let in', async () => {
    meanwhile = () => test.asAdmin("update claviger.memberships set role = 'resident'");
    expect((await browser.post(namesOf(planted.entityId), { name: 'Taken' })).statusCode).toBe(403);
    expect(await test.asAdmin("select from claviger.entities where name = 'Taken'")).toEqual([]);
  });
});
