/** Whether a cell came out as it is expected. A finding is a sentence; none is a cell that holds. */
import { effects, spentByWrongOnes, type Shown } from './expected/answers.ts';
import { ownActsOnly } from './expected/roles.ts';
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
  return [
    ...new Set(tables.map((table) => table.replace(/^claviger\.|^graphile_worker\._private_/, ''))),
  ].sort();
}

/**
 * Of which of the three Entities a row is; a row of an Owner is of all its Entities, and others are of none.
 */
function placesOfRow({ table, row }: ChangedRow, { places }: World): PlaceName[] {
  const entityId = row['entity_id'] ?? (table === 'claviger.entities' ? row['id'] : row['owner_entity_id']);
  const ownerId = row['owner_id'] ?? (table === 'claviger.owners' ? row['id'] : undefined);
  return Object.values(places)
    .filter((place) =>
      typeof entityId === 'string' ? place.ids['entityId'] === entityId : place.ownerId === ownerId,
    )
    .map(({ name }) => name);
}

const placeNames: readonly PlaceName[] = ['own', 'sibling', 'foreign'];

/** What was told of other Entities, or done to them: by their marks, their identifiers, their rows. */
export function isolationFindings(
  { body, changes }: Outcome,
  {
    world,
    isOpen,
    mayNote,
  }: {
    readonly world: World;
    readonly isOpen: (place: PlaceName) => boolean;
    /** In whose Audit the call may have its entry. */
    readonly mayNote: (place: PlaceName) => boolean;
  },
): string[] {
  const closed = placeNames.filter((name) => !isOpen(name));
  const text = body.toLowerCase();
  const told = closed.filter((name) => text.includes(marks[name]));
  const changed = changes.flatMap((change) => {
    const places = placesOfRow(change, world);
    const isNote = besideEveryCall.has(change.table) && places.some(mayNote);
    return places.length > 0 && !places.some(isOpen) && !isNote
      ? [`${change.table} of ${places.join(' and ')}`]
      : [];
  });
  return [
    ...told.map((name) => `the answer tells of ${name}`),
    ...[...new Set(changed)].map((what) => `it changed ${what}`),
  ];
}

/** Rows of other people's Accounts. */
function accountFindings({ route, actor, isWrong }: Cell, { changes }: Outcome): string[] {
  // Whoever shows somebody else's passkey is told so, and the passkey has been used.
  if (route.kind !== 'signed_in' || isWrong) return [];
  const others = changes.filter(({ table, row }) => {
    const owner = table === 'auth.accounts' ? row['id'] : row['account_id'];
    return table.startsWith('auth.') && typeof owner === 'string' && owner !== actor.accountId;
  });
  return others.map(({ table }) => `it changed ${table} of another Account`);
}

function textOf(shown: Shown, { actor, objects }: Cell, { places, spare }: World): string {
  if (typeof shown !== 'string') return 'text' in shown ? shown.text : (places[objects].ids[shown.id] ?? '');
  const { email, otherSessionId, passkeyId, userId }: Actor = actor;
  const own = { mark: marks[objects], session: otherSessionId, passkey: passkeyId, user: userId };
  // Whoever has no passkey signs in with somebody else's.
  return shown === 'email' ? (email === '' ? '' : email) : (own[shown] ?? spare.email);
}

/** Everything that was done in the world was done by somebody of this name. */
const whoActed = /\bada\b/i;

function auditFindings({ actor, route }: Cell, body: string): string[] {
  const isNarrow =
    ownActsOnly.roles.some((role) => role === actor.role) && ownActsOnly.calls.includes(route.name);
  return isNarrow && whoActed.test(body) ? ['shows what somebody else did'] : [];
}

function effectFindings(cell: Cell, { status, body, changes }: Outcome, world: World): string[] {
  const { route } = cell;
  const expected = effects[route.name] ?? {};
  const wanted = route.declaration.contract.status;
  if (status !== wanted)
    return [`answers ${String(status)} instead of ${String(wanted)}: ${body.slice(0, 300)}`];
  const shown = expected.shows && textOf(expected.shows, cell, world);
  const done = changedTables(changes).join(' ');
  return [
    ...(shown !== undefined && !body.toLowerCase().includes(shown.toLowerCase())
      ? [`does not show ${shown}`]
      : []),
    ...(done === (expected.changes ?? '')
      ? []
      : [`changes “${done}” instead of “${expected.changes ?? ''}”`]),
    ...auditFindings(cell, body),
    ...(expected.shows === undefined && expected.changes === undefined ? ['has no expected effect'] : []),
  ];
}

function refusalFindings({ expected, isWrong, route }: Cell, { status, body, changes }: Outcome): string[] {
  const spent = isWrong ? (spentByWrongOnes[route.name] ?? '').split(' ') : [];
  const done = changedTables(changes).filter((table) => !spent.includes(table));
  return [
    ...(status === expected
      ? []
      : [`answers ${String(status)} instead of ${String(expected)}: ${body.slice(0, 300)}`]),
    ...(done.length === 0 ? [] : [`changes ${done.join(' ')}`]),
    ...Object.values(marks).flatMap((mark) => (body.toLowerCase().includes(mark) ? [`shows ${mark}`] : [])),
  ];
}

/** Holds the cell against the reviewed files. */
export function judge(cell: Cell, outcome: Outcome, world: World): string[] {
  const isDone = cell.expected === 'done';
  const isOpen = (place: PlaceName): boolean => isDone && place === cell.objects;
  const mayNote = (place: PlaceName): boolean => place === (isDone ? cell.objects : 'own');
  return [
    ...(isDone ? effectFindings(cell, outcome, world) : refusalFindings(cell, outcome)),
    ...isolationFindings(outcome, { world, isOpen, mayNote }),
    ...accountFindings(cell, outcome),
  ];
}
