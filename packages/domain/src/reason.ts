/**
 * Why the decision went as it did, in the order in which the checks run; the first that fails is the reason.
 * The same strings in code, database, wire and documents (PRODUCT section 3, SEMANTICS R1-R3).
 */
export const denialReasons = [
  'malformed',
  'throttled',
  'unknown_credential',
  'bad_signature',
  'wrong_lock',
  'revoked',
  'pending',
  'holder_suspended',
  'profile_blocked',
  'lock_inactive',
  'lockdown',
  'not_yet_valid',
  'expired',
  'clock_uncertain',
  'outside_repeat_window',
  'outside_profile_schedule',
  'outside_lock_schedule',
  'holiday',
  'method_not_allowed',
  'assurance_too_low',
  'floor_not_allowed',
  'second_factor_needed',
  'replayed',
  'passed_back',
  'first_person_missing',
  'uses_exhausted',
  'access_list_too_old',
  'cannot_be_recorded',
  'internal_fault',
] as const;

/** The words a command or a proximity opening can add to the list. */
export const commandReasons = ['cooldown', 'offline'] as const;

export type DenialReason = (typeof denialReasons)[number];
export type CommandReason = (typeof commandReasons)[number];
export type Reason = DenialReason | CommandReason | 'granted';

/** Every reason once, `granted` first. */
export const reasons: readonly Reason[] = ['granted', ...denialReasons, ...commandReasons];

/** What *holder_suspended* may be about: whatever can come back (SEMANTICS C6). */
export const suspendedParts = ['holder', 'key', 'binding', 'counter', 'credential'] as const;
export type SuspendedPart = (typeof suspendedParts)[number];
