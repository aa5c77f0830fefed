import type { Lock } from '@claviger/protocol';

/**
 * Whether a lock is heard now: it is connected, and the server answers. Of any other the page shows what was
 * last known.
 */
export function isHeard(lock: Pick<Lock, 'isOnline'>, silentSince: number | undefined): boolean {
  return lock.isOnline && silentSince === undefined;
}
