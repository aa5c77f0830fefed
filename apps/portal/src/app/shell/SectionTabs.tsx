import { m } from '@claviger/web-kit';
import { useParams, Link } from '@tanstack/react-router';

interface Tab {
  readonly title: string;
  readonly to:
    | '/e/$entityId/keys'
    | '/e/$entityId/devices/locks'
    | '/e/$entityId/logs/activity'
    | '/e/$entityId/logs/audit'
    | '/e/$entityId/settings/profile'
    | '/e/$entityId/settings/access-requests';
}

/** The tabs of Logs. */
export function logTabs(): Tab[] {
  return [
    { title: m.section_activity(), to: '/e/$entityId/logs/activity' },
    { title: m.section_audit(), to: '/e/$entityId/logs/audit' },
  ];
}

/** The tabs of Settings. */
export function settingsTabs(): Tab[] {
  return [
    { title: m.section_profile(), to: '/e/$entityId/settings/profile' },
    { title: m.section_access_requests(), to: '/e/$entityId/settings/access-requests' },
  ];
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
