import { createHmac, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  qrProofBytes,
  qrStepMs,
  qrText,
  type ActivityPage,
  type Key,
  type KeyCommand,
  type KeyPage,
  type ShownKey,
  type Why,
} from '@claviger/protocol';
import { makeKey, openHome, tokenOf, wallMinuteAt, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { TestBrowser } from '../../../test/test-http.ts';

const site = serverOfThisFile();
let home: TestHome;
let visitor: TestBrowser;

beforeAll(async () => {
  home = await openHome(site.server);
  visitor = new TestBrowser(site.server.app.portal);
  await sync();
});

const now = (): number => site.server.clock.now();

/** What a change has queued is done, and both sides say what they have to say. */
async function sync(): Promise<void> {
  await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
  await home.box.talk();
}

/** Time passes at the door and at the server alike. */
function pass(ms: number): void {
  site.server.clock.advance(ms);
  home.box.boxClock.advance(ms);
  home.box.agent.wake();
}

/** Whether the lock opened while this was done. */
async function isOpenedBy(work: () => unknown): Promise<boolean> {
  pass(10_000);
  const before = home.box.hardware.moves.length;
  await work();
  return home.box.hardware.moves.slice(before).some(({ isUnlocked }) => isUnlocked);
}

function type(pin: string | undefined): void {
  home.box.agent.present(1, { reader: 'keypad', text: pin ?? '' });
}

/** The picture that the page of a Key draws now. */
function pictureOf({ qr }: ShownKey, at: number): string {
  const bytes = (text: string | undefined): Uint8Array =>
    Uint8Array.from(Buffer.from(text ?? '', 'base64url'));
  const body = bytes(qr?.body);
  const step = Math.floor(at / qrStepMs);
  const proof = createHmac('sha256', bytes(qr?.stepSecret))
    .update(qrProofBytes(body, step))
    .digest()
    .subarray(0, 8);
  return qrText(body, bytes(qr?.signature), { step, proof: Uint8Array.from(proof) });
}

async function pageOf(token: string): Promise<ShownKey> {
  return (await visitor.post('/api/key-page', { token })).json<ShownKey>();
}

async function shown({ id }: Key): Promise<Key> {
  return (await home.browser.get(`/api/entities/${home.entityId}/keys/${id}`)).json<Key>();
}

/** The attempts at the lock, newest first. */
async function attempts(): Promise<ActivityPage['items']> {
  const url = `/api/entities/${home.entityId}/activity?advanced=true`;
  const { items } = (await home.browser.get(url)).json<ActivityPage>();
  return items.filter(({ type: kind }) => kind === 'key_accepted' || kind === 'key_refused');
}

async function events(kind: string): Promise<ActivityPage['items']> {
  const url = `/api/entities/${home.entityId}/activity?type=${kind}`;
  return (await home.browser.get(url)).json<ActivityPage>().items;
}

async function why(eventId: string): Promise<Why> {
  return (await home.browser.get(`/api/entities/${home.entityId}/activity/${eventId}/why`)).json<Why>();
}

describe('a guest Key at its door', () => {
  it('opens with link, PIN and QR as often as it should, the last two without a server', async () => {
    const { key, secrets } = await makeKey(home, now(), { maxUses: 3 });
    await sync();
    expect((await shown(key)).bindings[0]?.enforcement.state).toBe('enforced');
    const page = await pageOf(tokenOf(secrets));

    const byLink = await isOpenedBy(async () => {
      await visitor.post(
        '/api/key-page/open',
        { token: tokenOf(secrets), lockId: home.lockId },
        { 'idempotency-key': randomUUID() },
      );
      await home.box.talk();
    });
    home.box.agent.linkDown();
    const byPin = await isOpenedBy(() => {
      type(secrets.pin);
    });
    const byQr = await isOpenedBy(() => {
      home.box.agent.present(1, { reader: 'qr_reader', text: pictureOf(page, now()) });
    });
    const onceMore = await isOpenedBy(() => {
      type(secrets.pin);
    });
    home.box.agent.linkUp();
    await home.box.talk();

    expect([byLink, byPin, byQr, onceMore]).toEqual([true, true, true, false]);
    expect((await shown(key)).bindings[0]?.usesSpent).toBe(3);
    expect((await pageOf(tokenOf(secrets))).locks[0]?.usesLeft).toBe(0);
    const told = (await attempts()).map(({ type: kind, method, person, reason }) => [
      kind,
      method,
      person,
      reason,
    ]);
    expect(told).toEqual([
      ['key_refused', 'pin', 'Grace', 'uses_exhausted'],
      ['key_accepted', 'qr', 'Grace', 'granted'],
      ['key_accepted', 'pin', 'Grace', 'granted'],
      ['key_accepted', 'link', 'Grace', 'granted'],
    ]);
    const unlocked = await events('lock_unlocked');
    expect(unlocked.map(({ method, person, keyId }) => [method, person, keyId])).toEqual([
      ['qr', 'Grace', key.id],
      ['pin', 'Grace', key.id],
      ['link', 'Grace', key.id],
    ]);
  });

  it('is explained at each of its events as the door decided it', async () => {
    const explained = await Promise.all((await attempts()).map(({ id }) => why(id)));

    expect(explained.map(({ answer, differs }) => [answer.decision, answer.reason, differs])).toEqual([
      ['denied', 'uses_exhausted', undefined],
      ['granted', 'granted', undefined],
      ['granted', 'granted', undefined],
      ['granted', 'granted', undefined],
    ]);
    const failed = explained[0]?.answer.checks.filter(({ result }) => result === 'failed');
    expect(failed).toEqual([{ check: 'uses_exhausted', result: 'failed' }]);
  });

  it('is told by its holder’s page why it did not open', async () => {
    const { key, secrets } = await makeKey(home, now(), { validUntil: wallMinuteAt(now(), 1) });
    await sync();
    pass(2 * 3_600_000);
    home.box.agent.linkUp();
    await home.box.talk();

    const command = (
      await visitor.post(
        '/api/key-page/open',
        { token: tokenOf(secrets), lockId: home.lockId },
        { 'idempotency-key': randomUUID() },
      )
    ).json<KeyCommand>();
    await home.box.talk();

    const followed = await visitor.post('/api/key-page/command', {
      token: tokenOf(secrets),
      commandId: command.id,
    });
    expect(followed.json()).toMatchObject({ stage: 'refused', reason: 'expired' });
    expect((await shown(key)).status).toBe('expired');
  });

  it('stops opening when it is shortened or deleted, opens again when it is extended', async () => {
    const { key, secrets } = await makeKey(home, now());
    await sync();
    const url = `/api/entities/${home.entityId}/keys/${key.id}`;
    const open = () =>
      isOpenedBy(() => {
        type(secrets.pin);
      });
    const change = async (from: number, until: number, version: number) => {
      const validFrom = wallMinuteAt(now(), from);
      await home.browser.request('PATCH', url, {
        validFrom,
        validUntil: wallMinuteAt(now(), until),
        version,
      });
      await sync();
    };
    const opened = [await open()];

    await change(5, 9, 1);
    opened.push(await open());
    await change(-1, 9, 2);
    opened.push(await open());
    await home.browser.request('DELETE', url);
    await sync();
    opened.push(await open());
    await home.box.talk();

    expect(opened).toEqual([true, false, true, false]);
    const reasons = (await attempts()).slice(0, 4).map(({ reason }) => reason);
    expect(reasons).toEqual(['revoked', 'granted', 'not_yet_valid', 'granted']);
  });

  it('is asked about before anybody comes: would it open, and when', async () => {
    const { key } = await makeKey(home, now(), { maxUses: 1 });
    const ask = async (query: string) => {
      const url = `/api/entities/${home.entityId}/keys/${key.id}/why?lockId=${home.lockId}&${query}`;
      return home.browser.get(url);
    };

    const answers = [
      await ask('method=pin'),
      await ask('method=card'),
      await ask(`method=link&at=${wallMinuteAt(now(), 72)}`),
      await ask('method=qr'),
    ];

    expect(answers.map((answer) => answer.json<Why>().answer.reason)).toEqual([
      'granted',
      'unknown_credential',
      'expired',
      'granted',
    ]);
    expect((await ask('method=pin&at=2031-03-30T02:30')).json()).toMatchObject({
      error: { issues: [{ path: 'query.at', problem: 'time_is_skipped' }] },
    });
  });
});

describe('Why? at a Key', () => {
  const ask = async ({ id }: Key, query = 'method=pin') =>
    (
      await home.browser.get(`/api/entities/${home.entityId}/keys/${id}/why?lockId=${home.lockId}&${query}`)
    ).json<Why>();

  it('tells what the door has of what is asked for, as the Key shows it', async () => {
    const { key } = await makeKey(home, now());
    const onItsWay = await ask(key);
    await sync();
    const enforced = await ask(key);

    expect(onItsWay.door).toEqual({
      state: 'active',
      enforcement: { state: 'pending', since: key.createdAt, cause: 'sending' },
    });
    expect(enforced.door).toEqual({
      state: 'active',
      enforcement: (await shown(key)).bindings[0]?.enforcement,
    });
    expect(enforced.door?.enforcement.state).toBe('enforced');
    expect([onItsWay, enforced].map(({ answer }) => answer.decision)).toEqual(['granted', 'granted']);
  });

  it('tells since when the door is away, with and without the newest change', async () => {
    const { key } = await makeKey(home, now());
    await sync();
    home.box.agent.linkDown();
    site.server.app.receive(home.box.deviceId, 'state', Uint8Array.of(0));
    await site.server.app.settle();
    const since = now();
    const known = await ask(key);
    pass(60_000);
    await home.browser.request('DELETE', `/api/entities/${home.entityId}/keys/${key.id}`);
    const unknown = await ask(key);
    home.box.agent.linkUp();
    await sync();

    expect(known).toMatchObject({
      answer: { decision: 'granted' },
      door: { state: 'active', enforcement: { state: 'enforced' }, offlineSince: since },
    });
    expect(unknown).toMatchObject({
      answer: { reason: 'revoked' },
      door: { state: 'revoked', enforcement: { state: 'offline', since }, offlineSince: since },
    });
  });

  it('answers for a far instant as a door in contact would, by the offsets of that day', async () => {
    const hours = 24 * 600;
    const { key } = await makeKey(home, now(), { validUntil: wallMinuteAt(now(), hours) });
    const reasonAt = async (days: number) =>
      (await ask(key, `method=pin&at=${wallMinuteAt(now(), 24 * days)}`)).answer.reason;

    expect([await reasonAt(500), await reasonAt(601), await reasonAt(-500)]).toEqual([
      'granted',
      'expired',
      'not_yet_valid',
    ]);
  });
});

describe('Activity of a Key', () => {
  it('is what its credentials did and were refused, by its UUID or the beginning of it', async () => {
    const [one, other] = [await makeKey(home, now(), { maxUses: 1 }), await makeKey(home, now())];
    await sync();
    for (const pin of [one.secrets.pin, other.secrets.pin, one.secrets.pin]) {
      pass(10_000);
      type(pin);
    }
    await home.box.talk();
    const url = `/api/entities/${home.entityId}/activity?advanced=true`;
    const told = async (key: string) =>
      (await home.browser.get(`${url}&key=${key}`)).json<ActivityPage>().items;

    const found = await told(one.key.id);

    expect(found.map(({ type: kind, keyId }) => [kind, keyId])).toEqual([
      ['key_refused', one.key.id],
      ['lock_unlocked', one.key.id],
      ['key_accepted', one.key.id],
    ]);
    expect(await told(one.key.id.slice(0, 30).toUpperCase())).toEqual(expect.arrayContaining(found));
    expect(await told(randomUUID())).toEqual([]);
    expect(await told(one.key.id.replaceAll('-', ''))).toEqual(expect.arrayContaining(found));
    const listed = await home.browser.get(
      `/api/entities/${home.entityId}/keys?key=${one.key.id.replaceAll('-', '').slice(0, 30)}`,
    );
    expect(listed.json<KeyPage>().items.map(({ id }) => id)).toContain(one.key.id);
    for (const page of ['activity', 'keys']) {
      const refused = await home.browser.get(`/api/entities/${home.entityId}/${page}?key=no%20key`);
      expect([refused.statusCode, refused.json()]).toMatchObject([
        400,
        { error: { issues: [{ path: 'query.key', problem: 'uuid_beginning' }] } },
      ]);
    }
    const csv = await home.browser.get(url.replace('activity?', `activity.csv?key=${one.key.id}&`));
    expect(csv.body.trim().split('\r\n')).toHaveLength(1 + found.length);
  });
});

describe('Why? at an event', () => {
  it('is not there for an event that is no attempt, that is none, or that is another Entity’s', async () => {
    const other = await openHome(site.server, { email: 'eve@example.com' });
    const [attempt] = await attempts();
    const url = `/api/entities/${home.entityId}/activity`;
    const { items } = (await home.browser.get(`${url}?advanced=true&type=list_taken`)).json<ActivityPage>();

    const answers = [
      await home.browser.get(`${url}/${items[0]?.id ?? ''}/why`),
      await home.browser.get(`${url}/nothing/why`),
      await other.browser.get(`/api/entities/${other.entityId}/activity/${attempt?.id ?? ''}/why`),
    ];

    expect(items.length).toBeGreaterThan(0);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404]);
  });
});
