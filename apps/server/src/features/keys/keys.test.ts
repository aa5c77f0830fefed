import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditPage, Key, KeyPage, KeySecrets } from '@claviger/protocol';
import {
  askForKey,
  guestKey,
  makeKey,
  openHome,
  wallMinuteAt,
  type TestHome,
} from '../../../test/guest-keys.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';

const site = serverOfThisFile();
let home: TestHome;
let foreign: TestHome;

beforeAll(async () => {
  home = await openHome(site.server);
  foreign = await openHome(site.server, { email: 'eve@example.com' });
});

const now = (): number => site.server.clock.now();
const keyUrl = (key: Pick<Key, 'id'>): string => `/api/entities/${home.entityId}/keys/${key.id}`;

function update(key: Key, change: object = {}) {
  const body = {
    validFrom: wallMinuteAt(now(), -1),
    validUntil: wallMinuteAt(now(), 48),
    version: key.version,
    ...change,
  };
  return home.browser.request('PATCH', keyUrl(key), body);
}

function issuesOf(answer: { json: () => { error: { issues?: { path: string; problem: string }[] } } }) {
  return answer.json().error.issues?.map(({ path, problem }) => `${path} ${problem}`);
}

async function issueOf(key: Key): Promise<number | undefined> {
  const rows = await site.test.asAdmin<{ issue: number }>('select issue from claviger.keys where id = $1', [
    key.id,
  ]);
  return rows[0]?.issue;
}

async function auditOf(operation: string) {
  return site.test.asAdmin<{ object_id: string; before: unknown; after: unknown }>(
    'select object_id, before, after from claviger.audit_entries where operation = $1 order by sequence desc',
    [operation],
  );
}

