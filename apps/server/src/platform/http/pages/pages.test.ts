import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { createTestHttp, TestBrowser, testMetricsToken, type TestHttp } from '../../../../test/test-http.ts';
import { portalPages } from './static-files.ts';
import type { HttpPorts } from '../index.ts';

let test: TestDatabase;
let portalFolder: string;
let opened: TestHttp[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  portalFolder = mkdtempSync(join(tmpdir(), 'claviger-portal-'));
  mkdirSync(join(portalFolder, 'assets'));
  writeFileSync(join(portalFolder, 'index.html'), '<!doctype html><title>Portal</title>');
  writeFileSync(join(portalFolder, 'icon.svg'), '<svg/>');
  writeFileSync(join(portalFolder, 'assets', 'main-1a2b.js'), 'plain');
  writeFileSync(join(portalFolder, 'assets', 'main-1a2b.js.br'), 'brotli');
  writeFileSync(join(portalFolder, 'assets', 'main-1a2b.js.gz'), 'gzip');
});

afterAll(async () => {
  await Promise.all(opened.map(({ app }) => app.close()));
  opened = [];
  await test.drop();
  rmSync(portalFolder, { recursive: true });
});

async function open(ports: Partial<HttpPorts> = {}): Promise<TestBrowser> {
  const http = await createTestHttp(test, { portalFolder, ...ports });
  opened.push(http);
  return new TestBrowser(http.app, ports.publicOrigin);
}

const bearer = { authorization: `Bearer ${testMetricsToken.revealText()}` };
const page = { accept: 'text/html,application/xhtml+xml' };

describe('the security headers', () => {
  it('are on every answer', async () => {
    const browser = await open({ isEncrypted: true, publicOrigin: 'https://keys.example.org' });
    const urls = ['/', '/api/installation', '/api/nothing', '/assets/main-1a2b.js', '/healthz'];
    const answers = await Promise.all(urls.map((url) => browser.get(url)));
    const names = [
      'content-security-policy',
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
      'permissions-policy',
      'referrer-policy',
      'strict-transport-security',
      'x-content-type-options',
      'x-frame-options',
    ];
    const headers = answers.map((answer) =>
      names.flatMap((name) => [
        name,
        ...String(answer.headers[name])
          .split(/[;,] ?/)
          .map((part) => `  ${part}`),
      ]),
    );
    for (const found of headers) expect(found).toEqual(headers[0]);
    expect(headers[0]?.join('\n')).toMatchInlineSnapshot(`
      "content-security-policy
        default-src 'self'
        base-uri 'none'
        connect-src 'self'
        font-src 'self'
        form-action 'self'
        frame-ancestors 'none'
        img-src 'self'
        object-src 'none'
        script-src 'self'
        script-src-attr 'none'
        style-src 'self'
        worker-src 'self'
      cross-origin-opener-policy
        same-origin
      cross-origin-resource-policy
        same-origin
      permissions-policy
        camera=()
        display-capture=()
        geolocation=()
        microphone=()
        payment=()
        publickey-credentials-get=(self)
        usb=()
      referrer-policy
        no-referrer
      strict-transport-security
        max-age=31536000
      x-content-type-options
        nosniff
      x-frame-options
        DENY"
    `);
  });

  it('do not ask for https where people come without', async () => {
    const answer = await (await open()).get('/');
    expect(answer.headers['strict-transport-security']).toBeUndefined();
  });

  it('keep every answer of the API out of caches and tell nobody what the server is made of', async () => {
    const browser = await open();
    for (const url of ['/api/installation', '/api/session', '/api/nothing', '/api/openapi.json']) {
      const { headers } = await browser.get(url);
      expect([url, headers['cache-control'], headers['server'], headers['x-powered-by']]).toEqual([
        url,
        'no-store',
        undefined,
        undefined,
      ]);
    }
  });
});

describe('the Portal', () => {
  it('answers every page with its start page, which is asked for again each time', async () => {
    const browser = await open();
    for (const url of ['/', '/devices/locks?dialog=add', '/bootstrap', '/index.html']) {
      const answer = await browser.get(url, page);
      expect([url, answer.statusCode, answer.headers['cache-control']]).toEqual([url, 200, 'no-cache']);
      expect(answer.body).toContain('<title>Portal</title>');
    }
  });

  it('answers hashed files for ever, compressed as the browser can read them', async () => {
    const browser = await open();
    const get = async (encoding: string) => {
      const { body, headers } = await browser.get('/assets/main-1a2b.js', { 'accept-encoding': encoding });
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['content-type']).toContain('javascript');
      return [body, headers['content-encoding']];
    };
    expect(await get('gzip, br')).toEqual(['brotli', 'br']);
    expect(await get('gzip')).toEqual(['gzip', 'gzip']);
    expect(await get('identity')).toEqual(['plain', undefined]);
  });

  it.each([
    '/assets/gone-9z9z.js',
    '/assets/',
    '/..%2f..%2fetc/passwd',
    '/assets/..%2f..%2fsecret',
    '/%2e%2e/secret',
  ])('does not answer %s with a page or with a file from elsewhere', async (url) => {
    expect((await (await open()).get(url)).statusCode).toBe(404);
  });

  it('answers its own pages to a program that takes anything, and nothing else', async () => {
    const browser = await open();
    const statusOf = async (url: string) => (await browser.get(url, { accept: '*/*' })).statusCode;
    expect(await Promise.all(portalPages.map((page) => statusOf(`/${page}`)))).toEqual(
      portalPages.map(() => 200),
    );
    expect(await statusOf('/e/0190a0b0/devices/locks?x=1')).toBe(200);
    expect(await statusOf('/wp-login.php')).toBe(404);
    expect(await statusOf('/registers')).toBe(404);
    expect(await statusOf('/api/nothing')).toBe(404);
  });

  it.each(['/%ff', '/e/%c0%af/devices', '/%E0%A4%A'])(
    'answers %s, which nobody can read, with its page for what is not there',
    async (url) => {
      const answer = await (await open()).get(url, page);
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
      expect(answer.headers['content-security-policy']).toBeDefined();
    },
  );

  it('leaves an address of the API that nobody can read to the API', async () => {
    const answer = await (await open()).get('/api/%ff', page);
    expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([
      404,
      { error: { code: 'not_found' } },
    ]);
  });

  it('does not answer what is no page', async () => {
    const browser = await open();
    expect((await browser.get('/devices/locks', { accept: 'application/json' })).statusCode).toBe(404);
    expect((await browser.post('/devices/locks', {}, page)).statusCode).toBe(404);
  });

  it('that was not built leaves the API alone', async () => {
    const browser = await open({ portalFolder: join(portalFolder, 'nothing') });
    expect((await browser.get('/', page)).statusCode).toBe(404);
    expect((await browser.get('/api/installation')).statusCode).toBe(200);
  });
});

