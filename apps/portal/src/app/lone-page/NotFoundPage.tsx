import { DemoBanner, m, usePageTitle } from '@claviger/web-kit';
import './lone-page.css';

/** The address leads nowhere, or to what this person may not see. */
export function NotFoundPage() {
  usePageTitle(m.not_found_title());
  return (
    <>
      <DemoBanner />
      <main className="lone-page">
        <img src="/icon.svg" width="40" height="40" alt="Claviger" />
        <h1>{m.not_found_title()}</h1>
        <p>{m.not_found_text()}</p>
        <a href="/">{m.not_found_home()}</a>
      </main>
    </>
  );
}
