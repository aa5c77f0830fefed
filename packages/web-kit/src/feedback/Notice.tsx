import type { ReactNode } from 'react';
import type { TagTone } from './Tag.tsx';
import './notice.css';

/** Something to know beside the thing it is about. Not an alert: it does not interrupt. */
export function Notice({ tone, icon, children }: { tone: TagTone; icon: ReactNode; children: ReactNode }) {
  return (
    <div className="notice" data-tone={tone}>
      {icon}
      <div>{children}</div>
    </div>
  );
}
