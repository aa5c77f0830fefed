import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { EntityId } from '@claviger/domain';
import { contract, type ActivityEvent } from '@claviger/protocol';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plantOwnedLock, type PlantedLock } from '../../../test/planted-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { createTestHttp, TestBrowser, testMetricsToken, type TestHttp } from '../../../test/test-http.ts';
import { newIdentifier } from '../database/index.ts';
import { tellLive, tellRolesChanged } from '../live/index.ts';
import { defineRoute, entityPermission } from './index.ts';

const credentials = { email: 'ada@example.com', password: 'correct horse battery' };

/** A browser's end of a live stream. */
interface Follower {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly response: IncomingMessage;
  text(): string;
  readonly ended: Promise<void>;
}

/** The buffers of the system take several megabytes before ours fill. */
const pollLong = { timeout: 8_000, interval: 5 };

/** Fewer looks than would end it as a stream of the last minute is looked at. */
const pollSeconds = { timeout: 4_000, interval: 100 };

/** One event that fills more than one packet. */
const largeEvent: ActivityEvent = {
  id: 'device.1.1',
  lockId: newIdentifier(),
  lockName: 'L'.repeat(200_000),
  type: 'lock_unlocked',
  at: 0,
  uncertaintyMs: 0,
  receivedAt: 0,
  sequence: 1,
  logEpoch: 1,
};

let test: TestDatabase;
let http: TestHttp;
let app: FastifyInstance;
let browser: TestBrowser;
let planted: PlantedLock;
let followers: Follower[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(async () => {
  await test.drop();
});

beforeEach(async () => {
  http = await createTestHttp(test, {
    liveMessageOf: (_entityId, notice) =>
      Promise.resolve(notice.topic === 'stored' ? { topic: 'activity', events: [largeEvent] } : notice),
    moreRoutes: () => [
      defineRoute(contract.followEntity, {
        permission: entityPermission('follow', ['community_manager']),
        resource: { type: 'entity', param: 'entityId' },
        scope: 'entity',
        audit: { none: 'reading changes nothing' },
        handler: () => Promise.resolve('live' as const),
      }),
    ],
  });
  app = http.app;
  await test.asAdmin('delete from claviger.rate_limits');
  const made = await http.authentication.createAccount(credentials);
  const accountId = made === 'email_taken' ? await http.authentication.verifyPassword(credentials) : made;
  planted = await plantOwnedLock(test, { accountId: accountId ?? '' });
  browser = new TestBrowser(app);
  await browser.post('/api/sign-in', credentials);
  await app.listen({ host: '127.0.0.1', port: 0 });
});

afterEach(async () => {
  followers.forEach(({ response }) => response.destroy());
  followers = [];
  await app.close();
});

function follow(entityId = planted.entityId, cookie = browser.cookie): Promise<Follower> {
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: `/api/entities/${entityId}/live`, headers: { cookie } };
    const request = httpRequest(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      const ended = new Promise<void>((end) => {
        response.on('close', () => {
          end();
        });
      });
      response.on('error', () => undefined);
      const { statusCode: status = 0, headers } = response;
      const follower = { status, headers, response, text: () => text, ended };
      followers.push(follower);
      resolve(follower);
    });
    request.on('error', reject).end();
  });
}

async function tell(entityId: string, id: string): Promise<void> {
  await test.database.transact({ kind: 'entity', entityId: entityId }, (tx) =>
    tellLive(tx, entityId, { topic: 'lock', id }),
  );
}

function messagesOf(follower: Follower): unknown[] {
  return follower
    .text()
    .split('\n\n')
    .flatMap((part) => (part.startsWith('data: ') ? [JSON.parse(part.slice(6)) as unknown] : []));
}

const bearer = { authorization: `Bearer ${testMetricsToken.revealText()}` };

async function openStreams(): Promise<string | undefined> {
  return /^claviger_live_streams (\d+)$/m.exec((await browser.get('/metrics', bearer)).body)?.[1];
}

