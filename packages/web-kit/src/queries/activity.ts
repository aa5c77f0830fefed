import type { ActivityFilter } from '@claviger/protocol';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { matchesFilter, mergeEvents, queryOf } from '../activity/activity-filter.ts';
import { areTooMany, type Arrivals, arrivalsOf, arrive, showWaiting } from '../activity/arrivals.ts';
import { client } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useLiveEvents } from '../live/LiveProvider.tsx';
import { locksQuery } from './locks.ts';

export interface ActivityListOptions {
  readonly entityId: string;
  readonly filter: ActivityFilter;
  readonly pageSize: number;
  /** Somebody is reading: what comes live waits. */
  readonly isHeld?: boolean;
}

function useLoadedActivity({ entityId, filter, pageSize }: ActivityListOptions) {
  return useInfiniteQuery({
    queryKey: [...keys.activity(entityId), queryOf(filter), pageSize],
    queryFn: ({ pageParam }) =>
      client.listActivity(entityId, {
        ...queryOf(filter),
        limit: pageSize,
        ...(pageParam !== '' && { cursor: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
}

/** Loads the lists of Activity anew, at once or as soon as nobody reads. */
function useReloadWhenFree(entityId: string, isHeld: boolean): () => void {
  const queryClient = useQueryClient();
  const [isStale, setIsStale] = useState(false);
  useEffect(() => {
    if (!isStale || isHeld) return;
    setIsStale(false);
    void queryClient.invalidateQueries({ queryKey: keys.activity(entityId) });
  }, [isStale, isHeld, entityId, queryClient]);
  return () => setIsStale(true);
}

/**
 * Activity events of a filter, newest first, page by page. What comes live is put on top, or waits while
 * `isHeld`; `arrivedIds` names what came live.
 */
export function useActivity(options: ActivityListOptions) {
  const { entityId, filter, isHeld = false } = options;
  const queryClient = useQueryClient();
  const query = useLoadedActivity(options);
  const listName = JSON.stringify([entityId, queryOf(filter)]);
  const [stored, setStored] = useState<Arrivals>();
  const { shown, waiting } = arrivalsOf(stored, listName);

  const reload = useReloadWhenFree(entityId, isHeld);
  useLiveEvents((events) => {
    if (filter.email !== undefined) {
      reload();
      return;
    }
    const locks = queryClient.getQueryData(locksQuery(entityId).queryKey)?.items ?? [];
    const locationOf = (lockId: string) => locks.find(({ id }) => id === lockId)?.location;
    const fitting = events.filter((event) => matchesFilter(event, filter, locationOf));
    if (fitting.length === 0) return;
    setStored((before) => arrive(arrivalsOf(before, listName), fitting, isHeld));
  });

  const isOverfull = stored !== undefined && areTooMany(stored);
  useEffect(() => {
    if (!isOverfull) return;
    setStored(undefined);
    void queryClient.resetQueries({ queryKey: keys.activity(entityId) });
  }, [isOverfull, entityId, queryClient]);

  const events = useMemo(
    () => mergeEvents(shown, query.data?.pages.flatMap(({ items }) => items) ?? []),
    [shown, query.data],
  );
  const listed = new Set(events.map(({ id }) => id));
  return {
    events,
    waitingCount: waiting.filter(({ id }) => !listed.has(id)).length,
    arrivedIds: new Set(shown.map(({ id }) => id)),
    showWaiting: () => setStored((before) => showWaiting(arrivalsOf(before, listName))),
    isPending: query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
