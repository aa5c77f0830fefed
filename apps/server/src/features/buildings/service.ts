import { Refusal, type Building } from '@claviger/protocol';
import { newIdentifier, type Transaction } from '../../platform/database/index.ts';
import * as store from './store.ts';

/** A list without pages shows them all. */
export const buildingsLimit = 1_000;

/** Beside the field that somebody typed into. */
export function refuseName(problem: string): Refusal {
  return new Refusal('invalid_input', { issues: [{ path: 'body.name', problem }] });
}

export function listBuildings(tx: Transaction, entityId: string): Promise<Building[]> {
  return store.listBuildings(tx, entityId);
}

/** Refuses not_found. */
export async function getBuilding(tx: Transaction, place: store.BuildingPlace): Promise<Building> {
  const found = await store.findBuilding(tx, place);
  if (!found) throw new Refusal('not_found');
  return found;
}

/** Adds a building. Refuses limit_reached, and invalid_input beside the name: name_taken. */
export async function addBuilding(tx: Transaction, entityId: string, name: string): Promise<Building> {
  await store.holdKind(tx, entityId);
  if ((await store.countBuildings(tx, entityId)) >= buildingsLimit) throw new Refusal('limit_reached');
  const place = { entityId, buildingId: newIdentifier() };
  if (!(await store.addBuilding(tx, place, name))) throw refuseName('name_taken');
  return getBuilding(tx, place);
}

/** Refuses not_found, changed_meanwhile, and invalid_input beside the name: name_taken. */
export async function renameBuilding(
  tx: Transaction,
  place: store.BuildingPlace,
  change: { readonly name: string; readonly version: number },
): Promise<{ readonly before: Building; readonly after: Building }> {
  const before = await getBuilding(tx, place);
  const isFree = await store.renameBuilding(tx, place, change);
  if (isFree === undefined) throw new Refusal('changed_meanwhile');
  if (!isFree) throw refuseName('name_taken');
  return { before, after: await getBuilding(tx, place) };
}

/** Removes a building with its Units. Refuses not_found, and in_use while something belongs to one. */
export async function removeBuilding(tx: Transaction, place: store.BuildingPlace): Promise<Building> {
  const before = await getBuilding(tx, place);
  if (!(await store.removeBuilding(tx, place))) throw new Refusal('in_use');
  return before;
}
