import { entityOperations, type AuditQuery } from '@claviger/protocol';
import { addDays, client, keys, operationNames, startOfDay } from '@claviger/web-kit';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type AuditSearch, given } from './search.ts';

/** What the API is asked for: filters alone, without order and pages. */
export type AuditFilters = Omit<AuditQuery, 'cursor' | 'limit' | 'sort' | 'order'>;

export const rowsDefault = 25;

/** Operations whose name in the language of the page has the text. */
function operationsNamed(text: string): string {
  const wanted = text.toLocaleLowerCase();
  const fits = (name: string): boolean => name.toLocaleLowerCase().includes(wanted);
  return entityOperations.filter((operation) => fits(operationNames[operation]())).join(',');
}

/** The filters of the address as the API wants them: dates of the Entity's calendar, both included. */
export function filtersOf(search: AuditSearch, zone: string): AuditFilters {
  const { search: text, operation, status, lock, user, object, request, from, to } = search;
  return given({
    search: text,
    alsoOperations: text === undefined ? undefined : operationsNamed(text) || undefined,
    operation: entityOperations.find((known) => known === operation),
    outcome: status,
    lockId: lock,
    userId: user,
    objectId: object,
    requestId: request,
    from: from === undefined ? undefined : startOfDay(zone, from),
    until: to === undefined ? undefined : startOfDay(zone, addDays(to, 1)),
  });
}

/** Entries page by page; while another filter loads, what was there stays. */
export function useAudit(entityId: string, filters: AuditFilters, search: AuditSearch) {
  const { sort = 'time', order = 'desc', rows = rowsDefault } = search;
  const asked: Omit<AuditQuery, 'cursor'> = { ...filters, sort, order, limit: rows };
  return useInfiniteQuery({
    queryKey: [...keys.audit(entityId), asked],
    queryFn: ({ pageParam }) =>
      client.listAudit(entityId, { ...asked, ...(pageParam !== '' && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    // Every visit shows what is there now: nothing tells this page of a new entry.
    staleTime: 0,
  });
}

/** Who has acted here. */
export function useAuditPeople(entityId: string) {
  return useQuery({
    queryKey: [...keys.audit(entityId), 'people'],
    queryFn: () => client.listAuditPeople(entityId),
  });
}
