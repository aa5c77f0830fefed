import type { AccountId, Instant } from '@claviger/domain';
import type { Transaction } from '../../platform/database/index.ts';
import { query, queryNamed, sqlNow } from '../../platform/database/query.ts';
import type { InvitedRole } from '../local-admins/index.ts';

export interface InvitationPlace {
  readonly entityId: string;
  readonly invitationId: string;
}

/** The invitation whose link has this token. Scope: installation. */
export async function findByToken(tx: Transaction, hash: Buffer): Promise<InvitationPlace | undefined> {
  return query(tx)
    .selectFrom('invitation_tokens')
    .where('token_hash', '=', hash)
    .select(['entity_id as entityId', 'invitation_id as invitationId'])
    .executeTakeFirst();
}

/** An invitation as its page and its acceptance need it. */
export interface FoundInvitation extends InvitationPlace {
  readonly ownerId: string;
  readonly place: string;
  readonly email: string;
  readonly state: 'pending' | 'accepted' | 'withdrawn';
  readonly expiresAt: Instant;
  readonly acceptedBy: string | null;
  readonly role: InvitedRole;
}

/**
 * The invitation, where its Entity lives and who asked may still ask. Scope: the Entity, or its Owner.
 */
export async function findInvitation(
  tx: Transaction,
  { entityId, invitationId }: InvitationPlace,
): Promise<FoundInvitation | undefined> {
  return query(tx)
    .selectFrom('invitations as i')
    .innerJoin('entities as e', 'e.id', 'i.entity_id')
    .innerJoin('memberships as m', (join) =>
      join.onRef('m.entity_id', '=', 'i.entity_id').onRef('m.user_id', '=', 'i.invited_by'),
    )
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .where('i.entity_id', '=', entityId)
    .where('i.id', '=', invitationId)
    .where('e.deleted_at', 'is', null)
    .where((where) =>
      where.or([
        where('m.role', '=', 'community_manager'),
        where.and([where('m.role', '=', 'local_admin'), where('i.role', '=', 'resident')]),
      ]),
    )
    .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
    .where('u.status', '=', 'active')
    .select([
      'i.entity_id as entityId',
      'i.id as invitationId',
      'e.owner_id as ownerId',
      'e.name as place',
      'i.email',
      'i.state',
      'i.expires_at as expiresAt',
      'i.accepted_by as acceptedBy',
      'i.role',
    ])
    .$narrowType<{ role: InvitedRole }>()
    .executeTakeFirst();
}

/** Lets nobody else accept or withdraw it until the transaction ends. */
export async function holdInvitation(tx: Transaction, place: InvitationPlace): Promise<void> {
  await query(tx)
    .selectFrom('invitations')
    .where('entity_id', '=', place.entityId)
    .where('id', '=', place.invitationId)
    .select('id')
    .forUpdate()
    .execute();
}

export async function noteAcceptance(
  tx: Transaction,
  { entityId, invitationId }: InvitationPlace,
  accountId: AccountId,
): Promise<void> {
  await query(tx)
    .updateTable('invitations')
    .set({ state: 'accepted', accepted_by: accountId })
    .where('entity_id', '=', entityId)
    .where('id', '=', invitationId)
    .execute();
}

export interface KnownUser {
  readonly id: string;
  readonly status: 'active' | 'deactivated';
}

/** Whom an Owner knows by this Account. Scope, here and below: the Owner. */
export async function findUserOf(
  tx: Transaction,
  { ownerId, accountId }: { readonly ownerId: string; readonly accountId: AccountId },
): Promise<KnownUser | undefined> {
  return query(tx)
    .selectFrom('users')
    .where('owner_id', '=', ownerId)
    .where('account_id', '=', accountId)
    .select(['id', 'status'])
    .forUpdate()
    .executeTakeFirst();
}

/** Users of the Owner with this address, which is in small letters, who have no Account yet. */
export async function findUsersWithoutAccount(
  tx: Transaction,
  { ownerId, email }: { readonly ownerId: string; readonly email: string },
): Promise<KnownUser[]> {
  return queryNamed<KnownUser>(tx, {
    name: 'find_users_without_account',
    text: `select id, status from claviger.users
      where owner_id = $1 and account_id is null and lower(email) = $2 for update`,
    values: [ownerId, email],
  });
}

/** The User signs in with this Account from now on, wherever the User has a role. */
export async function linkAccount(tx: Transaction, userId: string, accountId: AccountId): Promise<void> {
  await query(tx).updateTable('users').set({ account_id: accountId }).where('id', '=', userId).execute();
  await query(tx)
    .updateTable('memberships')
    .set({ account_id: accountId })
    .where('user_id', '=', userId)
    .execute();
}

export interface NewUser {
  readonly id: string;
  readonly ownerId: string;
  readonly accountId: AccountId;
  readonly name: string;
  readonly email: string;
}

export async function addUser(tx: Transaction, user: NewUser): Promise<void> {
  const { id, ownerId, accountId, name, email } = user;
  await query(tx)
    .insertInto('users')
    .values({ id, owner_id: ownerId, account_id: accountId, name, email })
    .execute();
}

export interface NewMember {
  readonly entityId: string;
  readonly ownerId: string;
  readonly userId: string;
  readonly accountId: AccountId;
}

/** Whether the User has a role there now. */
export async function hasRole(
  tx: Transaction,
  { entityId, userId }: Pick<NewMember, 'entityId' | 'userId'>,
): Promise<boolean> {
  const row = await query(tx)
    .selectFrom('memberships')
    .where('entity_id', '=', entityId)
    .where('user_id', '=', userId)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', sqlNow())]))
    .select('user_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Makes the User a Local Admin there; a community_manager stays one, and an end that is to come stays. */
export async function makeLocalAdmin(tx: Transaction, member: NewMember): Promise<void> {
  const { entityId, userId, ownerId, accountId } = member;
  await queryNamed(tx, {
    name: 'make_local_admin',
    text: `insert into claviger.memberships as m (entity_id, user_id, owner_id, account_id, role)
      values ($1, $2, $3, $4, 'local_admin')
      on conflict (entity_id, user_id) do update set role = 'local_admin', mandate_id = null,
        until = case when m.until > clock_timestamp() and m.mandate_id is null then m.until end
      where m.role <> 'community_manager' or m.until <= clock_timestamp()`,
    values: [entityId, userId, ownerId, accountId],
  });
}
