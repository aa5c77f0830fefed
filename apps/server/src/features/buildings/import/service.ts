import { parseFloors, type Instant } from '@claviger/domain';
import {
  personalName,
  Refusal,
  unitImportProblems,
  type ImportLine,
  type ImportProblem,
  type UnitImportCheck,
} from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import type { Member } from '../../../platform/http/index.ts';
import {
  assertRoom,
  endImport,
  holdImport,
  printable,
  problemsLimit,
  refuseWrongLines,
  startImport,
  withColumns,
  type ImportPlace,
} from '../../imports/index.ts';
import { buildingsLimit, refuseName } from '../service.ts';
import { countBuildings, holdKind } from '../store.ts';
import { unitsLimit } from '../units/service.ts';
import { countUnits } from '../units/store.ts';
import * as store from './store.ts';

/** Begins an import in place of the last one of the same person. Refuses invalid_input: home_has_none. */
export async function startUnitImport(tx: Transaction, actor: Member, at: Instant): Promise<{ id: string }> {
  if ((await holdKind(tx, actor.entityId)) === 'home') throw refuseName('home_has_none');
  return startImport(tx, actor, { kind: 'units', at });
}

/** A line as people meant it; formulas are text like any other. */
function readLine({ line, ...typed }: ImportLine): store.ReadLine {
  const building = personalName.safeParse(typed.building);
  const unit = personalName.safeParse(typed.unit);
  const floors = parseFloors(typed.floors);
  const problem: ImportProblem | undefined = !building.success
    ? 'building_name'
    : !unit.success
      ? 'unit_name'
      : floors === undefined
        ? 'floors'
        : undefined;
  return {
    line,
    building: building.data ?? printable(typed.building),
    unit: unit.data ?? printable(typed.unit),
    floors: floors ?? [],
    problem,
  };
}

function holdOwn(tx: Transaction, actor: Member, importId: string): Promise<ImportPlace> {
  return holdImport(tx, actor, { kind: 'units', importId });
}

/** Refuses not_found, and limit_reached beyond 100,000 lines. */
export async function addLines(
  tx: Transaction,
  actor: Member,
  { importId, lines }: { readonly importId: string; readonly lines: readonly ImportLine[] },
): Promise<void> {
  const place = await holdOwn(tx, actor, importId);
  // A line that stands in one request twice is the later one.
  const byLine = new Map(lines.map((line) => [line.line, readLine(line)]));
  assertRoom(await store.countLines(tx, place), byLine.size);
  await store.addLines(tx, place, [...byLine.values()]);
}

/** What the import would change, and what is wrong with it. Refuses not_found. */
export async function checkImport(
  tx: Transaction,
  actor: Member,
  importId: string,
): Promise<UnitImportCheck> {
  return checkHeld(tx, await holdOwn(tx, actor, importId));
}

async function checkHeld(tx: Transaction, place: ImportPlace): Promise<UnitImportCheck> {
  const { problems, ...counts } = await store.checkImport(tx, place, problemsLimit);
  return { ...counts, problems: withColumns(problems, unitImportProblems) };
}

/**
 * Makes all of it. Refuses not_found, limit_reached, and invalid_input with the lines that are wrong
 * (`line.12`); nothing is made then.
 */
export async function applyImport(
  tx: Transaction,
  actor: Member,
  importId: string,
): Promise<UnitImportCheck> {
  const { entityId } = actor;
  await holdKind(tx, entityId);
  const place = await holdOwn(tx, actor, importId);
  const check = await checkHeld(tx, place);
  refuseWrongLines(check.problems);
  const buildings = (await countBuildings(tx, entityId)) + check.newBuildings;
  const units = (await countUnits(tx, entityId)) + check.newUnits;
  if (buildings > buildingsLimit || units > unitsLimit) throw new Refusal('limit_reached');
  await store.applyImport(tx, place);
  await endImport(tx, place);
  return check;
}
