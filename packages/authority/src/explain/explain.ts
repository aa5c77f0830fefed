import { explainDecision, type Instant } from '@claviger/domain';
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

function answerOf(attempt: Attempt, place: number, scene: Parameters<typeof presentedAt>[1]): Answer {
  const { door, now } = scene;
  const { decision, checks } = explainDecision(door.listAt(now), door.memory, presentedAt(attempt, scene));
  door.keep(decision.changes);
  const { outcome, reason, key, floors, doorMode, silentAlarm, uses } = decision;
  return {
    attempt: place,
    lock: attempt.lock,
    at: new Date(now).toISOString(),
    decision: outcome,
    reason,
    ...(key !== undefined && { key }),
    checks: [...checks],
    ...(floors && { floors: [...floors] }),
    ...(doorMode && { doorMode }),
    silentAlarm,
    ...(uses && { uses }),
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
