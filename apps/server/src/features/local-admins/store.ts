import type { EntityRole, Instant } from '@claviger/domain';
import type { Invitation, LocalAdmin } from '@claviger/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/index.ts';
import { query, sqlNow } from '../../platform/database/query.ts';

/** Users with a role in the Entity now. Scope, here and below: the Entity, or its Owner. */
function selectMembers(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .where('m.entity_id', '=', entityId)
    .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
    .where('u.status', '=', 'active')
    .orderBy('u.name')
    .orderBy('u.id')
    .select(['u.id as userId', 'u.name', 'u.email']);
}

/** Those by a Mandate stand among the Mandates, where they end. */
export function listLocalAdmins(tx: Transaction, entityId: string): Promise<LocalAdmin[]> {
  return selectMembers(tx, entityId)
    .where('m.role', '=', 'local_admin')
    .where('m.mandate_id', 'is', null)
    .execute();
}

/** Members with an Account and a lesser role, whose name or address has this text in it. */
export function listCandidates(
  tx: Transaction,
  entityId: string,
  { text, limit }: { readonly text: string; readonly limit: number },
): Promise<LocalAdmin[]> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return selectMembers(tx, entityId)
    .where('m.role', 'in', ['resident', 'installer'])
    .where('m.account_id', 'is not', null)
    .where((where) => where.or([where('u.name', 'ilike', pattern), where('u.email', 'ilike', pattern)]))
    .limit(limit)
    .execute();
}

export interface MemberOfAddress extends LocalAdmin {
  readonly role: EntityRole;
  /** The Mandate that gave the role. */
  readonly mandateId: string | null;
  readonly accountId: string | null;
}

/** Members with this address, which is in small letters. */
export function findByEmail(tx: Transaction, entityId: string, email: string): Promise<MemberOfAddress[]> {
  return selectMembers(tx, entityId)
    .where(sql<boolean>`lower(u.email) = ${email}`)
    .select(['m.role', 'm.mandate_id as mandateId', 'm.account_id as accountId'])
    .execute();
}

interface MemberPlace {
  readonly entityId: string;
  readonly userId: string;
}

/**
 * Gives a member who has this role now, by this Mandate or by none, another one; false where it is not so any
 * more. In place of a role of a Mandate the new one stands.
 */
export async function changeRole(
  tx: Transaction,
  { entityId, userId }: MemberPlace,
  { from, to, by }: { readonly from: EntityRole; readonly to: EntityRole; readonly by: string | null },
): Promise<boolean> {
  const changed = await query(tx)
    .updateTable('memberships')
    .set({ role: to, ...(by !== null && { mandate_id: null, until: null }) })
    .where('entity_id', '=', entityId)
    .where('user_id', '=', userId)
    .where('role', '=', from)
    .where('mandate_id', by === null ? 'is' : '=', by)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', sqlNow())]))
    .returning('user_id')
    .execute();
  return changed.length === 1;
}

/** What a mail says of the Entity and of who writes. */
export async function findInviter(
  tx: Transaction,
  { entityId, userId }: MemberPlace,
): Promise<{ place: string; zone: string; name: string }> {
  return query(tx)
    .selectFrom('entities as e')
    .innerJoin('users as u', 'u.owner_id', 'e.owner_id')
    .where('e.id', '=', entityId)
    .where('u.id', '=', userId)
    .select(['e.name as place', 'e.zone', 'u.name'])
    .executeTakeFirstOrThrow();
}

interface InvitationPlace {
  readonly entityId: string;
  readonly invitationId: string;
}

/** What an invitation makes of whoever accepts it; a resident is a User already, and signs in from then. */
export type InvitedRole = 'local_admin' | 'resident';

/** What is new in an invitation each time that it is sent. */
export interface Sending {
  readonly invitedBy: string;
  readonly mailId: string;
  readonly tokenHash: Buffer;
  readonly invitedAt: Instant;
  readonly expiresAt: Instant;
}

