import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { entityRoute, signedInRoute } from '../../app/parent-routes.tsx';

const settingsRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'settings',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/e/$entityId/settings/profile', params, replace: true });
  },
});

const profileRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'settings/profile',
  component: lazyRouteComponent(() => import('./profile/ProfilePage.tsx'), 'ProfilePage'),
});

const accessRequestsRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'settings/access-requests',
  component: lazyRouteComponent(() => import('./requests/AccessRequestsPage.tsx'), 'AccessRequestsPage'),
});

export const settingsRoutes = [settingsRoute, profileRoute, accessRequestsRoute] as const;

/** The same of somebody who works in no Entity. */
export const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('./AccountPage.tsx'), 'AccountPage'),
});
