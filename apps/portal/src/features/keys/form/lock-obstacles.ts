import { findModel, proofObstacle, proofsAt, type Proof, type ProofRules } from '@claviger/domain';
import type { Lock } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { can } from './lock-abilities.ts';

/** What a lock says of the ways to show a Key. */
export type Asking = Pick<Lock, 'model' | 'minimumAssurance' | 'takesStaticQr' | 'takesCardNumbers'>;

function rulesOf(lock: Asking): ProofRules {
  return { ...lock, capabilities: findModel(lock.model)?.capabilities ?? [] };
}

/** What keeps a bare card number from opening this lock, in words, or undefined (PRODUCT 20). */
export function cardObstacleAt(lock: Asking): string | undefined {
  const obstacle = proofObstacle('card', 'guest', rulesOf(lock));
  if (obstacle === undefined) return undefined;
  if (obstacle === 'no_card_reader') return m.card_no_reader();
  // Where the leave alone would not be enough nobody is sent to give it.
  const isLeaveEnough =
    proofObstacle('card', 'guest', rulesOf({ ...lock, takesCardNumbers: true })) === undefined;
  return isLeaveEnough ? m.card_not_allowed() : m.card_too_weak();
}

/** What keeps the static picture of a guest from opening this lock, in words, or undefined. */
export function pictureObstacleAt(lock: Asking): string | undefined {
  const rules = rulesOf(lock);
  const obstacle = proofObstacle('picture', 'guest', rules);
  if (obstacle === undefined) return undefined;
  if (obstacle !== 'no_qr_reader') return m.picture_too_weak();
  if (proofObstacle('pin', 'guest', rules) === undefined) return m.picture_no_reader_pin();
  return proofObstacle('link', 'guest', rules) === undefined ? m.picture_no_reader() : m.lock_no_qr_reader();
}

/** What of a new guest Key opens a lock: what it is opened with beside the link, or nothing. */
function openedWith(lock: Asking): 'anything' | 'qr' | 'two' | 'nothing' {
  const held: readonly Proof[] = can(lock, 'keypad') ? ['link', 'pin', 'qr'] : ['link', 'qr'];
  const uses = proofsAt(held, 'guest', rulesOf(lock));
  const isAlone = (name: Proof) => uses.some(({ proof, opens }) => proof === name && opens === 'alone');
  if (isAlone('link')) return 'anything';
  if (isAlone('qr')) return 'qr';
  return uses.some(({ opens }) => opens === 'together') ? 'two' : 'nothing';
}

/** What is missing of a guest Key at a lock that asks for more, in words; undefined where nothing is. */
export function guestKeyHintAt(lock: Asking): string | undefined {
  const hints = { anything: undefined, qr: m.guest_takes_qr, two: m.guest_takes_both, nothing: undefined };
  return hints[openedWith(lock)]?.();
}

/** Why no guest Key can be made for this lock, in words, or undefined. */
export function guestKeyObstacleAt(lock: Asking): string | undefined {
  return openedWith(lock) === 'nothing' ? m.problem_nothing_opens() : undefined;
}

/** The obstacle at the locks of a Key, where none of them is without one. */
export function obstacleAtAll(
  locks: readonly Asking[],
  obstacleAt: (lock: Asking) => string | undefined,
): string | undefined {
  const obstacles = locks.map(obstacleAt);
  return obstacles.includes(undefined) ? undefined : obstacles[0];
}
