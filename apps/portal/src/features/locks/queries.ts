import type { AddLockInput, Lock } from '@claviger/protocol';
import { client, keys } from '@claviger/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { LockDraft } from './naming/lock-draft.ts';
import { saveLock } from './naming/save-lock.ts';

function useStaleLocks(entityId: string) {
  const queryClient = useQueryClient();
  return async () => {
    await queryClient.invalidateQueries({ queryKey: keys.locks(entityId) });
    await queryClient.invalidateQueries({ queryKey: keys.dashboard(entityId) });
    await queryClient.invalidateQueries({ queryKey: keys.session });
  };
}

export function useAddLock(entityId: string) {
  const reload = useStaleLocks(entityId);
  return useMutation({
    mutationFn: (input: AddLockInput) => client.addLock(entityId, input),
    onSuccess: reload,
  });
}

export function useClaimLock(entityId: string) {
  const reload = useStaleLocks(entityId);
  return useMutation({
    mutationFn: (lockId: string) => client.claimLock({ entityId, lockId }),
    onSettled: reload,
  });
}

/** Saves what a person changed of a lock (`saveLock`), and loads it again. */
export function useSaveLock(entityId: string) {
  const reload = useStaleLocks(entityId);
  return useMutation({
    mutationFn: ({ lock, draft }: { lock: Lock; draft: LockDraft }) => {
      const place = { entityId, lockId: lock.id };
      return saveLock(draft, lock, {
        send: (change) => client.updateLock(place, change),
        load: () => client.getLock(place),
      });
    },
    onSettled: reload,
  });
}
