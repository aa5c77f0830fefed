import { lazy, type ReactNode, Suspense } from 'react';
import { useIsConfirming } from './confirmation.ts';
import { useIsSessionEnded } from './session-end.ts';

const SessionExpiredDialog = lazy(() =>
  import('./SessionExpiredDialog.tsx').then((module) => ({ default: module.SessionExpiredDialog })),
);

const ConfirmPersonDialog = lazy(() =>
  import('./ConfirmPersonDialog.tsx').then((module) => ({ default: module.ConfirmPersonDialog })),
);

/**
 * Shows the page, and over it the sign-in when the session ends meanwhile, or the question whether it is
 * still the same person.
 */
export function SessionGuard({ children }: { children: ReactNode }) {
  const isEnded = useIsSessionEnded();
  const isConfirming = useIsConfirming();
  return (
    <>
      {children}
      <Suspense>
        {isConfirming && <ConfirmPersonDialog />}
        {isEnded && <SessionExpiredDialog />}
      </Suspense>
    </>
  );
}
