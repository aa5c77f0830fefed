import { beforeEach, describe, expect, it } from 'vitest';
import type { BrokenGlass, Entity } from '@claviger/protocol';
import { forgetAudit } from '../../../test/audit/forget.ts';
import { openHome, type TestHome } from '../../../test/guest-keys.ts';
import { mailsOf } from '../../../test/people/invitations.ts';
import { requestsOf, signInAs, submittedBy } from '../../../test/people/access-requests.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import type { TestBrowser } from '../../../test/test-http.ts';

const site = serverOfThisFile();
const hourMs = 3_600_000;
const reason = 'The owner asked for help on the phone';
let persons = 0;
let home: TestHome;
let owner: string;
let entityCode: string;
let operator: TestBrowser;
let operatorEmail: string;

beforeEach(async () => {
  persons += 1;
  owner = `ada${String(persons)}@example.com`;
  operatorEmail = `opal${String(persons)}@example.com`;
  home = await openHome(site.server, { email: owner });
  const { items } = (await home.browser.get(`/api/entities/${home.entityId}/entities`)).json<{
    items: Entity[];
  }>();
  entityCode = items[0]?.code ?? '';
  operator = await signInAs(site, operatorEmail);
  await site.test.asAdmin(
    `insert into claviger.operators (account_id) select id from auth.accounts where email = $1`,
    [operatorEmail],
  );
  await forgetAudit(site.test);
});

function take(more: object = {}, browser = operator) {
  const asked = { ownerEmail: owner, entityCode, reason, ...more };
  return browser.post('/api/access-requests/break-glass', asked);
}

async function taken(): Promise<BrokenGlass> {
  const answer = await take();
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<BrokenGlass>();
}

const users = () => operator.get(`/api/entities/${home.entityId}/users`);

describe('break-glass', () => {
  it('is the only way of an operator into an Entity, and lasts an hour', async () => {
    expect((await users()).statusCode).toBe(404);
    const { entityId, entityName, until } = await taken();

    expect([entityId, entityName]).toEqual([home.entityId, 'Home']);
    expect(Math.abs(until - site.server.clock.now() - hourMs)).toBeLessThan(60_000);
    expect((await users()).statusCode).toBe(200);
    const change = { name: 'Ours now', version: 1 };
    const rename = operator.request('PATCH', `/api/entities/${home.entityId}`, change);
    expect((await rename).statusCode).toBe(403);
  });

  it('is told to the Community Manager at once, with its reason, and stands in their Audit', async () => {
    await taken();

    const [mail] = await mailsOf(home);
    expect(mail).toMatchObject({ to: owner, subject: 'The operator took access to Home' });
    for (const part of [operatorEmail, reason, `/e/${home.entityId}/settings/access-requests`])
      expect(mail?.text).toContain(part);
    const [entry] = await site.test.asAdmin<Record<string, unknown>>(
      `select operation, outcome, reason, entity_id, object_type from claviger.audit_entries
        where operation = 'access_request.break_glass'`,
    );
    expect(entry).toMatchObject({ outcome: 'done', entity_id: home.entityId, object_type: 'mandate' });
    const { items, mandates } = await requestsOf(home);
    expect(items).toMatchObject([{ kind: 'break_glass', state: 'approved', reason }]);
    expect(mandates).toMatchObject([{ kind: 'break_glass', role: 'local_admin', email: operatorEmail }]);
    expect(await submittedBy(operator)).toMatchObject([{ kind: 'break_glass', state: 'approved' }]);
  });

  it('ends at once where a Community Manager ends it', async () => {
    await taken();
    const { mandates } = await requestsOf(home);
    const path = `/api/entities/${home.entityId}/mandates/${mandates[0]?.id ?? ''}/end`;
    expect((await home.browser.post(path, {})).statusCode).toBe(204);

    expect((await users()).statusCode).toBe(404);
  });

  it('is nothing that anybody else may, whatever they are in the Entity', async () => {
    const stranger = await signInAs(site, `ivy${String(persons)}@example.com`);
    for (const browser of [stranger, home.browser]) {
      expect((await take({}, browser)).statusCode).toBe(403);
    }
    expect(await mailsOf(home)).toEqual([]);
  });

  it('says beside the code where this owner has no such Entity', async () => {
    for (const wrong of [{ entityCode: 'NOWHERE' }, { ownerEmail: 'nobody@example.com' }]) {
      const answer = await take(wrong);
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({
        error: { issues: [{ path: 'body.entityCode', problem: 'no_such_entity' }] },
      });
    }
  });

  it.each([
    ['no reason', { reason: ' ' }],
    ['a duration of its own', { durationMinutes: 600 }],
    ['a role of its own', { role: 'community_manager' }],
  ])('with %s is refused', async (_what, wrong) => {
    expect((await take(wrong)).statusCode).toBe(400);
    expect((await users()).statusCode).toBe(404);
  });

  it('a second time within the hour is refused, and changes nothing', async () => {
    await taken();
    expect((await take()).json()).toMatchObject({ error: { code: 'has_role_already' } });
    expect((await requestsOf(home)).items).toHaveLength(1);
  });
});
