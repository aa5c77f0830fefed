import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { SMTPServer } from 'smtp-server';
import { testClient, TestProvider } from '../apps/server/test/provider/test-provider.ts';
import { originOfNewDemo, test, type Surroundings } from './demo-fixture.ts';

/** A mail that the installation sent, as it came over the wire. */
export interface ReceivedMail {
  readonly to: string;
  readonly subject: string;
  readonly content: string;
}

/** A mail server on this machine, which keeps what it is given. */
export class MailBox {
  readonly received: ReceivedMail[] = [];
  readonly #server: SMTPServer;

  constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const content = Buffer.concat(chunks).toString().replaceAll('=\r\n', '').replaceAll('=3D', '=');
          const to = envelope.rcptTo.map(({ address }) => address).join();
          this.received.push({ to, subject: /^Subject: (.*)$/m.exec(content)?.[1]?.trim() ?? '', content });
          done();
        });
      },
    });
  }

  async open(): Promise<Surroundings> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server.server, 'listening');
    const { port } = this.#server.server.address() as AddressInfo;
    return { CLAVIGER_SMTP_URL: `smtp://127.0.0.1:${port}`, CLAVIGER_MAIL_FROM: 'keys@example.org' };
  }

  /** Waits for a mail to this address that says so. */
  async mailTo(to: string, saying: RegExp): Promise<string> {
    const find = () => this.received.findLast((mail) => mail.to === to && saying.test(mail.content));
    await expect.poll(() => find() !== undefined, { timeout: 20_000 }).toBe(true);
    return find()?.content ?? '';
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** The first link to this page in a mail. */
export function linkIn(content: string, page: string): string {
  return new RegExp(`https?://\\S+/${page}#[\\w-]+`).exec(content)?.[0] ?? '';
}

const questionPage = (who: string): string => `<!doctype html><html lang="en"><title>Example ID</title>
<main><h1>Example ID</h1><form method="post">
<button name="answer" value="yes">Continue as ${who}</button>
<button name="answer" value="no">Cancel</button></form></main></html>`;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** A provider whose page asks who is there; the person presses a button. */
async function openProvider(
  origin: string,
): Promise<{ readonly provider: TestProvider; readonly surroundings: Surroundings }> {
  const showPage = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { person } = provider;
    if (request.method === 'GET') {
      response.setHeader('content-type', 'text/html').end(questionPage(person?.email ?? 'nobody'));
      return;
    }
    if ((await bodyOf(request)).includes('answer=no')) provider.person = undefined;
    await provider.finish(request, response);
    provider.person = person;
  };
  const provider = await TestProvider.start({ redirectUri: `${origin}/sign-on`, showPage });
  return {
    provider,
    surroundings: {
      CLAVIGER_OIDC_ISSUER: provider.issuer,
      CLAVIGER_OIDC_CLIENT_ID: testClient.id,
      CLAVIGER_OIDC_CLIENT_SECRET: testClient.secret,
      CLAVIGER_OIDC_LABEL: 'Example ID',
    },
  };
}

/** A story beside a mail server. */
export const mailTest = test.extend<{ box: MailBox }>({
  box: async ({}, use) => {
    const box = new MailBox();
    await use(box);
    await box.close();
  },
  surroundings: async ({ box }, use) => use(await box.open()),
});

/** A story beside a mail server and a provider. */
export const signOnTest = mailTest.extend<{ beside: Awaited<ReturnType<typeof openProvider>> }>({
  beside: async ({}, use, info) => {
    const opened = await openProvider(originOfNewDemo(info.parallelIndex));
    await use(opened);
    await opened.provider.stop();
  },
  surroundings: async ({ box, beside }, use) => {
    await use({ ...(await box.open()), ...beside.surroundings });
  },
});
