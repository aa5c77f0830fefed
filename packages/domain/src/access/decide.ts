import type { CredentialMethod, DoorMode } from '../key.ts';
import type { Reason, SuspendedPart } from '../reason.ts';
import type { Attempt, Presentation } from './attempt.ts';
import {
  commandChecks,
  credentialChecks,
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
  readonly uses?: { readonly spent: number; readonly max: number };
  /** Of a picture, as either factor, that does not move. */
  readonly isStatic?: true;
  /** The second factor, where it was a right one (SEMANTICS M5). */
  readonly second?: CredentialMethod;
  /** What a grant releases at a lock with lift floors. */
  readonly floors?: readonly number[];
  readonly doorMode?: DoorMode;
  /** A duress PIN was recognised (SEMANTICS U5). */
  readonly silentAlarm: boolean;
  readonly changes: readonly MemoryChange[];
  /** Denied for nothing but a second factor that was not shown yet and could lift it (SEMANTICS M5). */
  readonly awaitsSecondFactor?: boolean;
  /** With *holder_suspended*: what it is that is suspended. */
  readonly suspended?: SuspendedPart;
  /** With *internal_fault*: for the people who look after the box. */
  readonly fault?: string;
}

/** A decision with every check that there is for this attempt. */
export interface ExplainedDecision {
  readonly decision: Decision;
  readonly checks: readonly { readonly check: CheckName; readonly result: CheckResult }[];
}

function resultsOf<About>(checks: readonly Check<About>[], about: About): ExplainedDecision['checks'] {
  return checks
    .filter(({ isFor }) => isFor?.(about) ?? true)
    .map(({ name, holds }) => {
      const isHeld = holds(about);
      return { check: name, result: isHeld === undefined ? 'not_tested' : isHeld ? 'passed' : 'failed' };
    });
}

/** The first check that fails; undefined only if every one of them was made and passed. */
function firstFailed<About>(checks: readonly Check<About>[], about: About): CheckName | undefined {
  let untested: CheckName | undefined;
  for (const { name, holds, isFor } of checks) {
    if (isFor !== undefined && !isFor(about)) continue;
    const isHeld = holds(about);
    if (isHeld === false) return name;
    if (isHeld === undefined) untested ??= name;
  }
  if (untested !== undefined) throw new Error(`${untested} could not be tested and nothing failed`);
  return undefined;
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
  const changes: MemoryChange[] = [{ record: 'keys', name: key.rule.id, value }, ...traceOfSecond(known)];
  if (key.rule.isFirstPerson) changes.push({ record: 'lock', value: { ...memory.lock, firstPersonAt: at } });
  return [
    ...changes,
    ...traceOfButton(first),
    ...(second.outcome === 'right' ? traceOfButton(attempt.second) : []),
  ];
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

/** With what the Key was shown that its method alone does not say. */
function factorsOf({ attempt, second }: Case): Pick<Decision, 'isStatic' | 'second'> {
  const { first } = attempt;
  const other = second.outcome === 'right' ? attempt.second : undefined;
  const isStill = isStatic(first) || (other !== undefined && isStatic(other));
  return { ...(isStill && { isStatic: true }), ...(other && { second: other.method }) };
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
  const { key, remembered, credential, second } = known;
  const { maxUses } = key.rule;
  const spent = remembered.spent + (failed === undefined ? 1 : 0);
  const told = {
    key: key.rule.id,
    silentAlarm: failed !== 'wrong_lock' && (credential.isDuress || second.isDuress),
    ...(maxUses !== undefined && { uses: { spent, max: maxUses } }),
    ...factorsOf(known),
  };
  if (failed !== undefined) {
    const awaitsSecondFactor = canSecondFactorLift(known, failed);
    const suspended = failed === 'holder_suspended' ? suspendedPart(known) : undefined;
    return {
      outcome: 'denied',
      reason: failed,
      ...told,
      ...(suspended && { suspended }),
      changes: wrongTry,
      awaitsSecondFactor,
    };
  }
  const floors = releasedFloors(known);
  return {
    outcome: 'granted',
    reason: 'granted',
    ...told,
    ...(floors && { floors }),
    ...(attempt.doorMode !== undefined && { doorMode: attempt.doorMode }),
    changes: [...wrongTry, ...tracesOf(known)],
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
      results: () => resultsOf(commandChecks, command),
    };
  }
  const situation = situationOf(attempt, { list, memory });
  return {
    conclude: () => concludeCredential(situation, memory, firstFailed(credentialChecks, situation)),
    results: () => resultsOf(credentialChecks, situation),
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
