import { beforeEach, describe, expect, it } from 'vitest';
import type { Key, KeySecrets, Lock, MandatedKey } from '@claviger/protocol';
import { forgetAudit } from '../../../test/audit/forget.ts';
import { guestKey, makeKey, openHome, wallMinuteAt, type TestHome } from '../../../test/guest-keys.ts';
import { mailsOf } from '../../../test/people/invitations.ts';
import { mandateFor, passTheEnd, requestsOf, signInAs } from '../../../test/people/access-requests.ts';
import { seenIn } from '../../../test/tenancy/seen.ts';
import { newLabel, serverOfThisFile } from '../../../test/test-app.ts';
import type { TestBrowser } from '../../../test/test-http.ts';
import type { Scope } from '../../platform/database/index.ts';

const site = serverOfThisFile();
const hourMs = 3_600_000;
let persons = 0;
let home: TestHome;
/** The same home, as whoever has the Mandate sees it. */
let ivys: TestHome;
let ivy: TestBrowser;
let mandateId: string;

beforeEach(async () => {
  persons += 1;
  home = await openHome(site.server, { email: `ada${String(persons)}@example.com` });
  ivy = await signInAs(site, `ivy${String(persons)}@example.com`);
  mandateId = (await mandateFor(site, home, ivy)).id;
  ivys = { ...home, browser: ivy };
  await forgetAudit(site.test);
});

const now = (): number => site.server.clock.now();

/** A second lock of the home, which no Mandate is about. */
async function addOtherLock(): Promise<string> {
  const label = newLabel();
  await site.server.addStock(label);
  const answer = await home.browser.post(`/api/entities/${home.entityId}/locks`, {
    serial: label.serial,
    code: label.pairingCode,
    name: 'Cellar',
  });
  return answer.json<Lock>().id;
}

function of(path: string): string {
  return `/api/entities/${home.entityId}${path}`;
}

function end() {
  return home.browser.post(of(`/mandates/${mandateId}/end`), {});
}

async function keysToAdopt(): Promise<MandatedKey[]> {
  return (await home.browser.get(of(`/mandates/${mandateId}/keys`))).json<{ items: MandatedKey[] }>().items;
}

function adopt(keyId: string) {
  return home.browser.post(of(`/mandates/${mandateId}/keys/${keyId}/adopt`), {});
}

async function keyNow(keyId: string): Promise<Key> {
  return (await home.browser.get(of(`/keys/${keyId}`))).json<Key>();
}

/** What a change has queued is done, and the door hears of it. */
async function sync(): Promise<void> {
  await site.server.runJob('compile_list', { entityId: home.entityId, lockId: home.lockId });
  await home.box.talk();
}

/** Whether the door lets this PIN in. */
function isLetIn({ pin }: KeySecrets): boolean {
  for (const clock of [site.server.clock, home.box.boxClock]) clock.advance(20_000);
  home.box.agent.wake();
  const before = home.box.hardware.moves.length;
  home.box.agent.present(1, { reader: 'keypad', text: pin ?? '' });
  return home.box.hardware.moves.slice(before).some(({ isUnlocked }) => isUnlocked);
}

