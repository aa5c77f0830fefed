import { randomUUID } from 'node:crypto';
import type { Invitation, User } from '@claviger/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../test/audit/forget.ts';
import { openHome, type TestHome } from '../../../test/guest-keys.ts';
import { addLocalAdmin, mailsOf, newestToken } from '../../../test/people/invitations.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { TestBrowser } from '../../../test/test-http.ts';

const site = serverOfThisFile();
const password = 'violet lantern harbour';
let homes = 0;
let home: TestHome;

beforeEach(async () => {
  homes += 1;
  home = await openHome(site.server, { email: `ada${String(homes)}@example.com` });
  await forgetAudit(site.test);
});

function url(path = '', { entityId } = home): string {
  return `/api/entities/${entityId}/users${path}`;
}

/** An address that no other test has. */
function address(name: string): string {
  return `${name}${String(homes)}@example.com`;
}

interface Page {
  readonly items: User[];
  readonly next?: string;
}

async function list(query = '', browser = home.browser): Promise<Page> {
  const answer = await browser.get(url(query === '' ? '' : `?${query}`));
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Page>();
}

async function names(query = ''): Promise<string[]> {
  return (await list(query)).items.map(({ name }) => name);
}

function create(name: string, more: object = {}, browser = home.browser) {
  return browser.post(url(), { name, email: address(name.toLowerCase()), ...more });
}

async function made(name: string, more: object = {}): Promise<User> {
  const answer = await create(name, more);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<User>();
}

function change({ id, version }: User, fields: object, browser = home.browser) {
  return browser.request('PATCH', url(`/${id}`), { version, ...fields });
}

function deactivate({ id }: User, body: object = {}, browser = home.browser) {
  return browser.post(url(`/${id}/deactivate`), body);
}

function reactivate({ id }: User, browser = home.browser) {
  return browser.post(url(`/${id}/reactivate`), { restoreKeyIds: [] });
}

/** Who accepts the newest invitation with a password is signed in. */
async function accept(): Promise<TestBrowser> {
  const browser = new TestBrowser(site.server.app.portal);
  const answer = await browser.post('/api/invitation/accept', { token: await newestToken(home), password });
  expect(answer.statusCode, answer.body).toBe(200);
  return browser;
}

/** A User who can sign in. */
async function member(name: string): Promise<{ user: User; browser: TestBrowser }> {
  const user = await made(name, { welcome: { language: 'en' } });
  return { user, browser: await accept() };
}

/** A Local Admin of this home who can sign in. */
async function localAdmin(name: string): Promise<{ user: User; browser: TestBrowser }> {
  const { user, browser } = await member(name);
  expect((await addLocalAdmin(home, user.email)).json()).toEqual({ outcome: 'added' });
  return { user, browser };
}

