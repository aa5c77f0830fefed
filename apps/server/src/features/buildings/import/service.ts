import { parseFloors, type Instant } from '@claviger/domain';
import {
  personalName,
  Refusal,
  type ImportLine,
  type ImportProblem,
  type UnitImportCheck,
} from '@claviger/protocol';
import { newIdentifier, type Transaction } from '../../../platform/database/index.ts';
import type { Member } from '../../../platform/http/index.ts';
import { buildingsLimit, refuseName } from '../service.ts';
import { countBuildings, holdKind } from '../store.ts';
import { unitsLimit } from '../units/service.ts';
import { countUnits } from '../units/store.ts';
import * as store from './store.ts';

/** People repair a file from the top; more would not be read. */
const problemsLimit = 100;
/** A refusal names fewer: its reader has seen the check. */
const issuesLimit = 20;
/** What is kept of a text that is no name, so that a file of anything else fills no disk. */
const keptText = 80;

/** Begins an import in place of the last one of the same person. Refuses invalid_input: home_has_none. */
export async function startImport(tx: Transaction, actor: Member, at: Instant): Promise<{ id: string }> {
  const { entityId, userId: madeBy } = actor;
  if ((await holdKind(tx, entityId)) === 'home') throw refuseName('home_has_none');
  const importId = newIdentifier();
  await store.startImport(tx, { entityId, importId }, { madeBy, at });
  return { id: importId };
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

/** What the database takes of a text that is no name. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, keptText);
}

async function holdOwn(tx: Transaction, actor: Member, importId: string): Promise<store.ImportPlace> {
  const place = { entityId: actor.entityId, importId };
  if (!(await store.holdImport(tx, place, actor.userId))) throw new Refusal('not_found');
  return place;
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
  if ((await store.countLines(tx, place)) + byLine.size > unitsLimit) throw new Refusal('limit_reached');
  await store.addLines(tx, place, [...byLine.values()]);
}

/** What the import would change, and what is wrong with it. Refuses not_found. */
export async function checkImport(
  tx: Transaction,
  actor: Member,
  importId: string,
): Promise<UnitImportCheck> {
  return store.checkImport(tx, await holdOwn(tx, actor, importId), problemsLimit);
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
  const check = await store.checkImport(tx, place, problemsLimit);
  if (check.problemCount > 0) {
    const wrong = check.problems.slice(0, issuesLimit);
    const issues = wrong.map(({ line, problem }) => ({ path: `line.${String(line)}`, problem }));
    throw new Refusal('invalid_input', { issues });
  }
  const buildings = (await countBuildings(tx, entityId)) + check.newBuildings;
  const units = (await countUnits(tx, entityId)) + check.newUnits;
  if (buildings > buildingsLimit || units > unitsLimit) throw new Refusal('limit_reached');
  await store.applyImport(tx, place);
  return check;
}
