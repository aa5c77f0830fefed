import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { entityRoute } from '../../app/parent-routes.tsx';
import { readSearch } from './search.ts';

const entitiesRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: 'entities',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./EntitiesPage.tsx'), 'EntitiesPage'),
});

const createEntityRoute = createRoute({
  getParentRoute: () => entitiesRoute,
  path: 'create',
  component: lazyRouteComponent(() => import('./form/CreateEntityDialog.tsx'), 'CreateEntityDialog'),
});

const detailsRoute = createRoute({
  getParentRoute: () => entitiesRoute,
  path: '$shownId/edit',
  component: lazyRouteComponent(() => import('./window/DetailsTab.tsx'), 'DetailsTab'),
});

const holidaysRoute = createRoute({
  getParentRoute: () => entitiesRoute,
  path: '$shownId/holidays',
  component: lazyRouteComponent(() => import('./holidays/HolidaysTab.tsx'), 'HolidaysTab'),
});

const buildingsRoute = createRoute({
  getParentRoute: () => entitiesRoute,
  path: '$shownId/buildings',
  component: lazyRouteComponent(() => import('./buildings/BuildingsTab.tsx'), 'BuildingsTab'),
});

const deleteRoute = createRoute({
  getParentRoute: () => entitiesRoute,
  path: '$shownId/delete',
  component: lazyRouteComponent(() => import('./DeleteEntityDialog.tsx'), 'DeleteEntityDialog'),
});

export const entitiesRoutes = [
  entitiesRoute.addChildren([createEntityRoute, detailsRoute, buildingsRoute, holidaysRoute, deleteRoute]),
] as const;
