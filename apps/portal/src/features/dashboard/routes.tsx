import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { entityRoute } from '../../app/parent-routes.tsx';
import { openLockDialog } from '../locks/index.ts';

const dashboardRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'dashboard',
  component: lazyRouteComponent(() => import('./DashboardPage.tsx'), 'DashboardPage'),
});

const openLockRoute = createRoute({
  getParentRoute: () => dashboardRoute,
  path: '$lockId/open',
  ...openLockDialog,
});

export const dashboardRoutes = [dashboardRoute.addChildren([openLockRoute])] as const;
