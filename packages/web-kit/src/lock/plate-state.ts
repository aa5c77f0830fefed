import type { Lock } from '@claviger/protocol';

/**
 * What a plate shows. `asking` is a command under way; everything else is what the door itself last reported.
 */
export const plateStates = [
  'secured',
  'asking',
  'unlocked',
  'open',
  'held_open',
  'forced_open',
  'unknown',
  'offline',
  'unclaimed',
  'inactive',
  'error',
] as const;
export type PlateState = (typeof plateStates)[number];

/**
 * The plate of a lock: its status first, then whether it can be heard at all, then what its door reported.
 */
export function plateStateOf(lock: Pick<Lock, 'status' | 'isOnline' | 'door'>): PlateState {
  switch (lock.status) {
    case 'unclaimed':
    case 'claiming':
      return 'unclaimed';
    case 'inactive':
      return 'inactive';
    case 'error':
      return 'error';
    case 'active':
      return lock.isOnline ? lock.door.state : 'offline';
  }
}
