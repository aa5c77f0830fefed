import { generateKeyPairSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Refusal } from '@claviger/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  ForgingProvider,
  signedBy,
  signedWithSecret,
  type Forging,
} from '../../../../test/provider/forging-provider.ts';
import { testClient } from '../../../../test/provider/test-provider.ts';
import { createTestDatabase, type TestDatabase } from '../../../../test/test-database.ts';
import { createTestHttp, TestBrowser, type TestHttp } from '../../../../test/test-http.ts';
import { Secret } from '../../../platform/secrets/index.ts';

const email = 'somebody@example.com';

let test: TestDatabase;
let provider: ForgingProvider;
let http: TestHttp;
let browser: TestBrowser;

beforeAll(async () => {
  test = await createTestDatabase();
});

afterAll(async () => {
  await test.drop();
});

beforeEach(async () => {
  provider = await ForgingProvider.start();
  http = await createTestHttp(test, {
    provider: {
      ...{ issuer: provider.issuer, clientId: testClient.id, label: 'Example ID', emailDomains: [] },
      clientSecret: new Secret(testClient.secret),
    },
    invitedEmail: (token) =>
      token === 'invited' ? Promise.resolve(email) : Promise.reject(new Refusal('not_found')),
  });
  browser = new TestBrowser(http.app);
  await test.asAdmin('delete from claviger.rate_limits');
});

afterEach(async () => {
  await http.app.close();
  await provider.stop();
});

function codeOf(answer: { json: () => unknown }): string | undefined {
  return (answer.json() as { error?: { code?: string } }).error?.code;
}

/** Begins, and comes back with a code for which this provider says what it wants. */
async function comeBack(body: object = {}) {
  const begun = await browser.post('/api/sign-in/provider', body);
  const { url } = begun.json<{ url?: string }>();
  if (url === undefined) return begun;
  const { searchParams } = new URL(url);
  provider.nonce = searchParams.get('nonce') ?? '';
  const answer = { state: searchParams.get('state'), code: 'any', iss: provider.issuer };
  return browser.post('/api/sign-in/provider/finish', answer);
}

/** Says something else about somebody. */
const saying = (claims: object) => (honest: Forging) => ({
  ...honest,
  claims: { ...honest.claims, ...claims },
});
const now = (): number => Math.floor(Date.now() / 1000);

describe('an ID token', () => {
  it('that holds is believed: it is somebody whom nobody knows here', async () => {
    expect(codeOf(await comeBack())).toBe('sign_on_unknown');
  });

  it.each<[string, (honest: Forging) => Forging]>([
    ['for another audience', saying({ aud: 'another client' })],
    ['for several that was given to another', saying({ aud: [testClient.id, 'other'], azp: 'other' })],
    ['of another issuer', saying({ iss: 'https://id.example.net' })],
    ['with another nonce', saying({ nonce: 'of another sign-in' })],
    ['without a nonce', saying({ nonce: undefined })],
    ['without a subject', saying({ sub: undefined })],
    ['with an empty subject', saying({ sub: '' })],
    ['that is over', saying({ iat: now() - 7200, exp: now() - 3600 })],
    ['that is not valid yet', saying({ nbf: now() + 3600 })],
    ['without an end', saying({ exp: undefined })],
  ])('%s is not', async (_what, change) => {
    provider.change = change;
    expect(codeOf(await comeBack())).toBe('sign_on_failed');
    expect((await browser.get('/api/session')).json()).toBeNull();
  });

  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const unsigned = (honest: Forging): Forging => ({
    ...honest,
    header: { alg: 'none' },
    signWith: () => '',
  });
  const bySecret =
    (secret: () => string | Buffer) =>
    (honest: Forging): Forging => ({
      ...honest,
      header: { alg: 'HS256' },
      signWith: signedWithSecret(secret()),
    });
  const publicKey = () => provider.keys.publicKey.export({ format: 'pem', type: 'spki' });

  it.each<[string, (honest: Forging) => Forging]>([
    ['with no signature', unsigned],
    ['signed with the secret of the client', bySecret(() => testClient.secret)],
    ['signed with the public key as a secret', bySecret(publicKey)],
    [
      'signed with the key of a stranger',
      (honest) => ({ ...honest, signWith: signedBy(stranger.privateKey) }),
    ],
    [
      'signed with a key that is not published',
      (honest) => ({
        ...honest,
        header: { alg: 'RS256', kid: 'gone' },
        signWith: signedBy(stranger.privateKey),
      }),
    ],
    [
      'that brings the key it is signed with',
      (honest) => ({
        ...honest,
        header: { ...honest.header, jwk: stranger.publicKey.export({ format: 'jwk' }) },
        signWith: signedBy(stranger.privateKey),
      }),
    ],
    ['whose signature was cut off', (honest) => ({ ...honest, signWith: () => '' })],
  ])('%s is not, whatever the provider says it may use', async (_what, change) => {
    provider.metadata = { id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'] };
    expect(codeOf(await comeBack())).toBe('sign_on_unknown');
    provider.change = change;
    expect(codeOf(await comeBack())).toBe('sign_on_failed');
    expect((await browser.get('/api/session')).json()).toBeNull();
  });
});

describe('the address of an invited person', () => {
  const invited = { invitationToken: 'invited' };

  it.each<[string, object]>([
    ['says nothing of', { email_verified: undefined }],
    ['has not verified', { email_verified: false }],
    ['calls verified by a word', { email_verified: 'true' }],
    ['calls verified by a number', { email_verified: 1 }],
    ['gives as a list', { email: [email] }],
    ['gives with another behind it', { email: `${email}\n` }],
  ])('that the provider %s makes no Account', async (_what, claims) => {
    provider.change = saying(claims);
    expect(codeOf(await comeBack(invited))).toBe('sign_on_unknown');
    expect(await test.asAdmin('select from auth.accounts where email = $1', [email])).toEqual([]);
  });
});

describe('an answer of the provider', () => {
  /** Goes on until whoever asked has enough; gives how much that took, and when. */
  function endless(of: string): { readonly ended: Promise<number> } {
    const told = Promise.withResolvers<number>();
    const part = Buffer.alloc(64 * 1024, ' ');
    provider.instead = (path, response: ServerResponse) => {
      if (path !== of) return false;
      let length = 0;
      response.setHeader('content-type', 'application/json');
      response.on('close', () => told.resolve(length));
      const more = (): void => {
        if (response.destroyed) return;
        length += part.length;
        if (response.write(part)) setImmediate(more);
        else response.once('drain', more);
      };
      more();
      return true;
    };
    return { ended: told.promise };
  }

  it.each([
    ['of itself', '/.well-known/openid-configuration', 'sign_on_unavailable'],
    ['of its keys', '/keys', 'sign_on_failed'],
    ['of a code', '/token', 'sign_on_failed'],
  ])('%s that does not end is not read to the end of the memory', async (_what, path, code) => {
    const { ended } = endless(path);
    expect(codeOf(await comeBack())).toBe(code);
    expect(await ended).toBeLessThan(20 * 1024 * 1024);
  });

  it.each([
    ['of itself', '/.well-known/openid-configuration', 'sign_on_unavailable'],
    ['of its keys', '/keys', 'sign_on_failed'],
    ['of a code', '/token', 'sign_on_failed'],
  ])('%s that leads elsewhere is not followed', async (_what, path, code) => {
    provider.instead = (asked, response) => {
      if (asked !== path) return false;
      response.writeHead(307, { location: `${provider.issuer}/inside` }).end();
      return true;
    };
    expect(codeOf(await comeBack())).toBe(code);
    expect(provider.asked).not.toContain('/inside');
  });
});