describe('Create Guest Key', () => {
  it('gives a link and, at a lock with a keypad, the shortest PIN with room', async () => {
    const { key, secrets } = await makeKey(home, now(), { maxUses: 3 });

    expect(key).toMatchObject({ type: 'guest', status: 'active', holder: 'Grace', maxUses: 3, hasPin: true });
    expect(key.bindings).toMatchObject([{ lockId: home.lockId, state: 'active', usesSpent: 0 }]);
    expect(secrets.link).toMatch(/\/k#[A-Za-z0-9_-]{22}$/);
    expect(secrets.pin).toMatch(/^\d{6}$/);
  });

  it('gives no PIN at a lock without a keypad', async () => {
    const bare = await openHome(site.server, { model: 'virtual-lock', email: 'bare@example.com' });

    const { key, secrets } = await makeKey(bare, now());

    expect(key.hasPin).toBe(false);
    expect(secrets).not.toHaveProperty('pin');
  });

  it('is repeated with the same answer, and neither the answer nor the audit shows a secret', async () => {
    const [body, press] = [guestKey(home, now()), randomUUID()];
    const [first, again] = [await askForKey(home, body, press), await askForKey(home, body, press)];
    const { key, secrets } = first.json<{ key: Key; secrets: KeySecrets }>();

    expect(again.json()).toEqual(first.json());
    const kept = await site.test.asAdmin(
      `select (select json_agg(k) from claviger.idempotency_keys k)::text ||
        (select json_agg(a) from claviger.audit_entries a)::text ||
        (select json_agg(c) from claviger.credentials c)::text ||
        (select json_agg(p) from claviger.pin_values p)::text as everything`,
    );
    const text = JSON.stringify(kept);
    expect(text).toContain(key.id);
    expect(text).not.toContain(secrets.link.slice(-22));
    expect(text).not.toContain(`"${secrets.pin ?? ''}"`);
    expect(site.server.logged.join()).not.toContain(secrets.link.slice(-22));
  });

  it.each([
    [
      'an end before its begin',
      { validUntil: '2026-01-01T10:00', validFrom: '2026-01-01T11:00' },
      ['body.validUntil until_before_from'],
    ],
    [
      'an end at its begin',
      { validUntil: '2030-01-01T10:00', validFrom: '2030-01-01T10:00' },
      ['body.validUntil until_before_from'],
    ],
    [
      'an end in the past',
      { validFrom: '2020-01-01T10:00', validUntil: '2020-01-02T10:00' },
      ['body.validUntil in_the_past'],
    ],
    ['a skipped time', { validUntil: '2031-03-30T02:30' }, ['body.validUntil time_is_skipped']],
    [
      'two skipped times',
      { validFrom: '2031-03-30T02:00', validUntil: '2032-03-28T02:59' },
      ['body.validFrom time_is_skipped', 'body.validUntil time_is_skipped'],
    ],
    [
      'a skipped begin of an end in the past',
      { validFrom: '2024-03-31T02:30', validUntil: '2024-04-01T10:00' },
      ['body.validFrom time_is_skipped', 'body.validUntil in_the_past'],
    ],
    [
      'bounds with seconds, once for each',
      { validFrom: '2030-01-01T10:00:30', validUntil: '2030-01-02T10:00:00' },
      ['body.validFrom wrong_format', 'body.validUntil wrong_format'],
    ],
    ['no use', { maxUses: 0 }, ['body.maxUses too_small']],
    ['256 uses', { maxUses: 256 }, ['body.maxUses too_large']],
    ['a name of 500 characters', { name: 'x'.repeat(500) }, ['body.name too_long']],
    [
      'a name that turns the direction',
      { name: 'Grace\u202eecarG' },
      ['body.name name_has_control_characters'],
    ],
  ])('refuses %s beside its field', async (_what, more, expected) => {
    const answer = await askForKey(home, guestKey(home, now(), more));

    expect(answer.statusCode).toBe(400);
    expect(issuesOf(answer)).toEqual(expected);
  });

  it('takes a minute that the clock shows twice as begin and end an hour apart', async () => {
    const repeated = '2031-10-26T02:30';
    const another = await openHome(site.server, { email: 'night@example.com' });
    const { key } = await makeKey(another, now(), { validFrom: repeated, validUntil: repeated });

    expect([key.validFrom, key.validUntil]).toEqual([
      Date.parse('2031-10-26T02:30+02:00'),
      Date.parse('2031-10-26T02:30+01:00'),
    ]);
  });

  it('takes a name that is written from right to left', async () => {
    const { key } = await makeKey(home, now(), { name: 'עדה' });

    expect(key.holder).toBe('עדה');
  });

  it('keeps a name of as many characters as the API takes whole, also where each is long', async () => {
    const name = `x${'🚪'.repeat(79)}`;
    const { key } = await makeKey(home, now(), { name });

    expect(key.holder).toBe(name);
  });

  it('does not know a lock of another Entity, and nobody of another Entity gets in', async () => {
    const strangers = await askForKey(home, guestKey(foreign, now()));
    const into = await askForKey({ ...home, browser: foreign.browser }, guestKey(home, now()));

    expect([strangers.statusCode, into.statusCode]).toEqual([404, 404]);
  });

  it('gives each of ten Keys its own PIN, the tenth of seven digits', async () => {
    const crowded = await openHome(site.server, { email: 'crowd@example.com' });
    const pins: string[] = [];
    for (let count = 0; count < 10; count += 1) pins.push((await makeKey(crowded, now())).secrets.pin ?? '');

    expect(new Set(pins).size).toBe(10);
    expect(pins.map(({ length }) => length)).toEqual([6, 6, 6, 6, 6, 6, 6, 6, 6, 7]);
  });
});

describe('the list of Keys', () => {
  it('shows the newest first, page by page, each once', async () => {
    const made = [await makeKey(home, now()), await makeKey(home, now()), await makeKey(home, now())];
    const url = `/api/entities/${home.entityId}/keys?limit=2`;

    const first = (await home.browser.get(url)).json<KeyPage>();
    const second = (await home.browser.get(`${url}&cursor=${first.next ?? ''}`)).json<KeyPage>();

    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual(made.map(({ key }) => key.id).reverse());
    expect(new Set(ids).size).toBe(4);
  });

  it('finds Keys by status, lock, e-mail and the beginning of the Key UUID', async () => {
    const { key } = await makeKey(home, now(), {
      email: 'Grace_Hopper@example.com',
      validFrom: wallMinuteAt(now(), 5),
    });
    const find = async (query: string): Promise<string[]> => {
      const answer = await home.browser.get(`/api/entities/${home.entityId}/keys?${query}`);
      return answer.json<KeyPage>().items.map(({ id }) => id);
    };

    expect(await find('status=not_yet')).toEqual([key.id]);
    expect(await find('email=grace_h')).toEqual([key.id]);
    expect(await find('email=graceXh')).toEqual([]);
    expect(await find(`key=${key.id.slice(0, 30).toUpperCase()}`)).toContain(key.id);
    expect(await find(`status=active&lockId=${home.lockId}`)).not.toContain(key.id);
    expect(await find(`lockId=${foreign.lockId}`)).toEqual([]);
    expect(await find('status=expired')).toEqual([]);
  });
});

it.each([
  '2026-11-29T10:00Z',
  '1969-01-01T00:00',
  '0000-01-01T00:00',
  '0026-11-29T10:00',
  '2200-01-01T00:00',
])('a Key that begins at %s is refused beside the field', async (validFrom) => {
  const answer = await askForKey(home, guestKey(home, now(), { validFrom }));

  expect(answer.statusCode).toBe(400);
  expect(issuesOf(answer)?.map((issue) => issue.split(' ')[0])).toContain('body.validFrom');
});

it('the list of Keys is not asked for what no database can hold', async () => {
  for (const query of ['email=%00', 'key=a%00b', 'email=a%0Ab']) {
    const answer = await home.browser.get(`/api/entities/${home.entityId}/keys?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(issuesOf(answer)).toHaveLength(1);
  }
});

describe('Update', () => {
  it('keeps the picture of the QR when rights grow and lets it die when they shrink', async () => {
    const { key } = await makeKey(home, now(), { maxUses: 2 });
    const wider = (await update(key, { validUntil: wallMinuteAt(now(), 72), maxUses: 5 })).json<Key>();
    const grown = await issueOf(key);

    const narrower = (await update(wider, { validUntil: wallMinuteAt(now(), 24) })).json<Key>();

    expect([grown, await issueOf(key)]).toEqual([1, 2]);
    expect(narrower).toMatchObject({ maxUses: 5, version: key.version + 2 });
    expect(
      (await update(narrower, { maxUses: null, validUntil: wallMinuteAt(now(), 24) })).json(),
    ).not.toHaveProperty('maxUses');
  });

  it('is refused to whoever saw an older version, and notes before and after', async () => {
    const { key } = await makeKey(home, now(), { maxUses: 2 });
    expect((await update(key, { maxUses: 4 })).statusCode).toBe(200);

    const late = await update(key, { maxUses: 9 });

    expect(late.json()).toMatchObject({ error: { code: 'changed_meanwhile' } });
    const [entry] = (await auditOf('key.update')).filter(({ after }) => after !== null);
    expect(entry).toMatchObject({ object_id: key.id, before: { maxUses: 2 }, after: { maxUses: 4 } });
  });

  it('brings an expired Key back with its PIN', async () => {
    const { key, secrets } = await makeKey(home, now(), { validUntil: wallMinuteAt(now(), 2) });
    site.server.clock.advance(3 * 3_600_000);
    expect((await home.browser.get(keyUrl(key))).json<Key>().status).toBe('expired');

    const back = (await update(key)).json<Key>();
    const shown = (await home.browser.post(`${keyUrl(key)}/secrets`)).json<KeySecrets>();

    expect(back.status).toBe('active');
    expect(shown).toEqual(secrets);
    expect((await auditOf('key.show_secrets'))[0]).toMatchObject({ object_id: key.id, after: null });
  });

  it('gives an expired Key another PIN where its length has no room any more', async () => {
    const crowded = await openHome(site.server, { email: 'room@example.com' });
    const { key, secrets } = await makeKey(crowded, now(), { validUntil: wallMinuteAt(now(), 2) });
    site.server.clock.advance(3 * 3_600_000);
    for (let count = 0; count < 9; count += 1) await makeKey(crowded, now());
    const url = `/api/entities/${crowded.entityId}/keys/${key.id}`;
    const change = { validFrom: wallMinuteAt(now(), -1), validUntil: wallMinuteAt(now(), 9), version: 1 };

    expect((await crowded.browser.request('PATCH', url, change)).statusCode).toBe(200);

    const shown = (await crowded.browser.post(`${url}/secrets`)).json<KeySecrets>();
    expect(secrets.pin).toHaveLength(6);
    expect(shown.pin).toHaveLength(7);
  });
});

describe('Delete', () => {
  it('revokes at once and for good, and what opened with it is gone here', async () => {
    const { key } = await makeKey(home, now());

    const ended = (await home.browser.request('DELETE', keyUrl(key))).json<Key>();

    expect(ended.status).toBe('revoked');
    expect((await home.browser.request('DELETE', keyUrl(key))).json<Key>().version).toBe(ended.version);
    expect((await update(ended)).json()).toMatchObject({ error: { code: 'key_ended' } });
    expect((await home.browser.post(`${keyUrl(key)}/secrets`)).json()).toMatchObject({
      error: { code: 'key_ended' },
    });
    const sealed = await site.test.asAdmin(
      'select id from claviger.credentials where key_id = $1 and sealed_secret is not null',
      [key.id],
    );
    expect(sealed).toEqual([]);
  });

  it('keeps in the Audit, and nowhere else, why somebody did it', async () => {
    const { key } = await makeKey(home, now());
    const reason = 'The painters are done.';

    const tooLong = await home.browser.request('DELETE', keyUrl(key), { reason: 'x'.repeat(301) });
    const ended = await home.browser.request('DELETE', keyUrl(key), { reason: ` ${reason} ` });

    expect(issuesOf(tooLong)).toEqual(['body.reason too_long']);
    expect(ended.json<Key>().status).toBe('revoked');
    expect(ended.body).not.toContain(reason);
    const rows = await site.test.asAdmin<{ reason: string | null }>(
      "select reason from claviger.audit_entries where operation = 'key.delete' and object_id = $1",
      [key.id],
    );
    expect(rows.map((row) => row.reason)).toEqual([null, expect.stringMatching(/^sealed:[\w-]{40,}$/)]);
    const entries = await home.browser.get(`/api/entities/${home.entityId}/audit?operation=key.delete`);
    expect(entries.json<AuditPage>().items.map((entry) => entry.reason)).toContain(reason);
  });

  it('needs no body, whatever the request says of it; a route with a body wants one', async () => {
    const { key } = await makeKey(home, now());

    const [shown, ended] = [
      await home.browser.sendEmpty('POST', `${keyUrl(key)}/secrets`),
      await home.browser.sendEmpty('DELETE', keyUrl(key)),
    ];

    expect([ended.statusCode, ended.json<Key>().status]).toEqual([200, 'revoked']);
    expect([shown.statusCode, issuesOf(shown)]).toEqual([400, ['body wrong_type']]);
  });

  it('does not find a Key of another Entity', async () => {
    const { key } = await makeKey(foreign, now());

    const answers = [
      await home.browser.get(keyUrl(key)),
      await home.browser.request('DELETE', keyUrl(key)),
      await update(key),
      await home.browser.post(`${keyUrl(key)}/secrets`),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
  });
});

describe('whoever is neither manager nor admin', () => {
  it.each(['resident', 'installer'])('as a %s sees no Key', async (role) => {
    const other = await openHome(site.server, { email: `${role}@example.com` });
    await site.test.asAdmin('update claviger.memberships set role = $1 where entity_id = $2', [
      role,
      other.entityId,
    ]);

    const seen = await other.browser.get(`/api/entities/${other.entityId}/keys`);
    const made = await askForKey(other, guestKey(other, now()));

    expect([seen.statusCode, made.statusCode]).toEqual([403, 403]);
  });
});