describe('an installer under a Mandate', () => {
  it('sees and opens the locks of the Mandate, and no other lock exists', async () => {
    const otherId = await addOtherLock();
    const { items } = (await ivy.get(of('/locks'))).json<{ items: Lock[] }>();
    expect(items.map(({ id }) => id)).toEqual([home.lockId]);
    expect((await ivy.get(of(`/locks/${home.lockId}`))).statusCode).toBe(200);
    expect((await ivy.get(of(`/locks/${otherId}`))).statusCode).toBe(404);
    const press = { 'idempotency-key': '00000000-0000-4000-8000-000000000001' };
    await sync();
    expect((await ivy.post(of(`/locks/${home.lockId}/open`), {}, press)).statusCode).toBeLessThan(300);
    expect((await ivy.post(of(`/locks/${otherId}/open`), {}, press)).statusCode).toBe(404);
  });

  it.each(['/users', '/dashboard', '/activity', '/audit', '/access-requests', '/local-admins', '/buildings'])(
    'has nothing at %s',
    async (path) => {
      expect((await ivy.get(of(path))).statusCode).toBe(403);
    },
  );

  it('adds no lock, and grants no Mandate', async () => {
    const added = await ivy.post(of('/locks'), { serial: newLabel().serial, code: newLabel().pairingCode });
    expect(added.statusCode).toBe(403);
    const anybody = '00000000-0000-4000-8000-000000000009';
    const url = of(`/access-requests/${anybody}/approve`);
    expect((await ivy.post(url, { durationMinutes: 60 })).statusCode).toBe(403);
    expect((await ivy.post(of(`/mandates/${mandateId}/end`), {})).statusCode).toBe(403);
  });

  it('sees the Keys that were made under the Mandate, and nobody else’s', async () => {
    const { key: theirs } = await makeKey(home, now());
    const { key: own } = await makeKey(ivys, now());
    const { items } = (await ivy.get(of('/keys'))).json<{ items: Key[] }>();
    expect(items.map(({ id }) => id)).toEqual([own.id]);
    expect((await ivy.get(of(`/keys/${theirs.id}`))).statusCode).toBe(404);
    expect((await ivy.post(of(`/keys/${theirs.id}/secrets`), {})).statusCode).toBe(404);
    expect((await ivy.request('DELETE', of(`/keys/${theirs.id}`), {})).statusCode).toBe(404);
    expect((await keyNow(theirs.id)).status).toBe('active');
  });

  it('makes no Key at another lock', async () => {
    const lockId = await addOtherLock();
    const headers = { 'idempotency-key': '00000000-0000-4000-8000-000000000002' };
    const answer = await ivy.post(of('/guest-keys'), guestKey({ lockId }, now()), headers);
    expect(answer.statusCode).toBe(404);
  });

  it('acts in the name of the Mandate, and the Audit says so', async () => {
    await makeKey(ivys, now());
    const [entry] = await site.test.asAdmin(
      "select mandate_id from claviger.audit_entries where operation = 'key.create'",
    );
    expect(entry).toEqual({ mandate_id: mandateId });
  });

  it('has no Mandate by the bare role', async () => {
    await site.test.asAdmin('update claviger.memberships set mandate_id = null where mandate_id = $1', [
      mandateId,
    ]);
    expect((await ivy.get(of('/locks'))).statusCode).toBe(403);
    const { memberships } = (await ivy.get('/api/session')).json<{ memberships: { may: string[] }[] }>();
    expect(memberships[0]?.may).not.toContain('listLocks');
  });
});

