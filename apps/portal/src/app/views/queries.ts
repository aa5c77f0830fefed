import type { SavedView, ViewedList } from '@claviger/protocol';
import { client, keys } from '@claviger/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

function viewsKey(entityId: string) {
  return [...keys.entity(entityId), 'views'];
}

/** The views that this person has saved of a list. */
export function useViews(entityId: string, list: ViewedList) {
  return useQuery({
    queryKey: viewsKey(entityId),
    queryFn: () => client.listSavedViews(entityId),
    select: ({ items }) => items.filter((view) => view.list === list),
  });
}

function useStaleViews(entityId: string) {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: viewsKey(entityId) });
}

export function useSaveView(entityId: string) {
  const onSettled = useStaleViews(entityId);
  return useMutation({
    mutationFn: (view: Pick<SavedView, 'list' | 'name' | 'filters'>) => client.addSavedView(entityId, view),
    onSettled,
  });
}

export function useRenameView(entityId: string) {
  const onSettled = useStaleViews(entityId);
  return useMutation({
    mutationFn: ({ id, name, version }: Pick<SavedView, 'id' | 'name' | 'version'>) =>
      client.renameSavedView({ entityId, viewId: id }, { name, version }),
    onSettled,
  });
}

export function useRemoveView(entityId: string) {
  const onSettled = useStaleViews(entityId);
  return useMutation({
    mutationFn: (viewId: string) => client.removeSavedView({ entityId, viewId }),
    onSettled,
  });
}
