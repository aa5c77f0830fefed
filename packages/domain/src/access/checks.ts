import { commandCooldownMs } from '../lock.ts';
import type { DenialReason, SuspendedPart } from '../reason.ts';
import type { ListRules } from './access-list.ts';
import type { CommandAttempt } from './attempt.ts';
import type { DoorMemory } from './door-memory.ts';
import { isForLock, isOldIssue } from './recognition.ts';
import type { Case, Situation } from './situation.ts';
import * as use from './use-checks.ts';
import * as validity from './validity-checks.ts';

export type CheckResult = 'passed' | 'failed' | 'not_tested';

/** What a check is called: the reason it gives when it fails. */
export type CheckName = Exclude<DenialReason, 'internal_fault'> | 'cooldown';

/** One row of the table. `holds` is undefined where there is nothing to test yet. */
export interface Check<About> {
  readonly name: CheckName;
  readonly holds: (about: About) => boolean | undefined;
  /** Left out for attempts that do not know this check. */
  readonly isFor?: (about: About) => boolean;
}

/** A check that needs to know the Key. */
function ofKey(name: CheckName, holds: (known: Case) => boolean): Check<Situation> {
  return { name, holds: ({ known }) => known && holds(known) };
}

function isRevoked({ attempt, key, credential }: Case): boolean {
  const { state, binding } = key.rule;
  const states = [credential.state, state, binding.state];
  return states.includes('revoked') || isOldIssue(attempt.first, key);
}

/** What is suspended of an attempt, from the person down to what was shown (SEMANTICS C6). */
export function suspendedPart({ key, credential, remembered }: Case): SuspendedPart | undefined {
  const { state, binding, isHolderDeactivated, maxUses } = key.rule;
  if (isHolderDeactivated) return 'holder';
  if (state === 'suspended') return 'key';
  const isInDoubt = remembered.isInDoubt === true && maxUses !== undefined;
  if (isInDoubt || binding.state === 'suspended') return 'binding';
  return credential.state === 'suspended' ? 'credential' : undefined;
}

function isPending({ key, credential }: Case): boolean {
  return key.rule.state === 'pending' || credential.state === 'pending';
}

function isLockedDown({ lock }: ListRules): boolean {
  return lock.isInLockdown && !lock.isEvacuating;
}

function knowsCooldown({ attempt }: Situation): boolean {
  return attempt.first.method === 'keyless_go' || attempt.first.method === 'auto_unlock';
}

/**
 * The one rule for all Keys: the checks in their order (PRODUCT section 3). The first that fails is the
 * reason. Each is written as what must be true, so that what cannot be compared denies.
 */
export const credentialChecks: readonly Check<Situation>[] = [
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
  ofKey('wrong_lock', ({ attempt, list }) => isForLock(attempt.first, list.lock)),
  ofKey('revoked', (known) => !isRevoked(known)),
  ofKey('pending', (known) => !isPending(known)),
  ofKey('holder_suspended', (known) => suspendedPart(known) === undefined),
  ofKey('profile_blocked', ({ key }) => key.profile?.kind !== 'blocked'),
  ofKey('lock_inactive', ({ list }) => !list.lock.isInactive),
  ofKey('lockdown', ({ list, key }) => !isLockedDown(list) || key.rule.isEmergency),
  ofKey('not_yet_valid', validity.isBegun),
  ofKey('expired', validity.isUnexpired),
  ofKey('clock_uncertain', validity.isClockGoodEnough),
  ofKey('outside_repeat_window', validity.isInsideWindows),
  ofKey('outside_profile_schedule', validity.isInsideProfileSchedule),
  ofKey('outside_lock_schedule', validity.isInsideLockSchedule),
  ofKey('holiday', validity.isOpenDespiteHolidays),
  ofKey('method_not_allowed', use.isMethodAllowed),
  { ...ofKey('cooldown', use.isDoorRested), isFor: knowsCooldown },
  ofKey('assurance_too_low', use.isAssuranceEnough),
  ofKey('floor_not_allowed', use.isFloorAllowed),
  ofKey('second_factor_needed', use.isSecondFactorThere),
  ofKey('replayed', use.isFresh),
  ofKey('passed_back', use.isOtherSide),
  ofKey('first_person_missing', use.isFirstPersonThere),
  ofKey('uses_exhausted', use.hasUsesLeft),
  ofKey('access_list_too_old', use.isListYoungEnough),
  ofKey('cannot_be_recorded', use.canBeKept),
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
