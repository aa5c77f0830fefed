import type { DoorState, LockStatus } from '@claviger/domain';
import type { Lock } from '@claviger/protocol';
import type { OpenObstacle } from '../opening/openable.ts';
import type { Format } from '../i18n/format.ts';
import { m } from '../i18n/messages.ts';

/** The five statuses as the guide names them. */
export const statusNames: Readonly<Record<LockStatus, () => string>> = {
  unclaimed: m.status_unclaimed,
  claiming: m.status_claiming,
  active: m.status_active,
  inactive: m.status_inactive,
  error: m.status_error,
};

/** What a door last reported, in a word or two. */
export const doorStateNames: Readonly<Record<DoorState, () => string>> = {
  secured: m.door_secured,
  unlocked: m.door_unlocked,
  open: m.door_open,
  held_open: m.door_held_open,
  forced_open: m.door_forced_open,
  unknown: m.door_unknown,
};

/**
 * What there is to say of a lock in one line: whether it can be heard, else what its door reported and since
 * when.
 */
export function lockLine(
  lock: Pick<Lock, 'status' | 'isOnline' | 'offlineSince' | 'door'>,
  format: Format,
): string {
  if (lock.status !== 'active') return statusNames[lock.status]();
  if (!lock.isOnline) return offlineText(lock.offlineSince, format);
  const state = doorStateNames[lock.door.state]();
  return lock.door.since === undefined ? state : m.door_since({ state, time: format.time(lock.door.since) });
}

/** `Offline since 08:12`, or only `Offline` while nobody knows since when. */
export function offlineText(since: number | undefined, format: Format): string {
  return since === undefined ? m.lock_offline() : m.lock_offline_since({ moment: format.moment(since) });
}

/** Why **Open** does nothing, as a sentence. */
export function obstacleText(obstacle: OpenObstacle, format: Format): string {
  switch (obstacle.kind) {
    case 'not_active':
      return m.open_needs_active({ status: statusNames[obstacle.status]() });
    case 'offline':
      return obstacle.since === undefined
        ? m.open_needs_online()
        : m.open_needs_online_since({ moment: format.moment(obstacle.since) });
    case 'cooldown':
      return m.open_cools_down({ seconds: Math.ceil(obstacle.leftMs / 1000) });
  }
}
