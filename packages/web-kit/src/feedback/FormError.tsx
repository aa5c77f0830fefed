import { type ReactNode, useEffect, useRef } from 'react';
import { ErrorNotice } from './ErrorNotice.tsx';

/**
 * Why what a form sent was refused, above its fields: takes the focus and comes into view, so that nobody
 * waits before an answer that stands outside the window. The next Tab leads to the first field.
 */
export function FormError({ error, children }: { error: Error | null; children?: ReactNode }) {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    notice.current?.focus({ preventScroll: true });
    notice.current?.scrollIntoView({ block: 'nearest' });
  }, [error]);
  return (
    <ErrorNotice ref={notice} error={error}>
      {children}
    </ErrorNotice>
  );
}
