import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Command, Lock } from '@claviger/protocol';
import {
  ada,
  claimBox,
  newLabel,
  registerWith,
  serverOfThisFile,
  type ClaimedBox,
} from '../../../test/test-app.ts';
import { forgetAudit } from '../../../test/audit/forget.ts';
import type { TestBrowser } from '../../../test/test-http.ts';

const site = serverOfThisFile();
let browser: TestBrowser;
let box: ClaimedBox;
let home: { entityId: string; lockId: string };
let stranger: Awaited<ReturnType<typeof registerWith>>;

beforeAll(async () => {
  const [label, other] = [newLabel(), newLabel()];
  await site.server.addStock(label);
  await site.server.addStock(other);
  const registered = await registerWith(site.server, label);
  ({ browser } = registered);
  home = registered;
  box = await claimBox(site.server, label);
  stranger = await registerWith(site.server, other, { ...ada, email: 'eve@example.com' });
});
beforeEach(async () => {
  const pastEverythingMs = 6_000;
  site.server.clock.advance(pastEverythingMs);
  box.boxClock.advance(pastEverythingMs);
  box.agent.wake();
  site.server.bus.isUp = true;
  box.agent.linkUp();
  await box.talk();
});

const lockUrl = (): string => `/api/entities/${home.entityId}/locks/${home.lockId}`;

function open(key: string = randomUUID(), by: TestBrowser = browser) {
  return by.post(`${lockUrl()}/open`, {}, { 'idempotency-key': key });
}

async function commandOf(id: string): Promise<Command> {
  return (await browser.get(`/api/entities/${home.entityId}/commands/${id}`)).json<Command>();
}

function openings(): number {
  return box.hardware.moves.filter(({ isUnlocked }) => isUnlocked).length;
}

function setRole(role: string) {
  return site.test.asAdmin('update claviger.memberships set role = $1 where entity_id = $2', [
    role,
    home.entityId,
  ]);
}

describe('Open Lock', () => {
  it('climbs the ladder as the door confirms it', async () => {
    const { id, stage } = (await open()).json<Command>();
    expect([stage, (await commandOf(id)).stage]).toEqual(['issued', 'sent']);
    expect(box.hardware.isUnlocked(1)).toBe(false);

    await box.talk();
    expect((await commandOf(id)).stage).toBe('unlocked');
    for (const isOpen of [true, false]) {
      box.agent.input(1, { type: 'contact', isOpen });
      await box.talk();
    }

    const { stages } = await commandOf(id);
    expect(stages.map((rung) => rung.stage).sort()).toEqual(
      ['accepted', 'closed', 'issued', 'opened', 'sent', 'unlocked'].sort(),
    );
  });

  it('opens once for one Idempotency-Key, however often it is sent', async () => {
    const key = randomUUID();
    const before = openings();

    const answers = [await open(key), await open(key)];
    await box.talk();

    expect(new Set(answers.map((answer) => answer.json<Command>().id)).size).toBe(1);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202]);
    expect(openings() - before).toBe(1);
  });

  it('is refused within the cooldown with the seconds to wait, also for another window', async () => {
    await open();
    const [lock, refused] = [(await browser.get(lockUrl())).json<Lock>(), await open()];

    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('3');
    expect(refused.json()).toMatchObject({ error: { code: 'cooldown', retryAfterS: 3 } });
    expect(lock.openableAt).toBe(site.server.clock.now() + 3_000);
  });

  it('says at once that the door is offline, and since when', async () => {
    box.agent.linkDown();
    site.server.app.receive(box.deviceId, 'state', Uint8Array.of(0));
    await site.server.app.settle();

    const [refused, lock] = [await open(), (await browser.get(lockUrl())).json<Lock>()];

    expect(refused.json()).toMatchObject({ error: { code: 'lock_offline' } });
    expect(lock).toMatchObject({ isOnline: false, offlineSince: site.server.clock.now() });
  });

  it('that no door accepts is shown as expired and never opens afterwards', async () => {
    const { id } = (await open()).json<Command>();
    site.server.clock.advance(15_000);
    box.boxClock.advance(15_000);
    await site.server.runJob('expire_command', { deviceId: box.deviceId, commandId: id });
    expect((await commandOf(id)).stage).toBe('expired');

    await box.talk();

    expect((await commandOf(id)).stage).toBe('expired');
    expect(box.hardware.isUnlocked(1)).toBe(false);
  });

  it('is shown as interrupted after a power cut in the middle, with what the log told', async () => {
    const { id } = (await open()).json<Command>();
    await box.talk();
    box.agent.linkDown();
    box.agent.input(1, { type: 'contact', isOpen: true });
    expect((await commandOf(id)).stage).toBe('unlocked');

    box.reboot();
    box.agent.linkUp();
    await box.talk();

    const { stage, stages } = await commandOf(id);
    expect(stage).toBe('interrupted');
    expect(stages.map((rung) => rung.stage)).toEqual(
      expect.arrayContaining(['accepted', 'unlocked', 'opened']),
    );
  });

  it('stays at issued when the broker does not take it', async () => {
    site.server.bus.isUp = false;

    const { id } = (await open()).json<Command>();

    expect((await commandOf(id)).stage).toBe('issued');
  });

  it('needs an Idempotency-Key, and refuses one that was used for another request', async () => {
    const key = randomUUID();
    await open(key);

    const other = await browser.post(`${lockUrl()}/open`, { more: true }, { 'idempotency-key': key });
    const none = await browser.post(`${lockUrl()}/open`, {});

    expect(other.json()).toMatchObject({ error: { code: 'invalid_input' } });
    expect(none.json()).toMatchObject({ error: { code: 'idempotency_key_missing' } });
  });

  it('is written into the Audit, done or refused', async () => {
    await forgetAudit(site.test);
    await open();
    await open();

    const rows = await site.test.asAdmin<{ outcome: string; code: string | null }>(
      `select outcome, code from claviger.audit_entries where operation = 'lock.open' order by sequence`,
    );

    expect(rows).toEqual([
      { outcome: 'done', code: null },
      { outcome: 'refused', code: 'cooldown' },
    ]);
  });
});

