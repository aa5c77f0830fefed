import type { Reason } from '@claviger/domain';
import { oracle } from '../../oracle/oracle.ts';
import type { Invariant } from '../options.ts';
import { attemptOf, worldOf, type Question } from './people-terms.ts';

/** So much older may be what a box remembers: it writes every 15 minutes, on a disk with room. */
const confirmedSinceMs = 60 * 60_000;

/** The rule of the age of lists is tested by an instant that a power cut may have made older. */
function isOfAge(question: Question, made: Reason): boolean {
  if (made !== 'access_list_too_old') return false;
  const older = { ...question, confirmedAt: (question.confirmedAt ?? 0) - confirmedSinceMs };
  return oracle(worldOf(older), [attemptOf(older)])[0]?.reason === 'access_list_too_old';
}

/** For these reasons a box refuses more where it misses a record of what it has seen. */
const missedReasons: readonly Reason[] = ['throttled', 'replayed', 'passed_back', 'cooldown'];

/** Where a box may refuse what it would not if all were known that it remembers; it never grants more. */
export function mayBeStricter(
  { isStrict }: { readonly isStrict: boolean },
  question: Question,
  made: Reason,
): boolean {
  return isOfAge(question, made) || (isStrict && missedReasons.includes(made));
}

/** Which invariant it breaks to let somebody in who should have been refused for this reason. */
const brokenBy: Partial<Record<Reason, Invariant>> = {
  throttled: 'I14',
  uses_exhausted: 'I4',
  lockdown: 'I17',
};

export function invariantOf(expected: Reason, made: Reason): Invariant {
  if (made === 'granted') return brokenBy[expected] ?? 'I2';
  return expected === 'throttled' ? 'I14' : 'decision';
}
