import { commandCooldownMs } from '../lock.ts';
import type { DenialReason, SuspendedPart } from '../reason.ts';
import type { ListRules } from './access-list.ts';
import type { Attempt, CommandAttempt, CredentialAttempt } from './attempt.ts';
import type { DoorMemory } from './door-memory.ts';
import { isForLock, isOldIssue } from './recognition.ts';
import type { Case, Situation } from './situation.ts';
import * as use from './use-checks.ts';
import * as validity from './validity-checks.ts';

export type CheckResult = 'passed' | 'failed' | 'not_tested';

/** What a check is called: the reason it gives when it fails. */
export type CheckName = Exclude<DenialReason, 'internal_fault'> | 'cooldown';

/** What a check looks at. */
interface OfAttempt {
  readonly attempt: Attempt;
}

/** One row of the table. `holds` is undefined where there is nothing to test yet. */
export interface Check<About extends OfAttempt> {
  readonly name: CheckName;
  readonly holds: (about: About) => boolean | undefined;
  /** Given where some attempts do not know this check. */
  readonly isFor?: (attempt: About['attempt']) => boolean;
}

function isRevoked({ attempt, key, credential }: Case): boolean {
  const { state, binding } = key.rule;
  const isHere = credential.state === 'revoked' || state === 'revoked' || binding.state === 'revoked';
  return isHere || isOldIssue(attempt.first, key);
}

/** What is suspended of an attempt, from the person down to what was shown (SEMANTICS C6). */
export function suspendedPart({ key, credential, remembered }: Case): SuspendedPart | undefined {
  const { state, binding, isHolderDeactivated, maxUses } = key.rule;
  if (isHolderDeactivated) return 'holder';
  if (state === 'suspended') return 'key';
  if (binding.state === 'suspended') return 'binding';
  if (remembered.isInDoubt === true && maxUses !== undefined) return 'counter';
  return credential.state === 'suspended' ? 'credential' : undefined;
}

function isPending({ key, credential }: Case): boolean {
  return key.rule.state === 'pending' || credential.state === 'pending';
}

function isLockedDown({ lock }: ListRules): boolean {
  return lock.isInLockdown && !lock.isEvacuating;
}

function knowsCooldown({ first }: CredentialAttempt): boolean {
  return first.method === 'keyless_go' || first.method === 'auto_unlock';
}

/**
 * The one rule for all Keys: the checks in their order (PRODUCT section 3). The first that fails is the
 * reason. Each is written as what must be true, so that what cannot be compared denies.
 *
 * These come first and find out whose Key it is.
 */
export const recognitionChecks: readonly Check<Situation>[] = [
  { name: 'malformed', holds: ({ attempt }) => !attempt.first.isMalformed },
  { name: 'throttled', holds: ({ isPaused }) => !isPaused },
  {
    name: 'unknown_credential',
    holds: ({ recognition }) => (recognition === 'not_looked_up' ? undefined : recognition !== 'unknown'),
  },
  {
    name: 'bad_signature',
    holds: ({ recognition }) =>
      recognition === 'recognised' ? true : recognition === 'unverified' ? false : undefined,
  },
];

/** These follow, in their order, and test that Key: without one none of them is tested. */
export const keyChecks: readonly Check<Case>[] = [
  { name: 'wrong_lock', holds: ({ attempt, list }) => isForLock(attempt.first, list.lock) },
  { name: 'revoked', holds: (known) => !isRevoked(known) },
  { name: 'pending', holds: (known) => !isPending(known) },
  { name: 'holder_suspended', holds: (known) => suspendedPart(known) === undefined },
  { name: 'profile_blocked', holds: ({ key }) => key.profile?.kind !== 'blocked' },
  { name: 'lock_inactive', holds: ({ list }) => !list.lock.isInactive },
  { name: 'lockdown', holds: ({ list, key }) => !isLockedDown(list) || key.rule.isEmergency },
  { name: 'not_yet_valid', holds: validity.isBegun },
  { name: 'expired', holds: validity.isUnexpired },
  { name: 'clock_uncertain', holds: validity.isClockGoodEnough },
  { name: 'outside_repeat_window', holds: validity.isInsideWindows },
  { name: 'outside_profile_schedule', holds: validity.isInsideProfileSchedule },
  { name: 'outside_lock_schedule', holds: validity.isInsideLockSchedule },
  { name: 'holiday', holds: validity.isOpenDespiteHolidays },
  { name: 'method_not_allowed', holds: use.isMethodAllowed },
  { name: 'cooldown', holds: use.isDoorRested, isFor: knowsCooldown },
  { name: 'assurance_too_low', holds: use.isAssuranceEnough },
  { name: 'floor_not_allowed', holds: use.isFloorAllowed },
  { name: 'second_factor_needed', holds: use.isSecondFactorThere },
  { name: 'replayed', holds: use.isFresh },
  { name: 'passed_back', holds: use.isOtherSide },
  { name: 'first_person_missing', holds: use.isFirstPersonThere },
  { name: 'uses_exhausted', holds: use.hasUsesLeft },
  { name: 'access_list_too_old', holds: use.isListYoungEnough },
  { name: 'cannot_be_recorded', holds: use.canBeKept },
];

/** A command at one lock. */
export interface CommandSituation {
  readonly list: ListRules;
  readonly memory: DoorMemory;
  readonly attempt: CommandAttempt;
}

/** An opening that the memory places in the future still cools down. */
function isCooledDown({ memory, attempt }: CommandSituation): boolean {
  const { commandOpenedAt } = memory.lock;
  return commandOpenedAt === undefined || attempt.at >= commandOpenedAt + commandCooldownMs;
}

/** SEMANTICS P8: what a command is tested for, and nothing else. */
export const commandChecks: readonly Check<CommandSituation>[] = [
  { name: 'malformed', holds: ({ attempt }) => !attempt.isMalformed },
  {
    name: 'bad_signature',
    holds: ({ attempt }) => (attempt.isMalformed ? undefined : attempt.verified === 'good'),
  },
  { name: 'lock_inactive', holds: ({ list }) => !list.lock.isInactive },
  { name: 'lockdown', holds: ({ list, attempt }) => !isLockedDown(list) || attempt.hasStepUp },
  { name: 'cooldown', holds: isCooledDown },
  {
    name: 'cannot_be_recorded',
    holds: ({ list, attempt }) => attempt.canRecord || list.lock.whenUnrecorded === 'admit',
  },
];
