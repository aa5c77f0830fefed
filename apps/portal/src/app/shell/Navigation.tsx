import { m } from '@claviger/web-kit';
import { Link, useRouterState } from '@tanstack/react-router';
import { useSections } from './sections.ts';

/** The sections; the one whose page is shown is marked, whichever of its tabs it is. */
export function Navigation({ entityId, onChoice }: { entityId: string; onChoice?: () => void }) {
  const section = useRouterState({ select: ({ location }) => location.pathname.split('/')[3] });
  const shown = useSections(entityId);
  return (
    <nav className="navigation" aria-label={m.shell_navigation()}>
      {shown.map(({ name, title, icon: Icon, to }) => (
        <Link
          key={name}
          to={to}
          params={{ entityId }}
          aria-current={name === section ? 'page' : undefined}
          {...(onChoice && { onClick: onChoice })}
        >
          <Icon size={18} stroke={1.6} aria-hidden />
          {title()}
        </Link>
      ))}
    </nav>
  );
}
