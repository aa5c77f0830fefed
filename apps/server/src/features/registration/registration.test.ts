import type { AuditPage } from '@claviger/protocol';
import { describe, expect, it } from 'vitest';
import { ada, newLabel, registerWith, serverOfThisFile, type Label } from '../../../test/test-app.ts';
import { TestBrowser } from '../../../test/test-http.ts';

const site = serverOfThisFile();

async function stocked(): Promise<Label> {
  const label = newLabel();
  await site.server.addStock(label);
  return label;
}

function count(table: string): Promise<number> {
  return site.test
    .asAdmin<{ count: number }>(`select count(*) as count from ${table}`)
    .then(([row]) => row?.count ?? 0);
}

async function counts(): Promise<number[]> {
  const tables = [
    'auth.accounts',
    'claviger.owners',
    'claviger.entities',
    'claviger.users',
    'claviger.locks',
  ];
  return Promise.all(tables.map(count));
}

describe('registering', () => {
  it('makes Account, Owner, User, home Entity and lock, and signs in', async () => {
    const { browser, answer, entityId } = await registerWith(site.server, await stocked());

    const session = (await browser.get('/api/session')).json<{ memberships: object[] }>();

    expect(answer.statusCode).toBe(201);
    expect(session.memberships).toMatchObject([
      {
        entityId,
        kind: 'home',
        role: 'community_manager',
        zone: 'Europe/Berlin',
        lockCount: 1,
        name: 'Home',
      },
    ]);
    expect(await counts()).toEqual([1, 1, 1, 1, 1]);
  });

  it('is the first thing in the Audit of the Entity that it made, and in no other', async () => {
    const label = await stocked();
    const made = await registerWith(site.server, label, { ...ada, email: 'first@example.com' });
    const url = `/api/entities/${made.entityId}/audit?order=asc&limit=1`;

    const [entry] = (await made.browser.get(url)).json<AuditPage>().items;

    expect(entry).toMatchObject({
      ...{ sequence: 1, operation: 'registration.register', outcome: 'done', name: 'first' },
      ...{ objectType: 'entity', objectId: made.entityId, after: { serial: label.serial } },
    });
    const elsewhere = await site.test.asAdmin(
      `select sequence from claviger.audit_entries
        where operation = 'registration.register' and entity_id is null`,
    );
    expect(elsewhere).toEqual([]);
  });

  it('gives one answer to every failure, and leaves nothing behind', async () => {
    const [label, before] = [await stocked(), await counts()];
    const right = {
      email: 'eve@example.com',
      password: ada.password,
      serial: label.serial,
      code: label.pairingCode,
    };
    const attempts = [
      { ...right, serial: newLabel().serial },
      { ...right, serial: 'nonsense' },
      { ...right, code: 'ABCDEFGHJKMNPQRS' },
      { ...right, code: '34970112332' },
      { ...right, email: ada.email, password: 'another password' },
      { ...right, email: ada.email },
    ];

    const answers = await Promise.all(
      attempts.map((body) =>
        new TestBrowser(site.server.app.portal).post('/api/registration', { ...body, zone: 'Europe/Berlin' }),
      ),
    );

    expect(answers.map(({ statusCode }) => statusCode)).toEqual(attempts.map(() => 409));
    expect(
      new Set(answers.map((answer) => answer.json<{ error: { message: string } }>().error.message)).size,
    ).toBe(1);
    expect(answers.flatMap((answer) => answer.cookies)).toEqual([]);
    expect(await counts()).toEqual(before);
    // What made no Entity belongs to none.
    const [refused] = await site.test.asAdmin(
      `select bool_and(entity_id is null) as "isOutside" from claviger.audit_entries
        where operation = 'registration.register' and outcome = 'refused'`,
    );
    expect(refused).toEqual({ isOutside: true });
  });

  it('that was interrupted after the Account was made goes on with the same password', async () => {
    const label = await stocked();
    const person = { email: 'grace@example.com', password: 'correct horse battery' };
    await site.test.asAdmin(`insert into auth.accounts (email) values ($1)`, ['other@example.com']);
    const first = await registerWith(site.server, label, person);
    await site.test.asAdmin('delete from claviger.claims where lock_id = $1', [first.lockId]);
    await site.test.asAdmin('delete from claviger.locks where id = $1', [first.lockId]);
    await site.test.asAdmin('delete from claviger.memberships where entity_id = $1', [first.entityId]);
    await site.test.asAdmin('delete from claviger.users where email = $1', [person.email]);

    const again = await registerWith(site.server, label, person);

    expect(again.answer.statusCode, again.answer.body).toBe(201);
  });

  it.each([
    ['a short password', { password: 'short' }, 'body.password'],
    ['no e-mail address', { email: 'nobody' }, 'body.email'],
    ['a time zone that is none', { zone: 'Mars/Olympus' }, 'body.zone'],
    ['a field that is not known', { role: 'operator' }, 'body.role'],
  ])('refuses %s beside its field', async (_what, wrong, path) => {
    const body = { ...ada, serial: 'x', code: 'y', zone: 'UTC', ...wrong };

    const answer = await new TestBrowser(site.server.app.portal).post('/api/registration', body);

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: { code: 'invalid_input', issues: [{ path }] } });
  });

  it('counts one e-mail address once, however it is spelled', async () => {
    const spellings = ['Eve@example.com', 'eve@EXAMPLE.com', 'eve@example.com'];
    const answers = [];
    for (let index = 0; index < 12; index += 1) {
      const body = { ...ada, email: spellings[index % 3], serial: newLabel().serial, code: 'wrong' };
      const browser = new TestBrowser(site.server.app.portal);
      answers.push(await browser.post('/api/registration', { ...body, zone: 'Europe/Berlin' }));
    }

    expect(answers.map(({ statusCode }) => statusCode).slice(9)).toEqual([409, 429, 429]);
  });

  it('keeps the pairing code nowhere: not in the log, not in the database', async () => {
    const label = await stocked();
    await registerWith(site.server, label, { ...ada, email: 'canary@example.com' });

    const tables = await site.test.asAdmin<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('claviger', 'auth', 'graphile_worker')`,
    );
    const dumps = await Promise.all(
      tables.map(({ name }) => site.test.asAdmin<{ row: string }>(`select t::text as row from ${name} t`)),
    );
    const everything = [...site.server.logged, ...dumps.flat().map(({ row }) => row)].join('\n');
    expect(everything).not.toContain(label.pairingCode);
    expect(everything).not.toContain(ada.password);
    expect(everything).toContain(label.serial);
  });
});
