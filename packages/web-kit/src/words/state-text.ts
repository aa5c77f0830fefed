import type { DoorState, LockStatus } from '@claviger/domain';
import type { Lock } from '@claviger/protocol';
import type { Clock } from '../i18n/use-clock.ts';
import { m } from '../i18n/messages.ts';
import { isHeard } from '../lock/hearing.ts';
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

/** A moment at which somebody looks: the clock, and since when the server has been silent, if it is. */
export interface Look {
  readonly clock: Clock;
  readonly silentSince: number | undefined;
}

/**
 * A lock in one line: its status if it is not active, else what its door reports, or since when the lock is
 * away; while the server is silent what the door last reported.
 */
export function lockLine(
  lock: Pick<Lock, 'status' | 'isOnline' | 'offlineSince' | 'door'>,
  look: Look,
): string {
  if (lock.status !== 'active') return statusNames[lock.status]();
  const isAway = !lock.isOnline && look.silentSince === undefined;
  return isAway ? offlineText(lock.offlineSince, look.clock) : doorText(lock, look);
}

/** What the door reports: `Secured, 08:12`; of one that is not heard now `Last known: Secured, 08:12`. */
export function doorText(lock: Pick<Lock, 'isOnline' | 'door'>, { clock, silentSince }: Look): string {
  const { state, since } = lock.door;
  const name = doorStateNames[state]();
  if (since === undefined) return name;
  const told = m.door_since({ state: name, time: clock.format.since(since, clock.now) });
  return isHeard(lock, silentSince) ? told : m.door_last_known({ state: told });
}

/** Whether the lock is connected; while the server is silent nobody knows. */
export function connectionText(
  lock: Pick<Lock, 'isOnline' | 'offlineSince'>,
  { clock, silentSince }: Look,
): string {
  if (silentSince !== undefined) return m.lock_unheard();
  return lock.isOnline ? m.lock_online() : offlineText(lock.offlineSince, clock);
}

/** `Offline since 08:12`, or only `Offline` while nobody knows since when. */
function offlineText(since: number | undefined, { format, now }: Clock): string {
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
