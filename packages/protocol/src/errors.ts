/**
 * Every refusal that the server can answer with: its HTTP status and, in English, what to do about it. The
 * code is the key of the translation `error_<code>`; a house test holds catalogue, documents and
 * translations together.
 */
export const errorCatalogue = {
  invalid_input: { status: 400, advice: 'Correct the fields named in `issues` and send again.' },
  malformed_request: { status: 400, advice: 'Send HTTP/1.1 as it is specified, with a Host header.' },
  idempotency_key_missing: { status: 400, advice: 'Send an Idempotency-Key header with a UUID of your own.' },
  not_signed_in: { status: 401, advice: 'Sign in and send again.' },
  code_needed: { status: 401, advice: 'Send a code of the authenticator app to finish.' },
  wrong_code: { status: 401, advice: 'Take the code that is shown now, or sign in from the beginning.' },
  wrong_passkey: { status: 401, advice: 'Try again, or sign in with the password.' },
  wrong_credentials: { status: 401, advice: 'Check the e-mail address and the password.' },
  foreign_origin: { status: 403, advice: 'Send the request from the page of this installation.' },
  not_permitted: { status: 403, advice: 'Ask somebody with the permission, or ask for it.' },
  step_up_needed: { status: 403, advice: 'Confirm that it is you, then send again.' },
  not_found: { status: 404, advice: 'Check the address; what was there may have been removed.' },
  method_not_allowed: { status: 405, advice: 'Use one of the methods in the Allow header.' },
  request_too_slow: { status: 408, advice: 'Send the whole request within 30 seconds.' },
  registration_failed: {
    status: 409,
    advice: 'Check serial number, code, e-mail address and password, and that nobody has claimed the lock.',
  },
  claim_failed: {
    status: 409,
    advice: 'Check the serial number and the code, and that nobody claimed the lock.',
  },
  bootstrap_failed: {
    status: 409,
    advice: 'Use the newest bootstrap token; it works once and for 30 minutes.',
  },
  in_use: { status: 409, advice: 'Remove first what still belongs to it, such as the locks of an Entity.' },
  limit_reached: { status: 409, advice: 'Remove what is over or not needed: there is no room for more.' },
  changed_meanwhile: { status: 409, advice: 'Load it again: somebody changed it since you loaded it.' },
  idempotency_key_reused: { status: 409, advice: 'Use a new Idempotency-Key for another request.' },
  key_ended: { status: 409, advice: 'Make a new Key: this one was deleted or ended more than 30 days ago.' },
  key_issues_spent: {
    status: 409,
    advice: 'Make a new Key: this one was changed too often for another picture or a shorter right.',
  },
  lock_not_active: { status: 409, advice: 'Wait until the lock is Active, or claim or reactivate it.' },
  lock_not_unclaimed: { status: 409, advice: 'Look at the status of the lock: there is nothing to claim.' },
  lock_offline: { status: 409, advice: 'Check the network and the power of the lock, then try again.' },
  payload_too_large: { status: 413, advice: 'Send less at once.' },
  unsupported_media_type: { status: 415, advice: 'Send JSON.' },
  misdirected_request: { status: 421, advice: 'Come by the address that your operator gave you.' },
  headers_too_large: { status: 431, advice: 'Send shorter headers; delete the cookies of this site.' },
  cooldown: { status: 429, advice: 'Wait for the seconds given in Retry-After, then try again.' },
  too_many_requests: { status: 429, advice: 'Wait for the seconds given in Retry-After, then try again.' },
  too_many_connections: { status: 429, advice: 'Close other windows of the Portal.' },
  internal_fault: {
    status: 500,
    advice: 'Try again; if it stays, give the request identifier to your operator.',
  },
  temporarily_unavailable: { status: 503, advice: 'Try again in some seconds.' },
} as const satisfies Record<string, { status: number; advice: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

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
    return errorCatalogue[this.code].status;
  }
}
