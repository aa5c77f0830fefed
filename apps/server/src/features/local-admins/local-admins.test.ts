import { randomUUID } from 'node:crypto';
import type { Invitation, LocalAdmin } from '@claviger/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetAudit } from '../../../test/audit/forget.ts';
import { openHome, type TestHome } from '../../../test/guest-keys.ts';
import { addLocalAdmin, mailsOf, newestToken } from '../../../test/people/invitations.ts';
import { serverOfThisFile } from '../../../test/test-app.ts';
import { newIdentifier } from '../../platform/database/index.ts';

const site = serverOfThisFile();
const weekMs = 7 * 86_400_000;
let persons = 0;
let home: TestHome;

beforeEach(async () => {
  persons += 1;
  home = await openHome(site.server, { email: `ada${String(persons)}@example.com` });
  await forgetAudit(site.test);
});

function adminsUrl(of = home): string {
  return `/api/entities/${of.entityId}/local-admins`;
}

interface Listed {
  readonly items: LocalAdmin[];
  readonly invitations: Invitation[];
}

async function listed(): Promise<Listed> {
  return (await home.browser.get(adminsUrl())).json<Listed>();
}

function candidates(text: string) {
  return home.browser.get(`${adminsUrl()}/candidates?text=${encodeURIComponent(text)}`);
}

/** A User with a role in this home; who can sign in has an Account. */
async function plantMember(name: string, given: { role?: string; hasAccount?: boolean } = {}) {
  const { role = 'resident', hasAccount = true } = given;
  const userId = newIdentifier();
  const accountId = hasAccount ? newIdentifier() : null;
  await site.test.asAdmin(
    `insert into claviger.users (id, owner_id, account_id, name, email)
      select $1, owner_id, $2, $3, $4 from claviger.entities where id = $5`,
    [userId, accountId, name, `${name}@Example.com`, home.entityId],
  );
  await site.test.asAdmin(
    `insert into claviger.memberships (entity_id, user_id, owner_id, account_id, role)
      select $1, $2, owner_id, $3, $4 from claviger.entities where id = $1`,
    [home.entityId, userId, accountId, role],
  );
  return userId;
}

async function roleOf(userId: string): Promise<string | undefined> {
  const rows = await site.test.asAdmin<{ role: string }>(
    'select role from claviger.memberships where user_id = $1',
    [userId],
  );
  return rows[0]?.role;
}

function audit() {
  return site.test.asAdmin<Record<string, unknown>>(
    `select operation, object_type, object_id, before, after from claviger.audit_entries
      where chain = $1 order by sequence`,
    [home.entityId],
  );
}

async function invite(email = 'grace@example.com'): Promise<Invitation> {
  const answer = await addLocalAdmin(home, email);
  expect(answer.json(), answer.body).toEqual({ outcome: 'invited' });
  const found = (await listed()).invitations.find((one) => one.email === email);
  if (!found) throw new Error('not invited');
  return found;
}

function resend(invitationId: string, of = home, key: string = randomUUID()) {
  const url = `/api/entities/${of.entityId}/invitations/${invitationId}/resend`;
  return of.browser.post(url, {}, { 'idempotency-key': key });
}

function withdraw(invitationId: string) {
  return home.browser.request('DELETE', `/api/entities/${home.entityId}/invitations/${invitationId}`);
}

async function show(token: string): Promise<number> {
  return (await home.browser.post('/api/invitation', { token })).statusCode;
}