/** Another Entity of the same Owner. */
async function another(name: string): Promise<string> {
  const answer = await home.browser.post(`/api/entities/${home.entityId}/entities`, {
    ...{ name, code: name, kind: 'commercial', zone: 'Europe/Berlin' },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<{ id: string }>().id;
}

function audit() {
  return site.test.asAdmin<Record<string, unknown>>(
    'select * from claviger.audit_entries where chain = $1 order by sequence',
    [home.entityId],
  );
}

const problemOf = (answer: { json: () => unknown }) =>
  (answer.json() as { error: { code: string; issues?: { path: string; problem: string }[] } }).error;

describe('Create User', () => {
  it('makes a resident of the Entity, with everything that was typed', async () => {
    const fields = { phone: '+49 30 1234', mobile: '0170/55 66', plates: ['B-AB 123', 'b ab 123', 'HH X 1'] };

    const user = await made('Grace', fields);

    expect(user).toMatchObject({
      ...{ name: 'Grace', email: address('grace'), phone: '+49 30 1234', mobile: '0170/55 66' },
      ...{ plates: ['B-AB 123', 'HH X 1'], status: 'active', role: 'resident', signIn: 'none' },
      entities: [{ id: home.entityId, role: 'resident' }],
      isElsewhere: false,
    });
    expect(await mailsOf(home)).toEqual([]);
    expect((await list()).items).toContainEqual(user);
  });

  it('seals in the Audit what tells of the person', async () => {
    const { id } = await made('Grace', { phone: '030 777 888' });

    const rows = await audit();
    expect(rows).toMatchObject([{ operation: 'user.create', object_type: 'user', object_id: id }]);
    for (const told of [address('grace'), '030 777 888', 'Grace']) {
      expect(JSON.stringify(rows)).not.toContain(told);
    }
  });

  it('sends a welcome email whose link signs the person in as this User', async () => {
    const { id } = await made('Grace', { welcome: { language: 'de' } });
    const [mail] = await mailsOf(home);
    expect(mail).toMatchObject({ to: address('grace') });
    expect(mail?.text).toContain('lädt Sie ein, sich dort anzumelden');
    expect((await list()).items.find((user) => user.id === id)).toMatchObject({ signIn: 'invited' });

    const browser = await accept();

    expect((await list()).items.find((user) => user.id === id)).toMatchObject({
      ...{ signIn: 'account', role: 'resident' },
    });
    const session = (await browser.get('/api/session')).json<{ memberships: unknown[] }>();
    expect(session.memberships).toMatchObject([{ entityId: home.entityId, role: 'resident' }]);
    expect((await audit()).map(({ operation }) => operation)).toEqual(['user.create', 'user.accept']);
  });

  it('answers alike whether the address has an Account elsewhere, and that Owner hears nothing', async () => {
    const other = await openHome(site.server, { email: address('eve') });
    const known = await create('Eve', { welcome: { language: 'en' } });
    const unknown = await create('Nobody', { welcome: { language: 'en' } });

    expect([known.statusCode, unknown.statusCode]).toEqual([201, 201]);
    expect(known.json<User>().signIn).toBe('invited');
    expect(unknown.json<User>().signIn).toBe('invited');
    const elsewhere = await other.browser.get(`/api/entities/${other.entityId}/users`);
    expect(elsewhere.json<Page>().items).toHaveLength(1);
  });

  it('refuses an address that the Owner knows, beside the field', async () => {
    await made('Grace');
    const answer = await create('Other', { email: address('GRACE') });
    expect([answer.statusCode, problemOf(answer)]).toMatchObject([
      400,
      { issues: [{ path: 'body.email', problem: 'user_exists' }] },
    ]);
    expect(await names()).toHaveLength(2);
  });

  it.each([
    ['a phone without digits', { phone: 'ring me' }, 'body.phone'],
    ['too many plates', { plates: Array.from({ length: 11 }, (_, n) => `B ${String(n)}`) }, 'body.plates'],
    ['a role of its own choice', { role: 'community_manager' }, 'body.role'],
    ['another Owner', { ownerId: randomUUID() }, 'body.ownerId'],
  ])('refuses %s', async (_what, more, path) => {
    const answer = await create('Grace', more);
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).issues?.[0]?.path).toBe(path);
    expect(await names()).toHaveLength(1);
  });
});

