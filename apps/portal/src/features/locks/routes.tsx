import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { entityRoute } from '../../app/parent-routes.tsx';
import { readUuid } from '../../app/read-address.ts';
import { guestKeyDialog } from '../keys/index.ts';

const devicesRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'devices',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/e/$entityId/devices/locks', params });
  },
});

const locksRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'devices/locks',
  component: lazyRouteComponent(() => import('./LocksPage.tsx'), 'LocksPage'),
});

const addLockRoute = createRoute({
  getParentRoute: () => locksRoute,
  path: 'add',
  component: lazyRouteComponent(() => import('./AddLockDialog.tsx'), 'AddLockDialog'),
});

const editLockRoute = createRoute({
  getParentRoute: () => locksRoute,
  path: '$lockId/edit',
  component: lazyRouteComponent(() => import('./naming/EditLockDialog.tsx'), 'EditLockDialog'),
});

const claimLockRoute = createRoute({
  getParentRoute: () => locksRoute,
  path: '$lockId/claim',
  component: lazyRouteComponent(() => import('./ClaimLockDialog.tsx'), 'ClaimLockDialog'),
});

/** The confirmation window of an opening; any page may have it as a child route with `$lockId`. */
export const openLockDialog = {
  validateSearch: (search: Readonly<Record<string, unknown>>): { command?: string } => {
    const command = readUuid(search['command']);
    return command === undefined ? {} : { command };
  },
  component: lazyRouteComponent(() => import('./opening/OpenLockDialog.tsx'), 'OpenLockDialog'),
};

const openLockRoute = createRoute({
  getParentRoute: () => locksRoute,
  path: '$lockId/open',
  ...openLockDialog,
});

const guestKeyRoute = createRoute({
  getParentRoute: () => locksRoute,
  path: '$lockId/guest-key',
  ...guestKeyDialog,
});

export const locksRoutes = [
  devicesRoute,
  locksRoute.addChildren([addLockRoute, editLockRoute, claimLockRoute, openLockRoute, guestKeyRoute]),
] as const;
