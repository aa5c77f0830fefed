import type { LockRules } from '../access/access-list.ts';
import type { KeyType } from '../key.ts';

/** What a lock says of static pictures. */
export type PictureRules = Pick<LockRules, 'capabilities' | 'minimumAssurance' | 'takesStaticQr'>;

/** Why a static picture of a Key's QR does not open a lock, whoever shows it. */
export type PictureObstacle = 'no_qr_reader' | 'assurance_too_low';

/** SEMANTICS M8: a still picture is taken of people who come once, and where the lock has opted in. */
export function isStaticQrTaken(type: KeyType, { takesStaticQr }: Pick<LockRules, 'takesStaticQr'>): boolean {
  return type === 'guest' || type === 'visitor' || takesStaticQr;
}

/**
 * What keeps a static picture of a Key of this type from opening the lock by itself (SEMANTICS M1, M5, M8),
 * so that nobody hands one on in vain; undefined where the rules take it.
 */
export function pictureObstacle(type: KeyType, lock: PictureRules): PictureObstacle | undefined {
  if (!lock.capabilities.includes('qr_reader')) return 'no_qr_reader';
  const isEnough = isStaticQrTaken(type, lock) && lock.minimumAssurance === 'low';
  return isEnough ? undefined : 'assurance_too_low';
}
