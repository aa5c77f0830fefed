import { randomUUID } from 'node:crypto';
import type { ActivityPage, Key, SuspendedKey, User } from '@claviger/protocol';
import { beforeAll, expect, it } from 'vitest';
import { askForKey, guestKey, makeKey, openHome, type TestHome } from '../../../test/guest-keys.ts';
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

/** A guest Key that was made for this User's address. */
async function heldBy({ email }: User): Promise<{ id: string; pin: string | undefined }> {
  const { key, secrets } = await makeKey(home, now(), { email: email.toUpperCase() });
  return { id: key.id, pin: secrets.pin };
}

let made = 0;

/** A User of the home, with an address of their own. */
async function user(name: string): Promise<User> {
  made += 1;
  const body = { name, email: `${name}${String(made)}@example.com` };
  return (await home.browser.post(usersUrl(), body)).json<User>();
}

function usersUrl(path = ''): string {
  return `/api/entities/${home.entityId}/users${path}`;
}

async function deactivate({ id }: User): Promise<void> {
  expect((await home.browser.post(usersUrl(`/${id}/deactivate`), {})).statusCode).toBe(200);
}

function reactivate({ id }: User, restoreKeyIds: readonly string[]) {
  return home.browser.post(usersUrl(`/${id}/reactivate`), { restoreKeyIds });
}

async function waiting({ id }: User): Promise<SuspendedKey[]> {
  const answer = await home.browser.get(usersUrl(`/${id}/suspended-keys`));
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ items: SuspendedKey[] }>().items;
}

async function shown(id: string): Promise<Key> {
  return (await home.browser.get(`/api/entities/${home.entityId}/keys/${id}`)).json<Key>();
}

it('a deactivated User’s Keys are refused at the door, and open again when the User comes back', async () => {
  const grace = await user('grace');
  const key = await heldBy(grace);
  const other = await heldBy(await user('alan'));
  await sync();
  expect([await enter(key.pin), (await shown(key.id)).status]).toEqual(['granted', 'active']);

  await deactivate(grace);
  expect(await shown(key.id)).toMatchObject({ status: 'suspended', suspension: 'holder_deactivated' });
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

  expect((await reactivate(grace, [key.id])).statusCode).toBe(200);
  await sync();
  expect([await enter(key.pin), (await shown(key.id)).status]).toEqual(['granted', 'active']);
});

it('Reactivate User restores the Keys that were ticked; the others stay suspended, and say why', async () => {
  const grace = await user('grace');
  const [ticked, left] = [await heldBy(grace), await heldBy(grace)];
  await deactivate(grace);
  expect((await waiting(grace)).map(({ id, isKeptBack }) => [id, isKeptBack])).toEqual([
    [ticked.id, false],
    [left.id, false],
  ]);

  expect((await reactivate(grace, [ticked.id])).statusCode).toBe(200);

  await sync();
  expect([await enter(ticked.pin), await enter(left.pin)]).toEqual(['granted', 'holder_suspended']);
  expect(await shown(ticked.id)).not.toHaveProperty('suspension');
  expect(await shown(left.id)).toMatchObject({ status: 'suspended', suspension: 'not_restored' });
  const [entry] = await site.test.asAdmin<{ after: object }>(
    `select after from claviger.audit_entries where operation = 'user.reactivate'
      order by sequence desc limit 1`,
    [],
  );
  expect(entry?.after).toMatchObject({ restoredKeys: ticked.id, suspendedKeys: left.id });

  await deactivate(grace);
  expect((await waiting(grace)).map(({ isKeptBack }) => isKeptBack)).toEqual([false, true]);
  expect((await reactivate(grace, [left.id])).statusCode).toBe(200);
  expect([(await shown(ticked.id)).status, (await shown(left.id)).status]).toEqual(['suspended', 'active']);
});

it('Reactivate User restores neither what has ended nor what the User does not hold', async () => {
  const grace = await user('grace');
  const gone = await heldBy(grace);
  const alans = await heldBy(await user('alan'));
  await deactivate(grace);
  await home.browser.request('DELETE', `/api/entities/${home.entityId}/keys/${gone.id}`);

  for (const id of [gone.id, alans.id]) {
    const answer = await reactivate(grace, [id]);
    expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining('key_gone') as string]);
  }

  expect(await waiting(grace)).toEqual([]);
  expect((await reactivate(grace, [])).statusCode).toBe(200);
  expect((await shown(alans.id)).status).toBe('active');
});

it('a Key is not made for a deactivated User, nor sent to one', async () => {
  const grace = await user('grace');
  const { key } = await makeKey(home, now());
  await deactivate(grace);

  const made = await askForKey(home, guestKey(home, now(), { email: grace.email }));
  const headers = { 'idempotency-key': randomUUID() };
  const url = `/api/entities/${home.entityId}/keys/${key.id}/send`;
  const sent = await home.browser.post(url, { email: grace.email }, headers);

  for (const answer of [made, sent]) {
    expect(answer.json()).toMatchObject({
      error: { issues: [{ path: 'body.email', problem: 'user_deactivated' }] },
    });
  }
});

it('a Key that is sent to a User is theirs, and stays theirs when it is sent on', async () => {
  const [grace, alan] = [await user('grace'), await user('alan')];
  const { key } = await makeKey(home, now());
  for (const { email } of [grace, alan]) {
    const headers = { 'idempotency-key': randomUUID() };
    const url = `/api/entities/${home.entityId}/keys/${key.id}/send`;
    expect((await home.browser.post(url, { email }, headers)).statusCode).toBe(202);
  }

  await deactivate(alan);
  expect((await shown(key.id)).status).toBe('active');
  await deactivate(grace);
  expect((await shown(key.id)).status).toBe('suspended');
});
