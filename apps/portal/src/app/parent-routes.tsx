import { installationQuery, isSignedOut, sessionQuery } from '@claviger/web-kit';
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router';
import { hasLocksAlone } from './first-page.ts';
import { entityToShow, isBrowserKnown } from './last-entity.ts';
import { FaultPage } from './lone-page/FaultPage.tsx';

/** What every page has: the sign-in over the page, and pages for what is not there or cannot be drawn. */
export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: lazyRouteComponent(() => import('./Root.tsx'), 'Root'),
  notFoundComponent: lazyRouteComponent(() => import('./lone-page/NotFoundPage.tsx'), 'NotFoundPage'),
  errorComponent: FaultPage,
});

/**
 * Pages of somebody who is signed in; anybody else is asked to sign in first and comes back. Only then the
 * answer about the installation is waited for: whoever is signed in has been through its first steps.
 */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ context: { queryClient }, location }) => {
    const asked = queryClient.query({ ...installationQuery, staleTime: 'static' });
    asked.catch(() => {
      // Whoever needs the answer waits for it below, or asks again.
    });
    try {
      return { session: await queryClient.query({ ...sessionQuery, staleTime: 'static' }) };
    } catch (error) {
      if (!isSignedOut(error)) throw error;
    }
    const { mode, needsBootstrap } = await asked;
    if (mode === 'real' && needsBootstrap) throw redirect({ to: '/bootstrap' });
    throw redirect({ to: '/sign-in', search: { next: location.href } });
  },
});

/** Whether somebody is signed in in this browser; where the server does not say so, nobody is. */
async function isSignedIn(queryClient: QueryClient): Promise<boolean> {
  if (!isBrowserKnown()) return false;
  try {
    await queryClient.query({ ...sessionQuery, staleTime: 'static', retry: false });
    return true;
  } catch {
    return false;
  }
}

/** Pages of somebody who is not signed in yet; anybody else goes on to the first page. */
export const signedOutRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-out',
  beforeLoad: async ({ context: { queryClient }, preload }) => {
    if (!preload && (await isSignedIn(queryClient))) throw redirect({ to: '/', replace: true });
  },
});

/** The first page: the Entity this person worked in last. */
export const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: ({ context: { session } }) => {
    const entityId = entityToShow(session.memberships);
    if (entityId === undefined) throw redirect({ to: '/no-entity' });
    throw redirect({ to: '/e/$entityId', params: { entityId } });
  },
});

/** Everything inside one Entity. An Entity that is not this person's does not exist for the person. */
export const entityRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/e/$entityId',
  component: lazyRouteComponent(() => import('./shell/Shell.tsx'), 'Shell'),
  beforeLoad: ({ context: { session }, params: { entityId } }) => {
    const membership = session.memberships.find((candidate) => candidate.entityId === entityId);
    if (!membership) throw notFound();
    return { membership };
  },
});

export const entityIndexRoute = createRoute({
  getParentRoute: () => entityRoute,
  path: '/',
  beforeLoad: ({ params, context: { membership } }) => {
    const isAtLocks = hasLocksAlone(membership);
    throw redirect({ to: isAtLocks ? '/e/$entityId/devices/locks' : '/e/$entityId/dashboard', params });
  },
});
