import type { Key, KeyStatus } from '@claviger/protocol';

/** What the server said of a Key's status, moved on by the clock: a page may stand open for days. */
export function statusAt(
  { status, validFrom = 0, validUntil = Infinity }: Pick<Key, 'status' | 'validFrom' | 'validUntil'>,
  now: number,
): KeyStatus {
  if (status !== 'active' && status !== 'not_yet') return status;
  if (now >= validUntil) return 'expired';
  return now < validFrom ? 'not_yet' : 'active';
}
