/** A real OpenID provider (`oidc-provider`) on this machine, with people who are made up. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type Configuration } from 'oidc-provider';

/** Somebody at the provider, as it tells of them. */
export interface ProvidedPerson {
  readonly subject: string;
  readonly email: string;
  readonly isVerified: boolean;
}

export interface TestProviderOptions {
  readonly redirectUri: string;
  /** Left out, any that is free. */
  readonly port?: number;
  /** Shows who asks to sign in and lets the browser answer; left out, `person` signs in at once. */
  readonly showPage?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export const testClient = { id: 'claviger', secret: 'a secret of the client and of the provider' };

/** Answers every question of the provider: who signs in, or that somebody did not want to. */
export class TestProvider {
  readonly #server: Server;
  readonly #provider: Provider;
  readonly issuer: string;
  /** Who signs in next; undefined cancels. */
  person: ProvidedPerson | undefined;
  readonly #people = new Map<string, ProvidedPerson>();

  private constructor(server: Server, options: TestProviderOptions) {
    this.#server = server;
    this.issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    this.#provider = new Provider(this.issuer, this.#configuration(options));
    const answer = this.#provider.callback();
    const page = options.showPage ?? ((request, response) => this.finish(request, response));
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (request.url?.startsWith('/interaction/') === true) void page(request, response);
      else void answer(request, response);
    });
  }

  static async start(options: TestProviderOptions): Promise<TestProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
    return new TestProvider(server, options);
  }

  /** Signs `person` in, or cancels, and sends the browser on. */
  async finish(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { person } = this;
    if (person) this.#people.set(person.subject, person);
    const result = person
      ? { login: { accountId: person.subject } }
      : { error: 'access_denied', error_description: 'cancelled' };
    await this.#provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #configuration({ redirectUri }: TestProviderOptions): Configuration {
    return {
      clients: [
        {
          client_id: testClient.id,
          client_secret: testClient.secret,
          redirect_uris: [redirectUri],
          token_endpoint_auth_method: 'client_secret_basic',
        },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      cookies: { keys: ['a key of this test'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      findAccount: (_context, subject) => {
        const person = this.#people.get(subject);
        if (!person) return undefined;
        const claims = { sub: subject, email: person.email, email_verified: person.isVerified };
        return { accountId: subject, claims: () => claims };
      },
      // Nobody is asked whether the client may know their address.
      loadExistingGrant: async ({ oidc }) => {
        const { client, session, provider } = oidc;
        if (!client || !session?.accountId) return undefined;
        const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
        grant.addOIDCScope('openid email');
        await grant.save();
        return grant;
      },
    };
  }
}

/** A browser at the provider: keeps its cookies, and follows it to where it leads back. */
export class ProviderBrowser {
  readonly #cookies = new Map<string, string>();

  /** What the provider sends the browser back with. */
  async walk(from: string, backTo: string): Promise<Record<string, string>> {
    let address = from;
    for (let step = 0; step < 12; step += 1) {
      if (address.startsWith(backTo)) return Object.fromEntries(new URL(address).searchParams);
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(address, { redirect: 'manual', headers: { cookie } });
      for (const set of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = set.split(';', 1)[0]?.split('=') ?? [];
        this.#cookies.set(name, value);
      }
      const next = answer.headers.get('location');
      if (next === null) throw new Error(`${String(answer.status)} ${(await answer.text()).slice(0, 500)}`);
      address = new URL(next, address).href;
    }
    throw new Error('the provider leads nowhere');
  }
}
