import type { Building, EntityKind } from '@claviger/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/index.ts';
import { isForeignKeyViolation, query, wasFree } from '../../platform/database/query.ts';

export interface BuildingPlace {
  readonly entityId: string;
  readonly buildingId: string;
}

function selectBuildings(tx: Transaction, entityId: string) {
  return query(tx)
    .selectFrom('buildings as b')
    .where('b.entity_id', '=', entityId)
    .orderBy(sql`lower(b.name)`)
    .select([
      'b.id',
      'b.name',
      'b.version',
      sql<number>`(select count(*) from claviger.units u
        where u.entity_id = b.entity_id and u.building_id = b.id)`.as('unitCount'),
    ]);
}

/** By name. Scope, here and below: the Entity. */
export function listBuildings(tx: Transaction, entityId: string): Promise<Building[]> {
  return selectBuildings(tx, entityId).execute();
}

export function findBuilding(tx: Transaction, place: BuildingPlace): Promise<Building | undefined> {
  return selectBuildings(tx, place.entityId).where('b.id', '=', place.buildingId).executeTakeFirst();
}

/** Whether nothing belonged to what a change removes; where something did, the transaction is over. */
export async function isUnused(change: Promise<unknown>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    if (isForeignKeyViolation(error)) return false;
    throw error;
  }
}

/** Adds a building; as `wasFree`. */
export function addBuilding(tx: Transaction, place: BuildingPlace, name: string): Promise<boolean> {
  const { entityId, buildingId } = place;
  return wasFree(
    query(tx).insertInto('buildings').values({ entity_id: entityId, id: buildingId, name }).execute(),
  );
}

/** Gives the building of this version another name; as `wasFree`, and undefined where none is of it. */
export async function renameBuilding(
  tx: Transaction,
  place: BuildingPlace,
  { name, version }: { readonly name: string; readonly version: number },
): Promise<boolean | undefined> {
  let changed = 0;
  const isFree = await wasFree(
    query(tx)
      .updateTable('buildings')
      .set((set) => ({ name, version: set('version', '+', 1) }))
      .where('entity_id', '=', place.entityId)
      .where('id', '=', place.buildingId)
      .where('version', '=', version)
      .returning('id')
      .execute()
      .then((rows) => {
        changed = rows.length;
      }),
  );
  return isFree && changed === 0 ? undefined : isFree;
}

/** Removes a building with its Units; as `isUnused`. */
export function removeBuilding(tx: Transaction, { entityId, buildingId }: BuildingPlace): Promise<boolean> {
  const removal = async (): Promise<void> => {
    await query(tx)
      .deleteFrom('units')
      .where('entity_id', '=', entityId)
      .where('building_id', '=', buildingId)
      .execute();
    await query(tx)
      .deleteFrom('buildings')
      .where('entity_id', '=', entityId)
      .where('id', '=', buildingId)
      .execute();
  };
  return isUnused(removal());
}

/**
 * Holds the Entity until the transaction ends, so that nobody else adds a building or a Unit, and says what
 * kind it is.
 */
export async function holdKind(tx: Transaction, entityId: string): Promise<EntityKind> {
  const { kind } = await query(tx)
    .selectFrom('entities')
    .where('id', '=', entityId)
    .select('kind')
    .forUpdate()
    .executeTakeFirstOrThrow();
  return kind;
}

export async function countBuildings(tx: Transaction, entityId: string): Promise<number> {
  const { count } = await query(tx)
    .selectFrom('buildings')
    .where('entity_id', '=', entityId)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
