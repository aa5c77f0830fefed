import type { KeyQuery } from '@claviger/protocol';
import { client, keys } from '@claviger/web-kit';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useReloadMs } from './queries.ts';

const keysPerPage = 50;

/** The Keys of a filter, newest first, page by page, kept current; for whoever may see them. */
export function useKeys(entityId: string, filter: Omit<KeyQuery, 'cursor' | 'limit'>, isPermitted: boolean) {
  const reloadMs = useReloadMs();
  return useInfiniteQuery({
    queryKey: [...keys.heldKeys(entityId), 'list', filter],
    queryFn: ({ pageParam }) =>
      client.listKeys(entityId, {
        ...filter,
        limit: keysPerPage,
        ...(pageParam !== '' && { cursor: pageParam }),
      }),
    enabled: isPermitted,
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => reloadMs(state.data?.pages.flatMap(({ items }) => items) ?? []),
  });
}
