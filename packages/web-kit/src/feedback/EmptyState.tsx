import type { ReactNode } from 'react';
import './empty-state.css';

/** Where nothing is: what this place is for, and the one thing to do about it. */
export function EmptyState(props: { icon: ReactNode; title: string; text: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty-state">
      <span className="empty-icon">{props.icon}</span>
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.action}
    </div>
  );
}
