import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/parent-routes.tsx';

export const bootstrapRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/bootstrap',
  component: lazyRouteComponent(() => import('./BootstrapPage.tsx'), 'BootstrapPage'),
});
