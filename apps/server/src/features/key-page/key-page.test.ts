import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  areEqual,
  commandMessage,
  openMessage,
  qrKeyTag,
  qrSignedBytes,
  qrText,
  readQr,
  uuidBytes,
  type Key,
  type KeyCommand,
  type ShownKey,
} from '@claviger/protocol';
import { makeKey, openHome, tokenOf, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { testSecret } from '../../../test/database-server.ts';
import { TestBrowser } from '../../../test/test-http.ts';
import { qrIssuerOf } from '../../platform/secrets/index.ts';

const site = serverOfThisFile();
let home: TestHome;
let visitor: TestBrowser;

beforeAll(async () => {
  home = await openHome(site.server);
  visitor = new TestBrowser(site.server.app.portal);
});
beforeEach(async () => {
  site.server.clock.advance(6_000);
  home.box.boxClock.advance(6_000);
  home.box.agent.wake();
  home.box.agent.linkUp();
  await home.box.talk();
});

const now = (): number => site.server.clock.now();
const show = (token: string) => visitor.post('/api/key-page', { token });
const commands = () =>
  site.test.asAdmin<{ id: string; key_id: string | null }>('select * from claviger.commands');

function press(token: string, key: string = randomUUID(), lockId = home.lockId) {
  return visitor.post('/api/key-page/open', { token, lockId }, { 'idempotency-key': key });
}

function keyOf({ id }: Key) {
  return home.browser.get(`/api/entities/${home.entityId}/keys/${id}`);
}

/** Takes it off the wire, so that no door hears of it. */
function sentOpenings() {
  return site.server.bus.sent.splice(0).flatMap(({ message }) => {
    const opened = openMessage(commandMessage, message, () => true);
    return opened.ok ? [opened.body] : [];
  });
}

describe('the page of a Key', () => {
  it('shows door, validity, uses, PIN and QR to whoever has the token, without an Account', async () => {
    const { key, secrets } = await makeKey(home, now(), { maxUses: 3 });

    const shown = (await show(tokenOf(secrets))).json<ShownKey>();

    expect(shown).toMatchObject({ status: 'active', maxUses: 3, pin: secrets.pin });
    expect(shown.zone).toBe('Europe/Berlin');
    expect(shown.locks).toMatchObject([
      {
        id: home.lockId,
        proofs: [
          { proof: 'link', opens: 'alone' },
          { proof: 'pin', opens: 'alone' },
          { proof: 'qr', opens: 'alone' },
        ],
        isOnline: true,
        unlockForMs: 5_000,
        usesLeft: 3,
      },
    ]);
    // Nothing of it is drawn, and a link is handed on.
    for (const unsaid of [key.id, 'Grace']) expect(JSON.stringify(shown)).not.toContain(unsaid);
  });

  it.each([{}, { maxUses: 1 }])(
    'carries a QR of the Entity’s issuer, with a rule unless counted: %j',
    async (more) => {
      const issuer = qrIssuerOf(testSecret, home.entityId);
      const x = Buffer.from(issuer.publicKey).toString('base64url');
      const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
      const { key, secrets } = await makeKey(home, now(), more);
      const { qr } = (await show(tokenOf(secrets))).json<{ qr: NonNullable<ShownKey['qr']> }>();
      const body = Uint8Array.from(Buffer.from(qr.body, 'base64url'));
      const signature = Uint8Array.from(Buffer.from(qr.signature, 'base64url'));

      const read = readQr(qrText(body, signature, { step: 1, proof: new Uint8Array(8) }));

      expect(verify(null, qrSignedBytes(body), publicKey, signature)).toBe(true);
      expect(read?.content).toMatchObject({ keyType: 'guest', issue: 1, isStatic: false });
      expect([...(read?.content.keyTag ?? [])]).toEqual([...qrKeyTag(key.id)]);
      expect([...(read?.issuerKeyId ?? [])]).toEqual([...issuer.keyId]);
      expect(read?.content.rule !== undefined).toBe(!('maxUses' in more));
      expect(qr.stepSecret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    },
  );

  it('changes nothing, however often a mail scanner looks', async () => {
    const { key, secrets } = await makeKey(home, now());
    const before = [(await keyOf(key)).json<Key>(), await commands()];
    sentOpenings();

    for (let look = 0; look < 5; look += 1) await show(tokenOf(secrets));
    await visitor.get('/api/key-page');
    await visitor.get('/api/key-page/open');

    expect([(await keyOf(key)).json<Key>(), await commands()]).toEqual(before);
    expect(sentOpenings()).toEqual([]);
  });

  it('says of a deleted Key that it is over, and nothing of who had it or where', async () => {
    const { key, secrets } = await makeKey(home, now());
    const token = tokenOf(secrets);
    const opened = (await press(token)).json<KeyCommand>();
    await home.browser.request('DELETE', `/api/entities/${home.entityId}/keys/${key.id}`);

    const answers = [await show(token), await press(token)];

    expect(answers.map((answer) => answer.json<{ error: { code: string } }>().error.code)).toEqual([
      'key_ended',
      'key_ended',
    ]);
    const followed = await visitor.post('/api/key-page/command', { token, commandId: opened.id });
    const told = [...answers, followed].map(({ body }) => body).join();
    for (const secret of ['Grace', 'Home', 'Europe/Berlin', secrets.pin]) expect(told).not.toContain(secret);
  });

  it('shows neither PIN nor QR of a Key that has expired, and says what became of it', async () => {
    const { key, secrets } = await makeKey(home, now());
    await site.test.asAdmin('update claviger.keys set valid_from = null, valid_until = $1 where id = $2', [
      new Date(now() - 1),
      key.id,
    ]);

    const shown = (await show(tokenOf(secrets))).json<ShownKey>();

    expect(shown.status).toBe('expired');
    for (const field of ['pin', 'qr']) expect(shown).not.toHaveProperty(field);
  });

  it('shows neither PIN nor QR where another Key is needed, for nobody knows the uses of this', async () => {
    const { key, secrets } = await makeKey(home, now(), { maxUses: 3 });
    await site.test.asAdmin(
      'update claviger.bindings set counter_lost_at = $1, is_count_unsure = true where key_id = $2',
      [new Date(now()), key.id],
    );

    const shown = (await show(tokenOf(secrets))).json<ShownKey>();

    expect(shown).toMatchObject({ status: 'active', locks: [{ waiting: { for: 'another_key' } }] });
    for (const field of ['pin', 'qr']) expect(shown).not.toHaveProperty(field);
    expect(shown.locks[0]).not.toHaveProperty('usesLeft');
  });

  it('answers a token that nobody has like any other, and slows down whoever tries', async () => {
    const unknown = 'A'.repeat(22);
    const answers = [await show(unknown), await press(unknown)];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404]);
    expect(new Set(answers.map((answer) => answer.json<{ error: { code: string } }>().error.code)).size).toBe(
      1,
    );

    const tries = await Promise.all(
      Array.from({ length: 70 }, (_, index) => show(`B${String(index).padStart(21, '0')}`)),
    );
    const limited = tries.filter(({ statusCode }) => statusCode === 429);
    expect(limited.length).toBeGreaterThan(5);
    expect(limited[0]?.json<{ error: { retryAfterS: number } }>().error.retryAfterS).toBeGreaterThan(0);
  });

  it('answers a right token where a neighbour’s wrong ones are limited, at every call', async () => {
    const { secrets } = await makeKey(home, now());
    const token = tokenOf(secrets);
    const wrong = Array.from({ length: 70 }, (_, index) => show(`C${String(index).padStart(21, '0')}`));
    const tries = await Promise.all(wrong);
    // Sent at once, they are counted in no order.
    expect(tries.filter(({ statusCode }) => statusCode === 429).length).toBeGreaterThan(5);

    const [shown, opened] = [await show(token), await press(token)];
    const commandId = opened.json<KeyCommand>().id;
    const followed = await visitor.post('/api/key-page/command', { token, commandId });
    home.box.agent.linkDown();
    site.server.app.receive(home.box.deviceId, 'state', Uint8Array.of(0));
    await site.server.app.settle();
    const offline = await press(token);

    expect([shown.statusCode, opened.statusCode, followed.statusCode]).toEqual([200, 202, 200]);
    expect(offline.json()).toMatchObject({ error: { code: 'lock_offline' } });
  });

  it('counts no press on a page that was left open of a deleted Key as a wrong token', async () => {
    const { key, secrets } = await makeKey(home, now());
    await home.browser.request('DELETE', `/api/entities/${home.entityId}/keys/${key.id}`);
    await Promise.all(Array.from({ length: 70 }, (_, index) => show(`D${String(index).padStart(21, '0')}`)));
    const wrong = await press('D'.repeat(22));

    const pressed = await press(tokenOf(secrets));

    expect(wrong.statusCode).toBe(429);
    expect(pressed.json()).toMatchObject({ error: { code: 'key_ended' } });
  });

  it('sets no cookie and needs none', async () => {
    const { secrets } = await makeKey(home, now());

    const answer = await show(tokenOf(secrets));

    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
  });
});

