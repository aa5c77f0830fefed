import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { entityRoute } from '../../app/parent-routes.tsx';
import { readSearch } from './search.ts';

/** Create Guest Key; any page may have it as a child route, with `$lockId` where the lock is known. */
export const guestKeyDialog = {
  component: lazyRouteComponent(() => import('./form/GuestKeyDialog.tsx'), 'GuestKeyDialog'),
};

const keysRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'keys',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./KeysPage.tsx'), 'KeysPage'),
});

const createKeyRoute = createRoute({ getParentRoute: () => keysRoute, path: 'guest-key', ...guestKeyDialog });

const updateRoute = createRoute({
  getParentRoute: () => keysRoute,
  path: '$keyId/update',
  component: lazyRouteComponent(() => import('./form/UpdateKeyDialog.tsx'), 'UpdateKeyDialog'),
});

const deleteRoute = createRoute({
  getParentRoute: () => keysRoute,
  path: '$keyId/delete',
  component: lazyRouteComponent(() => import('./DeleteKeyDialog.tsx'), 'DeleteKeyDialog'),
});

const linkRoute = createRoute({
  getParentRoute: () => keysRoute,
  path: '$keyId/link',
  component: lazyRouteComponent(() => import('./sharing/KeySecretsDialog.tsx'), 'KeySecretsDialog'),
});

const sendRoute = createRoute({
  getParentRoute: () => keysRoute,
  path: '$keyId/send',
  component: lazyRouteComponent(() => import('./sharing/SendKeyDialog.tsx'), 'SendKeyDialog'),
});

const whyRoute = createRoute({
  getParentRoute: () => keysRoute,
  path: '$keyId/why',
  component: lazyRouteComponent(() => import('./WhyKeyDialog.tsx'), 'WhyKeyDialog'),
});

export const keysRoutes = [
  keysRoute.addChildren([createKeyRoute, updateRoute, deleteRoute, linkRoute, sendRoute, whyRoute]),
] as const;
