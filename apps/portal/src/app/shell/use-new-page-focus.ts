import { useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/**
 * Puts the focus at the start of the page when another page is shown, so that keyboard and screen reader
 * begin there; a dialog or a filter over the same page changes nothing. `page` is section and tab.
 */
export function useNewPageFocus(): void {
  const page = useRouterState({
    select: ({ location }) => location.pathname.split('/').slice(2, 5).join('/'),
  });
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [page]);
}
