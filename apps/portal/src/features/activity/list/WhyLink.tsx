import type { ActivityEvent } from '@claviger/protocol';
import { activitySentence, m, type Format } from '@claviger/web-kit';
import { Link } from '@tanstack/react-router';
import { opensDialog } from '../../../app/dialog-address.ts';

interface WhyLinkProps {
  readonly entityId: string;
  readonly event: ActivityEvent;
  readonly format: Format;
}

/** Leads to the checks of the decision that refused. */
export function WhyLink({ entityId, event, format }: WhyLinkProps) {
  return (
    <Link
      className="event-why"
      to="/e/$entityId/logs/activity/$eventId/why"
      params={{ entityId, eventId: event.id }}
      search={true}
      state={opensDialog}
      aria-label={m.why_of({ name: activitySentence(event, format) })}
    >
      {m.why()}
    </Link>
  );
}
