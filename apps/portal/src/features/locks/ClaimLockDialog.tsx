import { ConfirmDialog, m, useLocks } from '@claviger/web-kit';
import { useParams } from '@tanstack/react-router';
import { useCloseDialog } from '../../app/dialog-address.ts';
import { useClaimLock } from './queries.ts';

/** Claim Lock: tries the claim of an unclaimed lock again. */
export function ClaimLockDialog() {
  const { entityId, lockId } = useParams({ from: '/signed-in/e/$entityId/devices/locks/$lockId/claim' });
  const close = useCloseDialog();
  const claimLock = useClaimLock(entityId);
  const lock = useLocks(entityId).data?.find(({ id }) => id === lockId);
  if (!lock) return null;
  return (
    <ConfirmDialog
      title={m.claim_title({ name: lock.name })}
      action={m.lock_claim()}
      isBusy={claimLock.isPending}
      error={claimLock.error}
      onConfirm={() => claimLock.mutate(lockId, { onSuccess: close })}
      onClose={close}
    >
      {m.claim_text()}
    </ConfirmDialog>
  );
}
