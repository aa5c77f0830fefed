import { commandCooldownMs } from '@claviger/domain';
import type { Lock } from '@claviger/protocol';

/** Why **Open** does nothing just now; `cooldown` ends by itself after `leftMs`. */
export type OpenObstacle =
  | { readonly kind: 'not_active'; readonly status: Exclude<Lock['status'], 'active'> }
  | { readonly kind: 'server_silent'; readonly since: number }
  | { readonly kind: 'offline'; readonly since: number | undefined }
  | { readonly kind: 'cooldown'; readonly leftMs: number };

/** What the page knows beside the lock. */
export interface OpenSetting {
  /** Until when the lock cools down, as the server said when it refused the last press. */
  readonly coolingUntil?: number | undefined;
  /** Since when the server has not answered; what is known of the lock is from then. */
  readonly silentSince?: number | undefined;
}

/**
 * What keeps this lock from being opened by command at `now` (the server's clock), or undefined. The cooldown
 * is never believed to be longer than it is: a clock that is off must not lock the button for minutes.
 */
export function obstacleToOpen(
  lock: Pick<Lock, 'status' | 'isOnline' | 'offlineSince' | 'openableAt'>,
  now: number,
  { coolingUntil = 0, silentSince }: OpenSetting = {},
): OpenObstacle | undefined {
  if (lock.status !== 'active') return { kind: 'not_active', status: lock.status };
  if (silentSince !== undefined) return { kind: 'server_silent', since: silentSince };
  if (!lock.isOnline) return { kind: 'offline', since: lock.offlineSince };
  const cooldownMs = Math.min((lock.openableAt ?? 0) - now, commandCooldownMs);
  const leftMs = Math.max(cooldownMs, coolingUntil - now);
  return leftMs > 0 ? { kind: 'cooldown', leftMs } : undefined;
}
