import type { Membership } from '@claviger/protocol';

/** An installer has locks and nothing to look over: the first page is theirs, and there is no Dashboard. */
export function hasLocksAlone({ role, may }: Membership): boolean {
  return role === 'installer' && may.includes('listLocks');
}
