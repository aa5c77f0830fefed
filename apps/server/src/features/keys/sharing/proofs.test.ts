import { randomUUID } from 'node:crypto';
import type { Key, KeySecrets, Mail, ShownKey } from '@claviger/protocol';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  askForKey,
  editLock,
  guestKey,
  makeKey,
  openHome,
  tokenOf,
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
});
beforeEach(async () => {
  await editLock(home, { minimumAssurance: 'low', takesCardNumbers: true });
  await editLock(gate, { minimumAssurance: 'low', takesCardNumbers: true });
});

const now = (): number => site.server.clock.now();
const urlOf = (at: TestHome, { id }: Pick<Key, 'id'>): string => `/api/entities/${at.entityId}/keys/${id}`;

async function page(secrets: KeySecrets): Promise<ShownKey> {
  const visitor = new TestBrowser(site.server.app.portal);
  return (await visitor.post('/api/key-page', { token: tokenOf(secrets) })).json<ShownKey>();
}

async function keyOf(at: TestHome, key: Key): Promise<Key> {
  return (await at.browser.get(urlOf(at, key))).json<Key>();
}

async function secretsOf(at: TestHome, key: Key): Promise<KeySecrets> {
  return (await at.browser.post(`${urlOf(at, key)}/secrets`)).json<KeySecrets>();
}

function send(at: TestHome, key: Key) {
  const body = { email: 'grace@example.org' };
  return at.browser.post(`${urlOf(at, key)}/send`, body, { 'idempotency-key': randomUUID() });
}

async function newestMail(at: TestHome): Promise<string> {
  const mails = await at.browser.get(`/api/entities/${at.entityId}/mails`);
  return mails.json<{ items: Mail[] }>().items[0]?.text ?? '';
}

/** Each proof with what it does, `pin alone`. */
function told(uses: readonly { readonly proof: string; readonly opens: string }[] = []): string[] {
  return uses.map(({ proof, opens }) => `${proof} ${opens}`);
}

function sync(at: TestHome) {
  return site.server.runJob('compile_list', { entityId: at.entityId, lockId: at.lockId });
}

describe('at a lock that asks for more', () => {
  it('a new Key promises the QR alone, to its maker, on its page and in its mail', async () => {
    await editLock(home, { minimumAssurance: 'medium' });

    const { key, secrets } = await makeKey(home, now(), { email: 'grace@example.org' });
    const shown = await page(secrets);

    const uses = ['link never', 'pin never', 'qr alone'];
    expect([told(key.bindings[0]?.proofs), told(shown.locks[0]?.proofs)]).toEqual([uses, uses]);
    expect([secrets.pin, shown.pin]).toEqual([undefined, undefined]);
    expect(shown.qr).toBeDefined();
    expect(await newestMail(home)).toContain('This page shows the QR code that opens the door');
  });

  it('QR and PIN are handed on where they open together', async () => {
    await editLock(home, { minimumAssurance: 'high' });

    const { secrets } = await makeKey(home, now(), { email: 'grace@example.org' });
    const shown = await page(secrets);

    expect(shown.locks[0]?.proofs).toEqual([
      { proof: 'link', opens: 'never', obstacle: 'assurance_too_low' },
      { proof: 'pin', opens: 'together', with: ['qr'] },
      { proof: 'qr', opens: 'together', with: ['pin'] },
    ]);
    expect(shown.pin).toBe(secrets.pin);
    expect(await newestMail(home)).toContain('The door opens for both together');
  });

  it('what it came to refuse is told as such, and comes back with it', async () => {
    const more = { card: '045E2AC271', withPicture: true };
    const { key, secrets } = await makeKey(home, now(), more);

    await editLock(home, { minimumAssurance: 'medium', takesCardNumbers: false });
    const [refused, shown] = [await keyOf(home, key), await page(secrets)];
    const handed = await secretsOf(home, key);
    await editLock(home, { minimumAssurance: 'low', takesCardNumbers: true });

    expect(refused.card?.ending).toBe('C271');
    expect(refused.bindings[0]?.proofs.find(({ proof }) => proof === 'card')).toEqual({
      proof: 'card',
      opens: 'never',
      obstacle: 'card_numbers_not_taken',
    });
    // PIN and picture are two factors.
    expect(told(shown.locks[0]?.proofs)).toEqual([
      'link never',
      'pin together',
      'qr alone',
      'picture together',
      'card never',
    ]);
    expect(handed).toMatchObject({ pin: secrets.pin, picture: secrets.picture });
    expect(told((await page(secrets)).locks[0]?.proofs)).toEqual(
      ['link', 'pin', 'qr', 'picture', 'card'].map((proof) => `${proof} alone`),
    );
  });
});

describe('where nothing of a Key would open', () => {
  it('none is made, with the reason beside the lock', async () => {
    await editLock(gate, { minimumAssurance: 'medium' });

    const answer = await askForKey(gate, guestKey(gate, now()));

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      error: { code: 'invalid_input', issues: [{ path: 'body.lockId', problem: 'nothing_opens' }] },
    });
  });

  it('one that is there is mailed to nobody, and its page shows no PIN', async () => {
    const { key, secrets } = await makeKey(gate, now());
    await editLock(gate, { minimumAssurance: 'medium' });

    const sent = await send(gate, key);
    const shown = await page(secrets);

    expect(sent.json()).toMatchObject({ error: { issues: [{ path: 'body', problem: 'nothing_opens' }] } });
    expect(told(shown.locks[0]?.proofs)).toEqual(['link never', 'pin never', 'qr never']);
    expect([shown.pin, shown.qr]).toEqual([undefined, undefined]);
  });
});

describe('the page of a Key tells what its door has not got yet', () => {
  const waitingOf = async (secrets: KeySecrets) => (await page(secrets)).locks[0]?.waiting;

  it('the Key, until the door has confirmed it; its QR opens before where the door has a list', async () => {
    await sync(home);
    await home.box.talk();
    site.server.clock.advance(1_000);
    const [plain, counted] = [await makeKey(home, now()), await makeKey(home, now(), { maxUses: 1 })];
    const at = now();
    const before = [await waitingOf(plain.secrets), await waitingOf(counted.secrets)];

    await sync(home);
    await home.box.talk();

    expect(before).toEqual([
      { for: 'key', since: at, takesQr: true },
      { for: 'key', since: at, takesQr: false },
    ]);
    expect([await waitingOf(plain.secrets), await waitingOf(counted.secrets)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('its newest change alone where the door knows the Key', async () => {
    const { secrets } = await makeKey(home, now());
    await sync(home);
    await home.box.talk();
    site.server.clock.advance(1_000);

    await editLock(home, { minimumAssurance: 'medium' });

    expect(await waitingOf(secrets)).toEqual({ for: 'change', since: now(), takesQr: true });
  });

  it('and since when the door is away', async () => {
    home.box.agent.linkDown();
    site.server.app.receive(home.box.deviceId, 'state', Uint8Array.of(0));
    await site.server.app.settle();
    const at = now();
    site.server.clock.advance(60_000);

    const { secrets } = await makeKey(home, now());
    const [lock] = (await page(secrets)).locks;

    expect(lock).toMatchObject({ isOnline: false, waiting: { for: 'key', since: at } });
  });
});
