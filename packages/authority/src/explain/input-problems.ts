import { credentialMethods, isEverPossible, kindOfMethod, type CredentialMethod } from '@claviger/domain';
import type { Attempt, World } from '@claviger/protocol';
import { contradictionsInAttempt, contradictionsInWorld, type InputProblem } from './contradictions.ts';
import { createZoneClock, isZone } from '../access-list/zone-clock.ts';
import { pathMemoryOf } from './explained-door.ts';

export type { InputProblem } from './contradictions.ts';

/** The input of `explain` contradicts itself; nothing was decided. */
export class InputRefused extends Error {
  override readonly name = 'InputRefused';
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.problems = problems;
  }
}

type Noun = 'profile' | 'access group' | 'lock' | 'user' | 'key' | 'credential';
type Reference = readonly [path: string, noun: Noun, name: string | undefined];

function twice(list: string, names: readonly string[]): InputProblem[] {
  const seen = new Set<string>();
  return names.flatMap((name, place) => {
    const isFirst = !seen.has(name);
    seen.add(name);
    return isFirst ? [] : [{ path: `${list}[${place}]`, message: `${name} is there twice` }];
  });
}

function idsOf(entries: readonly { readonly id: string }[]): string[] {
  return entries.map(({ id }) => id);
}

function duplicatesIn(world: World): InputProblem[] {
  const { profiles, accessGroups, locks, users, keys, credentials, chips } = world;
  const lists = { profiles, accessGroups, locks, users, keys, credentials };
  return [
    ...Object.entries(lists).flatMap(([list, entries]) => twice(list, idsOf(entries))),
    ...twice(
      'chips',
      chips.map(({ user, lock }) => `${user} at ${lock}`),
    ),
    ...keys.flatMap(({ bindings }, place) =>
      twice(
        `keys[${place}].bindings`,
        bindings.map(({ lock }) => lock),
      ),
    ),
    ...locks.flatMap(({ state }, place) => [
      ...twice(
        `locks[${place}].state.uses`,
        state.uses.map(({ key }) => key),
      ),
      ...twice(
        `locks[${place}].state.paths`,
        state.paths.map(({ path }) => path),
      ),
      ...twice(
        `locks[${place}].state.lastGrants`,
        state.lastGrants.map(({ key }) => key),
      ),
      ...twice(
        `locks[${place}].state.buttonCounters`,
        state.buttonCounters.map(({ credential }) => credential),
      ),
    ]),
  ];
}

function referencesOfKeys({ keys, accessGroups }: World): Reference[] {
  return [
    ...accessGroups.flatMap(({ locks }, place) =>
      locks.map((lock, at): Reference => [`accessGroups[${place}].locks[${at}]`, 'lock', lock]),
    ),
    ...keys.flatMap((key, place): Reference[] => [
      [`keys[${place}].user`, 'user', key.user],
      [`keys[${place}].profile`, 'profile', key.profile],
      [`keys[${place}].accessGroup`, 'access group', key.accessGroup],
      ...key.bindings.map(({ lock }, at): Reference => [`keys[${place}].bindings[${at}].lock`, 'lock', lock]),
    ]),
  ];
}

function referencesOfLocks({ locks }: World): Reference[] {
  return locks.flatMap(({ state }, place) => {
    const path = `locks[${place}].state`;
    const ofKey = (list: string) => (entry: { key: string }, at: number) =>
      [`${path}.${list}[${at}].key`, 'key', entry.key] as const;
    return [
      ...state.uses.map(ofKey('uses')),
      ...state.lastGrants.map(ofKey('lastGrants')),
      ...state.shownSteps.map(ofKey('shownSteps')),
      ...state.buttonCounters.map(
        ({ credential }, at) =>
          [`${path}.buttonCounters[${at}].credential`, 'credential', credential] as const,
      ),
    ];
  });
}

function referencesOf(world: World): Reference[] {
  return [
    ...referencesOfKeys(world),
    ...referencesOfLocks(world),
    ...world.chips.flatMap(({ user, lock }, place): Reference[] => [
      [`chips[${place}].user`, 'user', user],
      [`chips[${place}].lock`, 'lock', lock],
    ]),
    ...world.credentials.flatMap(({ key, lock }, place): Reference[] => [
      [`credentials[${place}].key`, 'key', key],
      [`credentials[${place}].lock`, 'lock', lock],
    ]),
  ];
}

function resolverOf(world: World) {
  const known: Readonly<Record<Noun, ReadonlySet<string>>> = {
    profile: new Set(idsOf(world.profiles)),
    'access group': new Set(idsOf(world.accessGroups)),
    lock: new Set(idsOf(world.locks)),
    user: new Set(idsOf(world.users)),
    key: new Set(idsOf(world.keys)),
    credential: new Set(idsOf(world.credentials)),
  };
  return ([path, noun, name]: Reference): InputProblem[] =>
    name === undefined || known[noun].has(name)
      ? []
      : [{ path, message: `there is no ${noun} named ${name}` }];
}

/** SEMANTICS C10: what no door can remember of a reader path at any instant. */
function impossiblePausesIn({ zone, locks }: World): InputProblem[] {
  const clock = createZoneClock(zone);
  const message = 'no pause ends 30 minutes or more after forgivenAt: the longest lasts 15 minutes';
  return locks.flatMap(({ state }, place) =>
    state.paths.flatMap((path, at) =>
      isEverPossible(pathMemoryOf(path, clock))
        ? []
        : [{ path: `locks[${place}].state.paths[${at}].pausedUntil`, message }],
    ),
  );
}

/** All that is wrong with a world that has the form of one: zone, duplicates, references, contradictions. */
export function problemsOfWorld(world: World): InputProblem[] {
  const zone = isZone(world.zone)
    ? []
    : [{ path: 'zone', message: `${world.zone} is no time zone that is known here` }];
  return [
    ...zone,
    ...duplicatesIn(world),
    ...referencesOf(world).flatMap(resolverOf(world)),
    ...contradictionsInWorld(world),
    ...(zone.length === 0 ? impossiblePausesIn(world) : []),
  ];
}

function isCredentialMethod(method: string): method is CredentialMethod {
  return (credentialMethods as readonly string[]).includes(method);
}

/** Everything that is wrong with attempts in a world: locks, credentials and their kinds, contradictions. */
export function problemsOfAttempts(world: World, attempts: readonly Attempt[]): InputProblem[] {
  const resolve = resolverOf(world);
  const kinds = new Map(world.credentials.map(({ id, kind }) => [id, kind]));
  const ofCredential = (path: string, method: string, name: string | undefined): InputProblem[] => {
    const kind = name === undefined ? undefined : kinds.get(name);
    if (kind === undefined) return resolve([path, 'credential', name]);
    const needed = isCredentialMethod(method) ? kindOfMethod[method] : undefined;
    if (kind === needed) return [];
    return [{ path, message: `${String(name)} is of kind ${kind}, which method ${method} does not show` }];
  };
  return attempts.flatMap((attempt, place) => {
    const { lock, method, credential, secondFactor: second } = attempt;
    return [
      ...resolve([`[${place}].lock`, 'lock', lock]),
      ...ofCredential(`[${place}].credential`, method, credential),
      ...(second ? ofCredential(`[${place}].secondFactor.credential`, second.method, second.credential) : []),
      ...contradictionsInAttempt(attempt, `[${place}]`, world),
    ];
  });
}
