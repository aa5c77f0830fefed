import {
  ActivityRow,
  EmptyState,
  ErrorNotice,
  type Format,
  LiveSign,
  m,
  type useActivity,
} from '@claviger/web-kit';
import { IconHistory } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

interface LatestActivityProps {
  readonly entityId: string;
  readonly activity: ReturnType<typeof useActivity>;
  readonly limit: number;
  readonly format: Format;
}

/** What happened last, live. */
export function LatestActivity({ entityId, activity, limit, format }: LatestActivityProps) {
  const { events, arrivedIds, isPending, error, retry } = activity;
  return (
    <section className="card" aria-labelledby="latest-activity">
      <header>
        <h2 id="latest-activity">{m.section_activity()}</h2>
        <LiveSign />
        <Link className="card-aside" to="/e/$entityId/logs/activity" params={{ entityId }}>
          {m.dashboard_all_logs()}
        </Link>
      </header>
      {events.length === 0 && <ErrorNotice error={error} onRetry={retry} />}
      {events.length === 0 && !isPending && !error && (
        <EmptyState
          icon={<IconHistory size={22} stroke={1.6} />}
          title={m.activity_none_title()}
          text={m.activity_none_text()}
        />
      )}
      <ul>
        {events.slice(0, limit).map((event) => (
          <ActivityRow key={event.id} event={event} format={format} isNew={arrivedIds.has(event.id)} />
        ))}
      </ul>
    </section>
  );
}
