import type { Query, QueryClient } from '@tanstack/react-query';

function isFirstLoad({ state }: Query): boolean {
  return state.data === undefined;
}

/**
 * Loads again what is shown under this key. A first load that is still under way may have read what was
 * before: TanStack Query takes its answer for the new one, so once it is there it is loaded again.
 */
export async function loadAnew(queryClient: QueryClient, queryKey: readonly string[]): Promise<void> {
  const cache = queryClient.getQueryCache();
  const underWay = cache.findAll({ queryKey, fetchStatus: 'fetching', predicate: isFirstLoad });
  const again = underWay.map(async (query) => {
    // A first load that failed has told its screen; to load again is right then too.
    await Promise.allSettled([query.promise]);
    await queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
  });
  await Promise.all([queryClient.invalidateQueries({ queryKey }), ...again]);
}
