import { floorsLimit, highestFloor, lowestFloor } from '@claviger/domain';
import { z } from 'zod';
import { importCheckOf, importField, importLinesLimit, lineNumber } from '../imports/imports.ts';
import { line, pageOf, personalName, uuid, version } from '../shapes.ts';

export const building = z
  .object({
    id: uuid,
    name: z.string(),
    unitCount: z.int().nonnegative(),
    version: version.meta({ description: 'Send it back with a change' }),
  })
  .meta({ id: 'Building' });

export const buildingList = z
  .object({ items: z.array(building) })
  .meta({ description: 'By name; an Entity has each name once' });

export const addBuildingInput = z.object({ name: personalName }).strict();
export const updateBuildingInput = z.object({ name: personalName, version }).strict();

const floors = z
  .array(z.int().min(lowestFloor).max(highestFloor))
  .max(floorsLimit)
  .meta({ description: 'Where it is; the ground floor is 0' });

/** An apartment of a community, or a company of a commercial Entity. */
export const unit = z
  .object({ id: uuid, name: z.string(), floors, version: version.meta({ description: 'Send it back' }) })
  .meta({ id: 'Unit' });

export const unitPage = pageOf(unit).meta({ description: 'By name; a building has each name once' });
export const unitQuery = z.object({
  text: line.max(80).optional().meta({ description: 'A part of the name' }),
  cursor: z.string().max(400).optional(),
});

export const addUnitInput = z.object({ name: personalName, floors }).strict();
export const updateUnitInput = z.object({ name: personalName, floors, version }).strict();

const importLine = z
  .object({ line: lineNumber, building: importField, unit: importField, floors: importField })
  .strict();

export const importLinesInput = z
  .object({ lines: z.array(importLine).min(1).max(importLinesLimit) })
  .strict();

/** What can be wrong with a line, and in which column. */
export const unitImportProblems = {
  building_name: 'building',
  unit_name: 'unit',
  floors: 'floors',
  twice: 'unit',
} as const;

/** What an import would change, or why it cannot be applied. */
export const unitImportCheck = importCheckOf(unitImportProblems)
  .extend({
    newBuildings: z.int().nonnegative(),
    newUnits: z.int().nonnegative(),
    changedUnits: z.int().nonnegative().meta({ description: 'Units whose floors become others' }),
  })
  .meta({ id: 'UnitImportCheck' });

export type Building = z.infer<typeof building>;
export type Unit = z.infer<typeof unit>;
export type ImportLine = z.infer<typeof importLine>;
export type ImportProblem = keyof typeof unitImportProblems;
export type UnitImportCheck = z.infer<typeof unitImportCheck>;
