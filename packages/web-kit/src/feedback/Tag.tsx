import type { ReactNode } from 'react';
import './tag.css';

export type TagTone = 'ok' | 'brass' | 'bad' | 'info' | 'plain';

/** A state in one word; the icon and the word say it, the colour only helps. */
export function Tag({ tone, icon, children }: { tone: TagTone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className="tag" data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}
