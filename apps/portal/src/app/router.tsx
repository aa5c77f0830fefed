import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { activityRoutes } from '../features/activity/index.ts';
import { auditRoute } from '../features/audit/index.ts';
import { bootstrapRoute } from '../features/bootstrap/index.ts';
import { dashboardRoutes } from '../features/dashboard/index.ts';
import { entitiesRoutes } from '../features/entities/index.ts';
import { invitationRoute } from '../features/invitation/index.ts';
import { keysRoutes } from '../features/keys/index.ts';
import { locksRoutes } from '../features/locks/index.ts';
import { outboxRoutes } from '../features/outbox/index.ts';
import { registerRoute } from '../features/registration/index.ts';
import { accessRequestRoutes, accountRoute, settingsRoutes } from '../features/settings/index.ts';
import { usersRoutes } from '../features/users/index.ts';
import {
  forgottenRoute,
  newPasswordRoute,
  noEntityRoute,
  signInRoute,
  signOnRoute,
  verifyAddressRoute,
} from '../features/sign-in/index.ts';
import {
  entityIndexRoute,
  entityRoute,
  homeRoute,
  rootRoute,
  signedInRoute,
  signedOutRoute,
} from './parent-routes.tsx';

const routeTree = rootRoute.addChildren([
  signedOutRoute.addChildren([signInRoute, forgottenRoute, registerRoute]),
  bootstrapRoute,
  newPasswordRoute,
  verifyAddressRoute,
  signOnRoute,
  invitationRoute,
  signedInRoute.addChildren([
    homeRoute,
    noEntityRoute,
    accountRoute,
    ...accessRequestRoutes,
    entityRoute.addChildren([
      entityIndexRoute,
      ...dashboardRoutes,
      ...entitiesRoutes,
      ...usersRoutes,
      ...keysRoutes,
      ...locksRoutes,
      ...activityRoutes,
      auditRoute,
      ...outboxRoutes,
      ...settingsRoutes,
    ]),
  ]),
]);

/** The router of the Portal: every page, dialog and filter has an address. */
export function createPortalRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    // TanStack Query decides what is fresh.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    // What no route reads is not part of its search; a bad address heals.
    search: { strict: true },
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
  interface HistoryState {
    /** The dialog was opened from the page under it, so Back closes it. */
    isDialog?: true;
  }
}
