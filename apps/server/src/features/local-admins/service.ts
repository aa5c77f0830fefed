import type { Instant } from '@claviger/domain';
import { Refusal, type Invitation, type LocalAdmin, type MailLanguage } from '@claviger/protocol';
import { newIdentifier, type Transaction } from '../../platform/database/index.ts';
import type { Member } from '../../platform/http/index.ts';
import { tellRolesChanged } from '../../platform/live/index.ts';
import { queueMail, type MailParts } from '../mails/index.ts';
import { drawToken, linkOf, tokenHash } from './link.ts';
import { invitationMailText } from './mail-text.ts';
import * as store from './store.ts';

export interface InvitingParts {
  /** What people type to come here, without a path. */
  readonly publicOrigin: string;
  readonly mails: MailParts;
  readonly now: () => Instant;
}

/** How long the link of an invitation holds: a week, so that a weekend is in it. */
const lifeMs = 7 * 86_400_000;
/** More would be a list of addresses, not of people one is waiting for. */
const invitationsLimit = 50;
const candidatesLimit = 20;

/** Manage Local Admins: those there are, and those who were asked. */
export async function listLocalAdmins(
  tx: Transaction,
  entityId: string,
): Promise<{ items: LocalAdmin[]; invitations: Invitation[] }> {
  return {
    items: await store.listLocalAdmins(tx, entityId),
    invitations: await store.listInvitations(tx, entityId),
  };
}

export function listCandidates(tx: Transaction, entityId: string, text: string): Promise<LocalAdmin[]> {
  return store.listCandidates(tx, entityId, { text, limit: candidatesLimit });
}

function refuseAddress(problem: string): Refusal {
  return new Refusal('invalid_input', { issues: [{ path: 'body.email', problem }] });
}

export interface WantedInvitation {
  readonly entityId: string;
  readonly invitedBy: string;
  readonly email: string;
  readonly language: MailLanguage;
}

/** Writes the mail with a new link; what the invitation keeps of it. */
async function send(
  tx: Transaction,
  { entityId, invitedBy, email, language, role }: WantedInvitation & { readonly role: store.InvitedRole },
  parts: InvitingParts,
): Promise<store.Sending> {
  const token = drawToken();
  const invitedAt = parts.now();
  const expiresAt = invitedAt + lifeMs;
  const inviter = await store.findInviter(tx, { entityId, userId: invitedBy });
  const link = linkOf(parts.publicOrigin, token);
  const text = invitationMailText({ ...inviter, role, language, link, until: expiresAt });
  const mail = await queueMail(tx, { entityId, to: email, ...text }, parts.mails);
  return { invitedBy, mailId: mail.id, tokenHash: tokenHash(token), invitedAt, expiresAt };
}

/**
 * Invites somebody, who becomes a Local Admin by accepting. Refuses limit_reached, and invalid_input
 * beside the address: already_local_admin, already_manager, already_invited. Scope: the Entity, or its Owner.
 */
export async function inviteLocalAdmin(
  tx: Transaction,
  wanted: WantedInvitation,
  parts: InvitingParts,
): Promise<{ readonly invitationId: string }> {
  const { entityId, email } = wanted;
  await assertNoAdmin(tx, entityId, email.toLowerCase());
  await withdrawWelcome(tx, entityId, email);
  if ((await store.listInvitations(tx, entityId)).length >= invitationsLimit) {
    throw new Refusal('limit_reached');
  }
  return invite(tx, { ...wanted, role: 'local_admin' }, parts);
}

/**
 * The welcome email of a User: who accepts signs in as that User. An earlier one is void; whoever was invited
 * to become a Local Admin has such a mail already, and gets no other. Scope: the Entity, or its Owner.
 */
export async function inviteUser(
  tx: Transaction,
  wanted: WantedInvitation,
  parts: InvitingParts,
): Promise<void> {
  const { entityId, email } = wanted;
  await withdrawWelcome(tx, entityId, email);
  if (await store.findPending(tx, entityId, email.toLowerCase())) return;
  await invite(tx, { ...wanted, role: 'resident' }, parts);
}

