import type { Unit } from '@claviger/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, wasFree } from '../../../platform/database/query.ts';
import { isUnused, type BuildingPlace } from '../store.ts';

export interface UnitPlace {
  readonly entityId: string;
  readonly unitId: string;
}

export interface UnitFields {
  readonly name: string;
  readonly floors: readonly number[];
}

/** After which Unit a page begins: its name in small letters, and its identifier. */
export interface AfterUnit {
  readonly name: string;
  readonly id: string;
}

function selectUnits(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('units')
    .where('entity_id', '=', entityId)
    .select(['id', 'name', 'floors', 'version', sql<string>`lower(name)`.as('sorted')]);
}

/** Units of a building, by name. Scope, here and below: the Entity. */
export function listUnits(
  tx: Transaction,
  { entityId, buildingId }: BuildingPlace,
  wanted: { readonly text: string; readonly after: AfterUnit | undefined; readonly limit: number },
): Promise<(Unit & { readonly sorted: string })[]> {
  const { text, after, limit } = wanted;
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return selectUnits(tx, entityId)
    .where('building_id', '=', buildingId)
    .$if(text !== '', (units) => units.where('name', 'ilike', pattern))
    .$if(after !== undefined, (units) =>
      units.where(sql<boolean>`(lower(name), id) > (${after?.name ?? ''}, ${after?.id ?? ''}::uuid)`),
    )
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function findUnit(tx: Transaction, { entityId, unitId }: UnitPlace): Promise<Unit | undefined> {
  const found = await selectUnits(tx, entityId).where('id', '=', unitId).executeTakeFirst();
  if (!found) return undefined;
  const { id, name, floors, version } = found;
  return { id, name, floors, version };
}

export async function countUnits(tx: Transaction, entityId: string): Promise<number> {
  const { count } = await query(tx)
    .selectFrom('units')
    .where('entity_id', '=', entityId)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Adds a Unit; as `wasFree`. */
export function addUnit(
  tx: Transaction,
  { entityId, unitId, buildingId }: UnitPlace & BuildingPlace,
  { name, floors }: UnitFields,
): Promise<boolean> {
  return wasFree(
    query(tx)
      .insertInto('units')
      .values({ entity_id: entityId, id: unitId, building_id: buildingId, name, floors: [...floors] })
      .execute(),
  );
}

/** Holds the Unit until the transaction ends. */
export async function holdUnit(tx: Transaction, { entityId, unitId }: UnitPlace): Promise<void> {
  await query(tx)
    .selectFrom('units')
    .where('entity_id', '=', entityId)
    .where('id', '=', unitId)
    .select('id')
    .forUpdate()
    .execute();
}

/** Changes a Unit that is held; as `wasFree`. */
export function updateUnit(
  tx: Transaction,
  { entityId, unitId }: UnitPlace,
  { name, floors }: UnitFields,
): Promise<boolean> {
  return wasFree(
    query(tx)
      .updateTable('units')
      .set((set) => ({ name, floors: [...floors], version: set('version', '+', 1) }))
      .where('entity_id', '=', entityId)
      .where('id', '=', unitId)
      .execute(),
  );
}

/** Removes a Unit; as `isUnused`. */
export function removeUnit(tx: Transaction, { entityId, unitId }: UnitPlace): Promise<boolean> {
  return isUnused(
    query(tx).deleteFrom('units').where('entity_id', '=', entityId).where('id', '=', unitId).execute(),
  );
}
