import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../../app/parent-routes.tsx';

/** Somebody who has not signed in does that first, and comes back: a request is always somebody's. */
const installerRequestRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/request-installer-access',
  component: lazyRouteComponent(() => import('./InstallerRequestPage.tsx'), 'InstallerRequestPage'),
});

const entityRequestRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/request-entity-management',
  component: lazyRouteComponent(() => import('./EntityRequestPage.tsx'), 'EntityRequestPage'),
});

const breakGlassRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/break-glass',
  component: lazyRouteComponent(() => import('./BreakGlassPage.tsx'), 'BreakGlassPage'),
});

export const accessRequestRoutes = [installerRequestRoute, entityRequestRoute, breakGlassRoute] as const;
