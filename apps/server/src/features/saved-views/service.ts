import { Refusal, type SavedView, type ViewedList } from '@claviger/protocol';
import { newIdentifier, type Transaction } from '../../platform/database/index.ts';
import * as store from './store.ts';

/** So many of one list stand in a menu that can still be read. */
export const viewsLimit = 20;

const nameTaken = { issues: [{ path: 'body.name', problem: 'name_taken' }] };

/** Refuses not_found, also for a view of somebody else. */
async function getView(tx: Transaction, owner: store.ViewOwner, viewId: string): Promise<SavedView> {
  const found = await store.findView(tx, owner, viewId);
  if (!found) throw new Refusal('not_found');
  return found;
}

/** Saves a view. Refuses limit_reached, and invalid_input beside the name: name_taken. */
export async function addView(
  tx: Transaction,
  owner: store.ViewOwner,
  wanted: { readonly list: ViewedList; readonly name: string; readonly filters: string },
): Promise<SavedView> {
  await store.holdViews(tx, owner);
  const there = await store.listViews(tx, owner);
  if (there.filter(({ list }) => list === wanted.list).length >= viewsLimit) {
    throw new Refusal('limit_reached');
  }
  const id = newIdentifier();
  const { list, name, filters } = wanted;
  if (!(await store.addView(tx, owner, { id, list, name, filters }))) {
    throw new Refusal('invalid_input', nameTaken);
  }
  return getView(tx, owner, id);
}

/** Refuses not_found, changed_meanwhile, and invalid_input beside the name: name_taken. */
export async function renameView(
  tx: Transaction,
  owner: store.ViewOwner,
  change: { readonly viewId: string; readonly name: string; readonly version: number },
): Promise<SavedView> {
  await store.holdViews(tx, owner);
  const { id, version } = await getView(tx, owner, change.viewId);
  if (version !== change.version) throw new Refusal('changed_meanwhile');
  if (!(await store.renameView(tx, owner, { id, name: change.name }))) {
    throw new Refusal('invalid_input', nameTaken);
  }
  return getView(tx, owner, id);
}

/** Removes a view. Refuses not_found. */
export async function removeView(tx: Transaction, owner: store.ViewOwner, viewId: string): Promise<void> {
  await getView(tx, owner, viewId);
  await store.removeView(tx, owner, viewId);
}
