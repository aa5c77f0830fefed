import { sessionQuery } from '@claviger/web-kit';
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { signedInRoute, signedOutRoute } from '../../app/parent-routes.tsx';
import { nextAddress } from './next-address.ts';

export const signInRoute = createRoute({
  getParentRoute: () => signedOutRoute,
  path: '/sign-in',
  validateSearch: (search): { next?: string } => {
    const next = nextAddress(search['next']);
    return next === undefined ? {} : { next };
  },
  component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
});

export const noEntityRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/no-entity',
  beforeLoad: ({ context: { queryClient } }) => {
    const session = queryClient.getQueryData(sessionQuery.queryKey);
    if (session && session.memberships.length > 0) throw redirect({ to: '/' });
  },
  component: lazyRouteComponent(() => import('./NoEntityPage.tsx'), 'NoEntityPage'),
});
