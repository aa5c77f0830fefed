import { beforeEach, describe, expect, it } from 'vitest';
import type { Entity } from '@claviger/protocol';
import { forgetAudit } from '../../../test/audit/forget.ts';
import { openHome, type TestHome } from '../../../test/guest-keys.ts';
import { mailsOf } from '../../../test/people/invitations.ts';
import {
  approve,
  askForLocks,
  askToManage,
  deliver,
  requestsOf,
  serialOf,
  signInAs,
  submittedBy,
} from '../../../test/people/access-requests.ts';
import { newLabel, serverOfThisFile } from '../../../test/test-app.ts';
import { TestBrowser } from '../../../test/test-http.ts';

const site = serverOfThisFile();
const dayMs = 86_400_000;
let persons = 0;
let home: TestHome;
let owner: string;
let ivy: TestBrowser;
let ivysEmail: string;
let serial: string;

beforeEach(async () => {
  persons += 1;
  owner = `ada${String(persons)}@example.com`;
  ivysEmail = `ivy${String(persons)}@example.com`;
  home = await openHome(site.server, { email: owner });
  ivy = await signInAs(site, ivysEmail);
  serial = await serialOf(home);
  await forgetAudit(site.test);
});

async function codeOfHome(): Promise<string> {
  const { items } = (await home.browser.get(`/api/entities/${home.entityId}/entities`)).json<{
    items: Entity[];
  }>();
  return items[0]?.code ?? '';
}

function askForLock(more: object = {}) {
  return askForLocks(ivy, { ownerEmail: owner, serialNumbers: [serial], ...more });
}

async function received() {
  await deliver(site, ivy);
  return (await requestsOf(home)).items;
}

function reject(incomingId: string) {
  return home.browser.post(`/api/entities/${home.entityId}/access-requests/${incomingId}/reject`, {});
}

async function stateOf(): Promise<string | undefined> {
  return (await submittedBy(ivy))[0]?.state;
}

function audit() {
  return site.test.asAdmin<Record<string, unknown>>(
    `select operation, outcome, chain, account_id, code, mandate_id, after from claviger.audit_entries
      order by at, sequence`,
  );
}

describe('a request for access to locks', () => {
  it('comes to the Entity of the locks, with a mail to its owner, and waits', async () => {
    expect((await askForLock()).statusCode).toBe(204);
    const [request, ...others] = await received();
    expect(others).toEqual([]);
    expect(request).toMatchObject({
      ...{ kind: 'installer', state: 'pending', email: ivysEmail, reason: 'A new reader' },
      wantedForMinutes: 480,
      locks: [{ id: home.lockId, serial }],
    });
    const [mail] = await mailsOf(home);
    expect(mail).toMatchObject({ to: owner, subject: 'Access request for Home' });
    expect(mail?.text).toContain(`/e/${home.entityId}/settings/access-requests`);
    expect(mail?.text).toContain('8 hours');
    expect(await stateOf()).toBe('pending');
  });

  it('is answered alike whether there is such an owner, such a lock, or neither', async () => {
    const answers = await Promise.all([
      askForLock(),
      askForLocks(ivy, { ownerEmail: 'nobody@example.com', serialNumbers: [serial] }),
      askForLocks(ivy, { ownerEmail: owner, serialNumbers: [newLabel().serial] }),
    ]);
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [204, ''],
      [204, ''],
      [204, ''],
    ]);
    await deliver(site, ivy);
    expect(new Set((await submittedBy(ivy)).map(({ state }) => state))).toEqual(new Set(['pending']));
    expect(await received()).toHaveLength(1);
  });

  it('names no lock of an Entity that its owner does not manage', async () => {
    const other = await openHome(site.server, { email: `bob${String(persons)}@example.com` });
    const strange = await serialOf(other);
    await askForLocks(ivy, { ownerEmail: owner, serialNumbers: [serial, strange] });
    const [request] = await received();
    expect(request?.locks.map(({ id }) => id)).toEqual([home.lockId]);
    expect((await requestsOf(other)).items).toEqual([]);
  });

  it('comes once, however often its job runs', async () => {
    await askForLock();
    await received();
    expect(await received()).toHaveLength(1);
    expect(await mailsOf(home)).toHaveLength(1);
  });

  it.each([
    [
      'a serial number with a wrong check character',
      { serialNumbers: ['CLV0-1234-5678'] },
      'serial_malformed',
    ],
    ['too short a time', { durationMinutes: 14 }, 'duration_out_of_bounds'],
    ['too long a time', { durationMinutes: 129_601 }, 'duration_out_of_bounds'],
  ])('with %s is refused beside the field', async (_what, wrong, problem) => {
    const answer = await askForLock(wrong);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(problem);
    expect(await submittedBy(ivy)).toEqual([]);
  });

  it.each([
    ['no lock', { serialNumbers: [] }],
    ['twenty-one locks', { serialNumbers: Array.from({ length: 21 }, () => 'CLV0-1234-5678') }],
    ['no reason', { reason: ' ' }],
    ['a reason of two lines', { reason: 'one\ntwo' }],
    ['a reason of 501 characters', { reason: 'x'.repeat(501) }],
    ['a role of its own', { role: 'community_manager' }],
    ['a fraction of a minute', { durationMinutes: 60.5 }],
  ])('with %s is refused', async (_what, wrong) => {
    expect((await askForLock(wrong)).statusCode).toBe(400);
  });

  it('to oneself, or a second time, is refused beside the address', async () => {
    const own = await askForLock({ ownerEmail: ivysEmail.toUpperCase() });
    expect(own.json()).toMatchObject({
      error: { issues: [{ path: 'body.ownerEmail', problem: 'own_address' }] },
    });
    await askForLock();
    const again = await askForLock({ ownerEmail: owner.toUpperCase() });
    expect(again.json()).toMatchObject({
      error: { issues: [{ path: 'body.ownerEmail', problem: 'already_requested' }] },
    });
    expect(await received()).toHaveLength(1);
  });

  it('sent twice at the same time is one', async () => {
    const answers = await Promise.all([askForLock(), askForLock(), askForLock()]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 400, 400]);
    expect(await submittedBy(ivy)).toHaveLength(1);
  });

  it('is asked ten times at most in a row by one Account', async () => {
    const answers = [];
    for (let count = 0; count < 11; count += 1) {
      answers.push(await askForLock({ ownerEmail: `owner${String(count)}@example.com` }));
    }
    expect(answers.map(({ statusCode }) => statusCode).slice(9)).toEqual([204, 429]);
  });

  it('is asked by nobody without a sign-in', async () => {
    const nobody = new TestBrowser(site.server.app.portal);
    const answer = await askForLocks(nobody, { ownerEmail: owner, serialNumbers: [serial] });
    expect(answer.statusCode).toBe(401);
  });
});