describe('Add Local Admin', () => {
  it('makes a member one at once, and says so in the Audit', async () => {
    const userId = await plantMember('grace');

    expect((await addLocalAdmin(home, 'GRACE@example.com')).json()).toEqual({ outcome: 'added' });

    expect((await listed()).items).toMatchObject([{ userId, name: 'grace' }]);
    expect(await mailsOf(home)).toEqual([]);
    expect(await audit()).toMatchObject([
      {
        operation: 'local_admin.add',
        ...{ object_type: 'user', object_id: userId },
        ...{ before: { role: 'resident' }, after: { role: 'local_admin' } },
      },
    ]);
  });

  it('invites anybody else by a mail, whose link is nowhere else', async () => {
    const invitation = await invite();

    const [mail] = await mailsOf(home);
    expect(mail).toMatchObject({ to: 'grace@example.com', subject: 'Invitation to Home' });
    expect(mail?.text).toContain(`ada${String(persons)} invites you to become a Local Admin of “Home”.`);
    expect(invitation.expiresAt - invitation.invitedAt).toBe(weekMs);
    const token = await newestToken(home);
    expect(JSON.stringify([await listed(), await audit()])).not.toContain(token);
  });

  it('seals the address of whoever is invited in the Audit', async () => {
    const { id } = await invite();

    const rows = await audit();
    expect(rows).toMatchObject([
      { operation: 'local_admin.add', object_type: 'invitation', object_id: id, before: null },
    ]);
    expect(JSON.stringify(rows)).not.toContain('grace@example.com');
  });

  it('answers alike whether the address has an Account here', async () => {
    const eve = await openHome(site.server, { email: `eve${String(persons)}@example.com` });
    expect(eve.entityId).toBeTruthy();

    const known = await addLocalAdmin(home, `eve${String(persons)}@example.com`);
    const unknown = await addLocalAdmin(home, 'nobody@example.com');

    expect([known.statusCode, known.body]).toEqual([unknown.statusCode, unknown.body]);
  });

  it('invites a member who cannot sign in yet', async () => {
    await plantMember('grace', { hasAccount: false });
    expect((await addLocalAdmin(home, 'grace@example.com')).json()).toEqual({ outcome: 'invited' });
  });

  it.each([
    ['local_admin', 'already_local_admin'],
    ['community_manager', 'already_manager'],
  ])('changes nothing of a %s', async (role, problem) => {
    const userId = await plantMember('grace', { role });

    const answer = await addLocalAdmin(home, 'grace@example.com');

    expect(answer.json()).toMatchObject({ error: { issues: [{ path: 'body.email', problem }] } });
    expect(await roleOf(userId)).toBe(role);
  });

  it('asks nobody twice who has not answered', async () => {
    await invite();

    const answer = await addLocalAdmin(home, 'Grace@Example.com');

    expect(answer.json()).toMatchObject({ error: { issues: [{ problem: 'already_invited' }] } });
    expect(await mailsOf(home)).toHaveLength(1);
  });

  it('invites 50 at most', async () => {
    await invite('first@example.com');
    await site.test.asAdmin(
      `insert into claviger.invitations (entity_id, id, email, invited_by, mail_id, invited_at, expires_at)
        select entity_id, gen_random_uuid(), n || '@example.com', invited_by, mail_id, invited_at, expires_at
        from claviger.invitations, generate_series(1, 49) n where entity_id = $1`,
      [home.entityId],
    );

    expect((await addLocalAdmin(home, 'grace@example.com')).json()).toMatchObject({
      error: { code: 'limit_reached' },
    });
  });

  it('is not for a local_admin, nor is any other call of the kind', async () => {
    const { id } = await invite();
    await site.test.asAdmin("update claviger.memberships set role = 'local_admin' where entity_id = $1", [
      home.entityId,
    ]);

    const answers = [
      await home.browser.get(adminsUrl()),
      await candidates(''),
      await addLocalAdmin(home, 'eve@example.com'),
      await resend(id),
      await withdraw(id),
      await home.browser.request('DELETE', `${adminsUrl()}/${newIdentifier()}`),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403, 403, 403]);
  });
});

describe('the members whom Add Local Admin proposes', () => {
  it('are those with an Account and a lesser role, by a part of name or address', async () => {
    await plantMember('grace');
    await plantMember('alan', { role: 'local_admin' });
    await plantMember('edsger', { hasAccount: false });
    await plantMember('percent%');
    const names = async (text: string) =>
      (await candidates(text)).json<{ items: LocalAdmin[] }>().items.map(({ name }) => name);

    expect(await names('')).toEqual(['grace', 'percent%']);
    expect(await names('RAC')).toEqual(['grace']);
    expect(await names('%')).toEqual(['percent%']);
  });
});

describe('removing Local Admin permissions', () => {
  it('leaves a resident and the User, and says so in the Audit', async () => {
    const userId = await plantMember('grace', { role: 'local_admin' });

    expect((await home.browser.request('DELETE', `${adminsUrl()}/${userId}`)).statusCode).toBe(204);

    expect(await roleOf(userId)).toBe('resident');
    expect(await audit()).toMatchObject([
      {
        operation: 'local_admin.remove',
        object_id: userId,
        ...{ before: { role: 'local_admin' }, after: { role: 'resident' } },
      },
    ]);
  });

  it('is never done to a community_manager, so that the last one stays', async () => {
    const [row] = await site.test.asAdmin<{ user_id: string }>(
      'select user_id from claviger.memberships where entity_id = $1',
      [home.entityId],
    );
    const userId = row?.user_id ?? '';

    expect((await home.browser.request('DELETE', `${adminsUrl()}/${userId}`)).statusCode).toBe(404);
    expect(await roleOf(userId)).toBe('community_manager');
  });
});

describe('an invitation', () => {
  it('that is sent again has another link, and the one before leads nowhere', async () => {
    const before = await invite();
    const first = await newestToken(home);
    site.server.clock.advance(1_000);

    expect((await resend(before.id)).statusCode).toBe(204);

    const second = await newestToken(home);
    expect([await show(first), await show(second)]).toEqual([404, 200]);
    const [after] = (await listed()).invitations;
    expect([after?.id, (after?.expiresAt ?? 0) - before.expiresAt]).toEqual([before.id, 1_000]);
    expect((await audit()).map(({ operation }) => operation)).toEqual([
      'local_admin.add',
      'invitation.resend',
    ]);
  });

  it('is sent once for one press, however often the request comes', async () => {
    const { id } = await invite();
    const key = randomUUID();

    const answers = [await resend(id, home, key), await resend(id, home, key)];

    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [204, ''],
      [204, ''],
    ]);
    expect(await mailsOf(home)).toHaveLength(2);
  });

  it('that was withdrawn leads nowhere, and its address can be invited again', async () => {
    const { id } = await invite();
    const token = await newestToken(home);

    expect((await withdraw(id)).statusCode).toBe(204);

    expect(await show(token)).toBe(404);
    expect((await listed()).invitations).toEqual([]);
    expect((await withdraw(id)).statusCode).toBe(404);
    expect((await resend(id)).statusCode).toBe(404);
    await invite();
  });

  it('of another Entity is not found', async () => {
    const { id } = await invite();
    const other = await openHome(site.server, { email: `eve${String(persons)}@example.com` });

    expect((await resend(id, other)).statusCode).toBe(404);
    expect((await listed()).invitations).toHaveLength(1);
  });
});
