/** A provider that says whatever a test wants, with whatever signature. */
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testClient } from './test-provider.ts';

type Claims = Readonly<Record<string, unknown>>;

/** An ID token in its making: what is signed, with which words about it, and how. */
export interface Forging {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Claims;
  readonly signWith: (text: string) => string;
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs as honest providers do. */
export function signedBy(key: KeyObject): Forging['signWith'] {
  return (text) => sign('sha256', Buffer.from(text), key).toString('base64url');
}

/** Signs with a secret that both sides know. */
export function signedWithSecret(secret: string | Buffer): Forging['signWith'] {
  return (text) => createHmac('sha256', secret).update(text).digest('base64url');
}

export class ForgingProvider {
  readonly #server: Server;
  readonly issuer: string;
  readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  /** What it says of itself beside what is true. */
  metadata: Claims = {};
  /** What it tells of somebody beside what is true. */
  change: (honest: Forging) => Forging = (honest) => honest;
  /** Answers in place of everything else, where it is set. */
  instead: ((path: string, response: ServerResponse) => boolean) | undefined;
  /** The paths that it was asked for. */
  readonly asked: string[] = [];
  nonce = '';

  private constructor(server: Server) {
    this.#server = server;
    this.issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const path = new URL(request.url ?? '/', this.issuer).pathname;
      this.asked.push(path);
      if (this.instead?.(path, response) === true) return;
      response.setHeader('content-type', 'application/json').end(JSON.stringify(this.#answer(path)));
    });
  }

  static async start(): Promise<ForgingProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ForgingProvider(server);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(path: string): object {
    const { issuer } = this;
    if (path === '/token') return { access_token: 'any', token_type: 'Bearer', id_token: this.#idToken() };
    if (path === '/keys')
      return { keys: [{ ...this.keys.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }] };
    return {
      ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
      ...{ jwks_uri: `${issuer}/keys`, ...this.metadata },
    };
  }

  #idToken(): string {
    const now = Math.floor(Date.now() / 1000);
    const { header, claims, signWith } = this.change({
      header: { alg: 'RS256', kid: 'one' },
      claims: {
        ...{ iss: this.issuer, sub: 'somebody', aud: testClient.id, nonce: this.nonce },
        ...{ iat: now, exp: now + 60, email: 'somebody@example.com', email_verified: true },
      },
      signWith: signedBy(this.keys.privateKey),
    });
    const text = `${encoded(header)}.${encoded(claims)}`;
    return `${text}.${signWith(text)}`;
  }
}
