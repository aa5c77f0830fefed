import type { Session } from '@claviger/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../test/audit/forget.ts';
import { openHome, type TestHome } from '../../../test/guest-keys.ts';
import { addLocalAdmin, newestToken } from '../../../test/people/invitations.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { TestBrowser } from '../../../test/test-http.ts';
import { newIdentifier } from '../../platform/database/index.ts';

const site = serverOfThisFile();
const password = 'correct horse battery';
const weekMs = 7 * 86_400_000;
let persons = 0;
let home: TestHome;
/** Whoever is invited; a new one in each test. */
let grace: string;
let visitor: TestBrowser;

beforeEach(async () => {
  persons += 1;
  grace = `grace${String(persons)}@example.com`;
  home = await openHome(site.server, { email: `ada${String(persons)}@example.com` });
  visitor = new TestBrowser(site.server.app.portal);
  await forgetAudit(site.test);
});

async function invite(email = grace): Promise<string> {
  const answer = await addLocalAdmin(home, email);
  expect(answer.json(), answer.body).toEqual({ outcome: 'invited' });
  return newestToken(home);
}

function show(token: string) {
  return visitor.post('/api/invitation', { token });
}

function accept(body: { token: string; password?: string }, browser = visitor) {
  return browser.post('/api/invitation/accept', body);
}

async function rolesOf(browser: TestBrowser): Promise<Record<string, string>> {
  const { memberships } = (await browser.get('/api/session')).json<Session>();
  return Object.fromEntries(memberships.map(({ entityId, role }) => [entityId, role]));
}

async function countAccounts(email: string): Promise<number> {
  const rows = await site.test.asAdmin('select from auth.accounts where email = $1', [email]);
  return rows.length;
}

/** A User of the Owner of this home with the address of whoever is invited, and no Account. */
async function plantUser(status = 'active'): Promise<string> {
  const userId = newIdentifier();
  await site.test.asAdmin(
    `insert into claviger.users (id, owner_id, name, email, status)
      select $1, owner_id, 'Grace', $2, $3 from claviger.entities where id = $4`,
    [userId, grace.toUpperCase(), status, home.entityId],
  );
  await site.test.asAdmin(
    `insert into claviger.memberships (entity_id, user_id, owner_id, role)
      select id, $1, owner_id, 'resident' from claviger.entities where id = $2`,
    [userId, home.entityId],
  );
  return userId;
}

function usersOf(email: string) {
  return site.test.asAdmin<{ id: string }>('select id from claviger.users where lower(email) = $1', [email]);
}

