import type { Lock } from '@claviger/protocol';

/** What needs somebody, the worst first. */
export const attentionKinds = [
  'forced_open',
  'tampered',
  'older_disk',
  'damaged_memory',
  'error',
  'held_open',
  'offline',
  'unclaimed',
] as const;
export type AttentionKind = (typeof attentionKinds)[number];

export interface Attention {
  readonly kind: AttentionKind;
  readonly lock: Lock;
  readonly since: number | undefined;
}

function memoryKindOf({ cause }: NonNullable<Lock['olderDisk']>): AttentionKind {
  return cause === 'damaged_memory' ? cause : 'older_disk';
}

function kindsOf(lock: Lock): AttentionKind[] {
  if (lock.status === 'error') return ['error'];
  if (lock.status === 'unclaimed') return ['unclaimed'];
  if (lock.status !== 'active') return [];
  if (!lock.isOnline) return ['offline'];
  const { state, isTampered } = lock.door;
  return [
    ...(state === 'forced_open' || state === 'held_open' ? [state] : []),
    ...(isTampered ? (['tampered'] as const) : []),
    ...(lock.olderDisk ? [memoryKindOf(lock.olderDisk)] : []),
  ];
}

function sinceOf(kind: AttentionKind, lock: Lock): number | undefined {
  if (kind === 'offline') return lock.offlineSince;
  if (kind === 'older_disk' || kind === 'damaged_memory') return lock.olderDisk?.since;
  return kind === 'forced_open' || kind === 'held_open' ? lock.door.since : undefined;
}

/** What needs somebody at these locks, the worst first. A lock that cannot be heard is only that. */
export function attentionOf(locks: readonly Lock[]): Attention[] {
  return locks
    .flatMap((lock) => kindsOf(lock).map((kind) => ({ kind, lock, since: sinceOf(kind, lock) })))
    .sort((a, b) => attentionKinds.indexOf(a.kind) - attentionKinds.indexOf(b.kind));
}
