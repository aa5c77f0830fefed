import type { ActivityEvent } from '@claviger/protocol';
import { dayIn } from '@claviger/web-kit';

/** The events of one day of the Entity's calendar, newest first. */
export interface Day {
  readonly date: string;
  readonly events: readonly ActivityEvent[];
}

/** Events, newest first, by the day on which the clocks of the zone showed them. */
export function byDay(events: readonly ActivityEvent[], zone: string): Day[] {
  const days = new Map<string, ActivityEvent[]>();
  for (const event of events) {
    const date = dayIn(zone, event.at);
    const day = days.get(date);
    if (day) day.push(event);
    else days.set(date, [event]);
  }
  return [...days].map(([date, ofDay]) => ({ date, events: ofDay }));
}
