import { findModel, pictureObstacle } from '@claviger/domain';
import type { Lock } from '@claviger/protocol';
import { m } from '@claviger/web-kit';
import { can } from './lock-abilities.ts';

/** What a lock says of what can be copied. */
export type Copyable = Pick<Lock, 'model' | 'minimumAssurance' | 'takesStaticQr' | 'takesCardNumbers'>;

/** What keeps a bare card number from opening this lock, in words, or undefined (PRODUCT 20). */
export function cardObstacleAt(lock: Copyable): string | undefined {
  if (!can(lock, 'card_reader')) return m.card_no_reader();
  if (!lock.takesCardNumbers) return m.card_not_allowed();
  return lock.minimumAssurance === 'low' ? undefined : m.card_too_weak();
}

/** What keeps the static picture of a guest from opening this lock, in words, or undefined. */
export function pictureObstacleAt(lock: Copyable): string | undefined {
  const capabilities = findModel(lock.model)?.capabilities ?? [];
  switch (pictureObstacle('guest', { ...lock, capabilities })) {
    case 'no_qr_reader':
      return can(lock, 'keypad') ? m.picture_no_reader_pin() : m.picture_no_reader();
    case 'assurance_too_low':
      return m.picture_too_weak();
    case undefined:
      return undefined;
  }
}

/** The obstacle at the locks of a Key, where none of them is without one. */
export function obstacleAtAll(
  locks: readonly Copyable[],
  obstacleAt: (lock: Copyable) => string | undefined,
): string | undefined {
  const obstacles = locks.map(obstacleAt);
  return obstacles.includes(undefined) ? undefined : obstacles[0];
}
