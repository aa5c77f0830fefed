import { randomUUID } from 'node:crypto';
import type { ActivityEvent, ActivityPage } from '@claviger/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { editLock, makeKey, openHome, tokenOf, type TestHome } from '../../../test/guest-keys.ts';
import { ada, serverOfThisFile } from '../../../test/test-app.ts';

const site = serverOfThisFile();
let home: TestHome;
let noors: string;

const now = (): number => site.server.clock.now();
const urlOf = (more: string) => `/api/entities/${home.entityId}/activity${more}`;

async function list(query: string): Promise<ActivityEvent[]> {
  return (await home.browser.get(urlOf(`?${query}`))).json<ActivityPage>().items;
}

const typesOf = async (email: string) =>
  (await list(`advanced=true&email=${encodeURIComponent(email)}`)).map(({ type }) => type);

async function sync(): Promise<void> {
  await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
  await home.box.talk();
}

/** Longer than a lock stays open after an opening, and than it cools down. */
async function pass(): Promise<void> {
  await home.box.talk();
  for (const clock of [site.server.clock, home.box.boxClock]) clock.advance(11_000);
  home.box.agent.wake();
  await home.box.talk();
}

beforeAll(async () => {
  home = await openHome(site.server);
  const open = `/api/entities/${home.entityId}/locks/${home.lockId}/open`;
  await editLock(home, { takesCardNumbers: true });
  const noor = await makeKey(home, now(), { name: 'Noor', email: 'Noor@example.org', card: '045E2AC271' });
  noors = noor.key.id;
  const grace = await makeKey(home, now(), { name: 'Grace' });
  await sync();
  await home.browser.post(open, {}, { 'idempotency-key': randomUUID() });
  await pass();
  const pressed = { token: tokenOf(noor.secrets), lockId: home.lockId };
  await home.browser.post('/api/key-page/open', pressed, { 'idempotency-key': randomUUID() });
  await pass();
  home.box.agent.present(1, { reader: 'keypad', text: noor.secrets.pin ?? '' });
  await pass();
  home.box.agent.present(1, { reader: 'card_reader', text: '045E2AC271' });
  await pass();
  home.box.agent.present(1, { reader: 'keypad', text: grace.secrets.pin ?? '' });
  await pass();
});

describe('an opening in Activity', () => {
  it('names in both its events whose Key it was and how that was shown', async () => {
    const events = await list('');

    expect(events.map(({ type, person, method }) => `${type} ${person ?? ''} ${method ?? ''}`)).toEqual([
      'lock_unlocked Grace pin',
      'key_accepted Grace pin',
      'lock_unlocked Noor card',
      'key_accepted Noor card',
      'lock_unlocked Noor pin',
      'key_accepted Noor pin',
      'lock_unlocked Noor link',
      'key_accepted Noor link',
      'lock_unlocked ada ',
      'key_accepted ada command',
    ]);
  });

  it('is found by the Key, with both its events', async () => {
    const ofNoor = await list(`key=${noors}`);

    expect(ofNoor.map(({ type }) => type)).toEqual([
      ...['lock_unlocked', 'key_accepted', 'lock_unlocked', 'key_accepted'],
      ...['lock_unlocked', 'key_accepted'],
    ]);
    expect(ofNoor.every(({ keyId }) => keyId === noors)).toBe(true);
  });

  it('takes one use, though two events name its Key', async () => {
    const spent = await site.test.asAdmin<{ uses_spent: number }>(
      'select uses_spent from claviger.bindings where key_id = $1',
      [noors],
    );

    expect(spent).toEqual([{ uses_spent: 3 }]);
  });
});

describe('Activity of an email address', () => {
  it('has what its User has asked for, whatever the capitals, also by three letters of it', async () => {
    expect(await typesOf(ada.email.toUpperCase())).toEqual([
      'lock_relocked',
      'lock_unlocked',
      'key_accepted',
    ]);
    expect(await typesOf('DA@')).toHaveLength(3);
    expect(await typesOf('da_')).toEqual([]);
    expect(await typesOf('da%')).toEqual([]);
    expect(await typesOf('example')).toHaveLength(9);
    expect(await typesOf('nobody@example.com')).toEqual([]);
    for (const short of ['%20', 'da', '%20da%20'])
      expect((await home.browser.get(urlOf(`?email=${short}`))).statusCode, short).toBe(400);
  });

  it('has what the Key was used for that was mailed there, page by page and in the export', async () => {
    const all = await list('email=noor%40example.org');
    const first = (await home.browser.get(urlOf('?email=noor%40example.org&limit=4'))).json<ActivityPage>();
    const rest = await list(`email=noor%40example.org&cursor=${first.next ?? ''}`);
    const csv = (await home.browser.get(urlOf('.csv?email=noor%40example.org'))).body;

    expect(all).toHaveLength(6);
    expect([...first.items, ...rest]).toEqual(all);
    expect(csv.trim().split('\r\n')).toHaveLength(1 + 6);
  });

  it('has that of a Key which was mailed to somebody else since then', async () => {
    const sent = await home.browser.post(
      `/api/entities/${home.entityId}/keys/${noors}/send`,
      { email: 'Second@example.org' },
      { 'idempotency-key': randomUUID() },
    );

    expect(sent.statusCode).toBe(202);
    expect(await typesOf('second@example.org')).toHaveLength(6);
    expect(await typesOf('noor@example.org')).toHaveLength(6);
  });

  it('is found by its indexes', async () => {
    const [found] = await site.test.asAdmin<{ names: string[] }>(
      "select array_agg(indexname::text) as names from pg_indexes where schemaname = 'claviger'",
    );
    expect(found?.names).toEqual(
      expect.arrayContaining(['activity_by_user', 'activity_by_key', 'keys_by_email', 'mails_by_recipient']),
    );
  });

  it('of another Entity is not there', async () => {
    const eve = await openHome(site.server, { email: 'eve@example.com' });

    const seen = await eve.browser.get(
      `/api/entities/${eve.entityId}/activity?advanced=true&email=noor%40example.org`,
    );

    expect(seen.json()).toEqual({ items: [] });
  });
});
