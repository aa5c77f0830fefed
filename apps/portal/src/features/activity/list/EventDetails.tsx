import type { ActivityEvent } from '@claviger/protocol';
import { detailText, type Format, m } from '@claviger/web-kit';

/**
 * An event that reached the server this much after the door wrote it was told late: the door had no network.
 */
const lateAfterMs = 10_000;

/** A clock that may be off by more than this was never set; its number would mean nothing to a reader. */
const unsetFromMs = 3_600_000;

function clockOf({ uncertaintyMs }: ActivityEvent, format: Format): string {
  if (uncertaintyMs >= unsetFromMs) return m.event_clock_unset();
  return uncertaintyMs > 0 ? m.event_uncertainty({ ms: format.number(uncertaintyMs) }) : '';
}

/** What the door wrote, for those who look closer. */
export function EventDetails({ event, format }: { event: ActivityEvent; format: Format }) {
  const isLate = event.receivedAt - event.at > lateAfterMs;
  const facts = [
    event.type,
    event.method,
    event.isStatic === true && m.method_picture(),
    event.second,
    event.reason,
    m.event_number({ epoch: event.logEpoch, sequence: event.sequence }),
    clockOf(event, format),
    isLate && m.event_received({ moment: format.moment(event.receivedAt) }),
    event.detail !== undefined && detailText(event.detail, format),
  ].filter((fact) => typeof fact === 'string' && fact !== '');
  return <p className="event-details mono">{facts.join(' · ')}</p>;
}
