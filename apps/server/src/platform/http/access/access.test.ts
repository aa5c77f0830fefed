import type { EntityRole } from '@claviger/domain';
import { Refusal, type RouteContract } from '@claviger/protocol';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { forgetAudit } from '../../../../test/audit/forget.ts';
import { plantOwnedLock, type PlantedLock } from '../../../../test/planted-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { createTestHttp, TestBrowser, testOrigin } from '../../../../test/test-http.ts';
import { newIdentifier } from '../../database/index.ts';
import { allows, defineRoute, entityPermission } from '../index.ts';

const paint = entityPermission('paint_doors', ['community_manager', 'local_admin']);
const params = z.object({ entityId: z.uuid(), lockId: z.uuid() });
const path = '/api/entities/{entityId}/doors/{lockId}/colour';
const base = { path, params, summary: 'A route of this test' } as const;
const readColour = {
  ...base,
  method: 'GET',
  status: 200,
  answer: z.object({ role: z.string() }),
} as const satisfies RouteContract;
const paintDoor = {
  ...base,
  method: 'POST',
  status: 204,
  body: z.object({ colour: z.string() }).strict(),
} as const satisfies RouteContract;
const runInstallation = {
  method: 'GET',
  path: '/api/running',
  summary: 'For operators',
  status: 200,
  answer: z.object({ email: z.string() }),
} as const satisfies RouteContract;

const password = 'correct horse battery';
const resource = { type: 'lock', param: 'lockId' } as const;
const reason = 'Grace cannot stand it any more.';

let test: TestDatabase;
let app: FastifyInstance;
let browser: TestBrowser;
let planted: PlantedLock;
let accountId: string;
/** What happens after somebody was let in to paint, and before the transaction. */
let meanwhile: () => Promise<void>;

function routes() {
  return [
    defineRoute(readColour, {
      permission: paint,
      resource,
      scope: 'entity',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor }) => Promise.resolve({ role: actor.role }),
    }),
    defineRoute(paintDoor, {
      permission: paint,
      resource,
      scope: 'entity',
      audit: 'door.paint',
      handler: async ({ input, transact, note }) => {
        await meanwhile();
        await transact(() => {
          const personal = { subjectId: planted.userId, fields: [] };
          note({ before: { colour: 'white' }, after: { colour: input.body.colour }, reason, personal });
          if (input.body.colour === 'none') throw new Refusal('lock_not_active');
          if (input.body.colour === 'bug') throw new TypeError('a bug');
          return Promise.resolve();
        });
        return undefined;
      },
    }),
    defineRoute(runInstallation, {
      permission: 'operator',
      resource: { type: 'installation' },
      scope: 'account',
      audit: { none: 'reading changes nothing' },
      handler: ({ actor }) => Promise.resolve({ email: actor.email }),
    }),
  ];
}

beforeAll(async () => {
  test = await createTestDatabase();
  const http = await createTestHttp(test, { moreRoutes: routes });
  app = http.app;
  const credentials = { email: 'ada@example.com', password };
  accountId = await http.authentication.createAccount(credentials);
  planted = await plantOwnedLock(test, { accountId });
  browser = new TestBrowser(app);
  await browser.post('/api/sign-in', credentials);
});

afterAll(async () => {
  await app.close();
  await test.drop();
});

beforeEach(async () => {
  meanwhile = () => Promise.resolve();
  await setMembership("role = 'community_manager', until = null");
  await test.asAdmin("update claviger.users set status = 'active'");
  await forgetAudit(test);
});

async function setMembership(change: string): Promise<void> {
  await test.asAdmin(`update claviger.memberships set ${change} where user_id = $1`, [planted.userId]);
}

function colourOf(entityId: string, lockId = planted.lockId): string {
  return `/api/entities/${entityId}/doors/${lockId}/colour`;
}

function auditRows() {
  return test.asAdmin<Record<string, unknown>>(
    'select * from claviger.audit_entries order by chain, sequence',
  );
}

