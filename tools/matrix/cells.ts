/** Which cells there are, and what is expected of each by the reviewed files. */
import { outOfReach, refusals, strangeRows, wrongSecrets } from './expected/answers.ts';
import { anybody, askAgain, members, operatorMay, signedIn } from './expected/roles.ts';
import type { Route } from './registry.ts';
import type { Actor } from './world/people.ts';
import type { PlaceName } from './world/place.ts';

/** One call of one actor. */
export interface Cell {
  readonly route: Route;
  readonly actor: Actor;
  /** The Entity of the path, and that whose rows are named. */
  readonly place: PlaceName;
  readonly objects: PlaceName;
  /** The secret is a wrong one; in an Entity, the person is one whom the caller does not reach. */
  readonly isWrong: boolean;
  /** Done, or the status of the refusal. */
  readonly expected: 'done' | number;
}

const placeNames: readonly PlaceName[] = ['own', 'sibling', 'foreign'];

export function nameOf({ route, actor, place, objects, isWrong }: Cell): string {
  const rows = objects === place ? '' : `, rows of ${objects}`;
  const wrong = route.kind === 'entity' ? ', a person out of reach' : ', wrong secret';
  return `${route.name}: ${actor.state} ${actor.role}, ${place}${rows}${isWrong ? wrong : ''}`;
}

/** What is wrong with the reviewed files themselves: calls without rows, rows without calls. */
export function fileFindings(routes: readonly Route[]): string[] {
  const known = new Set(routes.map(({ name }) => name));
  const listed = Object.values(members).map(({ may, mayNot }) => [...may, ...mayNot]);
  const [first = []] = listed;
  const rows = [...anybody.may, ...anybody.mayNoMore, ...signedIn, ...operatorMay, ...first];
  const all = [
    ...rows,
    ...listed.flat(),
    ...askAgain,
    ...Object.keys(wrongSecrets),
    ...Object.keys(strangeRows),
  ];
  const twice = rows.filter((name, at) => rows.indexOf(name) !== at);
  const uneven = listed.flatMap((names) => [
    ...first.filter((name) => !names.includes(name)),
    ...names.filter((name, at) => !first.includes(name) || names.indexOf(name) !== at),
  ]);
  return [
    ...[...known].filter((name) => !rows.includes(name)).map((name) => `${name} has no expected rows`),
    ...[...new Set(all)]
      .filter((name) => !known.has(name))
      .map((name) => `${name} is expected and is no route`),
    ...twice.map((name) => `${name} is expected in two places`),
    ...uneven.map((name) => `${name} is not said of every role once`),
  ];
}

type Asked = Omit<Cell, 'expected' | 'route'>;

function isOver(state: Actor['state']): boolean {
  return state === 'deactivated' || state === 'ended';
}

function expectedInEntity(name: string, { actor, place, objects, isWrong }: Asked): Cell['expected'] {
  const { role, state } = actor;
  if (role === 'nobody') return refusals.notSignedIn;
  const may = members[role]?.may.includes(name);
  if (may === undefined || place !== 'own' || isOver(state)) return refusals.notThere;
  if (!may) return refusals.notPermitted;
  if (state === 'unseen' && askAgain.includes(name)) return refusals.askedAgain;
  if (objects !== 'own') return strangeRows[name] ?? refusals.notThere;
  return isWrong ? outOfReach.answers : 'done';
}

function expectedOfOperators({ actor: { role, state } }: Asked): Cell['expected'] {
  if (role === 'nobody') return refusals.notSignedIn;
  if (role !== 'operator') return refusals.notPermitted;
  return state === 'unseen' ? refusals.askedAgain : 'done';
}

function expectedOf(name: string, asked: Asked): Cell['expected'] {
  if (anybody.mayNoMore.includes(name)) return refusals.over;
  if (anybody.may.includes(name)) return asked.isWrong ? (wrongSecrets[name] ?? NaN) : 'done';
  if (signedIn.includes(name)) {
    if (asked.actor.role === 'nobody') return refusals.notSignedIn;
    if (asked.actor.state === 'unseen' && askAgain.includes(name)) return refusals.askedAgain;
    return asked.isWrong ? (wrongSecrets[name] ?? NaN) : 'done';
  }
  return operatorMay.includes(name) ? expectedOfOperators(asked) : expectedInEntity(name, asked);
}

/** Pages whose token says which Entity they are about. */
const byToken = ['showInvitation', 'acceptInvitation', 'showKeyPage', 'openByKey', 'followKeyCommand'];

function placesOf(
  { name, kind }: Route,
  { role, state }: Actor,
): Pick<Cell, 'place' | 'objects' | 'isWrong'>[] {
  const right = placeNames.map((place) => ({ place, objects: place, isWrong: false }));
  if (kind === 'entity') {
    const isCrossing = role in members && state === 'live' && name in strangeRows;
    const crossing = isCrossing ? (['sibling', 'foreign'] as const) : [];
    const isReaching = state === 'live' && outOfReach.roles.some((narrow) => narrow === role);
    const above = isReaching && outOfReach.calls.some((call) => call === name);
    return [
      ...right,
      ...crossing.map((objects) => ({ place: 'own' as const, objects, isWrong: false })),
      ...(above ? [{ place: 'own', objects: 'own', isWrong: true } as const] : []),
    ];
  }
  const wrong = name in wrongSecrets ? [{ place: 'own', objects: 'own', isWrong: true } as const] : [];
  return [...(byToken.includes(name) ? right : right.slice(0, 1)), ...wrong];
}

/** All cells of these routes. Whoever was not seen lately is asked only what is asked again. */
export function cellsOf(routes: readonly Route[], actors: readonly Actor[]): Cell[] {
  return routes.flatMap((route) =>
    actors
      .filter(({ state }) => state !== 'unseen' || route.declaration.isStepUpNeeded)
      .flatMap((actor) =>
        placesOf(route, actor).map((at) => ({
          ...{ route, actor, ...at },
          expected: expectedOf(route.name, { actor, ...at }),
        })),
      ),
  );
}
