import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { createTestHttp } from '../../../../test/test-http.ts';
import type { HttpPorts } from '../index.ts';

let test: TestDatabase;
let opened: FastifyInstance[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(async () => {
  await test.drop();
});

afterEach(async () => {
  await Promise.all(opened.map((app) => app.close()));
  opened = [];
});

async function open(ports: Partial<HttpPorts> = {}) {
  const http = await createTestHttp(test, ports);
  opened.push(http.app);
  const get = async (remoteAddress: string, forwardedFor?: string) => {
    const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
    return http.app.inject({ url: '/healthz', remoteAddress, headers });
  };
  return { ...http, get };
}

async function burst(get: () => Promise<{ statusCode: number }>, count: number): Promise<number[]> {
  const answers = await Promise.all(Array.from({ length: count }, get));
  return answers.map(({ statusCode }) => statusCode).filter((status) => status !== 200);
}

describe('the general limit of an address', () => {
  it('lets a page with all its files through, then a steady rate, and nobody else waits', async () => {
    const { get, clock } = await open({ isEncrypted: true });
    expect(await burst(() => get('192.0.2.7'), 302)).toEqual([429, 429]);
    const late = await get('192.0.2.7');
    expect([late.headers['retry-after'], late.json<unknown>()]).toMatchObject([
      '1',
      { error: { code: 'too_many_requests' } },
    ]);
    expect((await get('192.0.2.8')).statusCode).toBe(200);
    clock.advance(100);
    expect(await burst(() => get('192.0.2.7'), 3)).toEqual([429]);
  });
});

describe('forwarded addresses', () => {
  it('are believed from a trusted proxy alone', async () => {
    const { get } = await open({ isEncrypted: true, trustedProxies: ['10.0.0.0/8', '2001:db8::1'] });
    await burst(() => get('10.1.2.3', '198.51.100.9'), 300);
    expect((await get('10.9.9.9', '198.51.100.9')).statusCode).toBe(429);
    expect((await get('2001:db8::1', '198.51.100.9')).statusCode).toBe(429);
    expect((await get('10.1.2.3', '198.51.100.10')).statusCode).toBe(200);
    expect((await get('203.0.113.5', '198.51.100.9')).statusCode).toBe(200);
  });

  it('are believed from nobody by default', async () => {
    const { get } = await open({ isEncrypted: true });
    await burst(() => get('192.0.2.7'), 300);
    expect((await get('192.0.2.7', '198.51.100.9')).statusCode).toBe(429);
  });
});

describe('a server without encryption of its own', () => {
  it('talks to this machine and to the proxies in front, and to nobody else', async () => {
    const { get } = await open({ trustedProxies: ['10.0.0.0/8'] });
    for (const peer of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.1.2.3', '::ffff:10.1.2.3']) {
      expect([peer, (await get(peer)).statusCode]).toEqual([peer, 200]);
    }
    for (const peer of ['192.0.2.7', '2001:db8::1', '::ffff:192.0.2.7']) {
      expect([peer, (await get(peer, '127.0.0.1')).statusCode]).toEqual([peer, 403]);
    }
  });
});
