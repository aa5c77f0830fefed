import type { MailLanguage } from '@claviger/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, sqlNow } from '../../../platform/database/query.ts';
import { managingRoles } from '../permissions.ts';

export interface WantedWelcome {
  readonly userId: string;
  readonly invitedBy: string;
  readonly language: MailLanguage;
}

/** Whether somebody waits for a welcome. Scope, here and below: the Entity. */
export async function isWelcomeWanted(tx: Transaction, entityId: string): Promise<boolean> {
  const row = await query(tx)
    .selectFrom('wanted_welcomes')
    .where('entity_id', '=', entityId)
    .select('user_id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes the first who waits, in the order of the lines. */
export async function takeWelcome(tx: Transaction, entityId: string): Promise<WantedWelcome | undefined> {
  const next = await query(tx)
    .selectFrom('wanted_welcomes')
    .where('entity_id', '=', entityId)
    .orderBy('user_id')
    .select(['user_id as userId', 'invited_by as invitedBy', 'language'])
    .$narrowType<{ language: MailLanguage }>()
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!next) return undefined;
  await query(tx)
    .deleteFrom('wanted_welcomes')
    .where('entity_id', '=', entityId)
    .where('user_id', '=', next.userId)
    .execute();
  return next;
}

/** The address of a User of the Entity who cannot sign in and was not invited to. */
export async function findUninvited(
  tx: Transaction,
  { entityId, userId }: { readonly entityId: string; readonly userId: string },
): Promise<string | undefined> {
  const row = await query(tx)
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .where('m.entity_id', '=', entityId)
    .where('m.user_id', '=', userId)
    .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
    .where('u.status', '=', 'active')
    .where('u.account_id', 'is', null)
    .where(
      sql<boolean>`not exists (select from claviger.invitations i where i.entity_id = m.entity_id
        and i.email = lower(u.email) and i.state = 'pending')`,
    )
    .select('u.email')
    .executeTakeFirst();
  return row?.email;
}

/** Whether this User manages Users of the Entity now. */
export async function mayInvite(tx: Transaction, entityId: string, userId: string): Promise<boolean> {
  const row = await query(tx)
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .where('m.entity_id', '=', entityId)
    .where('m.user_id', '=', userId)
    .where('m.role', 'in', managingRoles)
    .where((where) => where.or([where('m.until', 'is', null), where('m.until', '>', sqlNow())]))
    .where('u.status', '=', 'active')
    .select('m.user_id')
    .executeTakeFirst();
  return row !== undefined;
}
