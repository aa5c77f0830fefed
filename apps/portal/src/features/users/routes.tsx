import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { entityRoute } from '../../app/parent-routes.tsx';
import { readSearch } from './search.ts';

const usersRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'users',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./UsersPage.tsx'), 'UsersPage'),
});

const createUserRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: 'new',
  component: lazyRouteComponent(() => import('./form/CreateUserDialog.tsx'), 'CreateUserDialog'),
});

const importUsersRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: 'import',
  component: lazyRouteComponent(() => import('./csv/ImportUsersDialog.tsx'), 'ImportUsersDialog'),
});

const editUserRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: '$userId/edit',
  component: lazyRouteComponent(() => import('./form/EditUserDialog.tsx'), 'EditUserDialog'),
});

const deactivateUserRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: '$userId/deactivate',
  component: lazyRouteComponent(() => import('./status/DeactivateUserDialog.tsx'), 'DeactivateUserDialog'),
});

const reactivateUserRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: '$userId/reactivate',
  component: lazyRouteComponent(() => import('./status/ReactivateUserDialog.tsx'), 'ReactivateUserDialog'),
});

export const usersRoutes = [
  usersRoute.addChildren([
    createUserRoute,
    importUsersRoute,
    editUserRoute,
    deactivateUserRoute,
    reactivateUserRoute,
  ]),
] as const;
