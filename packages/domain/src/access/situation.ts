import { readingAt, type WallReading } from '../time/zone.ts';
import type { ListRules } from './access-list.ts';
import type { CredentialAttempt } from './attempt.ts';
import { keyMemoryOf, type DoorMemory, type KeyMemory } from './door-memory.ts';
import type { IndexedAccessList, IndexedKey } from './indexed-list.ts';
import {
  isForLock,
  recognise,
  type Recognised,
  type RecognisedCredential,
  type Recognition,
} from './recognition.ts';
import { judgeSecondFactor, noSecondFactor, type SecondFactor } from './second-factor.ts';
import { isPaused } from './throttle.ts';

/** An attempt whose Key was recognised, with all that the checks look at. */
export interface Case {
  readonly list: ListRules;
  readonly memory: DoorMemory;
  readonly attempt: CredentialAttempt;
  readonly key: IndexedKey;
  readonly credential: RecognisedCredential;
  readonly remembered: KeyMemory;
  readonly reading: WallReading;
  readonly second: SecondFactor;
}

/** An attempt before its checks. */
export interface Situation {
  readonly attempt: CredentialAttempt;
  readonly isPaused: boolean;
  readonly recognition: Recognition['outcome'];
  /** Given when the outcome is *recognised*. */
  readonly known: Case | undefined;
}

interface Door {
  readonly list: IndexedAccessList;
  readonly memory: DoorMemory;
}

function caseOf(recognised: Recognised, attempt: CredentialAttempt, { list, memory }: Door): Case {
  const { key, credential } = recognised;
  if (!key.isSound) throw new Error(`the access list is not sound about Key ${key.rule.id}`);
  const isHere = isForLock(attempt.first, list.list.lock);
  return {
    list: list.list,
    memory,
    attempt,
    key,
    credential,
    remembered: keyMemoryOf(memory, key.rule.id),
    reading: readingAt(list.list.zone, attempt.at),
    second: isHere ? judgeSecondFactor(recognised, attempt, { list, memory }) : noSecondFactor,
  };
}

/**
 * Everything that the checks need to know about an attempt. What is malformed or comes in a pause is not
 * looked up (SEMANTICS C9, C10). Throws where the list contradicts itself.
 */
export function situationOf(attempt: CredentialAttempt, door: Door): Situation {
  const { first, at } = attempt;
  const paused = isPaused(door.memory.paths.get(first.path), at);
  const recognition: Recognition =
    first.isMalformed || paused ? { outcome: 'not_looked_up' } : recognise(door.list, first, at);
  return {
    attempt,
    isPaused: paused,
    recognition: recognition.outcome,
    known: recognition.outcome === 'recognised' ? caseOf(recognition, attempt, door) : undefined,
  };
}