describe('who may do what with a lock', () => {
  // A version that the lock never had: who may rename is told so.
  const rename = () => browser.request('PATCH', lockUrl(), { name: 'Door', version: 999 });

  it.each([
    ['community_manager', 202, 409],
    ['local_admin', 202, 403],
    ['installer', 403, 403],
    ['resident', 403, 403],
  ])('a %s opening gets %i and renaming gets %i', async (role, opening, renaming) => {
    await setRole(role);

    const answers = [(await open()).statusCode, (await rename()).statusCode];
    await setRole('community_manager');

    expect(answers).toEqual([opening, renaming]);
  });

  it('nobody of another Entity finds it: the answer is that of a lock that does not exist', async () => {
    const missing = randomUUID();
    const own = `/api/entities/${stranger.entityId}/locks`;
    const urls = [lockUrl(), `${own}/${home.lockId}`, `${own}/${missing}`];

    const answers = await Promise.all(urls.map((url) => stranger.browser.get(url)));
    const opened = await open(randomUUID(), stranger.browser);

    const errors = answers.map((answer) => answer.json<{ error: object }>().error);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404]);
    expect(errors.map((error) => ({ ...error, requestId: '' }))).toEqual(
      errors.map(() => ({ ...errors[2], requestId: '' })),
    );
    expect(opened.statusCode).toBe(404);
  });
});