describe('the page of an invitation', () => {
  it('says who invites whom until when, and changes nothing', async () => {
    const token = await invite();

    expect((await show(token)).json()).toEqual({
      place: 'Home',
      email: grace,
      expiresAt: site.server.clock.now() + weekMs,
      role: 'local_admin',
    });
    expect((await show(token)).statusCode).toBe(200);
    expect(await countAccounts(grace)).toBe(0);
  });

  it('gives one answer to every link that does not hold', async () => {
    const token = await invite();
    const other = await invite(`eve${String(persons)}@example.com`);
    await site.test.asAdmin("update claviger.invitations set expires_at = '2020-01-01' where email = $1", [
      grace,
    ]);
    const answers = [await show(token), await show(`${other}x`), await show('')];

    const bodies = answers.map(({ body }) => body.replace(/"requestId":"[^"]+"/, ''));
    expect(answers[0]?.statusCode).toBe(404);
    expect(new Set(bodies).size).toBe(1);
  });

  it('is closed from the end of the seventh day on', async () => {
    const token = await invite();
    site.server.clock.advance(weekMs - 1);
    expect((await show(token)).statusCode).toBe(200);

    site.server.clock.advance(1);

    expect([(await show(token)).statusCode, (await accept({ token, password })).statusCode]).toEqual([
      404, 404,
    ]);
    expect(await countAccounts(grace)).toBe(0);
  });

  it.each([
    ['its Entity was deleted', 'update claviger.entities set deleted_at = now() where id = $1'],
    [
      'who asked is no manager any more',
      "update claviger.memberships set role = 'resident' where entity_id = $1",
    ],
    ['who asked has gone', 'update claviger.memberships set until = now() where entity_id = $1'],
  ])('is closed where %s', async (_why, statement) => {
    const token = await invite();
    await site.test.asAdmin(statement, [home.entityId]);

    expect([(await show(token)).statusCode, (await accept({ token, password })).statusCode]).toEqual([
      404, 404,
    ]);
  });
});

describe('a person who is new here', () => {
  it('sets a password, is signed in, and is a Local Admin', async () => {
    const token = await invite();

    const answer = await accept({ token, password });

    expect(answer.json(), answer.body).toEqual({ entityId: home.entityId });
    expect(await rolesOf(visitor)).toEqual({ [home.entityId]: 'local_admin' });
    expect((await visitor.get(`/api/entities/${home.entityId}/locks`)).statusCode).toBe(200);
    expect((await show(token)).statusCode).toBe(404);
  });

  it('stands in the Audit of the Entity with the acceptance', async () => {
    await accept({ token: await invite(), password });

    const rows = await site.test.asAdmin(
      `select chain, operation, object_type, after from claviger.audit_entries
        where operation = 'local_admin.accept'`,
    );
    expect(rows).toEqual([
      {
        chain: home.entityId,
        operation: 'local_admin.accept',
        object_type: 'invitation',
        after: { role: 'local_admin' },
      },
    ]);
  });

  it('is one person, however often the button was pressed', async () => {
    const token = await invite();
    const [first, second] = await Promise.all([
      accept({ token, password }),
      accept({ token, password }, new TestBrowser(site.server.app.portal)),
    ]);
    const third = await accept({ token, password });

    expect([first.statusCode, second.statusCode, third.statusCode]).toEqual([200, 200, 200]);
    expect(await usersOf(grace)).toHaveLength(1);
  });

  it('is asked for a password of ten characters or more', async () => {
    const answer = await accept({ token: await invite(), password: 'short' });
    expect(answer.json()).toMatchObject({ error: { issues: [{ path: 'body.password' }] } });
    expect(await countAccounts(grace)).toBe(0);
  });

  it('is the User whom the Owner knows by this address already', async () => {
    const userId = await plantUser();

    expect((await accept({ token: await invite(), password })).statusCode).toBe(200);

    expect(await usersOf(grace)).toEqual([{ id: userId }]);
    expect(await rolesOf(visitor)).toEqual({ [home.entityId]: 'local_admin' });
  });

  it('who was deactivated gets no role, and no Account is left behind', async () => {
    const token = await invite();
    await plantUser('deactivated');

    expect((await accept({ token, password })).statusCode).toBe(404);
    expect(await countAccounts(grace)).toBe(0);
  });
});

describe('a person with an Account', () => {
  let own: TestHome;
  beforeEach(async () => {
    own = await openHome(site.server, { email: grace });
  });

  it('accepts with its password, and keeps the other Entity', async () => {
    const answer = await accept({ token: await invite(), password });

    expect(answer.statusCode, answer.body).toBe(200);
    expect(await rolesOf(visitor)).toEqual({
      [home.entityId]: 'local_admin',
      [own.entityId]: 'community_manager',
    });
  });

  it('accepts without one where it is signed in', async () => {
    expect((await accept({ token: await invite() }, own.browser)).statusCode).toBe(200);
    expect((await rolesOf(own.browser))[home.entityId]).toBe('local_admin');
  });

  it('is not whoever has the link and another password, or another session', async () => {
    const token = await invite();

    const wrong = await accept({ token, password: 'wrong horse battery' });
    const stranger = await accept({ token }, home.browser);
    const nobody = await accept({ token });

    expect(wrong.json()).toMatchObject({ error: { code: 'wrong_credentials' } });
    for (const answer of [stranger, nobody]) {
      expect(answer.json()).toMatchObject({ error: { issues: [{ problem: 'password_missing' }] } });
    }
    expect((await rolesOf(own.browser))[home.entityId]).toBeUndefined();
  });

  it('can be asked for passwords ten times in a row', async () => {
    const token = await invite();
    const tries = [];
    for (let count = 0; count < 11; count += 1)
      tries.push(await accept({ token, password: 'wrong horse 1' }));

    expect(tries.map(({ statusCode }) => statusCode)).toEqual([...Array<number>(10).fill(401), 429]);
  });

  it('stays a community_manager who became one meanwhile', async () => {
    const token = await invite();
    await accept({ token }, own.browser);
    await site.test.asAdmin(
      "update claviger.memberships set role = 'community_manager' where entity_id = $1",
      [home.entityId],
    );
    await addLocalAdmin(home, grace);
    await site.test.asAdmin(
      "update claviger.invitations set state = 'pending', accepted_by = null where email = $1",
      [grace],
    );

    expect((await accept({ token }, own.browser)).statusCode).toBe(200);
    expect((await rolesOf(own.browser))[home.entityId]).toBe('community_manager');
  });

  it('whose role there has ended gets another one', async () => {
    await accept({ token: await invite() }, own.browser);
    await site.test.asAdmin(
      "update claviger.memberships set until = now() where entity_id = $1 and role = 'local_admin'",
      [home.entityId],
    );

    expect((await accept({ token: await invite() }, own.browser)).statusCode).toBe(200);
    expect((await rolesOf(own.browser))[home.entityId]).toBe('local_admin');
  });
});
