import { routineTypes } from '@claviger/domain';
import type { ActivityEvent, ActivityFilter, ActivityQuery } from '@claviger/protocol';
import { addDays, type CalendarDate, startOfDay } from '../i18n/zone.ts';

/** The filters of Logs → Activity as people set them: dates of the Entity's calendar, both included. */
export interface ActivityChoice {
  readonly lockId?: ActivityFilter['lockId'];
  readonly location?: ActivityFilter['location'];
  readonly type?: ActivityFilter['type'];
  readonly key?: ActivityFilter['key'];
  readonly email?: ActivityFilter['email'];
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly isAdvanced: boolean;
}

/** The same filters as the API wants them: instants, half-open `[from, until)`. */
export function filterOf(choice: ActivityChoice, zone: string): ActivityFilter {
  const from = choice.from === undefined ? undefined : startOfDay(zone, choice.from);
  const until = choice.to === undefined ? undefined : startOfDay(zone, addDays(choice.to, 1));
  return {
    advanced: choice.isAdvanced,
    ...(choice.lockId !== undefined && { lockId: choice.lockId }),
    ...(choice.location !== undefined && { location: choice.location }),
    ...(choice.type !== undefined && { type: choice.type }),
    ...(choice.key !== undefined && { key: choice.key }),
    ...(choice.email !== undefined && { email: choice.email }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}

/** The filter as the words of a query string. */
export function queryOf(filter: ActivityFilter): Omit<ActivityQuery, 'cursor' | 'limit'> {
  const { lockId, location, type, key, email, from, until, advanced } = filter;
  return {
    advanced: String(advanced),
    ...(lockId !== undefined && { lockId }),
    ...(location !== undefined && { location }),
    ...(type !== undefined && { type }),
    ...(key !== undefined && { key }),
    ...(email !== undefined && { email }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}

function isInTime({ at }: ActivityEvent, { from = -Infinity, until = Infinity }: ActivityFilter): boolean {
  return at >= from && at < until;
}

/** A Key is named by its identifier or the beginning of it. */
function isAboutKey({ keyId }: ActivityEvent, { key }: ActivityFilter): boolean {
  return key === undefined || (keyId?.startsWith(key.toLowerCase()) ?? false);
}

/**
 * Whether a live event belongs into the list of this filter. `locationOf` says where a lock is now. Whose
 * e-mail address it is the server alone knows.
 */
export function matchesFilter(
  event: ActivityEvent,
  filter: ActivityFilter,
  locationOf: (lockId: string) => string | undefined,
): boolean {
  if (filter.lockId !== undefined && event.lockId !== filter.lockId) return false;
  if (filter.location !== undefined && locationOf(event.lockId) !== filter.location) return false;
  if (!isAboutKey(event, filter) || !isInTime(event, filter)) return false;
  if (filter.type !== undefined && event.type !== filter.type) return false;
  return filter.advanced || routineTypes.includes(event.type);
}

/** Both lists as one, newest first, each event once. */
export function mergeEvents(
  newer: readonly ActivityEvent[],
  older: readonly ActivityEvent[],
): readonly ActivityEvent[] {
  const byId = new Map([...older, ...newer].map((event) => [event.id, event]));
  return [...byId.values()].sort((a, b) => b.at - a.at || b.sequence - a.sequence);
}