describe('a lock', () => {
  it('is renamed, and not when somebody else was first', async () => {
    const before = (await browser.get(lockUrl())).json<Lock>();
    const change = { name: 'Main entrance', location: 'Street side', version: before.version };

    const answers = [
      await browser.request('PATCH', lockUrl(), change),
      await browser.request('PATCH', lockUrl(), { ...change, name: 'Other' }),
    ];

    expect(answers[0]?.json()).toMatchObject({ name: 'Main entrance', location: 'Street side' });
    expect(answers[1]?.json()).toMatchObject({ error: { code: 'changed_meanwhile' } });
  });

  it.each([
    ['an empty name', { name: '  ', version: 1 }, 'body.name'],
    ['a name of 500 characters', { name: 'x'.repeat(500), version: 1 }, 'body.name'],
    ['a name that turns the direction of writing', { name: 'door \u202e', version: 1 }, 'body.name'],
    ['a name that nobody can see', { name: '\u200b\u200f', version: 1 }, 'body.name'],
    ['a name with half a character', { name: '\ud800x', version: 1 }, 'body.name'],
    ['a location with a zero byte', { name: 'Door', location: 'a\u0000b', version: 1 }, 'body.location'],
    ['a version beyond every row', { name: 'Door', version: 2_147_483_648 }, 'body.version'],
    ['no version', { name: 'Door' }, 'body.version'],
    ['a field that is not known', { name: 'Door', version: 1, status: 'active' }, 'body.status'],
  ])('is not renamed with %s', async (_what, body, path) => {
    const answer = await browser.request('PATCH', lockUrl(), body);

    expect(answer.json()).toMatchObject({ error: { code: 'invalid_input', issues: [{ path }] } });
  });

  it('is added to the Entity with a second label, and not twice', async () => {
    const label = newLabel();
    await site.server.addStock(label);
    const add = () =>
      browser.post(`/api/entities/${home.entityId}/locks`, { serial: label.serial, code: label.pairingCode });

    const [first, second] = [await add(), await add()];
    const list = (await browser.get(`/api/entities/${home.entityId}/locks`)).json<{ items: Lock[] }>();

    expect(first.json()).toMatchObject({ status: 'claiming', serial: label.serial });
    expect(second.json()).toMatchObject({ error: { code: 'claim_failed' } });
    expect(list.items.map(({ status }) => status).sort()).toEqual(['active', 'claiming']);
  });

  it('is added with the name and the location that it was given, and the audit has both', async () => {
    const label = newLabel();
    await site.server.addStock(label);
    const given = { name: 'Back door', location: 'Courtyard' };

    const answer = await browser.post(`/api/entities/${home.entityId}/locks`, {
      serial: label.serial,
      code: label.pairingCode,
      ...given,
    });

    expect(answer.json()).toMatchObject({ status: 'claiming', ...given });
    expect(
      await site.test.asAdmin("select after from claviger.audit_entries where operation = 'lock.add'"),
    ).toContainEqual({ after: { serial: label.serial, ...given } });
  });

  it('is not added with a location that turns the direction of writing', async () => {
    const { serial, pairingCode } = newLabel();
    const body = { serial, code: pairingCode, location: 'Yard \u202e' };

    const answer = await browser.post(`/api/entities/${home.entityId}/locks`, body);

    expect(answer.json()).toMatchObject({
      error: { code: 'invalid_input', issues: [{ path: 'body.location' }] },
    });
  });

  it('that is Active has nothing to claim, and the refusal says so', async () => {
    const answer = await browser.post(`${lockUrl()}/claim`);

    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ error: { code: 'lock_not_unclaimed' } });
  });

  it('is not added by a wrong serial number, a wrong code, a claimed device or a Matter code', async () => {
    const label = newLabel();
    await site.server.addStock(label);
    const typed = [
      { serial: 'nonsense', code: label.pairingCode },
      { serial: newLabel().serial, code: label.pairingCode },
      { serial: label.serial, code: 'ABCDEFGHJKMNPQRS' },
      { serial: label.serial, code: '34970112332' },
      { serial: label.serial, code: 'MT:Y.K9042C00KA0648G00' },
    ];

    const answers = await Promise.all(
      typed.map((body) => browser.post(`/api/entities/${home.entityId}/locks`, body)),
    );

    const messages = answers.map((answer) => answer.json<{ error: { message: string } }>().error.message);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(typed.map(() => 409));
    expect(new Set(messages).size).toBe(1);
    for (const cause of ['serial_malformed', 'serial_unknown', 'code_wrong', 'matter_code_without_hub']) {
      expect(site.server.logged.join('')).toContain(cause);
    }
  });

  it('is not added by trying: after ten serial numbers a day an Account waits', async () => {
    const attempt = () =>
      browser.post(`/api/entities/${home.entityId}/locks`, {
        serial: newLabel().serial,
        code: 'ABCDEFGHJKMNPQRS',
      });
    for (let count = 0; count < 10; count += 1) expect((await attempt()).statusCode).toBe(409);

    const answer = await attempt();

    expect(answer.json()).toMatchObject({ error: { code: 'too_many_requests' } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(3_600);
  });

  it('is not added by trying: after five tries a serial number waits', async () => {
    const label = newLabel();
    await site.server.addStock(label);
    const attempt = () =>
      browser.post(`/api/entities/${home.entityId}/locks`, {
        serial: label.serial,
        code: 'ABCDEFGHJKMNPQRS',
      });
    for (let count = 0; count < 5; count += 1) await attempt();

    const answer = await attempt();

    expect(answer.json()).toMatchObject({ error: { code: 'too_many_requests' } });
  });
});
