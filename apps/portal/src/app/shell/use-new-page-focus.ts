import { useMatches } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/**
 * Where a page stands among the matched routes: root, signed in, Entity, page, then perhaps a dialog over it.
 */
const depthOfPage = 3;

/**
 * Puts the focus at the start of the page when another page is shown, so that keyboard and screen reader
 * begin there; a dialog or a filter over the same page changes nothing.
 */
export function useNewPageFocus(): void {
  const page = useMatches({ select: (matches) => matches[depthOfPage]?.pathname });
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [page]);
}
