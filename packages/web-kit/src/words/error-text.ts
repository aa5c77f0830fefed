import { type ErrorCode, Refusal, Unreachable } from '@claviger/protocol';
import { m } from '../i18n/messages.ts';

/** A fault in plain words, and what to do about it. */
export interface ErrorText {
  readonly says: string;
  readonly advice: string;
}

type Words = () => string;

/** Every code of the catalogue: what it says, what to do. */
export const errorWords: Readonly<Record<ErrorCode, readonly [Words, Words]>> = {
  invalid_input: [m.error_invalid_input, m.error_invalid_input_advice],
  malformed_request: [m.error_malformed_request, m.error_malformed_request_advice],
  idempotency_key_missing: [m.error_idempotency_key_missing, m.error_malformed_request_advice],
  not_signed_in: [m.error_not_signed_in, m.error_not_signed_in_advice],
  code_needed: [m.error_code_needed, m.error_not_signed_in_advice],
  wrong_code: [m.error_wrong_code, m.error_wrong_proof_advice],
  wrong_passkey: [m.error_wrong_passkey, m.error_wrong_proof_advice],
  wrong_credentials: [m.error_wrong_credentials, m.error_wrong_credentials_advice],
  sign_on_failed: [m.error_sign_on_failed, m.error_wrong_proof_advice],
  sign_on_cancelled: [m.error_sign_on_cancelled, m.error_wrong_proof_advice],
  sign_on_unknown: [m.error_sign_on_unknown, m.error_sign_on_unknown_advice],
  foreign_origin: [m.error_foreign_origin, m.error_misdirected_request_advice],
  not_permitted: [m.error_not_permitted, m.error_not_permitted_advice],
  deactivated: [m.error_deactivated, m.error_deactivated_advice],
  step_up_needed: [m.error_step_up_needed, m.error_step_up_needed_advice],
  not_found: [m.error_not_found, m.error_not_found_advice],
  method_not_allowed: [m.error_method_not_allowed, m.error_malformed_request_advice],
  request_too_slow: [m.error_request_too_slow, m.error_unreachable_advice],
  registration_failed: [m.error_registration_failed, m.error_registration_failed_advice],
  claim_failed: [m.error_claim_failed, m.error_claim_failed_advice],
  bootstrap_failed: [m.error_bootstrap_failed, m.error_bootstrap_failed_advice],
  in_use: [m.error_in_use, m.error_remove_first],
  sign_on_taken: [m.error_sign_on_taken, m.error_remove_first],
  limit_reached: [m.error_limit_reached, m.error_remove_first],
  request_over: [m.error_request_over, m.error_request_over_advice],
  has_role_already: [m.error_has_role_already, m.error_has_role_already_advice],
  user_without_account: [m.error_user_without_account, m.error_user_without_account_advice],
  user_deactivated: [m.error_user_deactivated, m.error_user_deactivated_advice],
  changed_meanwhile: [m.error_changed_meanwhile, m.error_changed_meanwhile_advice],
  idempotency_key_reused: [m.error_idempotency_key_reused, m.error_malformed_request_advice],
  key_ended: [m.error_key_ended, m.error_key_ended_advice],
  key_issues_spent: [m.error_key_issues_spent, m.error_key_ended_advice],
  lock_not_active: [m.error_lock_not_active, m.error_lock_not_active_advice],
  lock_not_unclaimed: [m.error_lock_not_unclaimed, m.error_lock_not_unclaimed_advice],
  lock_offline: [m.error_lock_offline, m.error_lock_offline_advice],
  payload_too_large: [m.error_payload_too_large, m.error_payload_too_large_advice],
  unsupported_media_type: [m.error_unsupported_media_type, m.error_malformed_request_advice],
  misdirected_request: [m.error_misdirected_request, m.error_misdirected_request_advice],
  headers_too_large: [m.error_headers_too_large, m.error_headers_too_large_advice],
  cooldown: [m.error_cooldown, m.error_cooldown_advice],
  too_many_requests: [m.error_too_many_requests, m.error_too_many_requests_advice],
  too_many_connections: [m.error_too_many_connections, m.error_too_many_connections_advice],
  internal_fault: [m.error_internal_fault, m.error_internal_fault_advice],
  temporarily_unavailable: [m.error_temporarily_unavailable, m.error_temporarily_unavailable_advice],
  sign_on_unavailable: [m.error_sign_on_unavailable, m.error_temporarily_unavailable_advice],
};

/** The words for any error that a call of the API can end with; what nobody foresaw is an internal fault. */
export function textOf(error: Error): ErrorText {
  if (error instanceof Unreachable) {
    return { says: m.error_unreachable(), advice: m.error_unreachable_advice() };
  }
  const [says, advice] = errorWords[error instanceof Refusal ? error.code : 'internal_fault'];
  return { says: says(), advice: advice() };
}
