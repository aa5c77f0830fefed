import type { Lock } from '@claviger/protocol';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { client } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { pageTag } from '../i18n/locale.ts';
import { sortByName } from '../i18n/name-order.ts';
import { useLiveStatus } from '../live/LiveProvider.tsx';

/** Without a live stream lists are loaded again this often. */
export const pollMs = 10_000;

/** All locks of an Entity, by name. */
export function locksQuery(entityId: string) {
  return queryOptions({
    queryKey: keys.locks(entityId),
    queryFn: () => client.listLocks(entityId),
    select: ({ items }: { items: Lock[] }) => sortByName(items, pageTag()),
  });
}

/** All locks of an Entity, kept current; asked for where this person may see them. */
export function useLocks(entityId: string, isPermitted = true) {
  const isLive = useLiveStatus() === 'live';
  const refetchInterval = isLive ? false : pollMs;
  return useQuery({ ...locksQuery(entityId), refetchInterval, enabled: isPermitted });
}

/** The metrics of an Entity, kept current. */
export function useDashboard(entityId: string) {
  const isLive = useLiveStatus() === 'live';
  return useQuery({
    queryKey: keys.dashboard(entityId),
    queryFn: () => client.getDashboard(entityId),
    refetchInterval: isLive ? false : pollMs,
  });
}
