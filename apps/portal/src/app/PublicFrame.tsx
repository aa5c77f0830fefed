import { DemoBanner } from '@claviger/web-kit';
import type { ReactNode } from 'react';
import './public-frame.css';

/** The frame of a page before the sign-in: one card on paper. */
export function PublicFrame({
  title,
  text,
  children,
}: {
  title: string;
  text: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <DemoBanner />
      <main className="public-frame">
        <div className="public-card">
          <img src="/icon.svg" width="40" height="40" alt="Claviger" />
          <h1>{title}</h1>
          <p className="public-text">{text}</p>
          {children}
        </div>
      </main>
    </>
  );
}
