import type { Reason, SuspendedPart } from '@claviger/domain';
import { m } from '../i18n/messages.ts';

/** Every reason of the closed list in words, to stand after "because" or a colon. */
export const reasonWords: Readonly<Record<Reason, () => string>> = {
  granted: m.reason_granted,
  malformed: m.reason_malformed,
  throttled: m.reason_throttled,
  unknown_credential: m.reason_unknown_credential,
  bad_signature: m.reason_bad_signature,
  wrong_lock: m.reason_wrong_lock,
  revoked: m.reason_revoked,
  pending: m.reason_pending,
  holder_suspended: m.reason_holder_suspended,
  profile_blocked: m.reason_profile_blocked,
  lock_inactive: m.reason_lock_inactive,
  lockdown: m.reason_lockdown,
  not_yet_valid: m.reason_not_yet_valid,
  expired: m.reason_expired,
  clock_uncertain: m.reason_clock_uncertain,
  outside_repeat_window: m.reason_outside_repeat_window,
  outside_profile_schedule: m.reason_outside_profile_schedule,
  outside_lock_schedule: m.reason_outside_lock_schedule,
  holiday: m.reason_holiday,
  method_not_allowed: m.reason_method_not_allowed,
  assurance_too_low: m.reason_assurance_too_low,
  floor_not_allowed: m.reason_floor_not_allowed,
  second_factor_needed: m.reason_second_factor_needed,
  replayed: m.reason_replayed,
  passed_back: m.reason_passed_back,
  first_person_missing: m.reason_first_person_missing,
  uses_exhausted: m.reason_uses_exhausted,
  access_list_too_old: m.reason_access_list_too_old,
  cannot_be_recorded: m.reason_cannot_be_recorded,
  internal_fault: m.reason_internal_fault,
  cooldown: m.reason_cooldown,
  offline: m.reason_offline,
};

/** What is suspended, in words that stand where its reason does. */
export const suspendedWords: Readonly<Record<SuspendedPart, () => string>> = {
  holder: m.suspended_holder,
  key: m.suspended_key,
  binding: m.suspended_binding,
  counter: m.suspended_counter,
  credential: m.suspended_credential,
};

/** A reason in words; where something is suspended, what that is, if it is known. */
export function reasonText(reason: Reason, suspended?: SuspendedPart): string {
  return reason === 'holder_suspended' && suspended ? suspendedWords[suspended]() : reasonWords[reason]();
}

/** SEMANTICS K1, K2: a clock less certain than this may deny as *expired* long before the end. */
const certainWithinMs = 300_000;

/** What is known of an attempt beside its reason. */
export interface AttemptKnown {
  readonly suspended?: SuspendedPart | undefined;
  /** How far off the clock of the lock may have been. */
  readonly uncertaintyMs?: number | undefined;
}

/** The reason of an attempt: an end by an uncertain clock is told no more certainly than that. */
export function attemptReasonText(reason: Reason, { suspended, uncertaintyMs = 0 }: AttemptKnown): string {
  if (reason === 'expired' && uncertaintyMs > certainWithinMs) return m.reason_expired_perhaps();
  return reasonText(reason, suspended);
}
