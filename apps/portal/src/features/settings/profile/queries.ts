import type { OwnProfile } from '@claviger/protocol';
import { client, keys } from '@claviger/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Draft, editorOf } from '../../../app/edit/draft.ts';

/** What people change of themselves. */
export type EditedProfile = Pick<OwnProfile, 'name' | 'phone' | 'mobile'>;

export const profileEditor = editorOf(({ name, phone, mobile }: OwnProfile): EditedProfile => ({
  name,
  phone,
  mobile,
}));

function profileKey(entityId: string) {
  return [...keys.entity(entityId), 'profile'];
}

/** What the Owner of this Entity knows of the person who sees this page. */
export function useOwnProfile(entityId: string) {
  return useQuery({ queryKey: profileKey(entityId), queryFn: () => client.getOwnProfile(entityId) });
}

/** Saves it, and loads it again with every list in which the person stands. */
export function useSaveOwnProfile(entityId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ thing, draft }: { thing: OwnProfile; draft: Draft<EditedProfile> }) =>
      profileEditor.save(draft, thing, {
        send: (change) => client.updateOwnProfile(entityId, change),
        load: () => client.getOwnProfile(entityId),
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.entity(entityId) }),
  });
}
