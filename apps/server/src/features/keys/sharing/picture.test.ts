import { randomUUID } from 'node:crypto';
import { readQr, type Key, type KeySecrets, type Mail, type ShownKey } from '@claviger/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  askForKey,
  guestKey,
  makeKey,
  openHome,
  tokenOf,
  wallMinuteAt,
  type TestHome,
} from '../../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../../test/test-app.ts';
import { TestBrowser } from '../../../../test/test-http.ts';

const site = serverOfThisFile();
let home: TestHome;
let gate: TestHome;

beforeAll(async () => {
  home = await openHome(site.server);
  gate = await openHome(site.server, { model: 'virtual-gate', email: 'gate@example.com' });
  await sync();
});

const now = (): number => site.server.clock.now();
const urlOf = (key: Pick<Key, 'id'>, at = home): string => `/api/entities/${at.entityId}/keys/${key.id}`;

async function sync(): Promise<void> {
  await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
  await home.box.talk();
}

function share(key: Pick<Key, 'id'>, press: string = randomUUID(), at = home) {
  return at.browser.post(`${urlOf(key, at)}/picture`, {}, { 'idempotency-key': press });
}

async function sharedBy(key: Pick<Key, 'id'>) {
  return (await share(key)).json<{ key: Key; secrets: KeySecrets }>();
}

/** Whether the lock opened for this picture. */
function isOpenedBy(text: string | undefined): boolean {
  for (const clock of [site.server.clock, home.box.boxClock]) clock.advance(10_000);
  home.box.agent.wake();
  const before = home.box.hardware.moves.length;
  home.box.agent.present(1, { reader: 'qr_reader', text: text ?? '' });
  return home.box.hardware.moves.slice(before).some(({ isUnlocked }) => isUnlocked);
}

async function hint(secrets: KeySecrets): Promise<boolean> {
  const visitor = new TestBrowser(site.server.app.portal);
  return (await visitor.post('/api/key-page', { token: tokenOf(secrets) })).json<ShownKey>().hasPicture;
}

describe('a static picture', () => {
  it('is none until somebody shares it, and opens then as often as it is shown', async () => {
    const { key, secrets } = await makeKey(home, now());
    expect([key.picture, secrets.picture, await hint(secrets)]).toEqual([undefined, undefined, false]);

    const shared = await sharedBy(key);
    await sync();

    expect(shared.key.picture).toEqual({ sharedAt: now(), isCurrent: true });
    expect(readQr(shared.secrets.picture ?? '')?.content).toMatchObject({ isStatic: true, issue: 1 });
    expect([isOpenedBy(shared.secrets.picture), isOpenedBy(shared.secrets.picture)]).toEqual([true, true]);
    expect(await hint(secrets)).toBe(true);
    const again = (await home.browser.post(`${urlOf(key)}/secrets`)).json<KeySecrets>();
    expect(again.picture).toBe(shared.secrets.picture);
  });

  it('is shared with the making of the Key where that is asked for', async () => {
    const { key, secrets } = await makeKey(home, now(), { withPicture: true, maxUses: 1 });
    await sync();

    expect(key.picture?.isCurrent).toBe(true);
    expect([isOpenedBy(secrets.picture), isOpenedBy(secrets.picture)]).toEqual([true, false]);
  });

  it('dies at the door with the next one, once for one press', async () => {
    const { key, secrets } = await makeKey(home, now(), { withPicture: true });
    const press = randomUUID();
    const [first, again] = [await share(key, press), await share(key, press)];
    const next = first.json<{ key: Key; secrets: KeySecrets }>();
    expect(next.key.bindings[0]?.enforcement.state).toBe('pending');
    await sync();

    expect(again.json()).toEqual(next);
    expect(readQr(next.secrets.picture ?? '')?.content.issue).toBe(2);
    expect([isOpenedBy(secrets.picture), isOpenedBy(next.secrets.picture)]).toEqual([false, true]);
    expect((await home.browser.get(urlOf(key))).json<Key>()).toMatchObject({
      version: key.version,
      bindings: [{ enforcement: { state: 'enforced' } }],
    });
  });

  it('stays with an extension, and ends with a change that takes something away', async () => {
    const { key, secrets } = await makeKey(home, now(), { withPicture: true });
    const update = async (hours: number, version: number): Promise<Key> => {
      const validFrom = wallMinuteAt(now(), -1);
      const body = { validFrom, validUntil: wallMinuteAt(now(), hours), version };
      const answer = await home.browser.request('PATCH', urlOf(key), body);
      await sync();
      return answer.json<Key>();
    };
    // Begin as it is, so that only the end changes.
    const longer = await update(72, key.version);
    const opened = isOpenedBy(secrets.picture);

    const shorter = await update(24, longer.version);

    expect([longer.picture?.isCurrent, opened]).toEqual([true, true]);
    expect([shorter.picture?.isCurrent, isOpenedBy(secrets.picture)]).toEqual([false, false]);
    expect((await home.browser.post(`${urlOf(key)}/secrets`)).json()).not.toHaveProperty('picture');
  });

  it('has no issue after the last, which neither a picture nor a shorter right may need', async () => {
    const { key, secrets } = await makeKey(home, now(), { withPicture: true });
    await site.test.asAdmin('update claviger.keys set issue = 65535, picture_issue = 65535 where id = $1', [
      key.id,
    ]);
    const [validFrom, validUntil] = [wallMinuteAt(now(), -1), wallMinuteAt(now(), 24)];
    const body = { validFrom, validUntil, version: key.version };

    const answers = [await share(key), await home.browser.request('PATCH', urlOf(key), body)];

    for (const answer of answers) {
      expect(answer.statusCode).toBe(409);
      expect(answer.json()).toMatchObject({ error: { code: 'key_issues_spent' } });
    }
    expect((await home.browser.post(`${urlOf(key)}/secrets`)).json<KeySecrets>().link).toBe(secrets.link);
    expect((await home.browser.request('DELETE', urlOf(key))).json<Key>().status).toBe('revoked');
  });

  it('is refused beside the field where the lock has no QR reader', async () => {
    const made = await askForKey(gate, guestKey(gate, now(), { withPicture: true }));
    const { key } = await makeKey(gate, now());
    const later = await share(key, randomUUID(), gate);

    expect(made.json()).toMatchObject({
      error: { code: 'invalid_input', issues: [{ path: 'body.withPicture', problem: 'no_qr_reader' }] },
    });
    expect(later.json()).toMatchObject({ error: { issues: [{ path: 'body', problem: 'no_qr_reader' }] } });
  });

  it('of a deleted Key is not shared, and another Entity does not find the Key', async () => {
    const { key } = await makeKey(home, now(), { withPicture: true });
    const foreign = await gate.browser.post(`${urlOf(key)}/picture`, {}, { 'idempotency-key': randomUUID() });
    await home.browser.request('DELETE', urlOf(key));

    expect(foreign.statusCode).toBe(404);
    expect((await share(key)).json()).toMatchObject({ error: { code: 'key_ended' } });
    expect((await home.browser.get(urlOf(key))).json<Key>().picture?.isCurrent).toBe(false);
  });

  it('stands in the Audit as shared, and nowhere as text', async () => {
    const { key, secrets } = await makeKey(home, now(), { withPicture: true, email: 'a@example.com' });
    const shared = await sharedBy(key);
    const rows = await site.test.asAdmin<{ operation: string; all: string }>(
      `select operation,
        (select json_agg(a) from claviger.audit_entries a)::text ||
        (select json_agg(k) from claviger.keys k)::text ||
        (select json_agg(m) from claviger.mails m)::text ||
        (select json_agg(i) from claviger.idempotency_keys i)::text as all
        from claviger.audit_entries where object_id = $1 order by sequence`,
      [key.id],
    );

    expect(rows.map(({ operation }) => operation)).toEqual(['key.create', 'key.share_picture']);
    for (const text of [secrets.picture, shared.secrets.picture]) expect(rows[0]?.all).not.toContain(text);
  });
});

