import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { hasLocksAlone } from '../../app/first-page.ts';
import { entityRoute } from '../../app/parent-routes.tsx';
import { guestKeyDialog } from '../keys/index.ts';
import { openLockDialog } from '../locks/index.ts';

const dashboardRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'dashboard',
  beforeLoad: ({ params: { entityId }, context: { membership } }) => {
    if (hasLocksAlone(membership)) throw redirect({ to: '/e/$entityId/devices/locks', params: { entityId } });
  },
  component: lazyRouteComponent(() => import('./DashboardPage.tsx'), 'DashboardPage'),
});

const openLockRoute = createRoute({
  getParentRoute: () => dashboardRoute,
  path: '$lockId/open',
  ...openLockDialog,
});

const guestKeyRoute = createRoute({
  getParentRoute: () => dashboardRoute,
  path: 'guest-key',
  ...guestKeyDialog,
});

export const dashboardRoutes = [dashboardRoute.addChildren([openLockRoute, guestKeyRoute])] as const;
