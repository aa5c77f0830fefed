import type { Instant } from '@claviger/domain';
import { sql } from 'kysely';
import type { Transaction } from '../../../../platform/database/index.ts';
import { query, queryNamed } from '../../../../platform/database/query.ts';

/** A User whom the Owner knows, and what they are in the Entity now. */
export interface KnownUser {
  readonly id: string;
  readonly accountId: string | null;
  readonly status: 'active' | 'deactivated';
  readonly hasRole: boolean;
}

/** Users of the Owner with this Account or this address, held. Scope, here and below: the Owner. */
export function holdUsersOf(
  tx: Transaction,
  who: { readonly ownerId: string; readonly entityId: string; accountId: string; email: string },
): Promise<KnownUser[]> {
  return queryNamed<KnownUser>(tx, {
    name: 'hold_users_of_request',
    text: `select u.id, u.account_id as "accountId", u.status, exists (select from claviger.memberships m
          where m.entity_id = $2 and m.user_id = u.id and (m.until is null or m.until > clock_timestamp()))
        as "hasRole"
      from claviger.users u
      where u.owner_id = $1 and (u.account_id = $3 or lower(u.email) = lower($4)) for update`,
    values: [who.ownerId, who.entityId, who.accountId, who.email],
  });
}

/** False where the Owner has come to know the Account or the address meanwhile. */
export async function addUser(
  tx: Transaction,
  user: { readonly id: string; readonly ownerId: string; accountId: string; name: string; email: string },
): Promise<boolean> {
  const added = await query(tx)
    .insertInto('users')
    .values({
      id: user.id,
      owner_id: user.ownerId,
      account_id: user.accountId,
      name: user.name,
      email: user.email,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return added.length === 1;
}

export interface NewMandate {
  readonly entityId: string;
  readonly id: string;
  readonly incomingId: string;
  readonly ownerId: string;
  readonly userId: string;
  readonly accountId: string;
  readonly role: 'installer' | 'local_admin';
  readonly minutes: number;
  readonly approvedBy: string;
}

/** Adds a Mandate from now on by the clock of the database, with the locks of its request; gives its end. */
export async function addMandate(tx: Transaction, mandate: NewMandate): Promise<Instant> {
  const { entityId, id, incomingId } = mandate;
  const now = sql<Date>`date_trunc('milliseconds', clock_timestamp())`;
  const added = await query(tx)
    .insertInto('mandates')
    .values({
      entity_id: entityId,
      id,
      incoming_id: incomingId,
      user_id: mandate.userId,
      account_id: mandate.accountId,
      role: mandate.role,
      from_at: now,
      until_at: sql<Date>`${now} + make_interval(mins => ${mandate.minutes}::int)`,
      approved_by: mandate.approvedBy,
    })
    .returning('until_at as until')
    .executeTakeFirstOrThrow();
  await queryNamed(tx, {
    name: 'add_mandate_locks',
    text: `insert into claviger.mandate_locks (entity_id, mandate_id, lock_id)
      select entity_id, $3, lock_id from claviger.incoming_request_locks
      where entity_id = $1 and incoming_id = $2`,
    values: [entityId, incomingId, id],
  });
  await giveRole(tx, mandate);
  return added.until;
}

/** The role of the Mandate until its end, in place of one that is over. */
async function giveRole(tx: Transaction, mandate: NewMandate): Promise<void> {
  await queryNamed(tx, {
    name: 'give_role_of_mandate',
    text: `insert into claviger.memberships
        (entity_id, user_id, owner_id, account_id, role, until, mandate_id)
      select m.entity_id, m.user_id, $3, m.account_id, m.role, m.until_at, m.id
      from claviger.mandates m where m.entity_id = $1 and m.id = $2
      on conflict (entity_id, user_id) do update set account_id = excluded.account_id, role = excluded.role,
        until = excluded.until, mandate_id = excluded.mandate_id`,
    values: [mandate.entityId, mandate.id, mandate.ownerId],
  });
}