describe('Send Email', () => {
  const mailsOf = async ({ link }: KeySecrets): Promise<Mail[]> => {
    const url = `/api/entities/${home.entityId}/mails`;
    const { items } = (await home.browser.get(url)).json<{ items: Mail[] }>();
    return items.filter(({ text }) => text.includes(link));
  };
  const send = (key: Key, withPicture: boolean) =>
    home.browser.post(
      `${urlOf(key)}/send`,
      { email: 'grace@example.com', withPicture },
      { 'idempotency-key': randomUUID() },
    );

  it('carries the picture where that is asked for', async () => {
    const { key, secrets } = await makeKey(home, now(), { withPicture: true, email: 'a@example.com' });
    await send(key, false);
    await send(key, true);

    const [withIt, without, first] = await mailsOf(secrets);

    expect([first?.picture, without?.picture, withIt?.picture]).toEqual([
      secrets.picture,
      undefined,
      secrets.picture,
    ]);
    expect(withIt?.text).toContain('The attached picture');
    expect(without?.text).not.toContain('The attached picture');
  });

  it('is refused beside the field where no picture was shared', async () => {
    const { key, secrets } = await makeKey(home, now());

    const answer = await send(key, true);

    expect(answer.json()).toMatchObject({
      error: { issues: [{ path: 'body.withPicture', problem: 'no_picture_shared' }] },
    });
    expect(await mailsOf(secrets)).toEqual([]);
  });

  it('is refused beside the field where the lock has come to take no picture', async () => {
    const { key, secrets } = await makeKey(home, now(), { withPicture: true });
    const ask = (level: string) =>
      site.test.asAdmin('update claviger.locks set minimum_assurance = $1 where id = $2', [
        level,
        home.lockId,
      ]);
    await ask('medium');
    const answer = await send(key, true);
    await ask('low');

    expect(answer.json()).toMatchObject({
      error: { issues: [{ path: 'body.withPicture', problem: 'assurance_too_low' }] },
    });
    expect(await mailsOf(secrets)).toEqual([]);
  });
});