describe('the end of a Mandate', () => {
  it('comes by itself: nothing is let in from then on, without any job', async () => {
    await passTheEnd(site, mandateId);
    expect((await ivy.get(of('/locks'))).statusCode).toBe(404);
    expect((await ivy.get('/api/session')).json()).toMatchObject({ memberships: [] });
  });

  it('comes at once where a manager ends it, with a mail', async () => {
    expect((await end()).statusCode).toBe(204);
    expect((await ivy.get(of('/locks'))).statusCode).toBe(404);
    expect((await mailsOf(home))[0]).toMatchObject({ subject: 'Access to Home ended' });
    expect((await requestsOf(home)).mandates).toEqual([]);
    expect((await end()).statusCode).toBe(204);
    expect(await mailsOf(home)).toHaveLength(3);
  });

  it('suspends what was made under it, at the door too, until it is adopted', async () => {
    const { key, secrets } = await makeKey(ivys, now());
    await sync();
    expect(isLetIn(secrets)).toBe(true);
    await end();
    await sync();
    expect(isLetIn(secrets)).toBe(false);
    expect(await keyNow(key.id)).toMatchObject({ status: 'suspended', suspension: 'mandate_ended' });
    expect(await keysToAdopt()).toMatchObject([
      { id: key.id, isSuspended: true, locks: [expect.stringContaining('door')] },
    ]);
    expect((await requestsOf(home)).mandates).toMatchObject([{ isOver: true, keyCount: 1 }]);
    expect((await adopt(key.id)).statusCode).toBe(204);
    await sync();
    expect(isLetIn(secrets)).toBe(true);
    expect((await requestsOf(home)).mandates).toEqual([]);
    expect((await adopt(key.id)).statusCode).toBe(404);
  });

  it('is the end of its Keys at the door, to the second and without the server', async () => {
    const wanted = { validUntil: wallMinuteAt(now(), 48) };
    const { key, secrets } = await makeKey(ivys, now(), wanted);
    await sync();
    const [mandate] = (await requestsOf(home)).mandates;
    expect(key.validUntil).toBe(mandate?.until);
    home.box.boxClock.advance((mandate?.until ?? 0) - now() - 30_000);
    expect(isLetIn(secrets)).toBe(true);
    expect(isLetIn(secrets)).toBe(false);
  });

  it('leaves a Key that was adopted before as it was asked for', async () => {
    const { key } = await makeKey(ivys, now());
    await adopt(key.id);
    const { validUntil = 0, status } = await keyNow(key.id);
    expect(status).toBe('active');
    expect(Math.abs(validUntil - now() - 48 * hourMs)).toBeLessThan(hourMs);
    expect((await ivy.get(of(`/keys/${key.id}`))).statusCode).toBe(404);
    await end();
    expect((await keyNow(key.id)).status).toBe('active');
    expect(await keysToAdopt()).toEqual([]);
  });

  it('is settled by the job once, of which the Audit tells', async () => {
    const { key } = await makeKey(ivys, now());
    const job = { entityId: home.entityId, mandateId };
    await expect(site.server.runJob('end_mandate', job)).rejects.toThrow('lasts yet');
    await passTheEnd(site, mandateId);
    await site.server.runJob('end_mandate', job);
    await site.server.runJob('end_mandate', job);
    expect((await keyNow(key.id)).suspension).toBe('mandate_ended');
    const entries = await site.test.asAdmin(
      "select mandate_id, after from claviger.audit_entries where operation = 'mandate.end'",
    );
    expect(entries).toEqual([{ mandate_id: mandateId, after: { keys: 1 } }]);
  });

  it('does not come later by a Key that is changed under it', async () => {
    const { key } = await makeKey(ivys, now(), { validUntil: wallMinuteAt(now(), 2) });
    const change = {
      ...{ validFrom: wallMinuteAt(now(), -1), validUntil: wallMinuteAt(now(), 400) },
      version: key.version,
    };
    const changed = await ivy.request('PATCH', of(`/keys/${key.id}`), change);
    const [mandate] = (await requestsOf(home)).mandates;
    expect(changed.json<Key>().validUntil).toBe(mandate?.until);
    await end();
    const after = await keyNow(key.id);
    const late = await home.browser.request('PATCH', of(`/keys/${key.id}`), {
      ...change,
      version: after.version,
    });
    expect(late.json()).toMatchObject({
      error: { issues: [{ path: 'body.validUntil', problem: 'adopt_first' }] },
    });
  });

  it('is not prolonged by a Key that would begin after it', async () => {
    const begins = { validFrom: wallMinuteAt(now(), 9), validUntil: wallMinuteAt(now(), 48) };
    const headers = { 'idempotency-key': '00000000-0000-4000-8000-000000000003' };
    const answer = await ivy.post(of('/guest-keys'), guestKey(home, now(), begins), headers);
    expect(answer.json()).toMatchObject({
      error: { issues: [{ path: 'body.validFrom', problem: 'after_mandate' }] },
    });
  });
});

describe('PostgreSQL by itself', () => {
  const inScope = (until: number) => ({ kind: 'entity', entityId: home.entityId, until, mandateId }) as const;

  it('shows an installer the locks and Keys of the Mandate alone', async () => {
    await addOtherLock();
    await makeKey(home, now());
    const { key } = await makeKey(ivys, now());
    const scope = inScope(Date.now() + hourMs);
    const see = (table: string, column: string) => seenIn(site.test, scope, [table, column]);
    expect(await see('locks', 'id')).toEqual([home.lockId]);
    expect(await see('keys', 'id')).toEqual([key.id]);
    expect(await see('users', 'email')).toEqual([`ivy${String(persons)}@example.com`]);
    expect(await see('audit_entries', 'sequence')).toEqual([]);
  });

  it('shows nothing in a transaction that begins when the role is over, in whatever scope', async () => {
    const count = async (scope: Scope) => (await seenIn(site.test, scope, ['entities', 'id'])).length;
    const [{ owner_id: ownerId } = { owner_id: '' }] = await site.test.asAdmin<{ owner_id: string }>(
      'select owner_id from claviger.entities where id = $1',
      [home.entityId],
    );
    const { entityId } = home;
    const later = Date.now() + hourMs;
    expect(await count({ kind: 'entity', entityId, until: later })).toBe(1);
    expect(await count({ kind: 'entity', entityId, until: Date.now() - 1 })).toBe(0);
    expect(await count({ kind: 'owner', ownerId, until: later })).toBe(1);
    expect(await count({ kind: 'owner', ownerId, until: Date.now() - 1 })).toBe(0);
  });
});
