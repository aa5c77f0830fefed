import type { Transaction } from '../../platform/database/index.ts';
import { query } from '../../platform/database/query.ts';

export interface HomeRows {
  readonly ownerId: string;
  readonly entityId: string;
  readonly userId: string;
  readonly accountId: string;
  readonly email: string;
  readonly personName: string;
  readonly ownerName: string;
  readonly entityName: string;
  readonly code: string;
  readonly zone: string;
  readonly address: string;
}

/** Adds an Owner with one home Entity and its community_manager. Scope: installation. */
export async function addHome(tx: Transaction, home: HomeRows): Promise<void> {
  const { ownerId, entityId, userId } = home;
  await query(tx).insertInto('owners').values({ id: ownerId, name: home.ownerName }).execute();
  await query(tx)
    .insertInto('entities')
    .values({
      id: entityId,
      owner_id: ownerId,
      code: home.code,
      name: home.entityName,
      kind: 'home',
      zone: home.zone,
      address: home.address,
    })
    .execute();
  await query(tx)
    .insertInto('users')
    .values({
      id: userId,
      owner_id: ownerId,
      account_id: home.accountId,
      name: home.personName,
      email: home.email,
    })
    .execute();
  await query(tx)
    .insertInto('memberships')
    .values({
      entity_id: entityId,
      user_id: userId,
      owner_id: ownerId,
      account_id: home.accountId,
      role: 'community_manager',
    })
    .execute();
}

/** Whether some Owner knows this Account as a User. Scope: account. */
export async function hasUser(tx: Transaction, accountId: string): Promise<boolean> {
  const row = await query(tx)
    .selectFrom('users')
    .where('account_id', '=', accountId)
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