describe('the list of Users', () => {
  beforeEach(async () => {
    await made('Grace', { phone: '+49 (30) 12-34', plates: ['B-AB 123'] });
    await made('alan', { mobile: '0170 5566' });
    await made('Percent%', { email: address('percent') });
  });

  it.each([
    ['a part of a name', 'text=LAN', ['alan']],
    ['a part of an address', 'text=grace', ['Grace']],
    ['digits of a number, however it is written', 'text=30 1234', ['Grace']],
    ['a part of a number with other signs', 'text=0170/55', ['alan']],
    ['a plate without what stands between', 'text=ab123', ['Grace']],
    ['what only looks like a pattern', 'text=%25', ['Percent%']],
    ['nobody', 'text=zzz', []],
    ['nobody by signs that stand between', 'text=/', []],
  ])('finds %s', async (_what, query, found) => {
    expect(await names(query)).toEqual(found);
  });

  it('is by name and goes on page by page', async () => {
    await site.test.asAdmin(
      `with made as (insert into claviger.users (id, owner_id, name, email)
          select gen_random_uuid(), owner_id, 'user ' || lpad(n::text, 3, '0'), n || '@many.example'
          from claviger.entities, generate_series(1, 120) n where id = $1 returning id, owner_id)
        insert into claviger.memberships (entity_id, user_id, owner_id, role)
          select $1, id, owner_id, 'resident' from made`,
      [home.entityId],
    );
    const pages: string[][] = [];
    for (let page = await list('text=user'); ; page = await list(`text=user&cursor=${page.next}`)) {
      pages.push(page.items.map(({ name }) => name));
      if (page.next === undefined) break;
    }
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(pages.flat()).toEqual([...pages.flat()].sort());
    const unknown = Buffer.from(JSON.stringify(['a\0', randomUUID()])).toString('base64url');
    for (const query of ['cursor=madeup', `cursor=${unknown}`, 'text=a%00']) {
      expect((await home.browser.get(url(`?${query}`))).statusCode).toBe(400);
    }
  });

  it('says who has a plate already', async () => {
    const answer = await home.browser.get(url('/plates?plates=b%20ab%20123,HH%201'));
    expect(answer.json()).toEqual({ items: [{ plate: 'B-AB 123', name: 'Grace' }] });
    const grace = (await list('text=grace')).items[0];
    const others = () => home.browser.get(url(`/plates?plates=BAB123&except=${grace?.id ?? ''}`));
    expect((await others()).json()).toEqual({ items: [] });
    const former = await made('Former', { plates: ['B-AB 123'] });
    expect((await others()).json()).toMatchObject({ items: [{ name: 'Former' }] });
    await change(former, { entityIds: [await another('MILL')] });
    expect((await others()).json()).toEqual({ items: [] });
    expect((await home.browser.get(url('/plates?plates=a%00'))).statusCode).toBe(400);
  });
});