describe('a request to manage an Entity', () => {
  it('comes to the Entity with this code, and asks for 30 days', async () => {
    const code = await codeOfHome();
    expect((await askToManage(ivy, owner, code.toLowerCase())).statusCode).toBe(204);
    expect((await askToManage(ivy, owner, 'NO_SUCH_CODE')).statusCode).toBe(204);
    const requests = await received();
    expect(requests).toMatchObject([{ kind: 'entity_management', wantedForMinutes: 43_200, locks: [] }]);
    expect((await mailsOf(home))[0]?.text).toContain('30 days');
  });

  it('makes of whoever asked a Local Admin until the date that was approved', async () => {
    await askToManage(ivy, owner, await codeOfHome());
    const [request] = await received();
    const approved = await approve(home, request?.id ?? '', 7 * 1_440);
    expect(approved.json()).toMatchObject({ role: 'local_admin', email: ivysEmail, isOver: false });
    const [membership] = (await ivy.get('/api/session')).json<{
      memberships: { role: string; until: number; entityId: string }[];
    }>().memberships;
    expect(membership).toMatchObject({ role: 'local_admin', entityId: home.entityId });
    expect(Math.abs((membership?.until ?? 0) - Date.now() - 7 * dayMs)).toBeLessThan(60_000);
    expect((await ivy.get(`/api/entities/${home.entityId}/users`)).statusCode).toBe(200);
    expect((await ivy.get(`/api/entities/${home.entityId}/access-requests`)).statusCode).toBe(403);
  });
});

