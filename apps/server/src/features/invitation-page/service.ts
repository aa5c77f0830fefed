import type { AccountId, Instant } from '@claviger/domain';
import { Refusal, type ShownInvitation } from '@claviger/protocol';
import type { Audit } from '../../platform/audit/index.ts';
import type { Authentication } from '../../platform/authentication/index.ts';
import { newIdentifier, type Database, type Transaction } from '../../platform/database/index.ts';
import type { Visitor } from '../../platform/http/index.ts';
import { tellRolesChanged } from '../../platform/live/index.ts';
import { obtainAccount, signIn, type ObtainedAccount } from '../accounts/index.ts';
import { hasUser } from '../entities/index.ts';
import { tokenHash } from '../local-admins/index.ts';
import * as store from './store.ts';

export interface InvitationPageParts {
  readonly database: Database;
  readonly authentication: Authentication;
  readonly audit: Audit;
  readonly now: () => Instant;
}

function isOpen({ state, expiresAt }: store.FoundInvitation, now: Instant): boolean {
  return state === 'pending' && now < expiresAt;
}

/** The invitation of a token. Refuses not_found, whatever was wrong with the token. */
async function findOf(token: string, { database }: InvitationPageParts): Promise<store.FoundInvitation> {
  const place = await database.transact({ kind: 'installation' }, (tx) =>
    store.findByToken(tx, tokenHash(token)),
  );
  const found =
    place &&
    (await database.transact({ kind: 'entity', entityId: place.entityId }, (tx) =>
      store.findInvitation(tx, place),
    ));
  if (!found) throw new Refusal('not_found');
  return found;
}

/** What the page shows while the invitation waits for an answer. Refuses not_found. */
export async function showInvitation(token: string, parts: InvitationPageParts): Promise<ShownInvitation> {
  const found = await findOf(token, parts);
  if (!isOpen(found, parts.now())) throw new Refusal('not_found');
  const { place, email, expiresAt, role } = found;
  return { place, email, expiresAt, role };
}

/** Who accepts, from where. */
export interface Acceptance {
  readonly token: string;
  readonly password?: string | undefined;
  readonly visitor: Visitor;
  readonly setCookies: (cookies: readonly string[]) => void;
  readonly requestId: string;
}

/** The Account of the address: the one that is signed in, or the one that the password opens or makes. */
async function accountFor(
  email: string,
  { password, visitor }: Acceptance,
  { authentication }: InvitationPageParts,
): Promise<ObtainedAccount> {
  const session =
    visitor.cookie === '' ? undefined : (await authentication.findSession(visitor.cookie)).session;
  if (session?.email.toLowerCase() === email) return { accountId: session.accountId, isNew: false };
  if (password === undefined) {
    throw new Refusal('invalid_input', { issues: [{ path: 'body.password', problem: 'password_missing' }] });
  }
  const account = await obtainAccount(authentication, { email, password });
  if (!account) throw new Refusal('wrong_credentials');
  return account;
}

/** The User that the Owner knows by this Account, or by its address, or from now on. */
async function userOf(
  tx: Transaction,
  { ownerId, email }: store.FoundInvitation,
  accountId: AccountId,
): Promise<store.KnownUser> {
  const known = await store.findUserOf(tx, { ownerId, accountId });
  if (known) return known;
  const [unlinked, another] = await store.findUsersWithoutAccount(tx, { ownerId, email });
  if (unlinked && !another) {
    if (unlinked.status === 'active') await store.linkAccount(tx, unlinked.id, accountId);
    return unlinked;
  }
  const id = newIdentifier();
  const name = email.split('@')[0]?.slice(0, 80) || email.slice(0, 80);
  await store.addUser(tx, { id, ownerId, accountId, name, email });
  return { id, status: 'active' };
}

/** Everything that an acceptance changes, in the scope of the Owner. Refuses not_found. */
async function takeIn(
  tx: Transaction,
  { found, accountId, call }: { found: store.FoundInvitation; accountId: AccountId; call: Acceptance },
  { audit, now }: InvitationPageParts,
): Promise<void> {
  await store.holdInvitation(tx, found);
  const held = await store.findInvitation(tx, found);
  // Pressed twice, or the answer was lost.
  if (held?.state === 'accepted' && held.acceptedBy === accountId) return;
  if (!held || !isOpen(held, now())) throw new Refusal('not_found');
  const { entityId, ownerId, invitationId, role } = held;
  const user = await userOf(tx, held, accountId);
  if (user.status !== 'active') throw new Refusal('not_found', { cause: 'the User is deactivated' });
  const member = { entityId, ownerId, userId: user.id, accountId };
  if (role === 'local_admin') await store.makeLocalAdmin(tx, member);
  else if (!(await store.hasRole(tx, member))) throw new Refusal('not_found', { cause: 'no User there' });
  await store.noteAcceptance(tx, held, accountId);
  await tellRolesChanged(tx, entityId);
  await audit.add(tx, {
    ...{ scope: 'entity', entityId, accountId, userId: user.id, outcome: 'done' },
    operation: role === 'local_admin' ? 'local_admin.accept' : 'user.accept',
    ...{ objectType: 'invitation', objectId: invitationId, after: { role } },
    ...{ requestId: call.requestId, address: call.visitor.address },
  });
}

/**
 * Accepts an invitation, and signs in where a password came with it. Refuses not_found, whatever is wrong
 * with the link, wrong_credentials, and invalid_input where neither session nor password tells who it is.
 */
export async function acceptInvitation(
  call: Acceptance,
  parts: InvitationPageParts,
): Promise<{ readonly entityId: string }> {
  const found = await findOf(call.token, parts);
  const mayTry = isOpen(found, parts.now()) || found.state === 'accepted';
  if (!mayTry) throw new Refusal('not_found');
  const { accountId, isNew } = await accountFor(found.email, call, parts);
  const { entityId, email, ownerId } = found;
  try {
    await parts.database.transact({ kind: 'owner', ownerId }, (tx) =>
      takeIn(tx, { found, accountId, call }, parts),
    );
  } catch (error) {
    if (isNew && !(await isUser(accountId, parts))) await parts.authentication.deleteAccount(accountId);
    throw error;
  }
  await parts.authentication.noteAddressProven(accountId, email);
  if (call.password !== undefined) await signIn(parts, { email, password: call.password }, call);
  return { entityId };
}

function isUser(accountId: AccountId, { database }: InvitationPageParts): Promise<boolean> {
  return database.transact({ kind: 'account', accountId }, (tx) => hasUser(tx, accountId));
}
