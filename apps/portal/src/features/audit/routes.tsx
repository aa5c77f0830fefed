import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { entityRoute } from '../../app/parent-routes.tsx';
import { readSearch } from './search.ts';

export const auditRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'logs/audit',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./AuditPage.tsx'), 'AuditPage'),
});