describe('the health', () => {
  const broken = { health: () => Promise.resolve({ isDatabaseUp: true, isBrokerUp: false }) };

  it('says to the bearer of the token what is wrong, to strangers only that something is', async () => {
    const browser = await open(broken);
    const told = await browser.get('/healthz', bearer);
    expect([told.statusCode, told.json<unknown>()]).toEqual([
      503,
      { status: 'unavailable', isDatabaseUp: true, isBrokerUp: false },
    ]);
    expect((await browser.get('/healthz')).json()).toEqual({ status: 'unavailable' });
  });

  it('is well when everything answers', async () => {
    const answer = await (await open()).get('/healthz');
    expect([answer.statusCode, answer.json<unknown>()]).toMatchObject([200, { status: 'ok' }]);
  });
});

describe('the figures', () => {
  it('are for the bearer of the token, also on this machine, where proxies come from too', async () => {
    const browser = await open();
    expect((await browser.get('/metrics', bearer)).body).toContain('claviger_live_streams 0');
    expect((await browser.get('/metrics')).statusCode).toBe(404);
    const other = { authorization: 'Bearer another token of more than 32 characters' };
    expect((await browser.get('/metrics', other)).statusCode).toBe(404);
  });

  it('count requests by route pattern and name no path', async () => {
    const browser = await open();
    await browser.get('/api/installation');
    await browser.get('/canary/path');
    const { body } = await browser.get('/metrics', bearer);
    expect(body).toContain(
      'claviger_http_requests_total{method="GET",route="/api/installation",status="200"} 1',
    );
    expect(body).not.toContain('canary');
  });
});

describe('the documents', () => {
  it('describe the routes in OpenAPI 3.1, and none of the exceptions', async () => {
    const document = (await (await open()).get('/api/openapi.json')).json<{ paths: object }>();
    const validator = new Validator();
    expect(await validator.validate(document)).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    expect(Object.keys(document.paths)).toEqual([
      '/api/installation',
      '/api/bootstrap',
      '/api/sign-in',
      '/api/sign-in/code',
      '/api/sign-out',
      '/api/session',
      '/api/session/confirm',
      '/api/account/sessions',
      '/api/account/sessions/{sessionId}',
      '/api/account/sessions/end-others',
      '/api/account/password',
      '/api/account/authenticator',
      '/api/account/authenticator/finish',
      '/api/account/authenticator/recovery-codes',
      '/api/account/address',
      '/api/address/finish',
      '/api/sign-in/passkey',
      '/api/sign-in/passkey/finish',
      '/api/session/confirm-by-passkey',
      '/api/account/passkeys',
      '/api/account/passkeys/begin',
      '/api/account/passkeys/{passkeyId}',
      '/api/sign-in/provider',
      '/api/sign-in/provider/finish',
      '/api/session/confirm-by-provider',
      '/api/account/provider',
      '/api/session/confirm-by-provider/finish',
      '/api/account/provider/finish',
      '/api/password-reset',
      '/api/password-reset/finish',
    ]);
  });

  it('are shown on a page that takes everything from here and has no script in it', async () => {
    const browser = await open();
    const answer = await browser.get('/api/docs/', page);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).not.toMatch(/https?:\/\//);
    expect(answer.headers['content-security-policy']).toContain("script-src 'self';");
    const scripts = [...answer.body.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)];
    expect(scripts.map(([, , content]) => content?.trim())).toEqual(['', '']);
    const script = await browser.get('/api/docs/js/scalar.js');
    expect([script.statusCode, script.body.length > 1_000_000]).toEqual([200, true]);
  });

  it.each([
    ['/api/docs/js/scalar.js', 2_000_000],
    ['/api/openapi.json', 20_000],
  ])('%s goes out compressed, as the browser can read it', async (url, limitBytes) => {
    const browser = await open();
    const plain = await browser.get(url, { 'accept-encoding': 'identity, br;q=0' });
    expect([plain.headers['content-encoding'], plain.headers['vary']]).toEqual([
      undefined,
      'accept-encoding',
    ]);
    for (const [accepted, encoding, read] of [
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
    ] as const) {
      const answer = await browser.get(url, { 'accept-encoding': accepted });
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.rawPayload.length).toBeLessThan(Math.min(limitBytes, plain.rawPayload.length / 2));
      expect(read(answer.rawPayload).equals(plain.rawPayload)).toBe(true);
    }
  });

  it('alone are compressed: what an answer of the API holds, its length must not tell', async () => {
    const answer = await (await open()).get('/api/installation', { 'accept-encoding': 'br' });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });
});
