import { randomUUID } from 'node:crypto';
import type { ActivityPage, Key, KeySecrets, Why } from '@claviger/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { editLock, makeKey, openHome, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';

const site = serverOfThisFile();
let home: TestHome;

beforeAll(async () => {
  home = await openHome(site.server);
  await edit({ takesCardNumbers: true });
});

const now = (): number => site.server.clock.now();

async function sync(): Promise<void> {
  await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
  await home.box.talk();
}

async function edit(change: object): Promise<void> {
  await editLock(home, change);
  await sync();
}

function pass(ms: number): void {
  for (const clock of [site.server.clock, home.box.boxClock]) clock.advance(ms);
  home.box.agent.wake();
}

type Shown = readonly [reader: 'keypad' | 'card_reader' | 'qr_reader', text: string | undefined];

/** Shows these one after another, as long as the door waits for a second factor, and tells the server. */
async function show(...shown: readonly Shown[]): Promise<void> {
  for (const [reader, text = ''] of shown) {
    pass(1_000);
    home.box.agent.present(1, { reader, text });
  }
  pass(10_000);
  await home.box.talk();
}

/** The newest attempt, and what Why? says of it. */
async function explained() {
  const url = `/api/entities/${home.entityId}/activity`;
  const { items } = (await home.browser.get(`${url}?advanced=true`)).json<ActivityPage>();
  const event = items.find(({ type }) => type === 'key_accepted' || type === 'key_refused');
  if (!event) throw new Error('nobody has tried the lock');
  const why = (await home.browser.get(`${url}/${event.id}/why`)).json<Why>();
  return { event, why };
}

/** A Key with all that it can be shown by, at a lock that takes it. */
async function fullKey(card: string): Promise<{ readonly key: Key; readonly secrets: KeySecrets }> {
  await edit({ minimumAssurance: 'low' });
  const made = await makeKey(home, now(), { withPicture: true, card });
  await sync();
  return made;
}

describe('Why? at an event', () => {
  it('knows a static picture from one that moves', async () => {
    const { secrets } = await fullKey('045E2A01');
    await show(['qr_reader', secrets.picture]);
    const opened = await explained();
    await edit({ minimumAssurance: 'medium' });
    await show(['qr_reader', secrets.picture]);
    const refused = await explained();

    expect(opened.event).toMatchObject({ type: 'key_accepted', method: 'qr', isStatic: true });
    expect(opened.why).toMatchObject({ answer: { reason: 'granted' } });
    expect(refused.event).toMatchObject({ reason: 'assurance_too_low', isStatic: true });
    expect(refused.why.answer.reason).toBe('assurance_too_low');
    expect([opened.why.differs, refused.why.differs]).toEqual([undefined, undefined]);
  });

  it('counts the second factor, whichever it was, and none that was wrong', async () => {
    const { key, secrets } = await fullKey('045E2A02');
    const url = `/api/entities/${home.entityId}/keys/${key.id}/picture`;
    const shared = await home.browser.post(url, {}, { 'idempotency-key': randomUUID() });
    const newPicture = shared.json<{ secrets: KeySecrets }>().secrets.picture;
    await edit({ minimumAssurance: 'medium' });
    await show(['keypad', secrets.pin], ['card_reader', '045E2A02']);
    const byCard = await explained();
    await show(['card_reader', '045E2A02'], ['qr_reader', newPicture]);
    const byPicture = await explained();
    // The first picture is still its holder's, and proves nothing any more.
    await show(['keypad', secrets.pin], ['qr_reader', secrets.picture]);
    const byWrong = await explained();

    expect(byCard.event).toMatchObject({ type: 'key_accepted', method: 'pin', second: 'card' });
    expect(byPicture.event).toMatchObject({ method: 'card', second: 'qr', isStatic: true });
    expect(byWrong.event).toMatchObject({ type: 'key_refused', method: 'pin' });
    expect(byWrong.event).not.toHaveProperty('second');
    expect([byCard, byPicture, byWrong].map(({ why }) => [why.answer.reason, why.differs])).toEqual([
      ['granted', undefined],
      ['granted', undefined],
      ['assurance_too_low', undefined],
    ]);
  });

  it('says what is suspended where a lock takes bare card numbers no more, as the event does', async () => {
    await fullKey('045E2A05');
    await edit({ takesCardNumbers: false });
    await show(['card_reader', '045E2A05']);
    const { event, why } = await explained();
    await edit({ takesCardNumbers: true });

    expect(event).toMatchObject({ reason: 'holder_suspended', detail: 'suspended_credential' });
    expect(why).toMatchObject({ answer: { reason: 'holder_suspended' }, suspended: 'credential' });
  });

  it('says of a Key that the door took by the rule of its QR that it did', async () => {
    await edit({ minimumAssurance: 'low' });
    home.box.agent.linkDown();
    pass(60_000);
    const { key, secrets } = await makeKey(home, now(), { withPicture: true });
    await show(['qr_reader', secrets.picture]);
    home.box.agent.linkUp();
    await sync();

    const { event, why } = await explained();

    expect(event).toMatchObject({ type: 'key_accepted', keyId: key.id });
    expect(why).toEqual({
      uncertaintyMs: event.uncertaintyMs,
      answer: {
        attempt: 0,
        lock: home.lockId,
        at: new Date(event.at).toISOString(),
        decision: 'granted',
        reason: 'granted',
        key: key.id,
        checks: [],
        silentAlarm: false,
      },
      isByRuleOfQr: true,
    });
  });
});

