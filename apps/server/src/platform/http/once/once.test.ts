import { createHash } from 'node:crypto';
import { Refusal, type RouteContract } from '@claviger/protocol';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { forgetAudit } from '../../../../test/audit/forget.ts';
import { plantOwnedLock, type PlantedLock } from '../../../../test/planted-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { createTestHttp, testOrigin, TestBrowser } from '../../../../test/test-http.ts';
import { addJob, newIdentifier } from '../../database/index.ts';
import { deriveSecret, Secret } from '../../secrets/index.ts';
import { testSecret } from '../../../../test/database-server.ts';
import { defineRoute, entityPermission, onceKeysOf } from '../index.ts';
import { forgetOldKeys } from './store.ts';

const knock = {
  method: 'POST',
  path: '/api/entities/{entityId}/knock',
  summary: 'A route of this test: its effect is one job',
  params: z.object({ entityId: z.uuid() }),
  body: z
    .object({ times: z.int(), how: z.object({ loud: z.boolean(), long: z.boolean() }).optional() })
    .strict(),
  status: 202,
  answer: z.object({ id: z.uuid() }),
  isIdempotencyKeyNeeded: true,
} as const satisfies RouteContract;

const credentials = { email: 'ada@example.com', password: 'correct horse battery' };

let test: TestDatabase;
let app: FastifyInstance;
let browser: TestBrowser;
let planted: PlantedLock;
/** Awaited in the transaction, after its effect. */
let inTransaction: () => Promise<void>;

function routes() {
  return [
    defineRoute(knock, {
      permission: entityPermission('knock', ['community_manager']),
      resource: { type: 'entity', param: 'entityId' },
      scope: 'entity',
      audit: 'door.knock',
      handler: ({ input, transact }) =>
        transact(async (tx) => {
          const id = newIdentifier();
          await addJob(tx, { task: 'knock', payload: { id } });
          await inTransaction();
          if (input.body.times === 0) throw new Refusal('lock_offline');
          return { id };
        }),
    }),
  ];
}

beforeAll(async () => {
  test = await createTestDatabase();
  const http = await createTestHttp(test, { moreRoutes: routes });
  app = http.app;
  const accountId = await http.authentication.createAccount(credentials);
  planted = await plantOwnedLock(test, { accountId });
  browser = new TestBrowser(app);
  await browser.post('/api/sign-in', credentials);
});

afterAll(async () => {
  await app.close();
  await test.drop();
});

beforeEach(async () => {
  inTransaction = () => Promise.resolve();
  await test.asAdmin('delete from graphile_worker._private_jobs');
  await forgetAudit(test);
});

async function send(key: string | undefined, body: object = { times: 1 }) {
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  const answer = await browser.post(`/api/entities/${planted.entityId}/knock`, body, headers);
  return { status: answer.statusCode, body: answer.json<unknown>(), headers: answer.headers };
}

/** What anybody can compute of a request of this test: as older servers kept it, and with its key. */
function plainHashes(body: object, key: string): Buffer[] {
  const asked = ['POST', '/api/entities/:entityId/knock', { entityId: planted.entityId }, {}, body];
  const { entityId, accountId } = planted;
  return [asked, [entityId, accountId, key, ...asked]].map((fields) =>
    createHash('sha256').update(JSON.stringify(fields)).digest(),
  );
}

async function effects(): Promise<number> {
  return (await test.asAdmin('select from graphile_worker._private_jobs')).length;
}

