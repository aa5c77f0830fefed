import assert from 'node:assert/strict';
import type { ImportProblem, UnitImportCheck } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { query, queryNamed } from '../../../platform/database/query.ts';
import type { ImportPlace } from '../../imports/index.ts';

export interface ReadLine {
  readonly line: number;
  readonly building: string;
  readonly unit: string;
  readonly floors: readonly number[];
  readonly problem: ImportProblem | undefined;
}

/** A line that is there already is replaced. Scope, here and below: the Entity. */
export async function addLines(
  tx: Transaction,
  { entityId, importId }: ImportPlace,
  lines: readonly ReadLine[],
): Promise<void> {
  await query(tx)
    .insertInto('unit_import_lines')
    .values(
      lines.map(({ line, building, unit, floors, problem }) => ({
        ...{ entity_id: entityId, import_id: importId, line, building, unit },
        ...{ floors: [...floors], problem: problem ?? null },
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['entity_id', 'import_id', 'line']).doUpdateSet((row) => ({
        building: row.ref('excluded.building'),
        unit: row.ref('excluded.unit'),
        floors: row.ref('excluded.floors'),
        problem: row.ref('excluded.problem'),
      })),
    )
    .execute();
}

interface Found extends Omit<UnitImportCheck, 'problems'> {
  readonly problems: readonly { readonly line: number; readonly problem: ImportProblem }[];
}

/** What an import would do to what is there now, and the first lines that are wrong. */
export async function checkImport(
  tx: Transaction,
  { entityId, importId }: ImportPlace,
  problemsLimit: number,
): Promise<Found> {
  const rows = await queryNamed<Found>(tx, {
    name: 'check_unit_import',
    text: `with lines as (
        select l.line, l.building, l.unit, l.floors, coalesce(l.problem, case when row_number() over (
            partition by l.problem is null, lower(l.building), lower(l.unit) order by l.line) > 1
          then 'twice' end) as problem
        from claviger.unit_import_lines l where l.entity_id = $1 and l.import_id = $2)
      select count(*)::int as lines, count(l.problem)::int as "problemCount",
        (count(distinct lower(l.building)) filter (where l.problem is null and b.id is null))::int
          as "newBuildings",
        (count(*) filter (where l.problem is null and u.id is null))::int as "newUnits",
        (count(*) filter (where l.problem is null and u.floors <> l.floors))::int as "changedUnits",
        coalesce((select json_agg(w) from (
          select line, problem from lines where problem is not null order by line limit $3) w), '[]')
          as problems
      from lines l
        left join claviger.buildings b on b.entity_id = $1 and lower(b.name) = lower(l.building)
        left join claviger.units u on u.entity_id = $1 and u.building_id = b.id
          and lower(u.name) = lower(l.unit)`,
    values: [entityId, importId, problemsLimit],
  });
  const [check] = rows;
  assert(check, 'counting gives a row');
  return check;
}

/** Makes the buildings and Units of an import in which nothing is wrong. */
export async function applyImport(tx: Transaction, { entityId, importId }: ImportPlace): Promise<void> {
  await queryNamed(tx, {
    name: 'import_buildings',
    text: `insert into claviger.buildings (entity_id, id, name)
      select distinct on (lower(l.building)) $1::uuid, gen_random_uuid(), l.building
      from claviger.unit_import_lines l where l.entity_id = $1 and l.import_id = $2
      order by lower(l.building), l.line
      on conflict (entity_id, lower(name)) do nothing`,
    values: [entityId, importId],
  });
  await queryNamed(tx, {
    name: 'import_units',
    text: `insert into claviger.units as u (entity_id, id, building_id, name, floors)
      select $1::uuid, gen_random_uuid(), b.id, l.unit, l.floors
      from claviger.unit_import_lines l
        join claviger.buildings b on b.entity_id = $1 and lower(b.name) = lower(l.building)
      where l.entity_id = $1 and l.import_id = $2
      on conflict (entity_id, building_id, lower(name)) do update
        set floors = excluded.floors, version = u.version + 1 where u.floors <> excluded.floors`,
    values: [entityId, importId],
  });
}

/** How many lines the import has. */
export async function countLines(tx: Transaction, { entityId, importId }: ImportPlace): Promise<number> {
  const { count } = await query(tx)
    .selectFrom('unit_import_lines')
    .where('entity_id', '=', entityId)
    .where('import_id', '=', importId)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
