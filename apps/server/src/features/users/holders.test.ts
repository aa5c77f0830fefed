import type { ActivityPage, Key, User } from '@claviger/protocol';
import { beforeAll, expect, it } from 'vitest';
import { makeKey, openHome, type TestHome } from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';

const site = serverOfThisFile();
let home: TestHome;

beforeAll(async () => {
  home = await openHome(site.server);
});

const now = (): number => site.server.clock.now();

/** The jobs that the server has queued for this, done as the queue does them. */
async function runQueued(task: string): Promise<number> {
  const queued = await site.test.asAdmin<{ id: string; payload: object }>(
    `select j.id, j.payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = $1`,
    [task],
  );
  for (const { id, payload } of queued) {
    await site.server.runJob(task, payload);
    await site.test.asAdmin('delete from graphile_worker._private_jobs where id = $1', [id]);
  }
  return queued.length;
}

/** What was asked for reaches the door, and the door has said so. */
async function sync(): Promise<void> {
  await runQueued('follow_holder');
  await runQueued('compile_list');
  await home.box.talk();
}

/** Whether the door opens for the PIN, and the reason that it gives. */
async function enter(pin: string | undefined): Promise<string | null | undefined> {
  site.server.clock.advance(10_000);
  home.box.boxClock.advance(10_000);
  home.box.agent.wake();
  const before = home.box.hardware.moves.length;
  home.box.agent.present(1, { reader: 'keypad', text: pin ?? '' });
  const isOpened = home.box.hardware.moves.slice(before).some(({ isUnlocked }) => isUnlocked);
  await home.box.talk();
  const url = `/api/entities/${home.entityId}/activity?advanced=true`;
  const { items } = (await home.browser.get(url)).json<ActivityPage>();
  const reason = items.find(({ type }) => type === 'key_accepted' || type === 'key_refused')?.reason;
  expect(isOpened).toBe(reason === 'granted');
  return reason;
}

/** A Key of which the User is the holder, until Keys can be bound to Users. */
async function heldBy(userId: string): Promise<{ id: string; pin: string | undefined }> {
  const { key, secrets } = await makeKey(home, now());
  await site.test.asAdmin('update claviger.keys set holder_id = $1 where id = $2', [userId, key.id]);
  return { id: key.id, pin: secrets.pin };
}

async function shown(id: string): Promise<Key> {
  return (await home.browser.get(`/api/entities/${home.entityId}/keys/${id}`)).json<Key>();
}

it('a deactivated User’s Keys are refused at the door, and open again when the User comes back', async () => {
  const url = `/api/entities/${home.entityId}/users`;
  const make = (name: string) => home.browser.post(url, { name, email: `${name}@example.com` });
  const grace = (await make('grace')).json<User>();
  const key = await heldBy(grace.id);
  const other = await heldBy((await make('alan')).json<User>().id);
  await sync();
  expect([await enter(key.pin), (await shown(key.id)).status]).toEqual(['granted', 'active']);

  expect((await home.browser.post(`${url}/${grace.id}/deactivate`, {})).statusCode).toBe(200);
  expect((await shown(key.id)).status).toBe('suspended');
  expect(await runQueued('follow_holder')).toBe(1);
  expect((await shown(key.id)).bindings[0]?.enforcement.state).not.toBe('enforced');
  await sync();
  expect((await shown(key.id)).bindings[0]?.enforcement.state).toBe('enforced');
  expect([await enter(key.pin), await enter(other.pin)]).toEqual(['holder_suspended', 'granted']);
  const list = async (status: string) =>
    (await home.browser.get(`/api/entities/${home.entityId}/keys?status=${status}`)).json<{
      items: { id: string }[];
    }>().items;
  expect((await list('suspended')).map(({ id }) => id)).toEqual([key.id]);
  expect((await list('active')).map(({ id }) => id)).toEqual([other.id]);

  expect((await home.browser.post(`${url}/${grace.id}/reactivate`, {})).statusCode).toBe(200);
  await sync();
  expect([await enter(key.pin), (await shown(key.id)).status]).toEqual(['granted', 'active']);
});
