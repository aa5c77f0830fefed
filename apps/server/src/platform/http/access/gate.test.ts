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
  it('lets pages with all their files through, then a steady rate, and nobody else waits', async () => {
    const { app, get, clock } = await open({ isEncrypted: true });
    expect(await burst(() => get('192.0.2.7'), 302)).toEqual([429, 429]);
    const late = await get('192.0.2.7');
    expect([late.headers['retry-after'], late.json<unknown>()]).toMatchObject([
      '1',
      { error: { code: 'too_many_requests' } },
    ]);
    expect((await get('192.0.2.8')).statusCode).toBe(200);
    // The files of pages have an allowance of their own: a house opens more than one page at once.
    const file = () => app.inject({ url: '/assets/index.js', remoteAddress: '192.0.2.7' });
    const files = await Promise.all(Array.from({ length: 2_001 }, file));
    expect(files.filter(({ statusCode }) => statusCode === 429)).toHaveLength(1);
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

describe('the host that a request asks for', () => {
  const publicOrigin = 'https://keys.example.org';
  const real = { mode: 'real', isEncrypted: true, publicOrigin } as const;

  async function asks(ports: Partial<HttpPorts>, headers: Record<string, string>, remoteAddress?: string) {
    const { app } = await open(ports);
    const from = remoteAddress === undefined ? {} : { remoteAddress };
    const answer = await app.inject({ url: '/api/docs/', headers, ...from });
    return answer.statusCode === 200 ? 'answered' : answer.json<{ error: { code: string } }>().error.code;
  }

  it.each([
    ['keys.example.org', 'answered'],
    ['Keys.Example.ORG', 'answered'],
    ['keys.example.org:443', 'answered'],
    ['keys.example.org:80', 'misdirected_request'],
    ['keys.example.org.evil.example', 'misdirected_request'],
    ['rebound.evil.example', 'misdirected_request'],
    ['localhost', 'misdirected_request'],
    ['127.0.0.1', 'misdirected_request'],
    ['keys.example.org/evil', 'malformed_request'],
    ['evil@keys.example.org', 'malformed_request'],
  ])('%j is that of a real installation: %s', async (host, expected) => {
    // Before somebody runs the installation what is answered is "not signed in", once the host is right.
    const given = await asks(real, { host });
    expect(given === 'not_signed_in' ? 'answered' : given).toBe(expected);
  });

  it.each([
    ['localhost:3000', 'answered'],
    ['127.0.0.1:3000', 'answered'],
    ['[::1]:3000', 'answered'],
    ['localhost:3001', 'misdirected_request'],
    ['rebound.evil.example:3000', 'misdirected_request'],
  ])('%s is that of a demo: %s', async (host, expected) => {
    expect(await asks({}, { host })).toBe(expected);
  });

  it('is what a trusted proxy forwards, and nobody else', async () => {
    const ports = { publicOrigin, trustedProxies: ['10.0.0.1'], isEncrypted: true };
    const headers = { host: 'backend:3000', 'x-forwarded-host': 'keys.example.org' };
    expect(await asks(ports, headers, '10.0.0.1')).toBe('answered');
    expect(await asks(ports, headers, '10.0.0.2')).toBe('misdirected_request');
  });

  it('is any for whoever watches the server, and for devices', async () => {
    const { app } = await open(real);
    const headers = { host: '192.0.2.1:3000' };
    expect((await app.inject({ url: '/healthz', headers })).statusCode).toBe(200);
    expect(await asks({ entrance: 'devices' }, headers)).toBe('answered');
  });
});
