import type { AccessList } from '@claviger/domain';
import { decodeAccessList, type Key, type Lock, type Why } from '@claviger/protocol';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askForKey, editLock, guestKey, makeKey, openHome, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';

const site = serverOfThisFile();
const asItBegins = { minimumAssurance: 'low', takesStaticQr: false, takesCardNumbers: false } as const;
let home: TestHome;

beforeAll(async () => {
  home = await openHome(site.server);
});
beforeEach(async () => {
  await editLock(home, asItBegins);
  await sync();
});

const now = (): number => site.server.clock.now();
const lockUrl = (): string => `/api/entities/${home.entityId}/locks/${home.lockId}`;
const shownLock = async (): Promise<Lock> => (await home.browser.get(lockUrl())).json<Lock>();

async function sync(): Promise<void> {
  await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
  await home.box.talk();
}

async function edit(change: object): Promise<void> {
  const answer = await editLock(home, change);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  await sync();
}

const keysUrl = (): string => `/api/entities/${home.entityId}/keys`;

async function whyByPin({ id }: Key): Promise<Why> {
  const url = `${keysUrl()}/${id}/why?lockId=${home.lockId}&method=pin`;
  return (await home.browser.get(url)).json<Why>();
}

/** How far the door has what is asked for of these Keys. */
function statesOf(...keys: readonly Key[]): Promise<(string | undefined)[]> {
  return Promise.all(
    keys.map(async ({ id }) => {
      const { bindings } = (await home.browser.get(`${keysUrl()}/${id}`)).json<Key>();
      return bindings[0]?.enforcement.state;
    }),
  );
}

async function newestList(): Promise<AccessList> {
  const [row] = await site.test.asAdmin<{ encoded: Buffer }>(
    'select encoded from claviger.access_lists where lock_id = $1 order by version desc limit 1',
    [home.lockId],
  );
  return decodeAccessList(Uint8Array.from(row?.encoded ?? []));
}

/** Whether the lock opens for this, and the reason that its log gives. */
async function present(reader: 'card_reader' | 'keypad', text: string): Promise<[boolean, string | null]> {
  for (const clock of [site.server.clock, home.box.boxClock]) clock.advance(10_000);
  home.box.agent.wake();
  const before = home.box.hardware.moves.length;
  home.box.agent.present(1, { reader, text });
  // As long as a door waits for a second factor.
  home.box.boxClock.advance(10_000);
  home.box.agent.wake();
  await home.box.talk();
  const isOpened = home.box.hardware.moves.slice(before).some(({ isUnlocked }) => isUnlocked);
  const [event] = await site.test.asAdmin<{ reason: string | null }>(
    `select reason from claviger.activity_events where type in ('key_accepted', 'key_refused')
      order by sequence desc limit 1`,
  );
  return [isOpened, event?.reason ?? null];
}

async function refusalOf(more: object): Promise<unknown> {
  const answer = await askForKey(home, guestKey(home, now(), more));
  return answer.json<{ error: { issues: unknown[] } }>().error.issues[0];
}

describe('bare card numbers at a lock', () => {
  it('are taken once its Entity allows them, and wait when it does so no more', async () => {
    expect(await refusalOf({ card: '045E2A91' })).toEqual({
      path: 'body.card',
      problem: 'card_numbers_not_taken',
    });
    await edit({ takesCardNumbers: true });
    await makeKey(home, now(), { card: '045E2A91' });
    await sync();
    const told = [await present('card_reader', '045E2A91')];

    await edit({ takesCardNumbers: false });
    told.push(await present('card_reader', '045E2A91'));
    await edit({ takesCardNumbers: true });
    told.push(await present('card_reader', '045E2A91'));

    expect(told).toEqual([
      [true, 'granted'],
      [false, 'holder_suspended'],
      [true, 'granted'],
    ]);
  });
});

describe('the minimum assurance of a lock', () => {
  it('shuts out what can be copied or passed on, and refuses to make it', async () => {
    const { secrets } = await makeKey(home, now());
    await sync();
    const told = [await present('keypad', secrets.pin ?? '')];

    await edit({ minimumAssurance: 'medium', takesCardNumbers: true });
    told.push(await present('keypad', secrets.pin ?? ''));

    expect(told).toEqual([
      [true, 'granted'],
      [false, 'assurance_too_low'],
    ]);
    expect(await refusalOf({ card: '045E2A92' })).toEqual({
      path: 'body.card',
      problem: 'card_assurance_too_low',
    });
    expect(await refusalOf({ withPicture: true })).toEqual({
      path: 'body.withPicture',
      problem: 'assurance_too_low',
    });
  });
});

