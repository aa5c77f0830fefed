import { randomUUID } from 'node:crypto';
import type { Authentication } from '../../../apps/server/src/platform/authentication/index.ts';
import { SoftwarePasskey } from '../../../apps/server/test/people/software-passkey.ts';
import { TestBrowser } from '../../../apps/server/test/test-http.ts';
import type { Asking } from './asking.ts';
import type { Place } from './place.ts';
import { plantMandate } from './requests.ts';
import type { TestApp } from '../../../apps/server/test/test-app.ts';

export const memberRoles = [
  'community_manager',
  'local_admin',
  'installer',
  'mandated_installer',
  'resident',
] as const;
export type ActorRole = (typeof memberRoles)[number] | 'operator' | 'account' | 'nobody';

/**
 * `deactivated`: the User is, and the session lives because another Owner knows this Account too; `ended`:
 * the Membership is over; `unseen`: signed in, and not seen for longer than a step-up holds.
 */
export type ActorState = 'live' | 'deactivated' | 'ended' | 'unseen';

export const password = 'violet lantern harbour';

/** Somebody who calls, with what belongs to the own Account. */
export interface Actor {
  readonly role: ActorRole;
  readonly state: ActorState;
  readonly email: string;
  readonly cookie: string;
  readonly accountId?: string;
  readonly userId?: string;
  readonly otherSessionId?: string;
  readonly passkey?: SoftwarePasskey;
  readonly passkeyId?: string;
  importId?: string;
  /** The Mandate that gave the role. */
  readonly mandateId?: string;
  viewId?: string;
  userImportId?: string;
}

interface PeoplePorts extends Asking {
  readonly server: TestApp;
  readonly authentication: Authentication;
}

async function ok(answer: Promise<{ statusCode: number; body: string }>): Promise<void> {
  const { statusCode, body } = await answer;
  if (statusCode >= 300) throw new Error(body);
}

async function addPasskey(browser: TestBrowser) {
  const passkey = new SoftwarePasskey();
  const begun = await browser.post('/api/account/passkeys/begin');
  const { options } = begun.json<{ options: { challenge: string; rp: { id: string } } }>();
  const answer = passkey.create(options);
  await ok(browser.post('/api/account/passkeys', { name: 'Test', passkey: answer }));
  const { items } = (await browser.get('/api/account/passkeys')).json<{ items: { id: string }[] }>();
  return { passkey, passkeyId: items[0]?.id ?? '' };
}

/** An Account with a password and a passkey, signed in twice. */
export async function plantAccount(
  { server, authentication }: PeoplePorts,
  who: Pick<Actor, 'role' | 'state'>,
  email: string,
): Promise<Actor> {
  const accountId = await authentication.createAccount({ email, password });
  const browser = new TestBrowser(server.app.portal);
  await ok(browser.post('/api/sign-in', { email, password }));
  await ok(new TestBrowser(server.app.portal).post('/api/sign-in', { email, password }));
  const { items } = (await browser.get('/api/account/sessions')).json<{
    items: { id: string; isThisOne: boolean }[];
  }>();
  const otherSessionId = items.find(({ isThisOne }) => !isThisOne)?.id ?? '';
  const added = await addPasskey(browser);
  return { ...who, email, cookie: browser.cookie, accountId, otherSessionId, ...added };
}

/** A User of the Owner of this Entity with this role there. */
async function plantUser(
  { asAdmin }: Asking,
  { ownerId, entityId }: { readonly ownerId: string; readonly entityId: string },
  { email, accountId, role }: { email: string; accountId: string | undefined; role: string },
): Promise<string> {
  const userId = randomUUID();
  const name = email.split('@')[0];
  await asAdmin(
    'insert into claviger.users (id, owner_id, account_id, name, email) values ($1, $2, $3, $4, $5)',
    [userId, ownerId, accountId, name, email],
  );
  await asAdmin(
    `insert into claviger.memberships (entity_id, user_id, owner_id, account_id, role)
      values ($1, $2, $3, $4, $5)`,
    [entityId, userId, ownerId, accountId, role],
  );
  return userId;
}

/** A member of this Entity, in this state; `elsewhere` is a home of an Owner whom no cell is about. */
export async function plantMember(
  ports: PeoplePorts,
  { place, elsewhere }: { place: Place; elsewhere: { ownerId: string; entityId: string } },
  { role, state }: { readonly role: (typeof memberRoles)[number]; readonly state: ActorState },
): Promise<Actor> {
  const email = `${role.replace('_', '-')}-${state}-q7own@example.com`;
  const actor = await plantAccount(ports, { role, state }, email);
  const here = { ownerId: place.ownerId, entityId: place.ids['entityId'] ?? '' };
  const isMandated = role === 'mandated_installer';
  const held = isMandated ? 'installer' : role;
  const userId = await plantUser(ports, here, { email, accountId: actor.accountId, role: held });
  const mandateId = isMandated ? await plantMandate(ports, { ...here, userId, email }) : undefined;
  if (state === 'deactivated') {
    await plantUser(ports, elsewhere, { email, accountId: actor.accountId, role: 'resident' });
    const text = `update claviger.users set status = 'deactivated', deactivated_at = now() where id = $1`;
    await ports.asAdmin(text, [userId]);
  }
  if (state === 'ended') {
    await ports.asAdmin(`update claviger.memberships set until = now() - interval '1 s' where user_id = $1`, [
      userId,
    ]);
  }
  return { ...actor, userId, ...(mandateId !== undefined && { mandateId }) };
}
