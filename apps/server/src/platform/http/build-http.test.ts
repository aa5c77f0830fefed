import { request } from 'node:https';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/test-database.ts';
import { createTestHttp, type TestHttp } from '../../../test/test-http.ts';
import type { HttpPorts } from './index.ts';
import { createAuthority, issueServerCertificate, type Authority } from '../pki/index.ts';

let test: TestDatabase;
let http: TestHttp | undefined;
let authority: Authority;

beforeAll(async () => {
  test = await createTestDatabase();
  authority = await createAuthority('test', Date.now());
});

afterAll(async () => {
  await test.drop();
});

afterEach(async () => {
  await http?.app.close();
  http = undefined;
});

async function listen(isEncrypted: boolean, entrance: HttpPorts['entrance'] = 'people'): Promise<number> {
  const tls = await issueServerCertificate(authority, ['localhost', '127.0.0.1'], Date.now());
  http = await createTestHttp(test, isEncrypted ? { entrance, isEncrypted, tls } : {});
  await http.app.listen({ host: '127.0.0.1', port: 0 });
  const address = http.app.server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function get(
  port: number,
  options: { maxVersion?: 'TLSv1.1' | 'TLSv1.2'; ciphers?: string } = {},
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const url = { host: '127.0.0.1', port, path: '/healthz', ca: authority.certificate, ...options };
    request({ ...url, minVersion: 'TLSv1' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('a server with a certificate of its own', () => {
  it('answers over TLS, and refuses versions that are broken', async () => {
    const port = await listen(true);
    expect(await get(port)).toBe(200);
    // The level lets our own side go that low, so that it is the server which refuses.
    const old = { maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(get(port, old)).rejects.toThrow(/alert protocol version/);
    expect(await get(port, { maxVersion: 'TLSv1.2' })).toBe(200);
  });
});

describe('the entrance of devices', () => {
  it('speaks TLS 1.3 and nothing older', async () => {
    const port = await listen(true, 'devices');
    expect(await get(port)).toBe(200);
    await expect(get(port, { maxVersion: 'TLSv1.2' })).rejects.toThrow(/alert protocol version/);
  });
});

describe('a server that stops', () => {
  it('does not wait for connections on which nothing is asked', async () => {
    const port = await listen(false);
    const socket = connect(port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await new Promise((resolve) => socket.on('connect', resolve));
    await http?.app.close();
    await closed;
    expect(socket.destroyed).toBe(true);
  });
});