function columnsOf({ invitedBy, mailId, invitedAt, expiresAt }: Sending) {
  return {
    invited_by: invitedBy,
    mail_id: mailId,
    invited_at: new Date(invitedAt),
    expires_at: new Date(expiresAt),
  };
}

async function addToken(tx: Transaction, { entityId, invitationId }: InvitationPlace, hash: Buffer) {
  await query(tx)
    .insertInto('invitation_tokens')
    .values({ entity_id: entityId, invitation_id: invitationId, token_hash: hash })
    .execute();
}

/** Adds an invitation; false where this address has one that nobody answered yet. */
export async function addInvitation(
  tx: Transaction,
  place: InvitationPlace,
  { email, role, ...sending }: Sending & { readonly email: string; readonly role: InvitedRole },
): Promise<boolean> {
  const { entityId, invitationId } = place;
  const added = await query(tx)
    .insertInto('invitations')
    .values({ entity_id: entityId, id: invitationId, email, role, ...columnsOf(sending) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  if (added.length === 0) return false;
  await addToken(tx, place, sending.tokenHash);
  return true;
}

function selectPending(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('invitations as i')
    .innerJoin('mails as m', (join) =>
      join.onRef('m.entity_id', '=', 'i.entity_id').onRef('m.id', '=', 'i.mail_id'),
    )
    .where('i.entity_id', '=', entityId)
    .where('i.state', '=', 'pending')
    .where('i.role', '=', 'local_admin')
    .orderBy('i.email')
    .select([
      'i.id',
      'i.email',
      'i.invited_at as invitedAt',
      'i.expires_at as expiresAt',
      'm.failure as failure',
    ]);
}

/** Those that nobody answered, by address. Scope, here and below: the Entity. */
export async function listInvitations(tx: Transaction, entityId: string): Promise<Invitation[]> {
  const rows = await selectPending(tx, entityId).execute();
  return rows.map(({ failure, ...row }) => ({ ...row, ...(failure !== null && { failure }) }));
}

/** The invitation of this address, in small letters, that nobody answered. */
export async function findPending(
  tx: Transaction,
  entityId: string,
  email: string,
): Promise<{ id: string; role: InvitedRole } | undefined> {
  return query(tx)
    .selectFrom('invitations')
    .where('entity_id', '=', entityId)
    .where('email', '=', email)
    .where('state', '=', 'pending')
    .select(['id', 'role'])
    .$narrowType<{ role: InvitedRole }>()
    .executeTakeFirst();
}

/** What an invitation that nobody answered is to whom, held until the transaction ends. */
export async function holdInvitation(
  tx: Transaction,
  { entityId, invitationId }: InvitationPlace,
): Promise<{ email: string; role: InvitedRole } | undefined> {
  return query(tx)
    .selectFrom('invitations')
    .where('entity_id', '=', entityId)
    .where('id', '=', invitationId)
    .where('state', '=', 'pending')
    .select(['email', 'role'])
    .$narrowType<{ role: InvitedRole }>()
    .forUpdate()
    .executeTakeFirst();
}

async function removeTokens(tx: Transaction, { entityId, invitationId }: InvitationPlace): Promise<void> {
  await query(tx)
    .deleteFrom('invitation_tokens')
    .where('entity_id', '=', entityId)
    .where('invitation_id', '=', invitationId)
    .execute();
}

/** Another link in place of the one before. */
export async function renewInvitation(
  tx: Transaction,
  place: InvitationPlace,
  sending: Sending,
): Promise<void> {
  await query(tx)
    .updateTable('invitations')
    .set(columnsOf(sending))
    .where('entity_id', '=', place.entityId)
    .where('id', '=', place.invitationId)
    .execute();
  await removeTokens(tx, place);
  await addToken(tx, place, sending.tokenHash);
}

export async function withdrawInvitation(tx: Transaction, place: InvitationPlace): Promise<void> {
  await query(tx)
    .updateTable('invitations')
    .set({ state: 'withdrawn' })
    .where('entity_id', '=', place.entityId)
    .where('id', '=', place.invitationId)
    .execute();
  await removeTokens(tx, place);
}
