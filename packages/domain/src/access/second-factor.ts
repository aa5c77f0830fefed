import type { Assurance } from '../key.ts';
import type { CredentialAttempt } from './attempt.ts';
import type { DoorMemory } from './door-memory.ts';
import type { IndexedAccessList, IndexedKey } from './indexed-list.ts';
import { findOnList, isVerified, type Recognised } from './recognition.ts';
import { isPaused } from './throttle.ts';

/** What came of a second factor; one in a pause is as if it had not been shown. */
export type SecondFactor =
  | { readonly outcome: 'none' | 'wrong'; readonly isDuress: boolean }
  | { readonly outcome: 'right'; readonly isDuress: boolean; readonly assurance: Assurance };

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

function isRight(found: Recognised, first: Recognised): boolean {
  const isOther = found.credential.kind !== first.credential.kind;
  return isActive(found) && isOther && isSameHolder(first.key, found.key);
}

/**
 * Judges the second factor of an attempt whose first was recognised: an active credential of another kind,
 * of the same Key or the same User, at this lock (SEMANTICS M5). A duress PIN is recognised here too.
 */
export function judgeSecondFactor(
  first: Recognised,
  attempt: CredentialAttempt,
  door: { readonly list: IndexedAccessList; readonly memory: DoorMemory },
): SecondFactor {
  const shown = attempt.second;
  if (shown === undefined || isPaused(door.memory.paths.get(shown.path), attempt.at)) return noSecondFactor;
  const found = shown.isMalformed || !isVerified(shown) ? undefined : findOnList(door.list, shown);
  if (found === undefined) return { outcome: 'wrong', isDuress: false };
  const { isDuress, assurance } = found.credential;
  return isRight(found, first) ? { outcome: 'right', assurance, isDuress } : { outcome: 'wrong', isDuress };
}
