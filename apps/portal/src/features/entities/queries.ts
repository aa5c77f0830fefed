import type { CreateEntityInput, Entity } from '@claviger/protocol';
import { client, keys, useMay } from '@claviger/web-kit';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Draft } from '../../app/edit/draft.ts';
import { type Edited, entityEditor } from './window/entity-draft.ts';

function entitiesQuery(entityId: string) {
  return queryOptions({
    queryKey: keys.siblings(entityId),
    queryFn: async () => (await client.listEntities(entityId)).items,
  });
}

/** The Entities of the same Owner in which this person has a role. */
export function useEntities(entityId: string) {
  const isPermitted = useMay(entityId, 'listEntities');
  return useQuery({ ...entitiesQuery(entityId), enabled: isPermitted });
}

/** What shows Entities: this list, and the names in the selector. */
function useStaleEntities(entityId: string) {
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: keys.siblings(entityId) }),
      queryClient.invalidateQueries({ queryKey: keys.session }),
    ]);
  };
}

export function useCreateEntity(entityId: string) {
  const reload = useStaleEntities(entityId);
  return useMutation({
    mutationFn: (input: CreateEntityInput) => client.createEntity(entityId, input),
    onSuccess: reload,
  });
}

/** Saves what a person changed of an Entity, and loads all again. */
export function useSaveEntity(entityId: string) {
  const reload = useStaleEntities(entityId);
  return useMutation({
    mutationFn: ({ thing, draft }: { thing: Entity; draft: Draft<Edited> }) =>
      entityEditor.save(draft, thing, {
        send: (change) => client.updateEntity(thing.id, change),
        load: async () => {
          const { items } = await client.listEntities(entityId);
          return items.find(({ id }) => id === thing.id) ?? thing;
        },
      }),
    onSettled: reload,
  });
}

export function useDeleteEntity(entityId: string) {
  const reload = useStaleEntities(entityId);
  return useMutation({
    mutationFn: (deletedId: string) => client.deleteEntity(deletedId),
    // The page of an Entity that is gone cannot load its list again: it goes to the first page instead.
    onSuccess: (_answer, deletedId) => (deletedId === entityId ? location.assign('/') : reload()),
  });
}