describe('Open on the page of a Key', () => {
  it('presents the Key at the lock, once for one press', async () => {
    const { key, secrets } = await makeKey(home, now());
    const token = tokenOf(secrets);
    sentOpenings();
    const press1 = randomUUID();

    const [first, again] = [await press(token, press1), await press(token, press1)];

    expect([first.statusCode, again.statusCode]).toEqual([202, 202]);
    expect(again.json<KeyCommand>().id).toBe(first.json<KeyCommand>().id);
    const openings = sentOpenings();
    expect(openings).toHaveLength(1);
    expect(areEqual(openings[0]?.key ?? new Uint8Array(), uuidBytes(key.id))).toBe(true);
    const followed = await visitor.post('/api/key-page/command', {
      token,
      commandId: first.json<KeyCommand>().id,
    });
    expect(followed.json()).toMatchObject({ stage: 'sent', lockId: home.lockId });
  });

  it('is one opening for a press that comes five times at once', async () => {
    const { secrets } = await makeKey(home, now());
    const sameKey = randomUUID();

    const answers = await Promise.all(Array.from({ length: 5 }, () => press(tokenOf(secrets), sameKey)));

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202, 202, 202]);
    expect(new Set(answers.map((answer) => answer.json<KeyCommand>().id)).size).toBe(1);
  });

  it('is not held up by the cooldown of commands, nor holds one up', async () => {
    const { secrets } = await makeKey(home, now());
    const command = () =>
      home.browser.post(
        `/api/entities/${home.entityId}/locks/${home.lockId}/open`,
        {},
        { 'idempotency-key': randomUUID() },
      );

    const answers = [
      await command(),
      await press(tokenOf(secrets)),
      await press(tokenOf(secrets)),
      await command(),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202, 202, 429]);
  });

  it('says at once that the door is offline, and knows no other lock or Key’s command', async () => {
    const other = await openHome(site.server, { email: 'eve@example.com' });
    const [mine, theirs] = [await makeKey(home, now()), await makeKey(other, now())];
    const opened = (await press(tokenOf(mine.secrets))).json<KeyCommand>();

    const strange = await press(tokenOf(mine.secrets), randomUUID(), other.lockId);
    const spied = await visitor.post('/api/key-page/command', {
      token: tokenOf(theirs.secrets),
      commandId: opened.id,
    });
    home.box.agent.linkDown();
    site.server.app.receive(home.box.deviceId, 'state', Uint8Array.of(0));
    await site.server.app.settle();
    const offline = await press(tokenOf(mine.secrets));

    expect([strange.statusCode, spied.statusCode]).toEqual([404, 404]);
    expect(offline.json()).toMatchObject({ error: { code: 'lock_offline' } });
  });

  it('takes a use as soon as the door took it, before its event has come, and once', async () => {
    const { key, secrets } = await makeKey(home, now(), { maxUses: 3 });
    await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
    await home.box.talk();
    const token = tokenOf(secrets);
    const usesShown = async () => (await show(token)).json<ShownKey>().locks[0]?.usesLeft;
    const opened = (await press(token)).json<KeyCommand>();
    const follow = () => visitor.post('/api/key-page/command', { token, commandId: opened.id });
    expect([opened.uses, await usesShown()]).toEqual([{ left: 3, max: 3 }, 3]);

    await home.box.talk();
    const withEvent = (await follow()).json<KeyCommand>();
    const uses = [withEvent.uses?.left, await usesShown()];
    // As it is while the acknowledgement has come and the event has not.
    await site.test.asAdmin('delete from claviger.activity_events where command_id = $1', [opened.id]);
    await site.test.asAdmin('update claviger.bindings set uses_spent = 0 where key_id = $1', [key.id]);
    uses.push((await follow()).json<KeyCommand>().uses?.left, await usesShown());

    expect(withEvent.stages.map(({ stage }) => stage)).toContain('accepted');
    expect(uses).toEqual([2, 2, 2, 2]);
  });

  it('takes a use once where its event is lost and the door has said how many there were', async () => {
    const { key, secrets } = await makeKey(home, now(), { maxUses: 3 });
    await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
    await home.box.talk();
    const token = tokenOf(secrets);
    const opened = (await press(token)).json<KeyCommand>();
    await home.box.talk();
    await site.test.asAdmin('delete from claviger.activity_events where command_id = $1', [opened.id]);
    await site.test.asAdmin(
      'update claviger.bindings set uses_spent = 0, is_count_unsure = true where key_id = $1',
      [key.id],
    );
    await site.test.asAdmin('update claviger.lock_lists set uses_owed = true where lock_id = $1', [
      home.lockId,
    ]);
    const usesShown = async () => (await show(token)).json<ShownKey>().locks[0]?.usesLeft;
    const before = await usesShown();
    for (let turn = 0; turn < 3; turn += 1) {
      site.server.clock.advance(30_000);
      home.box.boxClock.advance(30_000);
      home.box.agent.wake();
      await home.box.talk();
    }

    expect([before, await usesShown()]).toEqual([2, 2]);
    expect((await keyOf(key)).json<Key>().bindings[0]?.usesSpent).toBe(1);
  });

  it('needs an Idempotency-Key', async () => {
    const { secrets } = await makeKey(home, now());

    const answer = await visitor.post('/api/key-page/open', { token: tokenOf(secrets), lockId: home.lockId });

    expect(answer.json()).toMatchObject({ error: { code: 'idempotency_key_missing' } });
  });
});
