import type { Assurance } from '../key.ts';
import type { CredentialAttempt, Presentation } from './attempt.ts';
import { keyMemoryOf, type DoorMemory } from './door-memory.ts';
import type { IndexedAccessList, IndexedKey } from './indexed-list.ts';
import {
  findOnList,
  isCounterFresh,
  isForLock,
  isOldIssue,
  isPictureTaken,
  isStatic,
  isStepFresh,
  isVerified,
  recognise,
  type Recognised,
} from './recognition.ts';
import { isPaused } from './throttle.ts';

/** What came of a second factor; one in a pause is as if it had not been shown. */
export type SecondFactor =
  | { readonly outcome: 'none' | 'wrong'; readonly isDuress: boolean }
  | {
      readonly outcome: 'right';
      readonly isDuress: boolean;
      readonly assurance: Assurance;
      readonly key: IndexedKey;
    };

export const noSecondFactor: SecondFactor = { outcome: 'none', isDuress: false };

function isActive({ key, credential }: Recognised): boolean {
  const { rule } = key;
  const isHeld = !rule.isHolderDeactivated && key.isSound;
  const states = [credential.state, rule.state, rule.binding.state];
  return isHeld && states.every((state) => state === 'active');
}

function isSameHolder(first: IndexedKey, second: IndexedKey): boolean {
  if (first.rule.id === second.rule.id) return true;
  return first.rule.user !== undefined && first.rule.user === second.rule.user;
}

/** The two presentations of an attempt that may be one. */
type BothFactors = Required<Pick<CredentialAttempt, 'first' | 'second' | 'at'>>;

/**
 * Whether a presentation can be the second factor of an attempt: both are recognised, as of one Key or one
 * User (SEMANTICS M5). What is anybody else's, or nobody's, is an attempt of its own (C11).
 */
export function areOfOneHolder(list: IndexedAccessList, { first, second, at }: BothFactors): boolean {
  if (second === undefined || first.isMalformed || second.isMalformed) return false;
  const [one, other] = [recognise(list, first, at), recognise(list, second, at)];
  const areKnown = one.outcome === 'recognised' && other.outcome === 'recognised';
  return areKnown && isSameHolder(one.key, other.key);
}

interface Door {
  readonly list: IndexedAccessList;
  readonly memory: DoorMemory;
}

/** A QR or pass is held to its own rules, whichever factor it is (SEMANTICS C1, C4, M7, M8). */
function isGoodPicture(
  shown: Presentation,
  { key }: Recognised,
  { list, memory, at }: Door & Pick<CredentialAttempt, 'at'>,
): boolean {
  const { lock } = list.list;
  return (
    isForLock(shown, lock) &&
    !isOldIssue(shown, key) &&
    isPictureTaken(shown, key.rule, lock) &&
    isStepFresh(shown, keyMemoryOf(memory, key.rule.id), at)
  );
}

/** What moves is held to its own rules, whichever factor it is: a replay proves nothing (SEMANTICS M7). */
function isAsGoodAsFirst(
  shown: Presentation,
  found: Recognised,
  door: Door & Pick<CredentialAttempt, 'at'>,
): boolean {
  if (shown.method === 'button') return isCounterFresh(shown, door.memory);
  return isGoodPicture(shown, found, door);
}

function isRight(found: Recognised, first: Recognised): boolean {
  const isOther = found.credential.kind !== first.credential.kind;
  return isActive(found) && isOther && isSameHolder(first.key, found.key);
}

/**
 * Judges the second factor of an attempt whose first was recognised: an active credential of another kind,
 * of the same Key or the same User, at this lock (SEMANTICS M5); a QR or pass also by what its picture says,
 * a button by its counter. Its own Key may be expired or outside its windows: only the first one's is tested
 * (C11). A duress PIN is recognised here too.
 */
export function judgeSecondFactor(first: Recognised, attempt: CredentialAttempt, door: Door): SecondFactor {
  const shown = attempt.second;
  if (shown === undefined || isPaused(door.memory.paths.get(shown.path), attempt.at)) return noSecondFactor;
  const found = shown.isMalformed || !isVerified(shown) ? undefined : findOnList(door.list, shown);
  if (found === undefined) return { outcome: 'wrong', isDuress: false };
  const { isDuress } = found.credential;
  const isAccepted = isRight(found, first) && isAsGoodAsFirst(shown, found, { ...door, at: attempt.at });
  if (!isAccepted) return { outcome: 'wrong', isDuress };
  const assurance = isStatic(shown) ? 'low' : found.credential.assurance;
  return { outcome: 'right', assurance, isDuress, key: found.key };
}
