import { statusAt } from '@claviger/web-kit';
import type { KeyStatus, ShownKey } from '@claviger/protocol';
import { insteadOfOpen } from './proof/proofs.ts';

type ShownLock = ShownKey['locks'][number];

/** Why **Open** does nothing just now. */
export type Obstacle =
  | { readonly kind: Exclude<KeyStatus, 'active'> }
  | { readonly kind: 'used_up' }
  | { readonly kind: 'not_from_here'; readonly instead: NonNullable<ReturnType<typeof insteadOfOpen>> }
  | { readonly kind: 'unknown_key' }
  | { readonly kind: 'held_back' }
  | { readonly kind: 'no_network' }
  | { readonly kind: 'door_offline' }
  | { readonly kind: 'cooldown'; readonly leftMs: number };

/** The page believes no longer pause than this: a clock that is off must not lock the button for minutes. */
const pauseLimitMs = 60_000;

/** Whether a door that knows a Key does not count its uses, and so does not open for it. */
export function isHeldBack({ waiting }: Pick<ShownLock, 'waiting'>): boolean {
  return waiting?.for === 'counters' || waiting?.for === 'another_key';
}

/** What keeps this lock from being opened from the page at `now` (the server's clock), or undefined. */
export function obstacleTo(
  lock: Pick<ShownLock, 'isOnline' | 'openableAt' | 'usesLeft' | 'proofs' | 'waiting'>,
  shown: Pick<ShownKey, 'status' | 'validFrom' | 'validUntil'>,
  { now, isSilent }: { readonly now: number; readonly isSilent: boolean },
): Obstacle | undefined {
  const status = statusAt(shown, now);
  if (status !== 'active') return { kind: status };
  if (lock.usesLeft === 0) return { kind: 'used_up' };
  if (isHeldBack(lock)) return { kind: 'held_back' };
  const instead = insteadOfOpen(lock);
  if (instead !== undefined) return { kind: 'not_from_here', instead };
  if (isSilent) return { kind: 'no_network' };
  if (!lock.isOnline) return { kind: 'door_offline' };
  if (lock.waiting?.for === 'key') return { kind: 'unknown_key' };
  const leftMs = Math.min((lock.openableAt ?? 0) - now, pauseLimitMs);
  return leftMs > 0 ? { kind: 'cooldown', leftMs } : undefined;
}
