import { type Reason } from '@claviger/domain';
import { type Answer, type Attempt, type World } from '@claviger/protocol';
import { calendarOf } from './calendar.ts';
import { checks, floorsOf, type Situation } from './checks.ts';
import { countWrongTry, isPaused, memoryOf, pathAt, shownStep, stepOf, type Memory } from './memory.ts';
import {
  aloneAsFirst,
  isApart,
  recognise,
  secondFactorOf,
  shownAtOf,
  type Facts,
  type Factor,
  type Presented,
  type Scene,
} from './recognition.ts';
import { type Lock } from './windows.ts';

/** The part of an answer that is said twice, once by the rule and once by its oracle. */
export type Verdict = Pick<Answer, 'decision' | 'reason' | 'key' | 'silentAlarm' | 'floors' | 'uses'>;

function named<Thing extends { readonly id: string }>(things: readonly Thing[]): Map<string, Thing> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

function factsOf(world: World): Facts {
  const calendar = calendarOf(world.zone);
  return {
    world,
    calendar,
    locks: new Map(world.locks.map((lock) => [lock.id, { lock, memory: memoryOf(lock, calendar) }])),
    keys: named(world.keys),
    credentials: named(world.credentials),
    profiles: named(world.profiles),
    groups: named(world.accessGroups),
    deactivated: new Set(world.users.filter((user) => user.deactivated).map(({ id }) => id)),
  };
}

const deny = (reason: Reason): Verdict => ({ decision: 'denied', reason, silentAlarm: false });

/** What a grant leaves behind at the door, by whatever credential (U1, M6, M7, M9). */
function rememberGrant(situation: Situation): void {
  const { memory, attempt, presented, at } = situation;
  const { id, firstPerson } = presented.key;
  memory.uses.set(id, (memory.uses.get(id) ?? 0) + 1);
  memory.lastGrants.set(id, { side: attempt.side, at });
  if (firstPerson === true) memory.firstPersonAt = at;
  const spend = (factor: Factor, of: string): void => {
    const shownAt = shownAtOf(situation, factor);
    if (shownAt !== undefined) memory.shownSteps.add(shownStep(of, stepOf(shownAt)));
    if (factor.method !== 'button' || factor.credential === undefined) return;
    const accepted = memory.buttonCounters.get(factor.credential) ?? -1;
    memory.buttonCounters.set(factor.credential, factor.counter ?? accepted + 1);
  };
  spend(attempt, id);
  if (situation.second !== undefined && attempt.secondFactor !== undefined)
    spend(attempt.secondFactor, situation.second.key.id);
}

function usesOf({ memory, presented }: Pick<Situation, 'memory' | 'presented'>): Verdict['uses'] {
  const { id, maxUses } = presented.key;
  return maxUses === undefined ? undefined : { spent: memory.uses.get(id) ?? 0, max: maxUses };
}

/** U5: also of a second factor, and whatever is decided. */
const isUnderDuress = (shown: Presented | undefined): boolean => shown?.credential.duress === true;

function decideRecognised(situation: Situation): Verdict {
  const reason = checks.find(([, fails]) => fails(situation))?.[0] ?? 'granted';
  if (reason === 'granted') rememberGrant(situation);
  return {
    decision: reason === 'granted' ? 'granted' : 'denied',
    reason,
    key: situation.presented.key.id,
    silentAlarm: isUnderDuress(situation.presented),
    floors: reason === 'granted' ? floorsOf(situation) : undefined,
    uses: usesOf(situation),
  };
}

function decidePresentation(scene: Scene): Verdict {
  const { attempt, memory, at } = scene;
  const path = pathAt(memory, attempt, at);
  const isInPause = isPaused(path, at);
  if (attempt.malformed) {
    // Tries in a pause are not counted (C10), though malformed is said before throttled.
    if (!isInPause) countWrongTry(path, at);
    return deny('malformed');
  }
  if (isInPause) return deny('throttled');
  const found = recognise(scene);
  if (!('presented' in found)) {
    countWrongTry(path, at);
    return deny(found.refusal);
  }
  const { presented, refusal } = found;
  if (refusal !== undefined) {
    return { ...deny(refusal), key: presented.key.id, uses: usesOf({ memory, presented }) };
  }
  const alone = aloneAsFirst(scene);
  if (alone !== undefined && isApart(presented, alone)) {
    const verdict = decideRecognised({ ...scene, presented, second: undefined });
    decidePresentation(alone);
    return verdict;
  }
  const second = secondFactorOf(scene, presented);
  const counting = second?.counts === true ? second.recognised : undefined;
  const verdict = decideRecognised({ ...scene, presented, second: counting });
  return { ...verdict, silentAlarm: verdict.silentAlarm || isUnderDuress(second?.recognised) };
}

/** P8: an Open by permission, in the order of its own checks. */
function decideCommand(
  lock: Lock,
  memory: Memory,
  { attempt, at }: { attempt: Attempt; at: number },
): Verdict {
  if (attempt.malformed) return deny('malformed');
  if (attempt.signature === 'bad') return deny('bad_signature');
  if (lock.status === 'inactive') return deny('lock_inactive');
  if (lock.lockdown && !lock.evacuation && !attempt.stepUp) return deny('lockdown');
  const { commandOpenedAt } = memory;
  if (commandOpenedAt !== undefined && at < commandOpenedAt + 3_000) return deny('cooldown');
  if (!lock.state.canRecord && lock.whenUnrecorded === 'deny') return deny('cannot_be_recorded');
  memory.commandOpenedAt = at;
  return { decision: 'granted', reason: 'granted', silentAlarm: false };
}

/**
 * The access decision a second time, written from SEMANTICS alone: slow, obvious, and sharing nothing with
 * the rule that doors run but the names of the reasons. Attempts are decided in their order; each leaves
 * its traces at its lock. References that lead nowhere are an error.
 */
export function oracle(world: World, attempts: readonly Attempt[]): Verdict[] {
  const facts = factsOf(world);
  return attempts.map((attempt) => {
    const door = facts.locks.get(attempt.lock);
    if (door === undefined) throw new Error(`no lock ${attempt.lock}`);
    const { lock, memory } = door;
    const at = facts.calendar.fromAt(attempt.at);
    const { method } = attempt;
    if (method === 'command') return decideCommand(lock, memory, { attempt, at });
    return decidePresentation({ facts, lock, memory, attempt: { ...attempt, method }, at });
  });
}
