import type { Readable } from 'node:stream';
import type { App } from '../../../apps/server/src/app.ts';
import { testOrigin } from '../../../apps/server/test/test-http.ts';

interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly payload?: object;
  readonly headers?: Record<string, string>;
  /** For an answer that goes on: only its beginning is waited for. */
  readonly payloadAsStream?: true;
}

export interface Answered {
  readonly status: number;
  readonly body: string;
}

/** An open live stream. */
export interface Followed {
  readonly status: number;
  text(): string;
  hasEnded(): boolean;
  close(): void;
}

/** What an answer begins with that may go on for ever. */
async function firstOf(stream: Readable): Promise<string> {
  for await (const chunk of stream) return String(chunk);
  return '';
}

/** A browser with the cookies of an actor; takes those that it is given. */
export class Caller {
  readonly #app: App['portal'];
  readonly #cookies: Map<string, string>;

  constructor(app: App['portal'], cookie: string) {
    this.#app = app;
    const pairs =
      cookie === '' ? [] : cookie.split('; ').map((pair) => pair.split('=', 2) as [string, string]);
    this.#cookies = new Map(pairs);
  }

  headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      ...{ host: new URL(testOrigin).host, origin: testOrigin, 'sec-fetch-site': 'same-origin' },
      ...(cookie !== '' && { cookie }),
    };
  }

  async send(options: Call): Promise<Answered> {
    const response = await this.#app.inject({
      ...options,
      headers: { ...this.headers(), ...options.headers },
    });
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0) this.#cookies.delete(name);
      else this.#cookies.set(name, encodeURIComponent(value));
    }
    const body = options.payloadAsStream === true ? await firstOf(response.stream()) : response.body;
    return { status: response.statusCode, body };
  }

  /** Opens a live stream and keeps what comes. */
  async follow(url: string): Promise<Followed> {
    const response = await this.#app.inject({
      method: 'GET',
      url,
      headers: this.headers(),
      payloadAsStream: true,
    });
    const stream = response.stream();
    let heard = '';
    stream.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    stream.on('error', () => undefined);
    return {
      status: response.statusCode,
      text: () => heard,
      hasEnded: () => stream.readableEnded || stream.destroyed,
      close: () => void stream.destroy(),
    };
  }

  /** For what has to be asked before the call that a cell is about. */
  async ask<Answer>(url: string, payload: object = {}): Promise<Answer | undefined> {
    const { status, body } = await this.send({ method: 'POST', url, payload });
    return status < 300 && body !== '' ? (JSON.parse(body) as Answer) : undefined;
  }
}
