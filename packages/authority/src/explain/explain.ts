import {
  areOfOneHolder,
  explainDecision,
  isPaused,
  type CredentialAttempt,
  type Attempt as DomainAttempt,
  type Instant,
} from '@claviger/domain';
import type { Answer, Attempt, World } from '@claviger/protocol';
import { createZoneClock, zoneOffsets, type ZoneClock } from '../access-list/zone-clock.ts';
import { createDoor, type ExplainedDoor } from './explained-door.ts';
import { InputRefused, problemsOfAttempts, problemsOfWorld } from './input-problems.ts';
import { presentedAt, type PresentedWorld } from './presented.ts';
import { factsOf, instantOf } from './written-world.ts';

/** Room around the instants of a world: the offsets of a list reach as far beyond its signing. */
const aroundMs = 400 * 86_400_000;

/** The offsets of the zone around every instant that a reading of the wall clock can be asked for. */
function offsetsFor(world: World, instants: readonly Instant[], clock: ZoneClock) {
  const written = world.locks.flatMap(({ list, state }) => [
    list.signedAt,
    list.offsetsUntil,
    state.firstPersonAt,
  ]);
  const all = [
    ...instants,
    ...written.flatMap((text) => (text === undefined ? [] : [instantOf(clock, text, 'earlier')])),
  ];
  const range = all.reduce(
    ({ from, until }, at) => ({ from: Math.min(from, at), until: Math.max(until, at) }),
    {
      from: Infinity,
      until: -Infinity,
    },
  );
  return zoneOffsets(clock, range.from - aroundMs, range.until + aroundMs).offsets;
}

type Scene = Parameters<typeof presentedAt>[1];

/** Decides an attempt at its door, which keeps what it leaves behind. */
function decideAt(attempt: DomainAttempt, { door, now }: Scene) {
  const explained = explainDecision(door.listAt(now), door.memoryAt(now), attempt);
  door.keep(explained.decision.changes);
  return explained;
}

/**
 * Whether what is shown second is no second factor: the first is somebody's, and this is not (SEMANTICS M5),
 * or nobody knows whose it is, for in a pause of its reader nothing is looked up, right credentials neither
 * (C9). The door takes it as an attempt of its own, and the first is refused as if none had come (C11).
 */
function isApart(attempt: DomainAttempt, { door, now }: Scene): attempt is CredentialAttempt {
  if (attempt.kind !== 'credential' || attempt.second === undefined) return false;
  const { first, second, at } = attempt;
  const [list, memory] = [door.listAt(now), door.memoryAt(now)];
  const { decision } = explainDecision(list, memory, { ...attempt, second: undefined });
  const isKnown = decision.key !== undefined && decision.reason !== 'wrong_lock';
  if (!isKnown) return false;
  return isPaused(memory.paths.get(second.path), at) || !areOfOneHolder(list, { first, second, at });
}

function decideBoth(attempt: DomainAttempt, scene: Scene) {
  if (!isApart(attempt, scene) || attempt.second === undefined) return decideAt(attempt, scene);
  const explained = decideAt({ ...attempt, second: undefined }, scene);
  const { decision } = decideAt({ ...attempt, first: attempt.second, second: undefined }, scene);
  const { outcome, reason, key, silentAlarm } = decision;
  return {
    ...explained,
    apart: { decision: outcome, reason, ...(key !== undefined && { key }), silentAlarm },
  };
}

function answerOf(attempt: Attempt, place: number, scene: Scene): Answer {
  const { decision, checks, ...others } = decideBoth(presentedAt(attempt, scene), scene);
  const { outcome, reason, key, floors, doorMode, silentAlarm, uses } = decision;
  return {
    attempt: place,
    lock: attempt.lock,
    at: new Date(scene.now).toISOString(),
    decision: outcome,
    reason,
    ...(key !== undefined && { key }),
    checks: [...checks],
    ...(floors && { floors: [...floors] }),
    ...(doorMode && { doorMode }),
    silentAlarm,
    ...(uses && { uses }),
    ...others,
  };
}

/** The locks of a world by name, each made when it is asked for first. */
function doorsOf(world: World, instants: readonly Instant[], clock: ZoneClock) {
  const written = { clock, facts: factsOf(world, clock), offsets: offsetsFor(world, instants, clock) };
  const doors = new Map<string, ExplainedDoor>();
  return (name: string): ExplainedDoor => {
    const made = doors.get(name);
    if (made !== undefined) return made;
    const lock = world.locks.find(({ id }) => id === name);
    if (lock === undefined) throw new InputRefused([{ path: 'lock', message: `there is no lock ${name}` }]);
    const door = createDoor(lock, written);
    doors.set(name, door);
    return door;
  };
}

type Choose = (door: ExplainedDoor) => ExplainedDoor;

function explainAt(world: World, attempts: readonly Attempt[], choose: Choose): Answer[] {
  const problems = [...problemsOfWorld(world), ...problemsOfAttempts(world, attempts)];
  if (problems.length > 0) throw new InputRefused(problems);
  if (attempts.length === 0) return [];
  const clock = createZoneClock(world.zone);
  const instants = attempts.map(({ at }) => instantOf(clock, at, 'earlier'));
  const doorOf = doorsOf(world, instants, clock);
  const presented: PresentedWorld = {
    clock,
    keys: new Map(world.keys.map((key) => [key.id, key])),
    credentials: new Map(world.credentials.map((credential) => [credential.id, credential])),
  };
  return attempts.map((attempt, place) => {
    const scene = { door: choose(doorOf(attempt.lock)), world: presented, now: instants[place] ?? NaN };
    return answerOf(attempt, place, scene);
  });
}

/**
 * Decides every attempt of a world in its order, and says what each check found; each lock remembers what
 * the attempts before left behind. Pure: nothing is opened and nothing is kept. Throws InputRefused for a
 * zone that is not known, for duplicates and for references that lead nowhere.
 */
export function explain(world: World, attempts: readonly Attempt[]): Answer[] {
  return explainAt(world, attempts, (door) => door);
}

/** The same for attempts each of which meets the locks as the world describes them. */
export function explainEach(world: World, attempts: readonly Attempt[]): Answer[] {
  return explainAt(world, attempts, (door) => door.afresh());
}
