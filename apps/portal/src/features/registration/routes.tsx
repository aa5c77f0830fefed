import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedOutRoute } from '../../app/parent-routes.tsx';

export const registerRoute = createRoute({
  getParentRoute: () => signedOutRoute,
  path: '/register',
  component: lazyRouteComponent(() => import('./RegisterPage.tsx'), 'RegisterPage'),
});
