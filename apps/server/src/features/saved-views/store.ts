import type { SavedView, ViewedList } from '@claviger/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/index.ts';
import { query, wasFree } from '../../platform/database/query.ts';

/** Whose views, and where. */
export interface ViewOwner {
  readonly entityId: string;
  readonly userId: string;
}

function selectViews(tx: Transaction, { entityId, userId }: ViewOwner) {
  return query(tx)
    .selectFrom('saved_views')
    .where('entity_id', '=', entityId)
    .where('user_id', '=', userId)
    .select(['id', 'list', 'name', 'filters', 'version'])
    .$narrowType<{ list: ViewedList }>();
}

/** By name. Scope, here and below: the Entity. */
export function listViews(tx: Transaction, owner: ViewOwner): Promise<SavedView[]> {
  return selectViews(tx, owner)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute();
}

export function findView(tx: Transaction, owner: ViewOwner, viewId: string): Promise<SavedView | undefined> {
  return selectViews(tx, owner).where('id', '=', viewId).executeTakeFirst();
}

/** Nobody else changes the views of this person until the transaction ends. */
export async function holdViews(tx: Transaction, { entityId, userId }: ViewOwner): Promise<void> {
  await query(tx)
    .selectFrom('memberships')
    .where('entity_id', '=', entityId)
    .where('user_id', '=', userId)
    .select('user_id')
    .forUpdate()
    .execute();
}

/** Adds a view; as `wasFree`. */
export function addView(
  tx: Transaction,
  { entityId, userId }: ViewOwner,
  view: Omit<SavedView, 'version'>,
): Promise<boolean> {
  return wasFree(
    query(tx)
      .insertInto('saved_views')
      .values({ entity_id: entityId, user_id: userId, ...view })
      .execute(),
  );
}

/** Gives a view that is held another name; as `wasFree`. */
export function renameView(
  tx: Transaction,
  { entityId }: ViewOwner,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<boolean> {
  return wasFree(
    query(tx)
      .updateTable('saved_views')
      .set((set) => ({ name, version: set('version', '+', 1) }))
      .where('entity_id', '=', entityId)
      .where('id', '=', id)
      .execute(),
  );
}

export async function removeView(tx: Transaction, owner: ViewOwner, viewId: string): Promise<void> {
  await query(tx)
    .deleteFrom('saved_views')
    .where('entity_id', '=', owner.entityId)
    .where('user_id', '=', owner.userId)
    .where('id', '=', viewId)
    .execute();
}
