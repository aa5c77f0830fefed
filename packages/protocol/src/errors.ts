/**
 * Every refusal that the server can answer with, and its HTTP status. The code is the key of the translation
 * `error_<code>`; a house test holds catalogue, documents and translations together.
 */
export const errorStatuses = {
  invalid_input: 400,
  malformed_request: 400,
  idempotency_key_missing: 400,
  not_signed_in: 401,
  code_needed: 401,
  wrong_code: 401,
  wrong_passkey: 401,
  wrong_credentials: 401,
  sign_on_failed: 401,
  sign_on_cancelled: 401,
  foreign_origin: 403,
  not_permitted: 403,
  deactivated: 403,
  sign_on_unknown: 403,
  step_up_needed: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_too_slow: 408,
  registration_failed: 409,
  claim_failed: 409,
  bootstrap_failed: 409,
  in_use: 409,
  sign_on_taken: 409,
  limit_reached: 409,
  request_over: 409,
  has_role_already: 409,
  user_without_account: 409,
  user_deactivated: 409,
  changed_meanwhile: 409,
  idempotency_key_reused: 409,
  key_ended: 409,
  key_issues_spent: 409,
  lock_not_active: 409,
  lock_not_unclaimed: 409,
  lock_offline: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  misdirected_request: 421,
  headers_too_large: 431,
  cooldown: 429,
  too_many_requests: 429,
  too_many_connections: 429,
  internal_fault: 500,
  temporarily_unavailable: 503,
  sign_on_unavailable: 503,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorStatuses;

/** What to do about each, in English; pages have their own words, so that no browser loads these. */
export const errorAdvice: Readonly<Record<ErrorCode, string>> = {
  invalid_input: 'Correct the fields named in `issues` and send again.',
  malformed_request: 'Send HTTP/1.1 as it is specified, with a Host header.',
  idempotency_key_missing: 'Send an Idempotency-Key header with a UUID of your own.',
  not_signed_in: 'Sign in and send again.',
  code_needed: 'Send a code of the authenticator app to finish.',
  wrong_code: 'Take the code that is shown now, or sign in from the beginning.',
  wrong_passkey: 'Try again, or sign in with the password.',
  wrong_credentials: 'Check the e-mail address and the password.',
  sign_on_failed: 'Begin the sign-in at the provider again, in the same browser.',
  sign_on_cancelled: 'Begin again, or sign in in another way.',
  foreign_origin: 'Send the request from the page of this installation.',
  not_permitted: 'Ask somebody with the permission, or ask for it.',
  deactivated: 'Ask somebody who manages the Entity to reactivate the User.',
  sign_on_unknown:
    'Sign in as usual and connect the provider in Settings, or follow the link of your invitation.',
  step_up_needed: 'Confirm that it is you, then send again.',
  not_found: 'Check the address; what was there may have been removed.',
  method_not_allowed: 'Use one of the methods in the Allow header.',
  request_too_slow: 'Send the whole request within 30 seconds.',
  registration_failed:
    'Check serial number, code, e-mail address and password, and that nobody has claimed the lock.',
  claim_failed: 'Check the serial number and the code, and that nobody claimed the lock.',
  bootstrap_failed: 'Use the newest bootstrap token; it works once and for 30 minutes.',
  in_use: 'Remove first what still belongs to it, such as the locks of an Entity.',
  sign_on_taken: 'Disconnect the other Account, or sign in at the provider as somebody else.',
  limit_reached: 'Remove what is over or not needed: there is no room for more.',
  request_over: 'Load the list: the request was decided, withdrawn or nobody decided it in time.',
  has_role_already: 'Change the role that the person has in the Entity, or end it first.',
  user_without_account:
    'Send the User with this address a welcome e-mail; who accepts it can be given access.',
  user_deactivated: 'Reactivate the User first.',
  changed_meanwhile: 'Load it again: somebody changed it since you loaded it.',
  idempotency_key_reused: 'Use a new Idempotency-Key for another request.',
  key_ended: 'Make a new Key: this one was deleted or ended more than 30 days ago.',
  key_issues_spent: 'Make a new Key: this one was changed too often for another picture or a shorter right.',
  lock_not_active: 'Wait until the lock is Active, or claim or reactivate it.',
  lock_not_unclaimed: 'Look at the status of the lock: there is nothing to claim.',
  lock_offline: 'Check the network and the power of the lock, then try again.',
  payload_too_large: 'Send less at once.',
  unsupported_media_type: 'Send JSON.',
  misdirected_request: 'Come by the address that your operator gave you.',
  headers_too_large: 'Send shorter headers; delete the cookies of this site.',
  cooldown: 'Wait for the seconds given in Retry-After, then try again.',
  too_many_requests: 'Wait for the seconds given in Retry-After, then try again.',
  too_many_connections: 'Close other windows of the Portal.',
  internal_fault: 'Try again; if it stays, give the request identifier to your operator.',
  temporarily_unavailable: 'Try again in some seconds.',
  sign_on_unavailable: 'Try again later, or sign in with the password: the provider does not answer.',
};

/** Whether this is the code of a refusal. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorStatuses, code);
}

/** What is wrong with one field of the input: `path` is dotted (`lock.name`), `problem` a translation key. */
export interface InputIssue {
  readonly path: string;
  readonly problem: string;
}

/**
 * A refusal: the caller asked for what cannot be. Carries a code of the catalogue, never a secret. `cause`
 * is for the log and the Audit alone, where several causes have one answer.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly retryAfterS: number | undefined;
  readonly issues: readonly InputIssue[];

  constructor(
    code: ErrorCode,
    details: { retryAfterS?: number; issues?: readonly InputIssue[]; cause?: string } = {},
  ) {
    super(code, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'Refusal';
    this.code = code;
    this.retryAfterS = details.retryAfterS;
    this.issues = details.issues ?? [];
  }

  get status(): number {
    return errorStatuses[this.code];
  }
}
