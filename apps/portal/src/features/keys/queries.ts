import {
  type CreateGuestKeyInput,
  type Key,
  type KeyPlace,
  type Lock,
  type SendKeyInput,
  type UpdateKeyInput,
  type WhyQuery,
} from '@claviger/protocol';
import { client, keys, pageLocale, pollMs, useIntention, useLiveStatus, useLocks } from '@claviger/web-kit';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

/** While a door has not confirmed a change, somebody waits for it: it is asked for this often. */
const unconfirmedPollMs = 2_000;

function isUnconfirmed({ bindings }: Key): boolean {
  return bindings.some(({ enforcement }) => enforcement.state === 'pending');
}

/** When to load Keys again by the clock; otherwise the live stream says so. */
export function useReloadMs(): (loaded: readonly Key[]) => number | false {
  const isLive = useLiveStatus() === 'live';
  return (loaded) => {
    if (loaded.some(isUnconfirmed)) return unconfirmedPollMs;
    return isLive ? false : pollMs;
  };
}

/** One Key, kept current. */
export function useKey({ entityId, keyId }: KeyPlace) {
  const reloadMs = useReloadMs();
  return useQuery({
    queryKey: keys.heldKey(entityId, keyId),
    queryFn: () => client.getKey({ entityId, keyId }),
    refetchInterval: ({ state }) => reloadMs(state.data ? [state.data] : []),
  });
}

/** The locks of a Key, as far as they are loaded. */
export function useLocksOf({ bindings }: Key, entityId: string): readonly Lock[] {
  const locks = useLocks(entityId).data ?? [];
  return locks.filter(({ id }) => bindings.some(({ lockId }) => lockId === id));
}

export function useCreateGuestKey(entityId: string) {
  const queryClient = useQueryClient();
  const intention = useIntention();
  return useMutation({
    mutationFn: (input: CreateGuestKeyInput) =>
      client.createGuestKey(entityId, { ...input, language: pageLocale() }, intention.keyFor(input)),
    onSettled: intention.onSettled,
    onSuccess: async ({ key }) => {
      queryClient.setQueryData(keys.heldKey(entityId, key.id), key);
      await queryClient.invalidateQueries({ queryKey: [...keys.heldKeys(entityId), 'list'] });
    },
  });
}

/** Shares the QR as a static picture; the one before it ends. What shows the secrets has it at once. */
export function useSharePicture(place: KeyPlace) {
  const queryClient = useQueryClient();
  const intention = useIntention();
  return useMutation({
    mutationFn: () => client.shareKeyPicture(place, intention.keyFor('')),
    onSettled: intention.onSettled,
    onSuccess: async ({ key, secrets }) => {
      queryClient.setQueryData(secretsKey(place), secrets);
      queryClient.setQueryData(keys.heldKey(place.entityId, place.keyId), key);
      await queryClient.invalidateQueries({ queryKey: keys.heldKeys(place.entityId) });
    },
  });
}

export function useSendKey(place: KeyPlace) {
  const queryClient = useQueryClient();
  const intention = useIntention();
  return useMutation({
    mutationFn: (input: Pick<SendKeyInput, 'email' | 'withPicture'>) =>
      client.sendKey(place, { ...input, language: pageLocale() }, intention.keyFor(input)),
    onSettled: intention.onSettled,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.heldKeys(place.entityId) }),
  });
}

/** Changes a Key; refused with `changed_meanwhile` when somebody else did, and then it is loaded again. */
export function useUpdateKey(place: KeyPlace) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: UpdateKeyInput) => client.updateKey(place, input),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.heldKeys(place.entityId) }),
  });
}

export function useDeleteKey(place: KeyPlace) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => client.deleteKey(place, reason === '' ? {} : { reason }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.heldKeys(place.entityId) }),
  });
}

function secretsKey({ entityId, keyId }: KeyPlace) {
  return [...keys.heldKey(entityId, keyId), 'secrets'] as const;
}

/** Link, PIN and picture of a Key; asked for once while a dialog shows them, and forgotten with it. */
export function useKeySecrets(place: KeyPlace) {
  return useQuery({
    queryKey: secretsKey(place),
    queryFn: () => client.showKeySecrets(place),
    staleTime: 'static',
    gcTime: 0,
  });
}

export function useWhyKey(place: KeyPlace) {
  return useMutation({ mutationFn: (query: WhyQuery) => client.whyKey(place, query) });
}
