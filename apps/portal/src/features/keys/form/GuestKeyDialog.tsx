import type { Key, KeySecrets } from '@claviger/protocol';
import { Dialog, ErrorNotice, m, useLocks, useMembership } from '@claviger/web-kit';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useCloseDialog } from '../../../app/dialog-address.ts';
import { GuestKeyForm } from './GuestKeyForm.tsx';

// Nothing of it is needed before a Key is made.
const CreatedKey = lazy(() =>
  import('../sharing/CreatedKey.tsx').then((module) => ({ default: module.CreatedKey })),
);

/** Create Guest Key, then the panel to hand it on. What was made is kept while the dialog is open. */
export function GuestKeyDialog() {
  const { entityId = '', lockId = '' } = useParams({ strict: false });
  const close = useCloseDialog();
  const membership = useMembership(entityId);
  const locks = useLocks(entityId);
  const [created, setCreated] = useState<{ key: Key; secrets: KeySecrets }>();
  if (!membership) return null;
  if (created) {
    return (
      <Dialog title={m.guest_created()} onClose={close}>
        <Suspense>
          <CreatedKey created={created} membership={membership} onClose={close} />
        </Suspense>
      </Dialog>
    );
  }
  return (
    <Dialog title={m.guest_create()} onClose={close} isContentFocused>
      <ErrorNotice error={locks.error} onRetry={() => void locks.refetch()} />
      {locks.data && (
        <GuestKeyForm
          membership={membership}
          locks={locks.data}
          lockId={lockId}
          onCreated={setCreated}
          onClose={close}
        />
      )}
    </Dialog>
  );
}
