import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { tokenOfLink } from './token-of-link.ts';

/** The token does not stay in the address bar, where it would end up in the history and in screenshots. */
function forgetFragment(): void {
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname);
}

/**
 * What a link with a token in its fragment leads to; `children` draws it. Another link that is opened in the
 * same tab loads no page, and begins it anew all the same.
 */
export function LinkPage({ children }: { children: (token: string) => ReactNode }) {
  const [opened, setOpened] = useState(() => ({ token: tokenOfLink(location.hash), count: 0 }));
  useEffect(() => {
    const openAnother = () => {
      const token = tokenOfLink(location.hash);
      if (token !== '') setOpened(({ count }) => ({ token, count: count + 1 }));
      forgetFragment();
    };
    forgetFragment();
    addEventListener('hashchange', openAnother);
    return () => removeEventListener('hashchange', openAnother);
  }, []);
  return <Fragment key={opened.count}>{children(opened.token)}</Fragment>;
}
