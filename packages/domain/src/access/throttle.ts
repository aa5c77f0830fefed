import type { Instant } from '../identifiers.ts';
import type { PathMemory } from './door-memory.ts';

/** SEMANTICS C10: so many wrong tries are free. */
const freeTries = 5;
const firstPauseMs = 30_000;
const longestPauseMs = 15 * 60_000;
const forgivenEveryMs = 15 * 60_000;

/** What the path remembers at this instant: one try is forgiven every 15 minutes, a pause runs on. */
function forgiven(path: PathMemory, at: Instant): PathMemory {
  const elapsed = Math.floor((at - path.forgivenAt) / forgivenEveryMs);
  const count = Math.min(path.wrongTries, Math.max(elapsed, 0));
  return {
    ...path,
    wrongTries: path.wrongTries - count,
    forgivenAt: path.forgivenAt + count * forgivenEveryMs,
  };
}

/** A path in the longest pause, which begins now: of what it remembered nothing is known. */
export function longestPaused(at: Instant): PathMemory {
  const wrongTries = freeTries + 1 + Math.ceil(Math.log2(longestPauseMs / firstPauseMs));
  return { wrongTries, forgivenAt: at, pausedUntil: at + longestPauseMs };
}

/**
 * What a path can have remembered at this instant. What a clock that was set back has left in its future
 * counts as over: no pause is longer than 15 minutes, and no try is yet to come (SEMANTICS C10).
 */
export function possiblePath({ wrongTries, forgivenAt, pausedUntil }: PathMemory, at: Instant): PathMemory {
  const isPossible = pausedUntil !== undefined && pausedUntil <= at + longestPauseMs;
  return { wrongTries, forgivenAt: Math.min(forgivenAt, at), ...(isPossible && { pausedUntil }) };
}

/**
 * Whether there is an instant at which a path remembers this. A try before which less than 15 minutes count
 * has begun the pause, which lasts as long at most.
 */
export function isEverPossible({ forgivenAt, pausedUntil }: PathMemory): boolean {
  return pausedUntil === undefined || pausedUntil < forgivenAt + forgivenEveryMs + longestPauseMs;
}

/** Whether the path is in a pause, which ends at its instant (SEMANTICS C9, T1). */
export function isPaused(path: PathMemory | undefined, at: Instant): boolean {
  return path?.pausedUntil !== undefined && !(at >= path.pausedUntil);
}

/** Whether the path remembers nothing that a path never tried would not: it may be forgotten. */
export function isAtRest(path: PathMemory, at: Instant): boolean {
  return forgiven(path, at).wrongTries === 0 && !isPaused(path, at);
}

/** What the path remembers after a wrong try at an instant at which it was not in a pause. */
export function afterWrongTry(path: PathMemory | undefined, at: Instant): PathMemory {
  const before = forgiven(path ?? { wrongTries: 0, forgivenAt: at }, at);
  const wrongTries = before.wrongTries + 1;
  const forgivenAt = before.wrongTries === 0 ? at : before.forgivenAt;
  if (wrongTries <= freeTries) return { ...before, wrongTries, forgivenAt };
  const pauseMs = Math.min(firstPauseMs * 2 ** (wrongTries - freeTries - 1), longestPauseMs);
  return { wrongTries, forgivenAt, pausedUntil: at + pauseMs };
}