describe('Save Changes of a User', () => {
  it('changes what was typed, and says before and after in the Audit', async () => {
    const user = await made('Grace');
    const saved = (await change(user, { name: 'Grace Hopper', phone: '030 555' })).json<User>();
    expect(saved).toMatchObject({ name: 'Grace Hopper', phone: '030 555', version: user.version + 1 });
    expect((await audit()).at(-1)).toMatchObject({ operation: 'user.update', object_id: user.id });
  });

  it('refuses what somebody else changed meanwhile', async () => {
    const user = await made('Grace');
    await change(user, { name: 'Grace Hopper' });
    expect((await change(user, { name: 'Other' })).statusCode).toBe(409);
  });

  it('changes the address until the person signs in with it', async () => {
    const user = await made('Grace', { welcome: { language: 'en' } });
    const token = await newestToken(home);
    const moved = (await change(user, { email: address('hopper') })).json<User>();
    expect(moved).toMatchObject({ email: address('hopper'), signIn: 'none' });
    const old = await new TestBrowser(site.server.app.portal).post('/api/invitation', { token });
    expect(old.statusCode).toBe(404);

    const { user: alan } = await member('Alan');
    const now = (await list('text=alan')).items[0] ?? alan;
    expect(problemOf(await change(now, { email: address('other') }))).toMatchObject({
      issues: [{ path: 'body.email', problem: 'address_fixed' }],
    });
    expect(problemOf(await change(moved, { email: address('alan') }))).toMatchObject({
      issues: [{ path: 'body.email', problem: 'user_exists' }],
    });
  });

  it('adds and removes Entities, and leaves none without any', async () => {
    const user = await made('Grace');
    const mill = await another('MILL');
    const both = (await change(user, { entityIds: [home.entityId, mill] })).json<User>();
    expect(both.entities.map(({ id }) => id).sort()).toEqual([home.entityId, mill].sort());

    expect(problemOf(await change(both, { entityIds: [] }))).toMatchObject({
      issues: [{ path: 'body.entityIds', problem: 'entity_needed' }],
    });
    const moved = (await change(both, { entityIds: [mill] })).json<User>();
    expect(moved.entities.map(({ id }) => id)).toEqual([mill]);
    expect(await names()).not.toContain('Grace');
  });

  it('gives nothing in an Entity that the actor does not manage', async () => {
    const { browser } = await localAdmin('Lin');
    const mill = await another('MILL');
    const user = await made('Grace');
    for (const entityId of [mill, randomUUID()]) {
      const answer = await change(user, { entityIds: [home.entityId, entityId] }, browser);
      expect(problemOf(answer)).toMatchObject({ issues: [{ problem: 'entity_unknown' }] });
    }
    await change(user, { entityIds: [home.entityId, mill] });
    const seen = (await list('text=grace', browser)).items[0];
    expect(seen).toMatchObject({ entities: [{ id: home.entityId }], isElsewhere: true });
  });

  it('does not reach a manager or another Local Admin, nor oneself where access would end', async () => {
    const { browser } = await localAdmin('Lin');
    await localAdmin('Mo');
    await made('Grace');
    const seen = (await list('', browser)).items;
    const may = Object.fromEntries(seen.map((user) => [user.email, user.may]));
    const all = ['updateUser', 'deactivateUser', 'reactivateUser'];
    expect(may).toEqual({
      ...{ [address('ada')]: [], [address('mo')]: [], [address('lin')]: ['updateUser'] },
      ...{ [address('grace')]: all },
    });
    for (const out of seen.filter((user) => user.may.length === 0)) {
      expect((await change(out, { name: 'Taken' }, browser)).statusCode).toBe(403);
      expect((await change(out, { entityIds: [] }, browser)).statusCode).toBe(403);
      expect((await deactivate(out, {}, browser)).statusCode).toBe(403);
    }
    const [ada] = (await list('text=ada')).items;
    if (!ada) throw new Error('no manager');
    expect(ada.may).toEqual(['updateUser']);
    const moved = await change(ada, { entityIds: [await another('MILL')] });
    expect(problemOf(moved)).toMatchObject({
      issues: [{ path: 'body.entityIds', problem: 'own_entity' }],
    });
  });

  it('does not reach whoever manages another Entity', async () => {
    const { browser } = await localAdmin('Lin');
    const user = await made('Grace');
    const mill = await another('MILL');
    const both = (await change(user, { entityIds: [home.entityId, mill] })).json<User>();
    expect((await change(both, { name: 'Grace H' }, browser)).statusCode).toBe(200);
    await site.test.asAdmin(
      `update claviger.memberships set role = 'local_admin' where entity_id = $1 and user_id = $2`,
      [mill, user.id],
    );
    const [seen] = (await list('text=grace', browser)).items;
    expect(seen).toMatchObject({ role: 'resident', isElsewhere: true, may: [] });
    expect((await change(seen ?? both, { name: 'Taken' }, browser)).statusCode).toBe(403);
  });

  it('gives nobody the address of a User of an Entity that the actor does not manage', async () => {
    const { browser } = await localAdmin('Lin');
    const user = await made('Grace');
    const both = await change(user, { entityIds: [home.entityId, await another('MILL')] });
    const taken = await change(both.json<User>(), { email: address('lins-own') }, browser);
    expect(problemOf(taken)).toMatchObject({
      issues: [{ path: 'body.email', problem: 'address_elsewhere' }],
    });
    expect((await change(both.json<User>(), { email: address('new') })).statusCode).toBe(200);
  });
});

