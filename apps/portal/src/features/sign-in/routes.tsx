import { sessionQuery } from '@claviger/web-kit';
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rootRoute, signedInRoute, signedOutRoute } from '../../app/parent-routes.tsx';
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

export const forgottenRoute = createRoute({
  getParentRoute: () => signedOutRoute,
  path: '/forgotten-password',
  component: lazyRouteComponent(() => import('./ForgottenPage.tsx'), 'ForgottenPage'),
});

/** Also for somebody who is signed in: the link says which Account it is about. */
export const newPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/new-password',
  component: lazyRouteComponent(() => import('./NewPasswordPage.tsx'), 'NewPasswordPage'),
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
