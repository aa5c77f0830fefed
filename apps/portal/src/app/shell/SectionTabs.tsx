import { useParams, Link } from '@tanstack/react-router';

interface Tab {
  readonly title: string;
  readonly to: '/e/$entityId/keys' | '/e/$entityId/devices/locks' | '/e/$entityId/logs/activity';
}

/** The tabs of a section, each a page of its own. */
export function SectionTabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const { entityId } = useParams({ from: '/signed-in/e/$entityId' });
  return (
    <nav className="section-tabs" aria-label={label}>
      {tabs.map(({ title, to }) => (
        <Link key={to} to={to} params={{ entityId }} activeProps={{ 'aria-current': 'page' }}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
