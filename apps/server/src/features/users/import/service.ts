import { Refusal, userImportProblems } from '@claviger/protocol';
import type { MailLanguage, UserImportCheck, UserLine } from '@claviger/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import type { Member } from '../../../platform/http/index.ts';
import {
  assertRoom,
  endImport,
  holdImport,
  problemsLimit,
  refuseWrongLines,
  withColumns,
  type ImportPlace,
} from '../../imports/index.ts';
import { viewerOf } from '../shown.ts';
import { wantWelcomesSent } from '../welcomes/jobs.ts';
import { readUserLine } from './lines.ts';
import * as store from './store.ts';

function holdOwn(tx: Transaction, actor: Member, importId: string): Promise<ImportPlace> {
  return holdImport(tx, actor, { kind: 'users', importId });
}

/** Refuses not_found, and limit_reached beyond 100,000 lines. Scope, here and below: the Owner. */
export async function addLines(
  tx: Transaction,
  actor: Member,
  { importId, lines }: { readonly importId: string; readonly lines: readonly UserLine[] },
): Promise<void> {
  const place = await holdOwn(tx, actor, importId);
  // A line that stands in one request twice is the later one.
  const byLine = new Map(lines.map((line) => [line.line, readUserLine(line)]));
  assertRoom(await store.countLines(tx, place), byLine.size);
  await store.addLines(tx, place, [...byLine.values()]);
}

/** The import with the Entities whose Users the actor manages: what is elsewhere is not told of. */
async function judgedBy(tx: Transaction, actor: Member, importId: string): Promise<store.JudgedImport> {
  const place = await holdOwn(tx, actor, importId);
  const { standing } = await viewerOf(tx, actor);
  return { ...place, managed: [...standing.keys()] };
}

async function checkJudged(tx: Transaction, judged: store.JudgedImport): Promise<UserImportCheck> {
  const { problems, ...counts } = await store.checkLines(tx, judged, problemsLimit);
  return { ...counts, problems: withColumns(problems, userImportProblems) };
}

/** Whom the import would make, and what is wrong with it. Refuses not_found. */
export async function checkImport(
  tx: Transaction,
  actor: Member,
  importId: string,
): Promise<UserImportCheck> {
  return checkJudged(tx, await judgedBy(tx, actor, importId));
}

/**
 * Makes all of them: residents of the Entities of their lines, whether their addresses have Accounts here or
 * not. Whoever is there already, just so, stays as they are. Refuses not_found, changed_meanwhile where an
 * address was taken by somebody else at this moment, and invalid_input with the lines that are wrong
 * (`line.12`); nobody is made then.
 */
export async function applyImport(
  tx: Transaction,
  actor: Member,
  { importId, language }: { readonly importId: string; readonly language: MailLanguage },
): Promise<UserImportCheck> {
  const judged = await judgedBy(tx, actor, importId);
  const check = await checkJudged(tx, judged);
  refuseWrongLines(check.problems);
  const made = await store.makeUsers(tx, judged, actor.ownerId);
  if (made !== check.newUsers) throw new Refusal('changed_meanwhile');
  const welcomed = await store.wantWelcomes(tx, judged, { invitedBy: actor.userId, language });
  for (const entityId of welcomed) await wantWelcomesSent(tx, entityId);
  await endImport(tx, judged);
  return check;
}