describe('Why? at a Key', () => {
  const ask = async ({ id }: Key, query: string): Promise<string> => {
    const url = `/api/entities/${home.entityId}/keys/${id}/why?lockId=${home.lockId}&${query}`;
    return (await home.browser.get(url)).json<Why>().answer.reason;
  };

  it('asks about the static picture apart from the QR that moves', async () => {
    const { key } = await fullKey('045E2A03');
    const atLow = await ask(key, 'method=qr&isStatic=true');
    await edit({ minimumAssurance: 'medium' });
    const atMedium = [await ask(key, 'method=qr&isStatic=true'), await ask(key, 'method=qr')];

    expect([atLow, ...atMedium]).toEqual(['granted', 'assurance_too_low', 'granted']);
  });

  it('says of a picture that was never shared that there is none', async () => {
    await edit({ minimumAssurance: 'low' });
    const { key } = await makeKey(home, now());
    const url = `/api/entities/${home.entityId}/keys/${key.id}/why?lockId=${home.lockId}`;
    const refused = await home.browser.get(`${url}&method=qr&isStatic=true`);

    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({
      error: { issues: [{ path: 'query.isStatic', problem: 'no_picture_shared' }] },
    });
    expect(await ask(key, 'method=pin&isStatic=true')).toBe('granted');
  });

  it('knows that the picture which was shared has ended', async () => {
    const { key } = await fullKey('045E2A04');
    await site.test.asAdmin('update claviger.keys set issue = 2 where id = $1', [key.id]);

    expect(await ask(key, 'method=qr&isStatic=true')).toBe('revoked');
    expect(await ask(key, 'method=qr')).toBe('granted');
  });

  it('knows the time of a day in summer, and does not read what other Keys are known by', async () => {
    await edit({ minimumAssurance: 'low' });
    const { key } = await makeKey(home, now(), { validUntil: '2028-07-01T12:00' });
    const { key: other } = await makeKey(home, now());
    await site.test.asAdmin('update claviger.credentials set sealed_digest = $1 where key_id = $2', [
      Buffer.alloc(60),
      other.id,
    ]);

    expect(await ask(key, 'method=pin&at=2028-07-01T11:59')).toBe('granted');
    expect(await ask(key, 'method=pin&at=2028-07-01T12:00')).toBe('expired');
  });
});
