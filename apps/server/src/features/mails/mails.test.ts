import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Key, Mail } from '@claviger/protocol';
import { makeKey, openHome, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { testSecret } from '../../../test/database-server.ts';
import { smtpServer, type MailServer } from '../../platform/mail/index.ts';
import { deriveSecret, Secret } from '../../platform/secrets/index.ts';
import { queueMail, sendMail, type MailParts } from './index.ts';

const site = serverOfThisFile();
let home: TestHome;
let keyId: string;
const started: SMTPServer[] = [];

beforeAll(async () => {
  home = await openHome(site.server);
  keyId = (await makeKey(home, site.server.clock.now())).key.id;
});
afterEach(async () => {
  for (const server of started.splice(0)) {
    await new Promise<void>((resolve) => {
      server.close(resolve);
    });
  }
});

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly content: string;
}

/** A real mail server on a free port, which takes mails or refuses the recipient with a reply. */
async function startSmtp(refusal?: { readonly code: number; readonly text: string }) {
  const received: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      if (!refusal) {
        done();
        return;
      }
      done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        received.push({ from, to, content: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  started.push(server);
  const { port } = server.server.address() as AddressInfo;
  return { received, at: smtpAt(port) };
}

function smtpAt(port: number): MailServer {
  return smtpServer({ url: new Secret(`smtp://127.0.0.1:${String(port)}`), from: 'keys@example.org' });
}

function partsOf(server: MailServer | undefined, mode: 'demo' | 'real' = 'real'): MailParts {
  const sealingKey = deriveSecret(testSecret, 'sealed fields');
  return { mode, server, sealingKey, now: () => site.server.clock.now() };
}

/** Writes a mail as a feature does; returns its identifier. */
async function write(parts: MailParts, picture?: string): Promise<string> {
  const mail = {
    entityId: home.entityId,
    keyId,
    to: 'grace@example.com',
    subject: 'Ihr Schlüssel',
    text: 'Die Tür',
    picture,
  };
  const written = await site.test.database.transact({ kind: 'entity', entityId: home.entityId }, (tx) =>
    queueMail(tx, mail, parts),
  );
  return written.id;
}

async function send(mailId: string, parts: MailParts): Promise<void> {
  await sendMail({ entityId: home.entityId, mailId }, site.test.database, parts);
}

async function row(mailId: string) {
  const [found] = await site.test.asAdmin<{
    sent_at: number | null;
    failure: string | null;
    sealed_text: Buffer | null;
    sealed_picture: Buffer | null;
  }>('select sent_at, failure, sealed_text, sealed_picture from claviger.mails where id = $1', [mailId]);
  return found;
}

async function jobs(): Promise<number> {
  const [found] = await site.test.asAdmin<{ count: number }>(
    `select count(*) as count from graphile_worker.jobs where task_identifier = 'send_mail'`,
  );
  return found?.count ?? -1;
}

describe('a mail', () => {
  it('is handed to the mail server once, and its text is gone then', async () => {
    const { received, at } = await startSmtp();
    const parts = partsOf(at);
    const before = await jobs();
    const mailId = await write(parts);
    expect((await jobs()) - before).toBe(1);

    await send(mailId, parts);
    await send(mailId, parts);

    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ from: 'keys@example.org', to: ['grace@example.com'] });
    expect(received[0]?.content).toContain(`Message-ID: <${mailId}@example.org>`);
    expect(received[0]?.content).toMatch(/Die T=C3=BCr|Die Tür|RGllIFTDvHI/);
    expect(await row(mailId)).toMatchObject({
      sent_at: site.server.clock.now(),
      failure: null,
      sealed_text: null,
    });
  });

  it('carries a picture as an attachment, which is gone from here then', async () => {
    const { received, at } = await startSmtp();
    const parts = partsOf(at);
    const mailId = await write(parts, 'HELLO');

    await send(mailId, parts);

    expect(received[0]?.content).toContain('Content-Type: image/png; name=key-qr.png');
    expect(received[0]?.content).toContain('iVBORw0KGgo');
    expect(await row(mailId)).toMatchObject({ sealed_text: null, sealed_picture: null });
  });

  it('that is refused for now is kept with the words of the mail server, and tried again', async () => {
    const { at } = await startSmtp({ code: 451, text: 'Greylisted, come again' });
    const parts = partsOf(at);
    const mailId = await write(parts);

    await expect(send(mailId, parts)).rejects.toThrow('Greylisted, come again');
    expect((await row(mailId))?.failure).toContain('Greylisted, come again');

    const later = await startSmtp();
    await send(mailId, partsOf(later.at));
    expect(await row(mailId)).toMatchObject({ failure: null, sealed_text: null });
    expect(later.received).toHaveLength(1);
  });

  it('that is refused for good is not tried again', async () => {
    const { at } = await startSmtp({ code: 550, text: 'No such mailbox' });
    const parts = partsOf(at);
    const mailId = await write(parts);

    await send(mailId, parts);

    expect(await row(mailId)).toMatchObject({ sent_at: null, sealed_text: null });
    expect((await row(mailId))?.failure).toContain('No such mailbox');
  });

  it('waits for a mail server that is away', async () => {
    const unused = 1;
    const parts = partsOf(smtpAt(unused));
    const mailId = await write(parts);

    await expect(send(mailId, parts)).rejects.toThrow(/ECONNREFUSED/);

    expect(await row(mailId)).toMatchObject({ sent_at: null });
    expect((await row(mailId))?.sealed_text).not.toBeNull();
  });

  it('of a real installation without a mail server is shown as failed, and is not kept', async () => {
    const mailId = await write(partsOf(undefined));

    expect(await row(mailId)).toMatchObject({
      failure: 'This installation has no mail server.',
      sealed_text: null,
    });
  });
});

describe('the outbox of a demo', () => {
  const outbox = async (): Promise<Mail[]> =>
    (await home.browser.get(`/api/entities/${home.entityId}/mails`)).json<{ items: Mail[] }>().items;

  it('keeps the mail of a Key in its language, with its link and validity, once for one press', async () => {
    const { key, secrets } = await makeKey(home, site.server.clock.now());
    const press = { 'idempotency-key': randomUUID() };
    const url = `/api/entities/${home.entityId}/keys/${key.id}`;
    const body = { email: 'grace@example.com', language: 'de' };

    const answers = [
      await home.browser.post(`${url}/send`, body, press),
      await home.browser.post(`${url}/send`, body, press),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202]);
    const mails = (await outbox()).filter(({ text }) => text.includes(secrets.link));
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toMatch(/^Ihr Schlüssel für /);
    expect(mails[0]?.text).toContain('(Europe/Berlin)');
    expect(mails[0]?.text).not.toContain(secrets.pin);
    expect((await home.browser.get(url)).json<Key>()).toMatchObject({
      email: 'grace@example.com',
      emailedAt: site.server.clock.now(),
    });
  });

  it('has the mail of a Key that was made with an address', async () => {
    const { key, secrets } = await makeKey(home, site.server.clock.now(), { email: 'first@example.com' });

    const mail = (await outbox()).find(({ text }) => text.includes(secrets.link));

    expect(mail).toMatchObject({ to: 'first@example.com' });
    expect(key.emailedAt).toBe(site.server.clock.now());
  });

  it('is not shown to another Entity', async () => {
    const other = await openHome(site.server, { email: 'eve@example.com' });

    const seen = await other.browser.get(`/api/entities/${other.entityId}/mails`);
    const foreign = await other.browser.get(`/api/entities/${home.entityId}/mails`);

    expect(seen.json()).toEqual({ items: [] });
    expect(foreign.statusCode).toBe(404);
  });
});