describe('a permission', () => {
  it.each<[EntityRole, boolean]>([
    ['community_manager', true],
    ['local_admin', true],
    ['installer', false],
    ['resident', false],
  ])('lets a %s in: %s', async (role, isAllowed) => {
    expect(allows({ role }, paint)).toBe(isAllowed);
    await setMembership(`role = '${role}'`);
    const answer = await browser.get(colourOf(planted.entityId));
    if (isAllowed) expect(answer.json()).toEqual({ role });
    else
      expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([
        403,
        { error: { code: 'not_permitted' } },
      ]);
  });

  it('of the operator is for the operator', async () => {
    expect((await browser.get('/api/running')).json()).toMatchObject({ error: { code: 'not_permitted' } });
    await test.asAdmin('insert into claviger.operators (account_id) values ($1)', [accountId]);
    expect((await browser.get('/api/running')).json()).toEqual({ email: 'ada@example.com' });
  });
});

describe('the Entity of others', () => {
  it('is answered exactly as one that does not exist', async () => {
    const foreign = await plantOwnedLock(test);
    const answers = await Promise.all(
      [foreign.entityId, newIdentifier(), 'not-a-uuid'].map((entityId) => browser.get(colourOf(entityId))),
    );
    const bodies = answers.map(({ body }) => body.replace(/"requestId":"[^"]+"/, ''));
    expect(new Set(bodies).size).toBe(1);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404]);
    expect(answers[0]?.json()).toMatchObject({ error: { code: 'not_found' } });
  });

  it.each([
    ['whose Membership is over', "until = now() - interval '1 second'", 'active'],
    ['who was deactivated', "role = 'community_manager'", 'deactivated'],
  ])('is also that of somebody %s', async (_who, membership, status) => {
    await setMembership(membership);
    await test.asAdmin('update claviger.users set status = $2 where id = $1', [planted.userId, status]);
    expect((await browser.get(colourOf(planted.entityId))).statusCode).toBe(404);
  });

  it('stays closed with row-level security switched off', async () => {
    const bare = await createTestDatabase({ isRowSecurityOff: true });
    const http = await createTestHttp(bare, { moreRoutes: routes });
    const foreign = await plantOwnedLock(bare);
    const credentials = { email: 'ada@example.com', password };
    await http.authentication.createAccount(credentials);
    const stranger = new TestBrowser(http.app);
    await stranger.post('/api/sign-in', credentials);
    expect((await stranger.get(colourOf(foreign.entityId))).statusCode).toBe(404);
    await http.app.close();
    await bare.drop();
  });
});

describe('somebody who has not signed in', () => {
  it('is told so before anything of the body is looked at', async () => {
    const answer = await new TestBrowser(app).post(colourOf(planted.entityId), '{"colour":');
    expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([
      401,
      { error: { code: 'not_signed_in' } },
    ]);
  });

  it('leaves no row in the audit', async () => {
    await new TestBrowser(app).post(colourOf(planted.entityId), { colour: 'red' });
    expect(await auditRows()).toEqual([]);
  });
});

