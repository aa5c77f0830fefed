import type { CredentialMethod, DoorMode } from '../key.ts';
import type { Reason, SuspendedPart } from '../reason.ts';
import type { Attempt, Presentation } from './attempt.ts';
import {
  commandChecks,
  keyChecks,
  recognitionChecks,
  suspendedPart,
  type Check,
  type CheckName,
  type CheckResult,
  type CommandSituation,
} from './checks.ts';
import { keyMemoryOf, withStep, type DoorMemory, type MemoryChange } from './door-memory.ts';
import type { IndexedAccessList } from './indexed-list.ts';
import { isPictureTaken, isStatic, qrIn } from './recognition.ts';
import { situationOf, type Case, type Situation } from './situation.ts';
import { afterWrongTry } from './throttle.ts';
import { releasedFloors } from './use-checks.ts';

/** What was decided, and what the lock has to remember of it before it opens. */
export interface Decision {
  readonly outcome: 'granted' | 'denied';
  readonly reason: Reason;
  /** The Key, once it was recognised. */
  readonly key?: string;
  /** Of a counted Key, where it is known. */
  readonly uses?: { readonly spent: number; readonly max: number } | undefined;
  /** Of a picture, as either factor, that does not move. */
  readonly isStatic?: true | undefined;
  /** The second factor, where it was a right one (SEMANTICS M5). */
  readonly second?: CredentialMethod | undefined;
  /** What a grant releases at a lock with lift floors. */
  readonly floors?: readonly number[] | undefined;
  readonly doorMode?: DoorMode | undefined;
  /** A duress PIN was recognised (SEMANTICS U5). */
  readonly silentAlarm: boolean;
  readonly changes: readonly MemoryChange[];
  /** Denied for nothing but a second factor that was not shown yet and could lift it (SEMANTICS M5). */
  readonly awaitsSecondFactor?: boolean;
  /** With *holder_suspended*: what it is that is suspended. */
  readonly suspended?: SuspendedPart | undefined;
  /** With *internal_fault*: for the people who look after the box. */
  readonly fault?: string;
}

/** A decision with every check that there is for this attempt. */
export interface ExplainedDecision {
  readonly decision: Decision;
  readonly checks: readonly { readonly check: CheckName; readonly result: CheckResult }[];
}

interface OfAttempt {
  readonly attempt: Attempt;
}

/** The checks of an attempt with their results; without what they look at none of them is tested. */
function resultsOf<About extends OfAttempt>(
  checks: readonly Check<About>[],
  attempt: About['attempt'],
  about: About | undefined,
): ExplainedDecision['checks'] {
  return checks
    .filter(({ isFor }) => isFor?.(attempt) ?? true)
    .map(({ name, holds }) => {
      const isHeld = about && holds(about);
      return { check: name, result: isHeld === undefined ? 'not_tested' : isHeld ? 'passed' : 'failed' };
    });
}

/** The first check that fails; undefined only if every one of them was made and passed. */
function firstFailed<About extends OfAttempt>(
  checks: readonly Check<About>[],
  about: About,
): CheckName | undefined {
  let untested: CheckName | undefined;
  for (const { name, holds, isFor } of checks) {
    if (isFor !== undefined && !isFor(about.attempt)) continue;
    const isHeld = holds(about);
    if (isHeld === false) return name;
    if (isHeld === undefined) untested ??= name;
  }
  if (untested !== undefined) throw new Error(`${untested} could not be tested and nothing failed`);
  return undefined;
}

/** Whose Key it is, and then whether it opens. */
function firstFailedOf(situation: Situation): CheckName | undefined {
  const failed = firstFailed(recognitionChecks, situation);
  if (failed !== undefined) return failed;
  if (situation.known === undefined) throw new Error('no Key was recognised and nothing failed');
  return firstFailed(keyChecks, situation.known);
}

/** The steps accepted of a Key, with that of this picture of it if it moves. */
function stepsWith(steps: readonly number[], shown: Presentation | undefined): readonly number[] {
  const step = shown && qrIn(shown)?.step;
  return step === undefined ? steps : withStep(steps, step);
}

/** The step of a second factor's QR is spent like a first one's; it may be another Key of the same User. */
function traceOfSecond({ attempt, key, memory, second }: Case): MemoryChange[] {
  const shown = attempt.second;
  if (second.outcome !== 'right' || shown === undefined || qrIn(shown)?.step === undefined) return [];
  const { id } = second.key.rule;
  if (id === key.rule.id) return [];
  const remembered = keyMemoryOf(memory, id);
  const value = { ...remembered, shownSteps: stepsWith(remembered.shownSteps, shown) };
  return [{ record: 'keys', name: id, value }];
}

/** The counter of a button that was accepted, as either factor (SEMANTICS M7). */
function traceOfButton(shown: Presentation | undefined): MemoryChange[] {
  if (shown?.method !== 'button' || shown.lookup === undefined || shown.counter === undefined) return [];
  return [{ record: 'buttons', name: shown.lookup, value: { counter: shown.counter } }];
}

/** What a grant leaves behind (SEMANTICS U1, M6, M7, M9). */
function tracesOf(known: Case): MemoryChange[] {
  const { attempt, key, memory, remembered, second } = known;
  const { at, side, first } = attempt;
  const isSameKey = second.outcome === 'right' && second.key.rule.id === key.rule.id;
  const steps = stepsWith(remembered.shownSteps, first);
  const value = {
    ...remembered,
    spent: remembered.spent + 1,
    lastGrant: { side, at },
    shownSteps: isSameKey ? stepsWith(steps, attempt.second) : steps,
  };
  const changes: MemoryChange[] = [{ record: 'keys', name: key.rule.id, value }];
  if (second.outcome === 'right') changes.push(...traceOfSecond(known));
  if (key.rule.isFirstPerson) changes.push({ record: 'lock', value: { ...memory.lock, firstPersonAt: at } });
  if (first.method === 'button') changes.push(...traceOfButton(first));
  if (second.outcome === 'right') changes.push(...traceOfButton(attempt.second));
  return changes;
}

