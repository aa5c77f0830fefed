import { lazy, type ReactNode, Suspense } from 'react';
import { useIsSessionEnded } from './session-end.ts';

const SessionExpiredDialog = lazy(() =>
  import('./SessionExpiredDialog.tsx').then((module) => ({ default: module.SessionExpiredDialog })),
);

/** Shows the page, and over it the sign-in when the session ends meanwhile. */
export function SessionGuard({ children }: { children: ReactNode }) {
  const isEnded = useIsSessionEnded();
  return (
    <>
      {children}
      {isEnded && (
        <Suspense>
          <SessionExpiredDialog />
        </Suspense>
      )}
    </>
  );
}
