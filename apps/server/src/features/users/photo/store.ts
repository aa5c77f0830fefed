import type { Transaction } from '../../../platform/database/index.ts';
import { query } from '../../../platform/database/query.ts';

/** Whose photo it is. */
export interface PhotoPlace {
  readonly ownerId: string;
  readonly userId: string;
}

/** Keeps a photo in place of the last one. Scope, here and below: the Owner. */
export async function keepPhoto(
  tx: Transaction,
  { ownerId, userId }: PhotoPlace,
  { id, picture }: { readonly id: string; readonly picture: Uint8Array },
): Promise<void> {
  await query(tx)
    .insertInto('user_photos')
    .values({ owner_id: ownerId, user_id: userId, id, picture })
    .onConflict((conflict) => conflict.columns(['owner_id', 'user_id']).doUpdateSet({ id, picture }))
    .execute();
}

/** Forgets the photo; whether there was one. */
export async function removePhoto(tx: Transaction, { ownerId, userId }: PhotoPlace): Promise<boolean> {
  const removed = await query(tx)
    .deleteFrom('user_photos')
    .where('owner_id', '=', ownerId)
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirst();
  return removed !== undefined;
}

/** This photo of the User; undefined where it is another one now, or none. */
export async function findPhoto(
  tx: Transaction,
  { ownerId, userId }: PhotoPlace,
  id: string,
): Promise<Uint8Array | undefined> {
  const row = await query(tx)
    .selectFrom('user_photos')
    .where('owner_id', '=', ownerId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .select('picture')
    .executeTakeFirst();
  return row?.picture;
}
