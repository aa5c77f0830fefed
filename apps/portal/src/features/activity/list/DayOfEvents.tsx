import type { ActivityEvent } from '@claviger/protocol';
import { ActivityRow, type Format } from '@claviger/web-kit';
import { lazy } from 'react';
import type { Day } from './days.ts';
import { WhyLink } from './WhyLink.tsx';

// Few people look at everything that a door tells of an event. The whole list waits for it, or rows would
// grow below the hand that is about to press.
const EventDetails = lazy(() =>
  import('./EventDetails.tsx').then((module) => ({ default: module.EventDetails })),
);

interface DayOfEventsProps {
  readonly entityId: string;
  readonly day: Day;
  readonly format: Format;
  readonly isAdvanced: boolean;
  readonly arrivedIds: ReadonlySet<string>;
}

/** One refused try with a key has checks to show; the number of several has none. */
function isAttempt({ type, method }: ActivityEvent): boolean {
  return type === 'key_refused' && method !== undefined;
}

/** One day of the log. */
export function DayOfEvents({ entityId, day, format, isAdvanced, arrivedIds }: DayOfEventsProps) {
  const [first] = day.events;
  if (!first) return null;
  const headingId = `day-${day.date}`;
  return (
    <section className="card" aria-labelledby={headingId}>
      <header>
        <h2 id={headingId}>{format.day(first.at)}</h2>
      </header>
      <ul>
        {day.events.map((event) => (
          <ActivityRow
            key={event.id}
            event={event}
            format={format}
            isNew={arrivedIds.has(event.id)}
            isNamed
            isTimedExactly={isAdvanced}
          >
            {isAdvanced && <EventDetails event={event} format={format} />}
            {isAttempt(event) && <WhyLink entityId={entityId} event={event} />}
          </ActivityRow>
        ))}
      </ul>
    </section>
  );
}
