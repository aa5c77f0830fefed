import type { CreateUserInput, User, UserPlace, UserQuery } from '@claviger/protocol';
import { client, keys, pageLocale, sessionQuery, useMay } from '@claviger/web-kit';
import {
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Draft } from '../../app/edit/draft.ts';
import type { ChosenPhoto } from './form/PhotoField.tsx';
import { type EditedUser, userEditor } from './form/user-draft.ts';
import type { UsersSearch } from './search.ts';

/** Users page by page; while another filter loads, what was there stays. */
export function useUsers(entityId: string, search: UsersSearch) {
  const asked: UserQuery = { ...search };
  return useInfiniteQuery({
    queryKey: [...keys.users(entityId), asked],
    queryFn: ({ pageParam }) =>
      client.listUsers(entityId, { ...asked, ...(pageParam !== '' && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    enabled: useMay(entityId, 'listUsers'),
    // Every visit shows what is there now: nothing tells this page of a new User.
    staleTime: 0,
  });
}

function userQuery(place: { readonly entityId: string; readonly userId: string }) {
  return queryOptions({
    queryKey: [...keys.users(place.entityId), 'one', place.userId],
    queryFn: () => client.getUser(place),
  });
}

/** One User, for a window over the list. */
export function useUser(entityId: string, userId: string) {
  const isPermitted = useMay(entityId, 'getUser');
  return useQuery({ ...userQuery({ entityId, userId }), enabled: isPermitted });
}

/** The Entities of which a User can be made: those whose Users this person manages. */
export function useManagedEntities(): readonly { id: string; name: string; code: string }[] {
  const memberships = useQuery(sessionQuery).data?.memberships ?? [];
  const managed = memberships.filter(({ may }) => may.includes('createUser'));
  return managed.map(({ entityId: id, name, code }) => ({ id, name, code }));
}

function useStaleUsers(entityId: string) {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: keys.users(entityId) });
}

export function useCreateUser(entityId: string) {
  const reload = useStaleUsers(entityId);
  return useMutation({
    mutationFn: ({ into, input }: { readonly into: string; readonly input: CreateUserInput }) =>
      client.createUser(into, input),
    onSuccess: reload,
  });
}

/** Sends a chosen photo, or takes away the one that was there. */
async function savePhoto(place: UserPlace, photo: ChosenPhoto): Promise<void> {
  if (photo) await client.setUserPhoto(place, photo);
  else if (photo === null) await client.removeUserPhoto(place);
}

/** Saves what a person changed of a User, the photo first, and loads all again. */
export function useSaveUser(entityId: string, photo: ChosenPhoto) {
  const reload = useStaleUsers(entityId);
  return useMutation({
    mutationFn: async ({ thing, draft }: { thing: User; draft: Draft<EditedUser> }) => {
      const place = { entityId, userId: thing.id };
      await savePhoto(place, photo);
      return userEditor.save(draft, thing, {
        send: ({ plates, entityIds, ...change }) =>
          client.updateUser(place, {
            ...change,
            ...(plates && { plates: [...plates] }),
            ...(entityIds && { entityIds: [...entityIds] }),
          }),
        load: () => client.getUser(place),
      });
    },
    onSettled: reload,
  });
}

/** Gives a User who was just created the photo that was chosen. */
export function useSavePhoto(entityId: string) {
  const reload = useStaleUsers(entityId);
  return useMutation({
    mutationFn: ({ place, photo }: { place: UserPlace; photo: ChosenPhoto }) => savePhoto(place, photo),
    onSettled: reload,
  });
}

export function useDeactivateUser(entityId: string) {
  const reload = useStaleUsers(entityId);
  return useMutation({
    mutationFn: ({ userId, reason }: { readonly userId: string; readonly reason: string }) =>
      client.deactivateUser({ entityId, userId }, reason === '' ? {} : { reason }),
    onSuccess: reload,
  });
}

/** The Keys that can come back with a deactivated User. */
export function useSuspendedKeys(entityId: string, userId: string) {
  return useQuery({
    queryKey: [...keys.users(entityId), 'suspended-keys', userId],
    queryFn: async () => (await client.listSuspendedKeys({ entityId, userId })).items,
    staleTime: 0,
  });
}

export function useReactivateUser(entityId: string) {
  const reload = useStaleUsers(entityId);
  return useMutation({
    mutationFn: ({ userId, restoreKeyIds }: { userId: string; restoreKeyIds: readonly string[] }) =>
      client.reactivateUser({ entityId, userId }, { restoreKeyIds: [...restoreKeyIds] }),
    // What can be restored may have become another list meanwhile.
    onSettled: reload,
  });
}

/** Sends the welcome email again; one intention is sent once. */
export function useWelcomeUser(entityId: string, intention: string) {
  const reload = useStaleUsers(entityId);
  return useMutation({
    mutationFn: (userId: string) =>
      client.welcomeUser({ entityId, userId }, { language: pageLocale() }, intention),
    onSuccess: reload,
  });
}

/** Who else has one of these plates: told, not refused. */
export function usePlateHolders(entityId: string, plates: readonly string[], except: string | undefined) {
  const asked = { plates: plates.join(','), ...(except !== undefined && { except }) };
  return useQuery({
    queryKey: [...keys.users(entityId), 'plates', asked],
    queryFn: async () => (await client.listPlateHolders(entityId, asked)).items,
    enabled: plates.length > 0,
  });
}
