import type { Lock } from '@claviger/protocol';
import { ActionButton, type Clock, m, OpenButton, statusNames, useMay } from '@claviger/web-kit';
import { IconKey } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { opensDialog } from '../../app/dialog-address.ts';

// Few locks wait for somebody to claim them.
const ActionsMenu = lazy(() =>
  import('./ActionsMenu.tsx').then((module) => ({ default: module.ActionsMenu })),
);

interface LockActionsProps {
  readonly entityId: string;
  readonly lock: Lock;
  readonly clock: Clock;
}

/** What this person may do with a lock; what cannot be done just now says why. */
export function LockActions({ entityId, lock, clock }: LockActionsProps) {
  const navigate = useNavigate();
  const mayMakeKeys = useMay(entityId, 'createGuestKey');
  const mayOpen = useMay(entityId, 'openLock');
  const mayClaim = useMay(entityId, 'claimLock');
  return (
    <div className="lock-actions">
      {mayMakeKeys && <GuestKeyButton entityId={entityId} lock={lock} />}
      {mayOpen && (
        <OpenButton
          lock={lock}
          clock={clock}
          onOpen={() =>
            void navigate({
              to: '/e/$entityId/devices/locks/$lockId/open',
              params: { entityId, lockId: lock.id },
              state: opensDialog,
            })
          }
        />
      )}
      {mayClaim && lock.status === 'unclaimed' && (
        <Suspense>
          <ActionsMenu entityId={entityId} lock={lock} />
        </Suspense>
      )}
    </div>
  );
}

function GuestKeyButton({ entityId, lock }: Omit<LockActionsProps, 'clock'>) {
  const navigate = useNavigate();
  const isActive = lock.status === 'active';
  return (
    <ActionButton
      aria-label={m.guest_key_of({ name: lock.name })}
      leftSection={<IconKey size={16} stroke={1.6} aria-hidden />}
      reason={isActive ? undefined : m.guest_needs_active({ status: statusNames[lock.status]() })}
      onClick={() =>
        void navigate({
          to: '/e/$entityId/devices/locks/$lockId/guest-key',
          params: { entityId, lockId: lock.id },
          state: opensDialog,
        })
      }
    >
      {m.guest_key()}
    </ActionButton>
  );
}
