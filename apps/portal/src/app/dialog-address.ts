import { useCanGoBack, useMatches, useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Give this to a link that opens a dialog over the page it stands on: closing then goes back. */
export const opensDialog = { isDialog: true } as const;

/** Closes the dialog whose address is shown: back to where it was opened, or to the page under it. */
export function useCloseDialog(): () => void {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const pageUnder = useMatches({ select: (matches) => matches.at(-2)?.pathname ?? '/' });
  return useCallback(() => {
    if (canGoBack && router.state.location.state.isDialog) router.history.back();
    else void router.navigate({ to: pageUnder, replace: true });
  }, [router, canGoBack, pageUnder]);
}
