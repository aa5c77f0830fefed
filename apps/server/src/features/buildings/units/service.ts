import { Refusal, type Unit } from '@claviger/protocol';
import { z } from 'zod';
import { newIdentifier, type Transaction } from '../../../platform/database/index.ts';
import { cursorOf, placeIn } from '../../../platform/http/index.ts';
import { getBuilding, refuseName } from '../service.ts';
import { holdKind, type BuildingPlace } from '../store.ts';
import * as store from './store.ts';

/** As many as one CSV may have. */
export const unitsLimit = 100_000;
const pageSize = 100;

const lastSeen = z.tuple([z.string().max(80), z.uuid()]);

/** A page of the Units of a building. Refuses not_found. */
export async function listUnits(
  tx: Transaction,
  place: BuildingPlace,
  { text = '', cursor }: { readonly text?: string | undefined; readonly cursor?: string | undefined },
): Promise<{ items: Unit[]; next?: string }> {
  await getBuilding(tx, place);
  const [name, id] = cursor === undefined ? [] : placeIn(cursor, lastSeen);
  const after = name === undefined || id === undefined ? undefined : { name, id };
  const units = await store.listUnits(tx, place, { text, after, limit: pageSize + 1 });
  const shown = units.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    items: shown.map(({ id: unitId, name: unitName, floors, version }) => ({
      ...{ id: unitId, name: unitName, floors, version },
    })),
    ...(units.length > pageSize && last && { next: cursorOf([last.sorted, last.id]) }),
  };
}

async function getUnit(tx: Transaction, place: store.UnitPlace): Promise<Unit> {
  const found = await store.findUnit(tx, place);
  if (!found) throw new Refusal('not_found');
  return found;
}

function ascending(floors: readonly number[]): number[] {
  return [...new Set(floors)].sort((one, other) => one - other);
}

/**
 * Adds an apartment or a company. Refuses not_found, limit_reached, and invalid_input beside the name:
 * home_has_none, name_taken.
 */
export async function addUnit(
  tx: Transaction,
  place: BuildingPlace,
  { name, floors }: store.UnitFields,
): Promise<Unit> {
  if ((await holdKind(tx, place.entityId)) === 'home') throw refuseName('home_has_none');
  await getBuilding(tx, place);
  if ((await store.countUnits(tx, place.entityId)) >= unitsLimit) throw new Refusal('limit_reached');
  const unitId = newIdentifier();
  const isFree = await store.addUnit(tx, { ...place, unitId }, { name, floors: ascending(floors) });
  if (!isFree) throw refuseName('name_taken');
  return getUnit(tx, { entityId: place.entityId, unitId });
}

/** Refuses not_found, changed_meanwhile, and invalid_input beside the name: name_taken. */
export async function changeUnit(
  tx: Transaction,
  place: store.UnitPlace,
  { version, name, floors }: store.UnitFields & { readonly version: number },
): Promise<{ readonly before: Unit; readonly after: Unit }> {
  await store.holdUnit(tx, place);
  const before = await getUnit(tx, place);
  if (before.version !== version) throw new Refusal('changed_meanwhile');
  if (!(await store.updateUnit(tx, place, { name, floors: ascending(floors) })))
    throw refuseName('name_taken');
  return { before, after: await getUnit(tx, place) };
}

/** Refuses not_found, and in_use while something belongs to it. */
export async function removeUnit(tx: Transaction, place: store.UnitPlace): Promise<Unit> {
  const before = await getUnit(tx, place);
  if (!(await store.removeUnit(tx, place))) throw new Refusal('in_use');
  return before;
}