describe('a live stream', () => {
  it('carries what changes in its Entity, in order, and nothing of another', async () => {
    const other = await plantOwnedLock(test);
    const follower = await follow();
    expect(follower.status).toBe(200);
    expect(follower.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const ids = Array.from({ length: 20 }, () => newIdentifier());
    await tell(other.entityId, newIdentifier());
    for (const id of ids) await tell(planted.entityId, id);
    await expect.poll(() => messagesOf(follower)).toHaveLength(20);
    expect(messagesOf(follower)).toEqual(ids.map((id) => ({ topic: 'lock', id })));
  });

  it('carries nothing of a transaction that was rolled back', async () => {
    const follower = await follow();
    const scope = { kind: 'entity', entityId: planted.entityId as EntityId } as const;
    await expect(
      test.database.transact(scope, async (tx) => {
        await tellLive(tx, planted.entityId, { topic: 'lock', id: newIdentifier() });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    const id = newIdentifier();
    await tell(planted.entityId, id);
    await expect.poll(() => messagesOf(follower)).toEqual([{ topic: 'lock', id }]);
  });

  it('is not opened to strangers', async () => {
    const foreign = await plantOwnedLock(test);
    expect((await follow(foreign.entityId)).status).toBe(404);
    expect((await follow(planted.entityId, '')).status).toBe(401);
  });

  it('beats so that neither its page nor a proxy between takes it for dead', async () => {
    const follower = await follow();
    http.clock.advance(30_000);
    await expect.poll(() => follower.text().match(/^event: heartbeat$/gm)).toHaveLength(2);
  });

  it('ends at once when its person signs out, and not when another session does', async () => {
    const second = new TestBrowser(app);
    await second.post('/api/sign-in', credentials);
    const [mine, others] = [await follow(), await follow(planted.entityId, second.cookie)];
    await browser.post('/api/sign-out');
    await mine.ended;
    await tell(planted.entityId, newIdentifier());
    await expect.poll(() => messagesOf(others)).toHaveLength(1);
  });

  it.each([
    ['its session is over', "update auth.sessions set expires_at = now() - interval '1 second'"],
    ['the Membership is over', "update claviger.memberships set until = now() - interval '1 second'"],
    ['the role is another', "update claviger.memberships set role = 'resident'"],
  ])('ends within a minute when %s', async (_why, statement) => {
    const follower = await follow();
    http.clock.advance(45_000);
    await expect.poll(() => follower.text().match(/^event: heartbeat$/gm)).toHaveLength(3);
    await test.asAdmin(statement);
    http.clock.advance(60_000);
    await follower.ended;
  });

  it('ends at once when its person has another role, and is told so', async () => {
    const [mine, others] = [await follow(), await follow()];
    await test.asAdmin("update claviger.memberships set role = 'resident'");
    await test.database.transact({ kind: 'entity', entityId: planted.entityId }, (tx) =>
      tellRolesChanged(tx, planted.entityId),
    );
    await Promise.all([mine.ended, others.ended]);
  });

  it('stays where a role of somebody else changed', async () => {
    const follower = await follow();
    await test.database.transact({ kind: 'entity', entityId: planted.entityId }, (tx) =>
      tellRolesChanged(tx, planted.entityId),
    );
    await tell(planted.entityId, newIdentifier());
    await expect.poll(() => messagesOf(follower)).toHaveLength(1);
    http.clock.advance(15_000);
    await expect.poll(() => follower.text()).toContain('heartbeat');
  });

  it('ends to the second with its Membership, by the clock of the database', async () => {
    await test.asAdmin("update claviger.memberships set until = now() + interval '0.7 seconds'");
    const follower = await follow();
    let isOver = false;
    void follower.ended.then(() => (isOver = true));
    // The server's clock runs ahead here: the role ends when the database says so.
    http.clock.advance(1_000);
    await tell(planted.entityId, newIdentifier());
    await expect.poll(() => messagesOf(follower)).toHaveLength(1);
    expect(isOver).toBe(false);
    await expect
      .poll(() => {
        http.clock.advance(1_000);
        return isOver;
      }, pollSeconds)
      .toBe(true);
  });

  it('does not keep its person signed in', async () => {
    await follow();
    await test.asAdmin("update auth.sessions set expires_at = now() + interval '1 day'");
    const until = () => test.asAdmin('select expires_at from auth.sessions order by id');
    const before = await until();
    http.clock.advance(120_000);
    await tell(planted.entityId, newIdentifier());
    expect(await until()).toEqual(before);
  });

  it('ends when messages may have been missed', async () => {
    const follower = await follow();
    await test.asAdmin(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'claviger listen' and datname = current_database()`,
    );
    await follower.ended;
  });

  it('is one of a limited number for an Account', async () => {
    for (let index = 0; index < 8; index += 1) expect((await follow()).status).toBe(200);
    const ninth = await follow();
    expect(ninth.status).toBe(429);
    await expect.poll(() => ninth.text()).toContain('too_many_connections');
    followers[0]?.response.destroy();
    await expect.poll(openStreams).toBe('7');
    expect((await follow()).status).toBe(200);
  });

  it('is cut off when its reader does not read', async () => {
    const follower = await follow();
    follower.response.pause();
    follower.response.socket.pause();
    const notice = { topic: 'stored', deviceId: planted.deviceId, logEpoch: 1, from: 1, through: 1 } as const;
    const scope = { kind: 'entity', entityId: planted.entityId as EntityId } as const;
    await expect
      .poll(async () => {
        await test.database.transact(scope, (tx) => tellLive(tx, planted.entityId, notice));
        return openStreams();
      }, pollLong)
      .toBe('0');
  });
});
