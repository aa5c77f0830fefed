/** Whether a cell came out as it is expected. A finding is a sentence; none is a cell that holds. */
import { effects, type Shown } from './expected/answers.ts';
import type { Cell } from './cells.ts';
import type { ChangedRow } from './changes.ts';
import type { Outcome } from './run-cell.ts';
import type { Actor } from './world/people.ts';
import { marks, type PlaceName } from './world/place.ts';
import type { World } from './world/world.ts';

/** What is kept of a call whatever comes of it: the Audit's entry and the count of a limit. */
const besideEveryCall = new Set([
  'claviger.audit_entries',
  'claviger.audit_chains',
  'claviger.audit_repeats',
  'claviger.subject_keys',
  'claviger.rate_limits',
]);

export function changedTables(changes: readonly ChangedRow[]): string[] {
  const tables = changes.map(({ table }) => table).filter((table) => !besideEveryCall.has(table));
  return [...new Set(tables.map((table) => table.replace(/^claviger\.|^graphile_worker\._private_/, '')))].sort();
}

/** Of which of the three Entities, or of whose Owner, a row is; undefined where of none of them. */
function placeOfRow({ table, row }: ChangedRow, { places }: World): PlaceName | undefined {
  const all = Object.values(places);
  const entityId = row['entity_id'] ?? (table === 'claviger.entities' ? row['id'] : row['owner_entity_id']);
  const ofEntity = all.find(({ ids }) => ids['entityId'] === entityId);
  if (ofEntity || typeof entityId === 'string') return ofEntity?.name;
  const ownerId = row['owner_id'] ?? (table === 'claviger.owners' ? row['id'] : undefined);
  return all.find((place) => place.ownerId === ownerId)?.name;
}

const placeNames: readonly PlaceName[] = ['own', 'sibling', 'foreign'];

/** What was told of other Entities, or done to them: by their marks, their identifiers, their rows. */
export function isolationFindings(
  { body, changes }: Outcome,
  { world, isOpen }: { readonly world: World; readonly isOpen: (place: PlaceName) => boolean },
): string[] {
  const closed = placeNames.filter((name) => !isOpen(name));
  const text = body.toLowerCase();
  const told = closed.filter((name) => text.includes(marks[name]));
  const changed = changes.flatMap((change) => {
    const place = placeOfRow(change, world);
    return place !== undefined && closed.includes(place) ? [`${change.table} of ${place}`] : [];
  });
  return [
    ...told.map((name) => `the answer tells of ${name}`),
    ...[...new Set(changed)].map((what) => `it changed ${what}`),
  ];
}

/** Rows of other people's Accounts. */
function accountFindings({ route, actor }: Cell, { changes }: Outcome): string[] {
  if (route.kind !== 'signed_in') return [];
  const others = changes.filter(({ table, row }) => {
    const owner = table === 'auth.accounts' ? row['id'] : row['account_id'];
    return table.startsWith('auth.') && typeof owner === 'string' && owner !== actor.accountId;
  });
  return others.map(({ table }) => `it changed ${table} of another Account`);
}

function textOf(shown: Shown, { email, otherSessionId, passkeyId }: Actor, mark: string): string {
  if (typeof shown !== 'string') return shown.text;
  return { mark, email, session: otherSessionId, passkey: passkeyId }[shown] ?? '';
}

function effectFindings(cell: Cell, { status, body, changes }: Outcome): string[] {
  const { route, actor, objects } = cell;
  const expected = effects[route.name] ?? {};
  const wanted = route.declaration.contract.status;
  if (status !== wanted) return [`answers ${String(status)} instead of ${String(wanted)}: ${body.slice(0, 300)}`];
  const shown = expected.shows && textOf(expected.shows, actor, marks[objects]);
  const done = changedTables(changes).join(' ');
  return [
    ...(shown !== undefined && !body.toLowerCase().includes(shown.toLowerCase()) ? [`does not show ${shown}`] : []),
    ...(done === (expected.changes ?? '') ? [] : [`changes “${done}” instead of “${expected.changes ?? ''}”`]),
    ...(expected.shows === undefined && expected.changes === undefined ? ['has no expected effect'] : []),
  ];
}

function refusalFindings({ expected }: Cell, { status, body, changes }: Outcome): string[] {
  const done = changedTables(changes);
  return [
    ...(status === expected ? [] : [`answers ${String(status)} instead of ${String(expected)}: ${body.slice(0, 300)}`]),
    ...(done.length === 0 ? [] : [`changes ${done.join(' ')}`]),
    ...Object.values(marks).flatMap((mark) => (body.toLowerCase().includes(mark) ? [`shows ${mark}`] : [])),
  ];
}

/** Holds the cell against the reviewed files. */
export function judge(cell: Cell, outcome: Outcome, world: World): string[] {
  const isDone = cell.expected === 'done';
  const isOpen = (place: PlaceName): boolean => isDone && (place === cell.objects || place === 'own');
  return [
    ...(isDone ? effectFindings(cell, outcome) : refusalFindings(cell, outcome)),
    ...isolationFindings(outcome, { world, isOpen }),
    ...accountFindings(cell, outcome),
  ];
}
