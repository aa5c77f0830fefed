import { firstCharacters, type Instant } from '@claviger/domain';
import { importLimit, Refusal, type LineProblem } from '@claviger/protocol';
import { newIdentifier, type Transaction } from '../../platform/database/index.ts';
import type { Member } from '../../platform/http/index.ts';
import * as store from './store.ts';

/** People repair a file from the top; more would not be read. */
export const problemsLimit = 100;
/** A refusal names fewer: its reader has seen the check. */
const issuesLimit = 20;
/** What is kept of a text that is none of what was asked for, so that a file of anything fills no disk. */
const keptText = 80;

/** Begins an import in place of the last one of the same person and kind. Scope: as the kind's. */
export async function startImport(
  tx: Transaction,
  { entityId, userId: madeBy }: Member,
  { kind, at }: { readonly kind: store.ImportKind; readonly at: Instant },
): Promise<{ id: string }> {
  const importId = newIdentifier();
  await store.addImport(tx, { entityId, importId }, { kind, madeBy, at });
  return { id: importId };
}

/** An import of the actor, held until the transaction ends. Refuses not_found. */
export async function holdImport(
  tx: Transaction,
  { entityId, userId }: Member,
  { kind, importId }: { readonly kind: store.ImportKind; readonly importId: string },
): Promise<store.ImportPlace> {
  const place = { entityId, importId };
  if (!(await store.holdImport(tx, place, { kind, madeBy: userId }))) throw new Refusal('not_found');
  return place;
}

/** It was applied, and its lines are not needed again. */
export function endImport(tx: Transaction, place: store.ImportPlace): Promise<void> {
  return store.removeImport(tx, place);
}

/** Refuses limit_reached where the import has so many lines and gets so many more. */
export function assertRoom(lines: number, more: number): void {
  if (lines + more > importLimit) throw new Refusal('limit_reached');
}

/** What the database takes of a text that is not what it should be. */
export function printable(text: string): string {
  return firstCharacters(text.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' '), keptText);
}

/** Problems with the columns that they are in. */
export function withColumns<Problem extends string>(
  problems: readonly { readonly line: number; readonly problem: Problem }[],
  columns: Readonly<Record<Problem, string>>,
): LineProblem<Problem>[] {
  return problems.map(({ line, problem }) => ({ line, column: columns[problem], problem }));
}

/** Refuses invalid_input with the lines that are wrong (`line.12`), if any is. */
export function refuseWrongLines(problems: readonly LineProblem[]): void {
  if (problems.length === 0) return;
  const issues = problems
    .slice(0, issuesLimit)
    .map(({ line, problem }) => ({ path: `line.${String(line)}`, problem }));
  throw new Refusal('invalid_input', { issues });
}