async function invite(
  tx: Transaction,
  wanted: WantedInvitation & { readonly role: store.InvitedRole },
  parts: InvitingParts,
): Promise<{ readonly invitationId: string }> {
  const { entityId, role } = wanted;
  const email = wanted.email.toLowerCase();
  const invitationId = newIdentifier();
  const sending = await send(tx, { ...wanted, email }, parts);
  const isAdded = await store.addInvitation(tx, { entityId, invitationId }, { email, role, ...sending });
  if (!isAdded) throw refuseAddress('already_invited');
  return { invitationId };
}

/** The link of the welcome email that this address was sent by the Entity leads nowhere any more. */
export async function withdrawWelcome(tx: Transaction, entityId: string, email: string): Promise<void> {
  const pending = await store.findPending(tx, entityId, email.toLowerCase());
  if (pending?.role !== 'resident') return;
  await store.withdrawInvitation(tx, { entityId, invitationId: pending.id });
}

async function assertNoAdmin(
  tx: Transaction,
  entityId: string,
  email: string,
): Promise<store.MemberOfAddress[]> {
  const members = await store.findByEmail(tx, entityId, email);
  const holds = (role: string): boolean =>
    members.some((member) => member.role === role && member.mandateId === null);
  if (holds('local_admin')) throw refuseAddress('already_local_admin');
  if (holds('community_manager')) throw refuseAddress('already_manager');
  return members;
}

/** What became of Add Local Admin, for the Audit. */
export type Added =
  | { readonly outcome: 'added'; readonly member: store.MemberOfAddress }
  | { readonly outcome: 'invited'; readonly invitationId: string };

/**
 * Add Local Admin: the member with this address becomes one at once; anybody else, and a member who cannot
 * sign in, is invited. Refuses as `inviteLocalAdmin`.
 */
export async function addLocalAdmin(
  tx: Transaction,
  actor: Member,
  {
    email,
    language,
    parts,
  }: { readonly email: string; readonly language: MailLanguage; parts: InvitingParts },
): Promise<Added> {
  const { entityId } = actor;
  const [member, another] = await assertNoAdmin(tx, entityId, email.toLowerCase());
  if (!member || another || member.accountId === null) {
    const wanted = { entityId, invitedBy: actor.userId, email, language };
    return { outcome: 'invited', ...(await inviteLocalAdmin(tx, wanted, parts)) };
  }
  const place = { entityId, userId: member.userId };
  const isChanged = await store.changeRole(tx, place, {
    from: member.role,
    to: 'local_admin',
    by: member.mandateId,
  });
  if (!isChanged) throw new Refusal('changed_meanwhile');
  await tellRolesChanged(tx, entityId);
  return { outcome: 'added', member };
}

/** Removes the permissions: the User becomes a resident of the Entity. Refuses not_found. */
export async function removeLocalAdmin(
  tx: Transaction,
  place: { readonly entityId: string; readonly userId: string },
): Promise<void> {
  const isChanged = await store.changeRole(tx, place, { from: 'local_admin', to: 'resident', by: null });
  if (!isChanged) throw new Refusal('not_found');
  await tellRolesChanged(tx, place.entityId);
}

interface InvitationPlace {
  readonly entityId: string;
  readonly invitationId: string;
}

/** Sends it again with another link, for seven days; the one before is void. Refuses not_found. */
export async function resendInvitation(
  tx: Transaction,
  { invitedBy, language, ...place }: InvitationPlace & Omit<WantedInvitation, 'email'>,
  parts: InvitingParts,
): Promise<{ readonly email: string }> {
  const held = await store.holdInvitation(tx, place);
  if (!held) throw new Refusal('not_found');
  const { entityId } = place;
  const sending = await send(tx, { entityId, invitedBy, language, ...held }, parts);
  await store.renewInvitation(tx, place, sending);
  return held;
}

/** Its link leads nowhere any more. Refuses not_found. */
export async function withdrawInvitation(
  tx: Transaction,
  place: InvitationPlace,
): Promise<{ readonly email: string }> {
  const held = await store.holdInvitation(tx, place);
  if (!held) throw new Refusal('not_found');
  await store.withdrawInvitation(tx, place);
  return held;
}
