import { ConfirmDialog, m, statusNames, useLocks, useMay, ReasonDialog } from '@claviger/web-kit';
import { useParams } from '@tanstack/react-router';
import { useCloseDialog } from '../../app/dialog-address.ts';
import { useClaimLock } from './queries.ts';

/** Claim Lock: tries the claim of an unclaimed lock again. */
export function ClaimLockDialog() {
  const { entityId, lockId } = useParams({ from: '/signed-in/e/$entityId/devices/locks/$lockId/claim' });
  const close = useCloseDialog();
  const claimLock = useClaimLock(entityId);
  const mayClaim = useMay(entityId, 'claimLock');
  const locks = useLocks(entityId).data;
  if (!locks) return null;
  const lock = locks.find(({ id }) => id === lockId);
  // A claim that was just begun makes the lock Claiming before this dialog is gone.
  const isBegun = claimLock.isPending || claimLock.isSuccess;
  const title = m.lock_claim();
  if (!mayClaim) return <ReasonDialog title={title} reason={m.may_not()} onClose={close} />;
  if (!lock) return <ReasonDialog title={title} reason={m.open_unknown_lock()} onClose={close} />;
  if (lock.status !== 'unclaimed' && !isBegun) {
    const reason = m.claim_not_unclaimed({ status: statusNames[lock.status]() });
    return <ReasonDialog title={title} reason={reason} onClose={close} />;
  }
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
