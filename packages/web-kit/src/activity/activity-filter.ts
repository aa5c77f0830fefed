import { routineTypes } from '@claviger/domain';
import type { ActivityEvent, ActivityFilter, ActivityQuery } from '@claviger/protocol';
import { addDays, type CalendarDate, startOfDay } from '../i18n/zone.ts';

/** The filters of Logs → Activity as people set them: dates of the Entity's calendar, both included. */
export interface ActivityChoice {
  readonly lockId?: ActivityFilter['lockId'];
  readonly location?: ActivityFilter['location'];
  readonly type?: ActivityFilter['type'];
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
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}

/** The filter as the words of a query string. */
export function queryOf(filter: ActivityFilter): Omit<ActivityQuery, 'cursor' | 'limit'> {
  const { lockId, location, type, from, until, advanced } = filter;
  return {
    advanced: String(advanced),
    ...(lockId !== undefined && { lockId }),
    ...(location !== undefined && { location }),
    ...(type !== undefined && { type }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}

/** Whether a live event belongs into the list of this filter. `locationOf` says where a lock is now. */
export function matchesFilter(
  event: ActivityEvent,
  filter: ActivityFilter,
  locationOf: (lockId: string) => string | undefined,
): boolean {
  if (filter.lockId !== undefined && event.lockId !== filter.lockId) return false;
  if (filter.location !== undefined && locationOf(event.lockId) !== filter.location) return false;
  if (filter.from !== undefined && event.at < filter.from) return false;
  if (filter.until !== undefined && event.at >= filter.until) return false;
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
