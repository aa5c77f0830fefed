import type { DoorState, LockStatus } from '@claviger/domain';
import type { Lock } from '@claviger/protocol';
import type { Clock } from '../i18n/use-clock.ts';
import { m } from '../i18n/messages.ts';
import type { OpenObstacle } from '../opening/openable.ts';

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
 * A lock in one line: its status if it is not active, else whether it can be heard, else what its door
 * reported.
 */
export function lockLine(
  lock: Pick<Lock, 'status' | 'isOnline' | 'offlineSince' | 'door'>,
  clock: Clock,
): string {
  if (lock.status !== 'active') return statusNames[lock.status]();
  return lock.isOnline ? doorText(lock.door, clock) : offlineText(lock.offlineSince, clock);
}

/** What the door last reported: `Secured, 08:12`. */
export function doorText({ state, since }: Lock['door'], { format, now }: Clock): string {
  const name = doorStateNames[state]();
  return since === undefined ? name : m.door_since({ state: name, time: format.since(since, now) });
}

/** `Offline since 08:12`, or only `Offline` while nobody knows since when. */
export function offlineText(since: number | undefined, { format, now }: Clock): string {
  return since === undefined ? m.lock_offline() : m.lock_offline_since({ moment: format.since(since, now) });
}

/** Why **Open** does nothing, as a sentence. */
export function obstacleText(obstacle: OpenObstacle, { format, now }: Clock): string {
  switch (obstacle.kind) {
    case 'not_active':
      return m.open_needs_active({ status: statusNames[obstacle.status]() });
    case 'server_silent':
      return m.open_needs_server({ moment: format.since(obstacle.since, now) });
    case 'offline':
      return obstacle.since === undefined
        ? m.open_needs_online()
        : m.open_needs_online_since({ moment: format.since(obstacle.since, now) });
    case 'cooldown':
      return m.open_cools_down({ seconds: Math.ceil(obstacle.leftMs / 1000) });
  }
}
