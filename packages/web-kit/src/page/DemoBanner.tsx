import { useQuery } from '@tanstack/react-query';
import { m } from '../i18n/messages.ts';
import { installationQuery } from '../queries/session-queries.ts';
import './demo-banner.css';

/** Says on every page of a demo that its doors are not real. */
export function DemoBanner() {
  const { data: installation } = useQuery(installationQuery);
  if (installation?.mode !== 'demo') return null;
  return (
    <aside className="demo-banner" aria-label={m.demo_title()}>
      <b>{m.demo_title()}</b> {m.demo_text()}
    </aside>
  );
}