describe('Edit', () => {
  it('carries the leaves to the door and shows since when it decides by them', async () => {
    const change = { minimumAssurance: 'high', takesStaticQr: true, takesCardNumbers: true };
    const edited = (await editLock(home, change)).json<Lock>();
    expect(edited).toMatchObject({
      ...change,
      accessList: { state: 'pending', since: now(), cause: 'sending' },
    });

    await sync();

    expect((await newestList()).lock).toMatchObject({ minimumAssurance: 'high', takesStaticQr: true });
    expect(await shownLock()).toMatchObject({ ...change, accessList: { state: 'enforced' } });
  });

  it.each([{ minimumAssurance: 'medium' }, { takesCardNumbers: true }, { takesStaticQr: true }])(
    'is not in force for the Keys of a door that has not heard of it: %j',
    async (change) => {
      const [living, ended] = [(await makeKey(home, now())).key, (await makeKey(home, now())).key];
      await home.browser.request('DELETE', `${keysUrl()}/${ended.id}`);
      await sync();
      home.box.agent.linkDown();
      site.server.app.receive(home.box.deviceId, 'state', Uint8Array.of(0));
      await site.server.app.settle();
      const since = now();
      const before = await whyByPin(living);

      await editLock(home, change);
      await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
      const [asked, states] = [await whyByPin(living), await statesOf(living, ended)];
      home.box.agent.linkUp();
      await sync();

      expect(before.door?.enforcement.state).toBe('enforced');
      expect(asked.door).toEqual({
        state: 'active',
        enforcement: { state: 'offline', since },
        offlineSince: since,
      });
      expect(states).toEqual(['offline', 'enforced']);
      expect(await statesOf(living, ended)).toEqual(['enforced', 'enforced']);
    },
  );

  it('leaves what it does not name, and asks for no list then', async () => {
    await edit({ takesStaticQr: true, minimumAssurance: 'medium' });
    const before = await newestList();

    const renamed = (await editLock(home, { name: 'Back door' })).json<Lock>();

    expect(renamed).toMatchObject({
      ...{ name: 'Back door', takesStaticQr: true, minimumAssurance: 'medium' },
      accessList: { state: 'enforced' },
    });
    expect((await newestList()).version).toBe(before.version);
  });

  it('stands in the Audit with before and after', async () => {
    await edit({ takesCardNumbers: true });

    const [entry] = await site.test.asAdmin<{ operation: string; before: object; after: object }>(
      `select operation, before, after from claviger.audit_entries where object_id = $1
        order by sequence desc limit 1`,
      [home.lockId],
    );

    expect(entry).toMatchObject({
      operation: 'lock.update',
      before: asItBegins,
      after: { ...asItBegins, takesCardNumbers: true },
    });
  });

  it('leaves a name that somebody else gave, where it is not told of one', async () => {
    await editLock(home, { name: 'Gate' });

    const edited = (await editLock(home, { takesStaticQr: true })).json<Lock>();

    expect(edited).toMatchObject({ name: 'Gate', takesStaticQr: true });
  });

  it('is refused where somebody else was faster, and by who may not change locks', async () => {
    const { name, version } = await shownLock();
    await edit({ takesStaticQr: true });
    const late = await home.browser.request('PATCH', lockUrl(), { name, version, takesCardNumbers: true });

    await site.test.asAdmin("update claviger.memberships set role = 'local_admin' where entity_id = $1", [
      home.entityId,
    ]);
    const forbidden = await editLock(home, { takesCardNumbers: true });
    await site.test.asAdmin(
      "update claviger.memberships set role = 'community_manager' where entity_id = $1",
      [home.entityId],
    );

    expect(late.json()).toMatchObject({ error: { code: 'changed_meanwhile' } });
    expect(forbidden.json()).toMatchObject({ error: { code: 'not_permitted' } });
    expect(await shownLock()).toMatchObject({ takesStaticQr: true, takesCardNumbers: false });
  });
});