describe('deciding a request', () => {
  it('is told to whoever asked, on the screen and by mail', async () => {
    await askForLock();
    const [request] = await received();
    await approve(home, request?.id ?? '', 60);
    expect((await submittedBy(ivy))[0]).toMatchObject({
      state: 'approved',
      mandates: [{ entityId: home.entityId, entityName: 'Home' }],
    });
    expect((await mailsOf(home))[0]).toMatchObject({ to: ivysEmail, subject: 'Access to Home approved' });
  });

  it('with Reject gives nothing, and says so', async () => {
    await askForLock();
    const [request] = await received();
    expect((await reject(request?.id ?? '')).statusCode).toBe(204);
    expect(await stateOf()).toBe('rejected');
    expect((await mailsOf(home))[0]).toMatchObject({ to: ivysEmail, subject: 'Access to Home rejected' });
    expect((await ivy.get('/api/session')).json()).toMatchObject({ memberships: [] });
  });

  it('happens once: of two who press at the same time one is told that it is over', async () => {
    await askForLock();
    const [request] = await received();
    const id = request?.id ?? '';
    const answers = await Promise.all([approve(home, id), approve(home, id), reject(id)]);
    expect(answers.filter(({ statusCode }) => statusCode < 300)).toHaveLength(1);
    const refused = answers.filter(({ statusCode }) => statusCode >= 300);
    expect(refused.map((answer) => answer.json<{ error: { code: string } }>().error.code)).toEqual([
      'request_over',
      'request_over',
    ]);
    const mandates = await site.test.asAdmin('select from claviger.mandates where entity_id = $1', [
      home.entityId,
    ]);
    expect(mandates.length).toBeLessThanOrEqual(1);
  });

  it('comes too late after two weeks', async () => {
    await askForLock();
    const [request] = await received();
    for (const table of ['incoming_requests', 'access_requests']) {
      await site.test.asAdmin(
        `update claviger.${table} set asked_at = asked_at - interval '14 days',
          expires_at = expires_at - interval '14 days' where email = $1`,
        [ivysEmail],
      );
    }
    expect((await requestsOf(home)).items[0]?.state).toBe('expired');
    expect((await reject(request?.id ?? '')).json()).toMatchObject({ error: { code: 'request_over' } });
    expect(await stateOf()).toBe('expired');
  });

  it('is for nobody once it was withdrawn, also where it was delivered after that', async () => {
    await askForLock();
    const [request] = await submittedBy(ivy);
    const early = await ivy.request('DELETE', `/api/access-requests/${request?.id ?? ''}`);
    expect(early.statusCode).toBe(204);
    expect(await received()).toEqual([]);
    await askForLock();
    const [second] = await received();
    const [latest] = await submittedBy(ivy);
    await ivy.request('DELETE', `/api/access-requests/${latest?.id ?? ''}`);
    expect((await approve(home, second?.id ?? '')).json()).toMatchObject({
      error: { code: 'request_over' },
    });
    const twice = await ivy.request('DELETE', `/api/access-requests/${latest?.id ?? ''}`);
    expect(twice.json()).toMatchObject({ error: { code: 'request_over' } });
  });

  it('is not for another Account, nor in another Entity', async () => {
    await askForLock();
    const [request] = await received();
    const [own] = await submittedBy(ivy);
    const eve = await openHome(site.server, { email: `eve${String(persons)}@example.com` });
    expect((await eve.browser.request('DELETE', `/api/access-requests/${own?.id ?? ''}`)).statusCode).toBe(
      404,
    );
    expect((await approve(eve, request?.id ?? '')).statusCode).toBe(404);
    expect((await approve({ ...eve, entityId: home.entityId }, request?.id ?? '')).statusCode).toBe(404);
    expect((await requestsOf(home)).items[0]?.state).toBe('pending');
  });

  it.each([14, 129_601, 0, 1e9])('for %d minutes is refused, and the request waits', async (minutes) => {
    await askForLock();
    const [request] = await received();
    expect((await approve(home, request?.id ?? '', minutes)).statusCode).toBe(400);
    expect((await requestsOf(home)).items[0]?.state).toBe('pending');
  });

  it('is refused for who has a role there, and whom the Owner knows by the address alone', async () => {
    await askForLock();
    const [request] = await received();
    const add = (id: string, account: string | null) =>
      site.test.asAdmin(
        `insert into claviger.users (id, owner_id, account_id, name, email)
          select $1, owner_id, $2, 'Ivy', $3 from claviger.entities where id = $4`,
        [id, account, ivysEmail, home.entityId],
      );
    const userId = '00000000-0000-4000-8000-0000000000aa'.replace('aa', String(10 + persons));
    await add(userId, null);
    expect((await approve(home, request?.id ?? '')).json()).toMatchObject({
      error: { code: 'user_without_account' },
    });
    const { account } = (await ivy.get('/api/session')).json<{ account: { id: string } }>();
    await site.test.asAdmin('update claviger.users set account_id = $2 where id = $1', [userId, account.id]);
    await site.test.asAdmin(
      `insert into claviger.memberships (entity_id, user_id, owner_id, account_id, role)
        select $1, $2, owner_id, $3, 'resident' from claviger.entities where id = $1`,
      [home.entityId, userId, account.id],
    );
    expect((await approve(home, request?.id ?? '')).json()).toMatchObject({
      error: { code: 'has_role_already' },
    });
  });

  it('stands in the Audit of the Entity, and asking in that of the installation', async () => {
    await askForLock();
    const [request] = await received();
    await approve(home, request?.id ?? '', 60);
    const entries = await audit();
    expect(entries.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ['access_request.submit', 'done'],
      ['access_request.receive', 'done'],
      ['access_request.approve', 'done'],
    ]);
    const [submitted, , approved] = entries;
    expect(submitted?.['chain']).toBe('00000000-0000-0000-0000-000000000000');
    expect(approved).toMatchObject({ chain: home.entityId, after: { role: 'installer' } });
    const stored = JSON.stringify(await site.test.asAdmin('select * from claviger.audit_entries'));
    for (const personal of [owner, ivysEmail, serial]) expect(stored).not.toContain(personal);
  });
});
