import type { AddLockInput, Lock, UpdateLockInput } from '@claviger/protocol';
import { client, keys } from '@claviger/web-kit';
import { useMutation, useQueryClient } from '@tanstack/react-query';

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

/** What the window of a lock changes. */
export type LockChange = Omit<UpdateLockInput, 'version'>;

/**
 * Changes a lock; refused with `changed_meanwhile` when somebody else changed it, and
 * then loads it again.
 */
export function useUpdateLock(entityId: string) {
  const reload = useStaleLocks(entityId);
  return useMutation({
    mutationFn: ({ lock, change }: { lock: Lock; change: LockChange }) =>
      client.updateLock({ entityId, lockId: lock.id }, { ...change, version: lock.version }),
    onSettled: reload,
  });
}