describe('deactivating a User', () => {
  it('shuts the person out at once and says why, and Reactivate User lets in again', async () => {
    const { user, browser } = await member('Grace');
    const { browser: admin } = await localAdmin('Lin');

    const done = (await deactivate(user, { reason: 'moved out' }, admin)).json<User>();

    expect(done).toMatchObject({ status: 'deactivated', deactivationReason: 'moved out' });
    expect((await browser.get('/api/session')).json()).toBeNull();
    const again = new TestBrowser(site.server.app.portal);
    const credentials = { email: user.email, password };
    const refused = await again.post('/api/sign-in', credentials);
    expect([refused.statusCode, problemOf(refused).code]).toEqual([403, 'deactivated']);
    expect((await again.get('/api/session')).json()).toBeNull();
    const stranger = await again.post('/api/sign-in', { ...credentials, password: 'another one of mine' });
    expect([stranger.statusCode, problemOf(stranger).code]).toEqual([401, 'wrong_credentials']);
    expect((await audit()).at(-1)).toMatchObject({ operation: 'user.deactivate', reason: 'moved out' });
    expect(await names('status=deactivated')).toEqual(['Grace']);
    expect(await names('status=active')).not.toContain('Grace');

    expect((await reactivate(user, admin)).json()).toMatchObject({ status: 'active' });
    expect((await again.post('/api/sign-in', credentials)).statusCode).toBe(200);
  });

  it('leaves the sign-in of whom another Owner knows', async () => {
    const other = await openHome(site.server, { email: address('eve') });
    const user = await made('Eve', { welcome: { language: 'en' } });
    const token = await newestToken(home);
    expect((await other.browser.post('/api/invitation/accept', { token })).statusCode).toBe(200);

    await deactivate(user);

    const session = (await other.browser.get('/api/session')).json<{ memberships: { entityId: string }[] }>();
    expect(session.memberships.map(({ entityId }) => entityId)).toEqual([other.entityId]);
  });

  it('is never done to oneself, nor to the last manager', async () => {
    const [ada] = (await list('text=ada')).items;
    if (!ada) throw new Error('no manager');
    expect((await deactivate(ada)).statusCode).toBe(403);
  });

  it('does not reach a person with a role elsewhere that the actor does not manage', async () => {
    const { browser } = await localAdmin('Lin');
    const user = await made('Grace');
    const mill = await another('MILL');
    await change(user, { entityIds: [home.entityId, mill] });
    expect((await deactivate(user, {}, browser)).statusCode).toBe(403);
    expect((await deactivate(user)).statusCode).toBe(200);
    expect((await reactivate(user, browser)).statusCode).toBe(403);
  });

  it('makes the link of a welcome email lead nowhere', async () => {
    const user = await made('Grace', { welcome: { language: 'en' } });
    const token = await newestToken(home);
    await deactivate(user);
    const browser = new TestBrowser(site.server.app.portal);
    expect((await browser.post('/api/invitation/accept', { token, password })).statusCode).toBe(404);
  });
});

describe('the welcome email', () => {
  const welcome = ({ id }: User, key: string = randomUUID()) =>
    home.browser.post(url(`/${id}/welcome`), {}, { 'idempotency-key': key });

  it('is sent again with another link, once for one press', async () => {
    const user = await made('Grace', { welcome: { language: 'en' } });
    const first = await newestToken(home);
    const key = randomUUID();
    expect([(await welcome(user, key)).statusCode, (await welcome(user, key)).statusCode]).toEqual([
      204, 204,
    ]);
    expect(await mailsOf(home)).toHaveLength(2);
    const browser = new TestBrowser(site.server.app.portal);
    expect((await browser.post('/api/invitation', { token: first })).statusCode).toBe(404);
    expect((await browser.post('/api/invitation', { token: await newestToken(home) })).json()).toMatchObject({
      role: 'resident',
    });
  });

  it('is not for whoever can sign in, nor in the list of Local Admins', async () => {
    const { user } = await member('Grace');
    expect((await welcome(user)).statusCode).toBe(409);
    await made('Alan', { welcome: { language: 'en' } });
    const answer = await home.browser.get(`/api/entities/${home.entityId}/local-admins`);
    expect(answer.json<{ invitations: Invitation[] }>().invitations).toEqual([]);
  });
});

describe('Users of others', () => {
  it('are not found by any call, whatever the path says', async () => {
    const user = await made('Grace');
    const eve = await openHome(site.server, { email: address('eve') });
    const foreign = [
      await eve.browser.get(url()),
      await eve.browser.get(url(`/${user.id}`, eve)),
      await eve.browser.request('PATCH', url(`/${user.id}`, eve), { name: 'Taken', version: user.version }),
      await eve.browser.post(url(`/${user.id}/deactivate`, eve), {}),
      await eve.browser.post(url(`/${user.id}/reactivate`, eve), { restoreKeyIds: [] }),
      await eve.browser.post(url(`/${user.id}/welcome`, eve), {}, { 'idempotency-key': randomUUID() }),
    ];
    expect(foreign.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404, 404, 404]);
    expect((await list('text=grace')).items).toEqual([user]);
  });

  it('are managed neither by a resident nor by who is signed out', async () => {
    const { browser } = await member('Grace');
    expect((await browser.get(url())).statusCode).toBe(403);
    expect((await create('Other', {}, browser)).statusCode).toBe(403);
    expect((await new TestBrowser(site.server.app.portal).get(url())).statusCode).toBe(401);
  });
});
