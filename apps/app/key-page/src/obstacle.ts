import { statusAt } from '@claviger/web-kit';
import type { KeyStatus, ShownKey } from '@claviger/protocol';

type ShownLock = ShownKey['locks'][number];

/** Why **Open** does nothing just now. */
export type Obstacle =
  | { readonly kind: Exclude<KeyStatus, 'active'> }
  | { readonly kind: 'used_up' }
  | { readonly kind: 'no_network' }
  | { readonly kind: 'door_offline' }
  | { readonly kind: 'cooldown'; readonly leftMs: number };

/** The page believes no longer pause than this: a clock that is off must not lock the button for minutes. */
const pauseLimitMs = 60_000;

/** What keeps this lock from being opened from the page at `now` (the server's clock), or undefined. */
export function obstacleTo(
  lock: Pick<ShownLock, 'isOnline' | 'openableAt' | 'usesLeft'>,
  shown: Pick<ShownKey, 'status' | 'validFrom' | 'validUntil'>,
  { now, isSilent }: { readonly now: number; readonly isSilent: boolean },
): Obstacle | undefined {
  const status = statusAt(shown, now);
  if (status !== 'active') return { kind: status };
  if (lock.usesLeft === 0) return { kind: 'used_up' };
  if (isSilent) return { kind: 'no_network' };
  if (!lock.isOnline) return { kind: 'door_offline' };
  const leftMs = Math.min((lock.openableAt ?? 0) - now, pauseLimitMs);
  return leftMs > 0 ? { kind: 'cooldown', leftMs } : undefined;
}