describe('an audited call', () => {
  it('leaves one row with who, what, before and after', async () => {
    const answer = await browser.post(colourOf(planted.entityId), { colour: 'red' });
    expect(answer.statusCode, answer.body).toBe(204);
    expect(await auditRows()).toEqual([
      expect.objectContaining({
        scope: 'entity',
        entity_id: planted.entityId,
        account_id: accountId,
        operation: 'door.paint',
        object_type: 'lock',
        object_id: planted.lockId,
        outcome: 'done',
        before: { colour: 'white' },
        after: { colour: 'red' },
        request_id: answer.headers['x-request-id'],
        user_id: planted.userId,
        // The name and the address of a User are sealed.
        address: null,
        actor: expect.any(Buffer) as unknown,
        count: 1,
      }),
    ]);
  });

  it.each([
    { colour: 'none', status: 409, row: { outcome: 'refused', code: 'lock_not_active' } },
    { colour: 'bug', status: 500, row: { outcome: 'failed', code: 'internal_fault' } },
  ])('that comes to nothing ($colour) leaves one row too', async ({ colour, status, row }) => {
    const answer = await browser.post(colourOf(planted.entityId), { colour });
    expect(answer.statusCode).toBe(status);
    const rows = await auditRows();
    expect(rows).toMatchObject([{ scope: 'entity', ...row, before: null, after: null }]);
    // Why it was wanted may tell of a person, and is sealed as in the row of a call that was done.
    expect(rows[0]).toMatchObject({ reason: expect.stringMatching(/^sealed:[\w-]{40}/) as unknown });
  });

  it('that is denied leaves its row with the Account, or with the Entity of a member', async () => {
    const foreign = await plantOwnedLock(test);
    await browser.post(colourOf(foreign.entityId), { colour: 'red' });
    await setMembership("role = 'resident'");
    await browser.post(colourOf(planted.entityId), { colour: 'red' });
    await browser.post(colourOf(planted.entityId), { colour: 7 });
    expect(await auditRows()).toMatchObject([
      { scope: 'account', entity_id: null, account_id: accountId, outcome: 'refused', code: 'not_found' },
      { scope: 'entity', entity_id: planted.entityId, outcome: 'refused', code: 'not_permitted' },
    ]);
    expect(await test.asAdmin('select code, count from claviger.audit_repeats where count > 0')).toEqual([
      { code: 'not_permitted', count: 1 },
    ]);
  });

  it.each([
    ['taken away', "until = now() - interval '1 second'", 404],
    ['changed', "role = 'resident'", 403],
  ])('has no effect when the role was %s after its caller was let in', async (_how, change, status) => {
    meanwhile = () => setMembership(change);
    expect((await browser.post(colourOf(planted.entityId), { colour: 'red' })).statusCode).toBe(status);
    expect(await auditRows()).toMatchObject([{ outcome: 'refused' }]);
  });
});

const ownHost = new URL(testOrigin).host;

describe('the address in the audit', () => {
  it.each([
    ['fe80::1%eth0', undefined, 'fe80::1'],
    ['10.0.0.1', '2001:db8::7', '2001:db8::7'],
    ['10.0.0.1', 'nonsense', '10.0.0.1'],
  ])('of %s, which forwards %s, is %s', async (remoteAddress, forwarded, address) => {
    const ports = { moreRoutes: routes, isEncrypted: true, trustedProxies: ['10.0.0.1'] };
    const http = await createTestHttp(test, ports);
    const forwardedFor = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
    const headers = { host: ownHost, origin: testOrigin, ...forwardedFor };
    const payload = { email: 'ada@example.com', password: 'wrong horse battery' };
    await http.app.inject({ method: 'POST', url: '/api/sign-in', remoteAddress, headers, payload });
    expect((await auditRows()).map((row) => row['address'])).toEqual([address]);
    await http.app.close();
  });
});

describe('a request that changes something', () => {
  const own = { origin: testOrigin, 'sec-fetch-site': 'same-origin' };

  async function paintFrom(headers: Record<string, string>, cookie = browser.cookie) {
    const answer = await app.inject({
      method: 'POST',
      url: colourOf(planted.entityId),
      payload: { colour: 'red' },
      headers: { host: ownHost, ...headers, ...(cookie && { cookie }) },
    });
    return answer.statusCode === 204 ? 'done' : answer.json<{ error: { code: string } }>().error.code;
  }

  it.each([
    [own, 'done'],
    [{ origin: testOrigin }, 'done'],
    [{ 'sec-fetch-site': 'same-origin' }, 'done'],
    [{ origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }, 'done'],
    [{ origin: 'http://127.0.0.1:3000' }, 'foreign_origin'],
    [{}, 'foreign_origin'],
    [{ ...own, origin: 'https://evil.example' }, 'foreign_origin'],
    [{ ...own, origin: 'http://localhost:3001' }, 'foreign_origin'],
    [{ ...own, origin: 'null' }, 'foreign_origin'],
    [{ ...own, 'sec-fetch-site': 'same-site' }, 'foreign_origin'],
    [{ ...own, 'sec-fetch-site': 'cross-site' }, 'foreign_origin'],
    [{ 'sec-fetch-site': 'none' }, 'foreign_origin'],
  ])('with a cookie and %j: %s', async (headers, expected) => {
    expect(await paintFrom(headers)).toBe(expected);
  });

  it('needs no origin from a program without cookies, and none may lie about it', async () => {
    expect(await paintFrom({}, '')).toBe('not_signed_in');
    expect(await paintFrom({ origin: 'https://evil.example' }, '')).toBe('foreign_origin');
  });
});
