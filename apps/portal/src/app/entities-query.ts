import { entityCalls } from '@claviger/protocol';
import { http, keys } from '@claviger/web-kit';
import { queryOptions } from '@tanstack/react-query';

const calls = entityCalls(http);

/** The Entities of the same Owner in which this person may act, as they are seen from this one. */
export function entitiesQuery(entityId: string) {
  return queryOptions({
    queryKey: keys.siblings(entityId),
    queryFn: async () => (await calls.listEntities(entityId)).items,
  });
}
