import { Refusal } from '@claviger/protocol';
import type { Report } from '../notice.ts';
import { DatabaseProblem, diskFull, errorCodeOf } from '../problem.ts';

const RETRY_AFTER_S = 5;
/** Class 08, and what PostgreSQL says when it stops, starts, or is full (its manual, appendix A). */
const UNREACHABLE_STATE = /^(08...|57P0[1-5]|53300)$/;
const UNREACHABLE_SYSTEM = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'];
/** What pg says without a code. */
const UNREACHABLE_TEXT =
  /^Connection terminated|^timeout|^Client has encountered a connection error|not queryable/;
const DISK_FULL = '53100';
const LOCK_NOT_AVAILABLE = '55P03';

/** Whether the connection is gone, so that there is nothing left to roll back. */
export function isConnectionLost(error: unknown): boolean {
  const code = errorCodeOf(error);
  if (code !== undefined) return UNREACHABLE_STATE.test(code) || UNREACHABLE_SYSTEM.includes(code);
  return error instanceof Error && UNREACHABLE_TEXT.test(error.message);
}

/**
 * Turns what the caller can only wait out (no connection, no disk space, a lock held for too long) into the
 * refusal `temporarily_unavailable`, with the error as its cause, and tells the log. Everything else stays as
 * it is.
 */
export function asUnavailable(error: unknown, report: Report): unknown {
  const problem = problemOf(error);
  if (problem === undefined) return error;
  report({ kind: 'database_unavailable', problem });
  const refusal = new Refusal('temporarily_unavailable', { retryAfterS: RETRY_AFTER_S });
  refusal.cause = problem;
  return refusal;
}

function problemOf(error: unknown): DatabaseProblem | undefined {
  if (error instanceof DatabaseProblem) return error;
  if (errorCodeOf(error) === DISK_FULL) return diskFull('the database', error);
  if (errorCodeOf(error) === LOCK_NOT_AVAILABLE || isConnectionLost(error)) {
    return new DatabaseProblem(
      'unreachable',
      `The database does not answer at present: ${String(error)}`,
      error,
    );
  }
  return undefined;
}
