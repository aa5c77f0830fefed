import { describe, expect, it } from 'vitest';
import { Refusal } from '../errors.ts';
import { AnsweredRefusal, Unreachable } from './calls/answered.ts';
import { activityExportAddress, createClient, liveAddress, userPhotoAddress } from './client.ts';
import { contract } from './contract.ts';

const place = { entityId: 'e1', lockId: 'l1' };

interface Sent {
  method: string;
  path: string;
  key: string | null;
  body: string;
}

/** A client whose server answers everything in the same way, and what it was sent. */
function clientOf(answer: () => Response) {
  const sent: Sent[] = [];
  const client = createClient({
    baseUrl: 'http://portal.test',
    fetch: async (request) => {
      sent.push({
        method: request.method,
        path: new URL(request.url).pathname,
        key: request.headers.get('idempotency-key'),
        body: await request.text(),
      });
      return answer();
    },
  });
  return { client, sent };
}

const json = (status: number, body: unknown) => () => Response.json(body, { status });

describe('the client', () => {
  it('has a function of the same name for every JSON route of the contract', () => {
    const { client } = clientOf(json(200, {}));
    const withoutJson = ['exportActivity', 'exportAudit', 'exportUsers', 'followEntity', 'getUserPhoto'];
    expect(Object.keys(client).sort()).toEqual(
      Object.keys(contract)
        .filter((name) => !withoutJson.includes(name))
        .sort(),
    );
  });

  it('calls each route by its method and path', async () => {
    const { client, sent } = clientOf(json(200, {}));
    await client.getSession();
    await client.updateLock(place, { name: 'Front door', version: 3 });
    await client.getCommand({ entityId: 'e1', commandId: 'c1' });
    await client.listActivity('e1', { limit: 20 });
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/session',
      'PATCH /api/entities/e1/locks/l1',
      'GET /api/entities/e1/commands/c1',
      'GET /api/entities/e1/activity',
    ]);
  });

  it('gives a file as the server has named it', async () => {
    const headers = {
      'content-disposition': 'attachment; filename="audit-checkpoint-HOME_X-2026-11-29.json"',
    };
    const { client, sent } = clientOf(() => new Response('{}\n', { status: 201, headers }));

    const file = await client.takeAuditCheckpoint('e1');

    expect(file).toEqual({ name: 'audit-checkpoint-HOME_X-2026-11-29.json', text: '{}\n' });
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/entities/e1/audit/checkpoints',
    ]);
  });

  it('sends the Idempotency-Key it was given where the contract asks for one', async () => {
    const { client, sent } = clientOf(json(202, {}));
    await client.openLock(place, '7a2f4d0e-0000-4000-8000-000000000001');
    await client.claimLock(place);
    expect(sent.map(({ key }) => key)).toEqual(['7a2f4d0e-0000-4000-8000-000000000001', null]);
    expect(sent.map(({ body }) => body)).toEqual(['{}', '{}']);
  });

  it('answers nothing where the server has nothing to say', async () => {
    const { client } = clientOf(() => new Response(null, { status: 204 }));
    await expect(client.signOut()).resolves.toBeUndefined();
  });

  it('turns an error answer into a refusal with its code, pause, issues and request identifier', async () => {
    const error = {
      code: 'cooldown',
      message: 'x',
      requestId: 'r-17',
      retryAfterS: 2,
      issues: [{ path: 'name', problem: 'too_small' }],
    };
    const refused = await clientOf(json(429, { error }))
      .client.openLock(place, 'k')
      .catch((refusal: unknown) => refusal);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({
      code: 'cooldown',
      retryAfterS: 2,
      requestId: 'r-17',
      issues: error.issues,
    });
  });

  it.each([
    ['a page of a proxy', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    [
      'a code that it does not know',
      json(400, { error: { code: 'from_the_future', message: '', requestId: 'r' } }),
    ],
    ['nothing', () => new Response(null, { status: 500 })],
  ])('takes %s for an internal fault', async (_what, answer) => {
    const refused = await clientOf(answer)
      .client.getSession()
      .catch((refusal: unknown) => refusal);
    expect(refused).toBeInstanceOf(AnsweredRefusal);
    expect(refused).toMatchObject({ code: 'internal_fault' });
  });

  it('says that the server is out of reach when no answer comes', async () => {
    const { client } = clientOf(() => {
      throw new TypeError('fetch failed');
    });
    await expect(client.getSession()).rejects.toBeInstanceOf(Unreachable);
  });
});

describe('addresses that are not JSON', () => {
  it('carry the filters of the list', () => {
    expect(activityExportAddress('e 1', {})).toBe('/api/entities/e%201/activity.csv');
    expect(activityExportAddress('e1', { lockId: 'l1', from: 5, advanced: 'true', language: 'de' })).toBe(
      '/api/entities/e1/activity.csv?lockId=l1&from=5&advanced=true&language=de',
    );
  });

  it('name a photo', () => {
    const { path } = contract.getUserPhoto;
    const named = path.replace('{entityId}', 'e1').replace('{userId}', 'u 1').replace('{photoId}', 'p1');
    expect(userPhotoAddress({ entityId: 'e1', userId: 'u 1' }, 'p1')).toBe(encodeURI(named));
  });

  it('name the live stream of the Entity', () => {
    expect(liveAddress('e1')).toBe(contract.followEntity.path.replace('{entityId}', 'e1'));
  });
});
