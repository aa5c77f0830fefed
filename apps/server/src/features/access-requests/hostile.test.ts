import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Entity, Mandate, User } from '@claviger/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeKey, openHome, type TestHome } from '../../../test/guest-keys.ts';
import {
  approve,
  askForLocks,
  askToManage,
  deliver,
  mandateFor,
  requestsOf,
  serialOf,
  signInAs,
  submittedBy,
} from '../../../test/people/access-requests.ts';
import { mailsOf } from '../../../test/people/invitations.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { testOrigin, type TestBrowser } from '../../../test/test-http.ts';

const site = serverOfThisFile();
let persons = 0;
let home: TestHome;
let owner: string;
let ivy: TestBrowser;
let ivysEmail: string;

beforeEach(async () => {
  persons += 1;
  owner = `ada${String(persons)}@example.com`;
  ivysEmail = `+ivy${String(persons)}@example.com`;
  home = await openHome(site.server, { email: owner });
  ivy = await signInAs(site, ivysEmail);
});

function of(path: string, { entityId } = home): string {
  return `/api/entities/${entityId}${path}`;
}

async function codes(): Promise<Entity[]> {
  return (await home.browser.get(of('/entities'))).json<{ items: Entity[] }>().items;
}

/** Rows as a flood would have left them, newer than what is there. */
const plantIncoming = `insert into claviger.incoming_requests (entity_id, id, request_id, account_id, kind,
    email, wanted_for_minutes, reason, language, asked_at, expires_at)
  select i.entity_id, gen_random_uuid(), r.id, r.account_id, r.kind, r.email, 480, 'Let me in', 'en',
    r.asked_at, r.expires_at from claviger.access_requests r, claviger.incoming_requests i
  where i.entity_id = $1 and r.reason = 'Let me in'`;

const plantAsked = `insert into claviger.access_requests (id, account_id, kind, email, owner_email, serials,
    wanted_for_minutes, reason, language, asked_at, expires_at, withdrawn_at)
  select gen_random_uuid(), account_id, kind, email, owner_email, serials, 480, 'Let me in', language,
    asked_at + n * interval '1 second', expires_at + interval '1 day', case when $3 then asked_at end
  from claviger.access_requests r, generate_series(1, $2::int) n where r.email = $1`;

describe('a flood of requests', () => {
  it('hides none that waits from whoever decides', async () => {
    await askForLocks(ivy, { ownerEmail: owner, serialNumbers: [await serialOf(home)], reason: 'Honest' });
    await deliver(site, ivy);
    await site.test.asAdmin(plantAsked, [ivysEmail, 150, false]);
    await site.test.asAdmin(plantIncoming, [home.entityId]);
    const { items } = await requestsOf(home);
    expect(items).toHaveLength(151);
    const honest = items.find(({ reason }) => reason === 'Honest');
    expect((await approve(home, honest?.id ?? '')).statusCode).toBe(200);
    expect((await requestsOf(home)).items.map(({ state }) => state).indexOf('approved')).toBe(150);
  });

  it('is none by withdrawing: what waits is counted and can be withdrawn, however old', async () => {
    await askForLocks(ivy, { ownerEmail: owner, serialNumbers: [await serialOf(home)] });
    const [first] = await submittedBy(ivy);
    await site.test.asAdmin(plantAsked, [ivysEmail, 19, false]);
    await site.test.asAdmin(`update claviger.access_requests set owner_email = 'x' || id where email = $1`, [
      ivysEmail,
    ]);
    await site.test.asAdmin(
      plantAsked.replace('r.email = $1', `r.email = $1 and r.id = '${first?.id ?? ''}'`),
      [ivysEmail, 120, true],
    );
    const another = { ownerEmail: owner, serialNumbers: [await serialOf(home)] };
    expect((await askForLocks(ivy, another)).json()).toMatchObject({ error: { code: 'limit_reached' } });
    const path = `/api/access-requests/${first?.id ?? ''}`;
    expect((await ivy.request('DELETE', path)).statusCode).toBe(204);
    expect((await askForLocks(ivy, another)).statusCode).toBe(204);
  });
});

