import { sessionQuery } from '@claviger/web-kit';
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rootRoute, signedInRoute, signedOutRoute } from '../../app/parent-routes.tsx';
import './arrived-with.ts';
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

/** Also for somebody who is signed in: the person who typed the address may be. */
export const verifyAddressRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify-address',
  component: lazyRouteComponent(() => import('./VerifyAddressPage.tsx'), 'VerifyAddressPage'),
});

/** Where the provider leads back to. */
export const signOnRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-on',
  component: lazyRouteComponent(() => import('./SignOnPage.tsx'), 'SignOnPage'),
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
