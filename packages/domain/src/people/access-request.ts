import type { Instant } from '../identifiers.ts';

/**
 * What somebody asks for: temporary access to locks, or to manage an Entity. *Break-glass* asks nobody: the
 * operator takes it with a reason, and the owner is told.
 */
export const requestKinds = ['installer', 'entity_management', 'break_glass'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** What became of a request; `expired` is computed: nobody decided in time. */
export const requestStates = ['pending', 'approved', 'rejected', 'withdrawn', 'expired'] as const;
export type RequestState = (typeof requestStates)[number];

/**
 * How long a Mandate may last, in minutes. Nobody works on a lock for less; what lasts for more than a year
 * is a role that stands.
 */
export const mandateMinutes = {
  installer: { least: 15, most: 90 * 1_440, usual: 480 },
  entity_management: { least: 60, most: 365 * 1_440, usual: 30 * 1_440 },
  // Enough to look at something, and too short to be forgotten; who needs longer says why again.
  break_glass: { least: 60, most: 60, usual: 60 },
} as const satisfies Record<RequestKind, Readonly<Record<'least' | 'most' | 'usual', number>>>;

/** Whether a Mandate of this kind may last so long. */
export function isMandateLength(kind: RequestKind, minutes: number): boolean {
  const { least, most } = mandateMinutes[kind];
  return Number.isInteger(minutes) && minutes >= least && minutes <= most;
}

/** More locks than one person looks after in one visit. */
export const requestLocksLimit = 20;

/** How long a request waits for an answer: two weeks, so that a holiday is in it. */
export const requestLifeMs = 14 * 86_400_000;

/** What became of a request of which this is stored. */
export function requestStateAt(
  stored: { readonly state: Exclude<RequestState, 'expired'>; readonly expiresAt: Instant },
  now: Instant,
): RequestState {
  return stored.state === 'pending' && stored.expiresAt <= now ? 'expired' : stored.state;
}

/**
 * What whoever asked reads of a request that several Entities may have received, or none: approved where one
 * approved it, rejected where all that received it did. Nothing tells whether anybody received it.
 */
export function submittedStateAt(
  request: { readonly isWithdrawn: boolean; readonly expiresAt: Instant },
  received: readonly RequestState[],
  now: Instant,
): RequestState {
  if (received.includes('approved')) return 'approved';
  if (request.isWithdrawn) return 'withdrawn';
  if (received.length > 0 && received.every((state) => state === 'rejected')) return 'rejected';
  return request.expiresAt <= now ? 'expired' : 'pending';
}

/** A Key that is made under a Mandate ends with it: nobody grants for longer than they have. */
export function endUnderMandate(wanted: Instant, mandateEnd: Instant): Instant {
  return Math.min(wanted, mandateEnd);
}