describe('two approvals at the same time', () => {
  it('in two Entities of one Owner know the stranger as one User', async () => {
    const made = await home.browser.post(of('/entities'), {
      name: 'Mill',
      code: `MILL_${String(persons)}`,
      kind: 'home',
      zone: 'Europe/Berlin',
    });
    expect(made.statusCode, made.body).toBe(201);
    const entities = await codes();
    for (const { code } of entities) await askToManage(ivy, owner, code);
    await deliver(site, ivy);
    const places = await Promise.all(
      entities.map(async ({ id: entityId }) => {
        const place = { ...home, entityId };
        return { place, id: (await requestsOf(place)).items[0]?.id ?? '' };
      }),
    );
    expect(places).toHaveLength(2);
    const answers = await Promise.all(places.map(({ place, id }) => approve(place, id, 120)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const [one, other] = answers.map((answer) => answer.json<Mandate>().userId);
    expect(one).toBe(other);
  });
});

describe('a stranger', () => {
  it('reaches nothing of a Mandate by its identifiers', async () => {
    const mandate = await mandateFor(site, home, ivy);
    const { key } = await makeKey({ ...home, browser: ivy }, site.server.clock.now());
    const eve = await openHome(site.server, { email: `eve${String(persons)}@example.com` });
    for (const { entityId } of [home, eve]) {
      const at = (path: string) => of(`/mandates/${mandate.id}${path}`, { ...eve, entityId });
      expect((await eve.browser.get(at('/keys'))).statusCode).toBe(404);
      expect((await eve.browser.post(at('/end'), {})).statusCode).toBe(404);
      expect((await eve.browser.post(at(`/keys/${key.id}/adopt`), {})).statusCode).toBe(404);
    }
    expect((await requestsOf(home)).mandates).toMatchObject([{ isOver: false, keyCount: 1 }]);
  });

  it('writes text that stays text, in the list, in the mail and in the name', async () => {
    const reason = `<img src=x onerror=alert(1)>'; drop table claviger.users; -- "=1+1"`;
    await askForLocks(ivy, { ownerEmail: owner, serialNumbers: [await serialOf(home)], reason });
    await deliver(site, ivy);
    const [request] = (await requestsOf(home)).items;
    expect(request?.reason).toBe(reason);
    expect((await mailsOf(home))[0]?.text).toContain(reason);
    await approve(home, request?.id ?? '');
    const csv = (await home.browser.get(of('/users.csv'))).body;
    expect(csv).toContain(`'+ivy${String(persons)}`);
    expect(csv).not.toMatch(/(^|,)"?\+ivy/m);
  });
});

/** A live stream of somebody; `ended` when the server has closed it. */
async function follow(
  browser: TestBrowser,
): Promise<{ readonly status: number; readonly ended: Promise<unknown> }> {
  const { portal } = site.server.app;
  if (!portal.server.listening) await portal.listen({ host: '127.0.0.1', port: 0 });
  const { port } = portal.server.address() as AddressInfo;
  const headers = { cookie: browser.cookie, host: new URL(testOrigin).host };
  const request = get({ host: '127.0.0.1', port, path: of('/live'), headers });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return { status: response.statusCode ?? 0, ended: once(response, 'close') };
}

describe('who has a Mandate and keeps a page open', () => {
  it('loses the stream and the session’s rights when it is ended', async () => {
    await askToManage(ivy, owner, (await codes())[0]?.code ?? '');
    await deliver(site, ivy);
    const [request] = (await requestsOf(home)).items;
    const { id } = (await approve(home, request?.id ?? '', 120)).json<Mandate>();
    const { status, ended } = await follow(ivy);
    expect(status).toBe(200);
    expect((await home.browser.post(of(`/mandates/${id}/end`), {})).statusCode).toBe(204);
    await ended;
    expect((await follow(ivy)).status).toBe(404);
    expect((await ivy.get(of('/users'))).statusCode).toBe(404);
  });

  it('has nothing while the User is deactivated, and after that no more than what is left', async () => {
    const { userId, id } = await mandateFor(site, home, ivy);
    expect((await home.browser.post(of(`/users/${userId}/deactivate`), {})).statusCode).toBe(200);
    expect((await ivy.get(of('/locks'))).statusCode).toBe(401);
    await home.browser.post(of(`/users/${userId}/reactivate`), { restoreKeyIds: [] });
    await ivy.post('/api/sign-in', { email: ivysEmail, password: 'violet lantern harbour' });
    expect((await ivy.get(of('/locks'))).statusCode).toBe(200);
    await home.browser.post(of(`/mandates/${id}/end`), {});
    expect((await ivy.get(of('/locks'))).statusCode).toBe(404);
  });
});

describe('a manager who takes the role itself', () => {
  it('ends the Mandate that gave it, with what was made under it', async () => {
    const mandate = await mandateFor(site, home, ivy);
    const { key } = await makeKey({ ...home, browser: ivy }, site.server.clock.now());
    const mill = { name: 'Mill', code: `MILL_${String(persons)}`, kind: 'home', zone: 'Europe/Berlin' };
    const { id: millId } = (await home.browser.post(of('/entities'), mill)).json<Entity>();
    const path = of(`/users/${mandate.userId}`);
    const { version } = (await home.browser.get(path)).json<User>();
    const moved = await home.browser.request('PATCH', path, { entityIds: [millId], version });
    expect(moved.statusCode, moved.body).toBe(200);
    expect((await ivy.get(of('/locks'))).statusCode).toBe(404);
    const waiting = await site.test.asAdmin(
      `select from graphile_worker.jobs where key = $1 and run_at <= now()`,
      [`end_mandate:${mandate.id}`],
    );
    expect(waiting).toHaveLength(1);
    await site.server.runJob('end_mandate', { entityId: home.entityId, mandateId: mandate.id });
    expect((await home.browser.get(of(`/keys/${key.id}`))).json()).toMatchObject({
      ...{ status: 'suspended', suspension: 'mandate_ended' },
    });
  });
});

describe('a server that is killed', () => {
  it('right after its answer delivers all the same: the work was kept with the request', async () => {
    await askForLocks(ivy, { ownerEmail: owner, serialNumbers: [await serialOf(home)] });
    const after = await site.test.asAdmin(
      `select from graphile_worker.jobs where task_identifier = 'deliver_request'`,
    );
    expect(after.length).toBeGreaterThan(0);
  });
});
