import type { ActivityFilter } from '@claviger/protocol';
import { ActionButton, EmptyState, ErrorNotice, m, useActivity, useFormat } from '@claviger/web-kit';
import { Button } from '@mantine/core';
import { IconHistory, IconListSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { byDay } from './days.ts';
import { DayOfEvents } from './DayOfEvents.tsx';
import { useReading } from './use-reading.ts';

const eventsPerPage = 50;

interface ActivityListProps {
  readonly entityId: string;
  readonly zone: string;
  readonly filter: ActivityFilter;
  /** Something narrows the list, so that an empty one says nothing about the doors. */
  readonly isFiltered: boolean;
}

/** The events, day by day. What comes live waits behind a pill while somebody reads. */
export function ActivityList({ entityId, zone, filter, isFiltered }: ActivityListProps) {
  const format = useFormat(zone);
  const reading = useReading();
  const activity = useActivity({ entityId, filter, pageSize: eventsPerPage, isHeld: reading.isReading });
  const { events, waitingCount } = activity;

  if (activity.isPending) return <ActivitySkeleton />;
  return (
    <>
      <ErrorNotice error={activity.error} onRetry={activity.retry} />
      {events.length === 0 && !activity.error && (
        <NoEvents entityId={entityId} isFiltered={isFiltered} hasEmail={filter.email !== undefined} />
      )}
      <div className="activity-days" {...reading.watch}>
        <p className="news" aria-live="polite">
          {waitingCount > 0 && (
            <Button
              variant="filled"
              size="xs"
              radius="xl"
              onClick={() => {
                activity.showWaiting();
                scrollTo({ top: 0 });
              }}
            >
              {m.activity_news({ count: waitingCount })}
            </Button>
          )}
        </p>
        <Suspense fallback={<ActivitySkeleton />}>
          {byDay(events, zone).map((day) => (
            <DayOfEvents
              key={day.date}
              entityId={entityId}
              day={day}
              format={format}
              isAdvanced={filter.advanced}
              arrivedIds={activity.arrivedIds}
            />
          ))}
        </Suspense>
      </div>
      {activity.hasMore && (
        <div className="activity-more">
          <ActionButton isBusy={activity.isLoadingMore} onClick={activity.loadMore}>
            {m.activity_older()}
          </ActionButton>
        </div>
      )}
    </>
  );
}

function ActivitySkeleton() {
  return <div className="card skeleton activity-skeleton" aria-busy="true" />;
}

interface NoEventsProps {
  readonly entityId: string;
  readonly isFiltered: boolean;
  readonly hasEmail: boolean;
}

function NoEvents({ entityId, isFiltered, hasEmail }: NoEventsProps) {
  return (
    <div className="card">
      {isFiltered ? (
        <EmptyState
          icon={<IconListSearch size={22} stroke={1.6} />}
          title={m.activity_no_match_title()}
          text={hasEmail ? m.activity_no_match_email() : m.activity_no_match_text()}
          action={
            <Link to="/e/$entityId/logs/activity" params={{ entityId }} search={{}}>
              {m.filter_clear()}
            </Link>
          }
        />
      ) : (
        <EmptyState
          icon={<IconHistory size={22} stroke={1.6} />}
          title={m.activity_none_title()}
          text={m.activity_none_text()}
        />
      )}
    </div>
  );
}