/** The wrong try of this attempt, if it was one (SEMANTICS C10): at most one of the two factors is. */
function wrongTryOf(situation: Situation, memory: DoorMemory): MemoryChange[] {
  const { attempt, isPaused, recognition, known } = situation;
  const isFirstWrong = recognition !== 'recognised' && !isPaused;
  const wrong = isFirstWrong ? attempt.first : known?.second.outcome === 'wrong' ? attempt.second : undefined;
  if (wrong === undefined) return [];
  const value = afterWrongTry(memory.paths.get(wrong.path), attempt.at);
  return [{ record: 'paths', name: wrong.path, value }];
}

/** With a second factor a presentation is high enough; a still picture may stay refused (M5, M8). */
function canSecondFactorLift({ attempt, key, list }: Case, failed: CheckName): boolean {
  if (attempt.second !== undefined) return false;
  if (failed === 'assurance_too_low') return isPictureTaken(attempt.first, key.rule, list.lock);
  return failed === 'second_factor_needed';
}

/** With what the Key was shown that its method alone does not say, and what else there is to tell of it. */
function toldOf({ attempt, key, credential, second, remembered }: Case, spent: number) {
  const other = second.outcome === 'right' ? attempt.second : undefined;
  const isStill = isStatic(attempt.first) || (other !== undefined && isStatic(other));
  const { id, maxUses } = key.rule;
  return {
    key: id,
    uses: maxUses === undefined || remembered.isInDoubt === true ? undefined : { spent, max: maxUses },
    isStatic: isStill ? (true as const) : undefined,
    second: other?.method,
    silentAlarm: credential.isDuress || second.isDuress,
  };
}

function concludeCredential(
  situation: Situation,
  memory: DoorMemory,
  failed: CheckName | undefined,
): Decision {
  const { known, attempt } = situation;
  const wrongTry = wrongTryOf(situation, memory);
  if (known === undefined) {
    return { outcome: 'denied', reason: failed ?? 'internal_fault', silentAlarm: false, changes: wrongTry };
  }
  const { spent } = known.remembered;
  if (failed !== undefined) {
    const told = toldOf(known, spent);
    return {
      ...told,
      outcome: 'denied',
      reason: failed,
      silentAlarm: told.silentAlarm && failed !== 'wrong_lock',
      suspended: failed === 'holder_suspended' ? suspendedPart(known) : undefined,
      changes: wrongTry,
      awaitsSecondFactor: canSecondFactorLift(known, failed),
    };
  }
  return {
    ...toldOf(known, spent + 1),
    outcome: 'granted',
    reason: 'granted',
    floors: releasedFloors(known),
    doorMode: attempt.doorMode,
    changes: wrongTry.concat(tracesOf(known)),
  };
}

function concludeCommand({ memory, attempt }: CommandSituation, failed: CheckName | undefined): Decision {
  if (failed !== undefined) return { outcome: 'denied', reason: failed, silentAlarm: false, changes: [] };
  const value = { ...memory.lock, commandOpenedAt: attempt.at };
  return { outcome: 'granted', reason: 'granted', silentAlarm: false, changes: [{ record: 'lock', value }] };
}

/** An unexpected error denies; nothing is remembered of it. */
function faulty(error: unknown): Decision {
  const fault = error instanceof Error ? error.message : String(error);
  return { outcome: 'denied', reason: 'internal_fault', silentAlarm: false, changes: [], fault };
}

function assertTimes({ at, uncertaintyMs }: Attempt): void {
  if (!Number.isFinite(at) || !(uncertaintyMs >= 0)) throw new Error('an attempt without a time');
}

/** What there is to tell of one attempt, made only as far as it is asked for. */
interface Evaluation {
  readonly conclude: () => Decision;
  readonly results: () => ExplainedDecision['checks'];
}

function evaluate(list: IndexedAccessList, memory: DoorMemory, attempt: Attempt): Evaluation {
  assertTimes(attempt);
  if (attempt.kind === 'command') {
    const command = { list: list.list, memory, attempt };
    return {
      conclude: () => concludeCommand(command, firstFailed(commandChecks, command)),
      results: () => resultsOf(commandChecks, attempt, command),
    };
  }
  const situation = situationOf(attempt, { list, memory });
  return {
    conclude: () => concludeCredential(situation, memory, firstFailedOf(situation)),
    results: () => [
      ...resultsOf(recognitionChecks, attempt, situation),
      ...resultsOf(keyChecks, attempt, situation.known),
    ],
  };
}

/**
 * The decision: one rule for every Key, by credential or by command, at one lock (PRODUCT section 3,
 * SEMANTICS). Pure and total: it denies unless every check was made and passed, and an invariant that breaks
 * is *internal_fault*. The agent makes `changes` durable together with the event before the lock opens; if
 * it cannot, it asks again with `canRecord` false.
 */
export function decide(list: IndexedAccessList, memory: DoorMemory, attempt: Attempt): Decision {
  try {
    return evaluate(list, memory, attempt).conclude();
  } catch (error) {
    return faulty(error);
  }
}

/** The same decision with the result of every check, by the same table. */
export function explainDecision(
  list: IndexedAccessList,
  memory: DoorMemory,
  attempt: Attempt,
): ExplainedDecision {
  try {
    const { conclude, results } = evaluate(list, memory, attempt);
    return { decision: conclude(), checks: results() };
  } catch (error) {
    return { decision: faulty(error), checks: [] };
  }
}