describe('a call that needs an Idempotency-Key', () => {
  it.each([undefined, '', 'not-a-uuid', '1234'])('is refused with %j', async (key) => {
    expect(await send(key)).toMatchObject({
      status: 400,
      body: { error: { code: 'idempotency_key_missing' } },
    });
    expect(await effects()).toBe(0);
  });

  it('has one effect and one row in the audit however often it is repeated, and one answer', async () => {
    const key = newIdentifier();
    const first = await send(key, { times: 1, how: { loud: true, long: false } });
    const again = await send(key.toUpperCase(), { how: { long: false, loud: true }, times: 1 });
    expect(first).toMatchObject({ status: 202 });
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    expect(await effects()).toBe(1);
    expect(await test.asAdmin('select from claviger.audit_entries')).toHaveLength(1);
  });

  it('is refused when the key came with another request', async () => {
    const key = newIdentifier();
    await send(key);
    expect(await send(key, { times: 2 })).toMatchObject({
      status: 409,
      body: { error: { code: 'idempotency_key_reused' } },
    });
    expect(await effects()).toBe(1);
  });

  it('is known again by a key of the installation alone: the database does not tell its body', async () => {
    const key = newIdentifier();
    await send(key);
    const requests = deriveSecret(new Secret('another installation'), 'repeated requests');
    const other = await createTestHttp(test, {
      moreRoutes: routes,
      onceKeys: { ...onceKeysOf(testSecret), requests },
    });
    const host = new URL(testOrigin).host;
    const headers = { host, cookie: browser.cookie, origin: testOrigin, 'idempotency-key': key };
    const url = `/api/entities/${planted.entityId}/knock`;
    const answer = await other.app.inject({ method: 'POST', url, headers, payload: { times: 1 } });
    await other.app.close();
    expect(answer.json()).toMatchObject({ error: { code: 'idempotency_key_reused' } });
    const [row] = await test.asAdmin<{ hash: Buffer }>(
      'select request_hash as hash from claviger.idempotency_keys where key = $1',
      [key],
    );
    expect(plainHashes({ times: 1 }, key)).not.toContainEqual(row?.hash);
  });

  it('is refused and not done again where its hash was kept without a key, by an older server', async () => {
    const key = newIdentifier();
    await send(key);
    const [older] = plainHashes({ times: 1 }, key);
    await test.asAdmin('update claviger.idempotency_keys set request_hash = $1 where key = $2', [older, key]);
    expect(await send(key)).toMatchObject({ body: { error: { code: 'idempotency_key_reused' } } });
    expect(await effects()).toBe(1);
  });

  it('has two hashes under two keys, so that nobody sees that the same was asked for', async () => {
    for (let count = 0; count < 2; count += 1) await send(newIdentifier(), { times: 77 });
    const rows = await test.asAdmin<{ hash: Buffer }>(
      'select request_hash as hash from claviger.idempotency_keys order by created_at desc limit 2',
    );
    expect(rows[0]?.hash).not.toEqual(rows[1]?.hash);
  });

  it('has one effect when it comes twice at the same time', async () => {
    const key = newIdentifier();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = 0;
    inTransaction = () => {
      begun += 1;
      return held;
    };
    const both = Promise.all([send(key), send(key)]);
    await expect.poll(() => begun).toBe(1);
    await expect
      .poll(() =>
        test.asAdmin("select from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'idempotency'"),
      )
      .toHaveLength(1);
    release();
    const [first, second] = await both;
    expect(second.body).toEqual(first.body);
    expect(await effects()).toBe(1);
    expect(begun).toBe(1);
  });

  it('may be tried again with the same key after a refusal, which had no effect', async () => {
    const key = newIdentifier();
    expect(await send(key, { times: 0 })).toMatchObject({
      status: 409,
      body: { error: { code: 'lock_offline' } },
    });
    expect(await effects()).toBe(0);
    inTransaction = () => Promise.reject(new TypeError('a bug'));
    expect((await send(key)).status).toBe(500);
    inTransaction = () => Promise.resolve();
    expect((await send(key)).status).toBe(202);
    expect(await effects()).toBe(1);
  });

  it('is a new one after 24 hours, when its key is forgotten', async () => {
    const key = newIdentifier();
    const first = await send(key);
    await test.asAdmin("update claviger.idempotency_keys set created_at = created_at - interval '24 hours'");
    const later = await send(key);
    expect(later.status).toBe(202);
    expect(later.body).not.toEqual(first.body);
    await test.asAdmin("update claviger.idempotency_keys set created_at = created_at - interval '24 hours'");
    expect(await test.database.transact({ kind: 'installation' }, forgetOldKeys)).toBeGreaterThan(0);
    expect(await test.asAdmin('select from claviger.idempotency_keys')).toEqual([]);
  });
});
